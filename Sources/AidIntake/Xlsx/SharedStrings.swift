import AidModel
import CLibXML2
import Glibc

/// The shared strings of a workbook as flat bytes: rich text runs joined, phonetic runs left out.
final class SharedStrings: Sendable {
  /// Addresses of the bytes, and of where each string begins (one more at the end).
  private let bytes: UInt
  private let starts: UInt
  let count: Int

  static let none = SharedStrings(Collected())

  private init(_ collected: consuming Collected) {
    count = collected.starts.count - 1
    bytes = UInt(bitPattern: collected.bytes.release())
    starts = UInt(bitPattern: collected.starts.release())
  }

  deinit {
    free(UnsafeMutableRawPointer(bitPattern: bytes))
    free(UnsafeMutableRawPointer(bitPattern: starts))
  }

  /// Valid as long as this object lives.
  /// - Precondition: `index` is below `count`.
  @inline(__always)
  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let starts = UnsafePointer<UInt32>(bitPattern: self.starts).unsafelyUnwrapped
    let (from, to) = (Int(starts[index]), Int(starts[index &+ 1]))
    let bytes = UnsafePointer<UInt8>(bitPattern: self.bytes).unsafelyUnwrapped
    return UnsafeBufferPointer(start: bytes + from, count: to &- from)
  }

  /// What is gathered while the part is read.
  struct Collected: ~Copyable {
    /// Offsets are 32 bits; a text too long for one cell cannot reach past them from here.
    static let bytesMax = 2 << 30

    var bytes = Growing<UInt8>(capacity: 1 << 12)
    var starts = Growing<UInt32>(capacity: 1 << 10)
    var isTooLarge = false

    init() { starts.append(0) }

    mutating func append(_ text: UnsafePointer<UInt8>, _ count: Int) {
      isTooLarge = isTooLarge || bytes.count + count > Self.bytesMax
      if !isTooLarge { bytes.append(text, count: count) }
    }

    mutating func endString() {
      EscapedText.decode(&bytes, from: Int(starts.base[starts.count - 1]))
      starts.append(UInt32(bytes.count))
    }
  }

  private struct State: ~Copyable {
    var collected = Collected()
    /// Inside a `Choice` of alternate content, which is left for its fallback.
    var choices = 0
    var isText = false
    var phonetic = 0

    consuming func taken() -> Collected { collected }
  }

  static func read(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(XMLFault) -> SharedStrings {
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State())
    defer { state.deallocate() }
    var sax = handler()
    do {
      try PushParser.readAll(entry, of: archive, &sax, context: state) { () throws(XMLFault) in
        if state.pointee.collected.isTooLarge { throw .archive(.limit("shared strings > 2 GiB")) }
      }
    } catch {
      state.deinitialize(count: 1)
      throw error
    }
    return SharedStrings(state.move().taken())
  }

  private static func handler() -> xmlSAXHandler {
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, _, _, _ in
      let state = context!.assumingMemoryBound(to: State.self)
      let name = XMLName(local!)
      if name == .choice { state.pointee.choices += 1 }
      if state.pointee.choices > 0 { return }
      switch name {
      case .t: state.pointee.isText = state.pointee.phonetic == 0
      case .rPh: state.pointee.phonetic += 1
      default: break
      }
    }
    sax.endElementNs = { context, local, _, _ in
      let state = context!.assumingMemoryBound(to: State.self)
      let name = XMLName(local!)
      if state.pointee.choices > 0 {
        if name == .choice { state.pointee.choices -= 1 }
        return
      }
      switch name {
      case .t: state.pointee.isText = false
      case .rPh: state.pointee.phonetic -= 1
      case .si: state.pointee.collected.endString()
      default: break
      }
    }
    sax.characters = { context, text, count in
      let state = context!.assumingMemoryBound(to: State.self)
      guard state.pointee.isText, state.pointee.choices == 0 else { return }
      state.pointee.collected.append(text!, Int(count))
    }
    sax.cdataBlock = sax.characters
    sax.ignorableWhitespace = sax.characters
    return sax
  }
}
