import AidModel
import CLibXML2

/// A start tag in a small part: its local name, its parent's, and its attributes (local names).
struct StartTag {
  let name: String
  /// Empty for the root.
  let parent: String
  let attributes: [(name: String, value: String)]

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Reads a small part (relationships, workbook, styles) as a whole; returns the tags with one of `names`,
  /// in document order.
  static func read(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, keeping names: Set<String>, limits: IntakeLimits
  ) throws(XMLFault) -> [StartTag] {
    let state = UnsafeMutablePointer<TagState>.allocate(capacity: 1)
    state.initialize(to: TagState(names: names, most: limits.partElementsMax))
    defer {
      state.deinitialize(count: 1)
      state.deallocate()
    }
    var sax = PushParser.handler()
    sax.startElementNs = { context, local, _, _, _, _, count, _, attributes in
      context!.assumingMemoryBound(to: TagState.self).pointee.open(
        String(cString: local!), Int(count), attributes)
    }
    sax.endElementNs = { context, _, _, _ in
      _ = context!.assumingMemoryBound(to: TagState.self).pointee.around.popLast()
    }
    try PushParser.readAll(entry, of: archive, &sax, context: state) { () throws(XMLFault) in
      if state.pointee.isFull {
        throw .archive(.limit("> \(limits.partElementsMax) elements (\(entry.name))"))
      }
    }
    return state.pointee.tags
  }

  private struct TagState {
    let names: Set<String>
    let most: Int
    var tags: [StartTag] = []
    var around: [String] = []
    var isFull = false

    init(names: Set<String>, most: Int) { (self.names, self.most) = (names, most) }

    mutating func open(
      _ name: String, _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
      let parent = around.last ?? ""
      around.append(name)
      guard names.contains(name) else { return }
      isFull = isFull || tags.count >= most
      if isFull { return }
      var list: [(name: String, value: String)] = []
      for i in 0..<count {
        guard let attributes, let name = attributes[5 * i] else { continue }
        list.append((String(cString: name), PushParser.value(attributes, i)))
      }
      tags.append(StartTag(name: name, parent: parent, attributes: list))
    }
  }
}
