import AidModel
import CLibXML2

/// One start tag of a small part: its depth, local name and attributes (local names), in document order.
struct StartTag {
  let depth: Int
  let name: String
  let attributes: [(name: String, value: String)]

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Reads the root of a small part (relationships, workbook, styles) and the elements named. Of alternate content
  /// the fallback is read: nothing here asks for an extension.
  static func read(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, limits: IntakeLimits, keeping names: Set<String>
  ) throws(XMLFault) -> [StartTag] {
    let state = UnsafeMutablePointer<TagState>.allocate(capacity: 1)
    state.initialize(to: TagState(names: names, most: limits.partElementsMax))
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
      context!.assumingMemoryBound(to: TagState.self).pointee.start(
        String(cString: local!), Int(count), attributes)
    }
    sax.endElementNs = { context, local, _, _ in
      let state = context!.assumingMemoryBound(to: TagState.self)
      state.pointee.depth -= 1
      if XMLName.equal(local!, "Choice") { state.pointee.choices -= 1 }
    }
    var parser = PushParser(&sax, context: state)
    let pieces = PartPieces(entry, of: archive)
    let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    do {
      while let piece = try pieces.next(after: nothing) {
        try parser.feed(piece)
        if state.pointee.isFull { throw XMLFault.limit("> \(limits.partElementsMax) elements") }
      }
      try parser.finish()
    } catch let fault as XMLFault {
      throw fault
    } catch let fault as Inflater.Fault {
      throw .archive(fault)
    } catch {
      preconditionFailure("parts fail as XMLFault or Inflater.Fault")
    }
    return state.pointee.tags
  }

  private struct TagState {
    let names: Set<String>
    let most: Int
    var tags: [StartTag] = []
    var depth = 0
    var choices = 0
    var isFull = false

    mutating func start(
      _ name: String, _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
      defer { depth += 1 }
      if name == "Choice" { choices += 1 }
      guard choices == 0, depth == 0 || names.contains(name), !isFull else { return }
      var list: [(name: String, value: String)] = []
      for i in 0..<count {
        guard let attributes, let name = attributes[5 * i] else { continue }
        list.append((String(cString: name), PushParser.value(attributes, i)))
      }
      tags.append(StartTag(depth: depth, name: name, attributes: list))
      isFull = tags.count > most
    }
  }
}
