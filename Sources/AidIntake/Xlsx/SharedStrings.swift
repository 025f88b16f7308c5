import AidModel
import CLibXML2

/// The shared strings of a workbook as flat bytes: rich text runs joined, phonetic runs left out.
final class SharedStrings: Sendable {
  let bytes: [UInt8]
  /// Where each string begins; one more at the end.
  let starts: [Int32]

  static let none = SharedStrings(bytes: [], starts: [0])

  private init(bytes: [UInt8], starts: [Int32]) {
    self.bytes = bytes
    self.starts = starts
  }

  var count: Int { starts.count - 1 }

  private struct State {
    var bytes: [UInt8] = []
    var starts: [Int32] = [0]
    var isText = false
    var phonetic = 0
    var tooLarge = false
  }

  static func read(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, limits: IntakeLimits
  ) throws(XMLFault) -> SharedStrings {
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State())
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = handler()
    var parser = PushParser(&sax, context: state)
    do {
      var inflater = try Inflater(entry, of: archive, limits: limits)
      while true {
        let piece = try inflater.next()
        if piece.isEmpty { break }
        try parser.feed(piece)
        if state.pointee.tooLarge { throw XMLFault.archive(.limit("shared strings > 2 GiB")) }
      }
      try parser.finish()
    } catch let fault as XMLFault {
      throw fault
    } catch let fault as Inflater.Fault {
      throw .archive(fault)
    } catch {
      preconditionFailure("parts fail as XMLFault or Inflater.Fault")
    }
    return SharedStrings(bytes: state.pointee.bytes, starts: state.pointee.starts)
  }

  private static func handler() -> xmlSAXHandler {
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, _, _, _ in
      let state = context!.assumingMemoryBound(to: State.self)
      switch Name(local!) {
      case .t: state.pointee.isText = state.pointee.phonetic == 0
      case .rPh: state.pointee.phonetic += 1
      default: break
      }
    }
    sax.endElementNs = { context, local, _, _ in
      let state = context!.assumingMemoryBound(to: State.self)
      switch Name(local!) {
      case .t: state.pointee.isText = false
      case .rPh: state.pointee.phonetic -= 1
      case .si:
        EscapedText.decode(
          &state.pointee.bytes, from: Int(state.pointee.starts[state.pointee.starts.count - 1]))
        if state.pointee.bytes.count > Int(Int32.max) - (1 << 20) {
          state.pointee.tooLarge = true
        } else {
          state.pointee.starts.append(Int32(state.pointee.bytes.count))
        }
      default: break
      }
    }
    sax.characters = { context, text, count in
      let state = context!.assumingMemoryBound(to: State.self)
      guard state.pointee.isText else { return }
      state.pointee.bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count)))
    }
    return sax
  }
}

/// Element names that matter, told apart by their bytes without making a String.
enum Name {
  case c, v, f, t, si, `is`, row, rPh, mergeCell, col, autoFilter, other

  init(_ local: UnsafePointer<xmlChar>) {
    let a = local[0]
    let b = a == 0 ? 0 : local[1]
    if b == 0 {
      switch a {
      case UInt8(ascii: "c"): self = .c
      case UInt8(ascii: "v"): self = .v
      case UInt8(ascii: "f"): self = .f
      case UInt8(ascii: "t"): self = .t
      default: self = .other
      }
      return
    }
    switch (a, b) {
    case (UInt8(ascii: "r"), UInt8(ascii: "o")): self = Self.equal(local, "row") ? .row : .other
    case (UInt8(ascii: "i"), UInt8(ascii: "s")): self = Self.equal(local, "is") ? .is : .other
    case (UInt8(ascii: "s"), UInt8(ascii: "i")): self = Self.equal(local, "si") ? .si : .other
    case (UInt8(ascii: "r"), UInt8(ascii: "P")): self = Self.equal(local, "rPh") ? .rPh : .other
    case (UInt8(ascii: "m"), UInt8(ascii: "e")): self = Self.equal(local, "mergeCell") ? .mergeCell : .other
    case (UInt8(ascii: "c"), UInt8(ascii: "o")): self = Self.equal(local, "col") ? .col : .other
    case (UInt8(ascii: "a"), UInt8(ascii: "u")): self = Self.equal(local, "autoFilter") ? .autoFilter : .other
    default: self = .other
    }
  }

  static func equal(_ local: UnsafePointer<xmlChar>, _ name: StaticString) -> Bool {
    for i in 0..<name.utf8CodeUnitCount where local[i] != name.utf8Start[i] { return false }
    return local[name.utf8CodeUnitCount] == 0
  }
}

/// `_x000D_` in a string stands for a character XML cannot hold; `_x005F_` for the underscore itself.
enum EscapedText {
  /// Decodes in place what stands from `start` to the end.
  static func decode(_ bytes: inout [UInt8], from start: Int) {
    var read = start
    var write = start
    var changed = false
    while read < bytes.count {
      if bytes[read] == UInt8(ascii: "_"), let scalar = scalar(bytes, at: read) {
        for unit in String(scalar).utf8 {
          bytes[write] = unit
          write += 1
        }
        read += 7
        changed = true
      } else {
        if changed { bytes[write] = bytes[read] }
        write += 1
        read += 1
      }
    }
    if changed { bytes.removeLast(bytes.count - write) }
  }

  private static func scalar(_ bytes: [UInt8], at i: Int) -> Unicode.Scalar? {
    guard i + 7 <= bytes.count, bytes[i + 1] == UInt8(ascii: "x"), bytes[i + 6] == UInt8(ascii: "_") else {
      return nil
    }
    var value: UInt32 = 0
    for byte in bytes[(i + 2)..<(i + 6)] {
      switch byte {
      case 48...57: value = value << 4 | UInt32(byte - 48)
      case 65...70: value = value << 4 | UInt32(byte - 55)
      case 97...102: value = value << 4 | UInt32(byte - 87)
      default: return nil
      }
    }
    return Unicode.Scalar(value)
  }
}
