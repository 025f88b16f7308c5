public import AidModel
public import Yams

/// The only reader of YAML: batch files, policies, ledger templates, column headings.
///
/// Anchors and aliases are rejected. These files do not need them, and a few hundred bytes of them can expand
/// to more values than fit in memory. Without them a document is as large as its text, whose size is limited.
public enum StrictYAML {
  /// A policy or a batch file has a few kilobytes; a table of ten thousand figures has two hundred.
  public static let bytesMax = 1 << 20
  /// Limits the keys, values and lists of a document. Each takes a hundred times its bytes.
  public static let nodesMax = 100_000

  /// The root of the only document; nil if there is none.
  public static func compose(_ text: String) throws(YAMLFault) -> Node? {
    guard text.utf8.count <= bytesMax else {
      throw .refused(
        line: 1, column: 1,
        what: Bilingual("FILE-LIMIT 超过 \(bytesMax) 字节", "FILE-LIMIT more than \(bytesMax) bytes"),
        remedy: Bilingual("请检查是不是放错了文件，或分成几个文件。", "Check that it is the right file, or split it."))
    }
    if text.utf8.contains(UInt8(ascii: "&")) {
      // First parse with aliases turned into plain words, so that nothing is shared yet and anchors are
      // found.
      let plain = text.utf8.map { $0 == UInt8(ascii: "*") ? UInt8(ascii: "x") : $0 }
      _ = try checked(String(decoding: plain, as: UTF8.self))
    }
    // Without anchors an alias is undefined, and the parser reports it.
    return try checked(text)
  }

  private static func checked(_ text: String) throws(YAMLFault) -> Node? {
    do {
      let parser = try Parser(yaml: text)
      // Nodes know their anchors only while the parser exists.
      return try withExtendedLifetime(parser) {
        let root = try parser.singleRoot()
        if let root { try check(root) }
        return root
      }
    } catch let error as YamlError {
      throw YAMLFault(error)
    } catch let fault as YAMLFault {
      throw fault
    } catch {
      throw .syntax("\(error)", line: 1, column: 1)
    }
  }

  private static func check(_ root: Node) throws(YAMLFault) {
    var waiting = [root]
    var count = 0
    while let node = waiting.popLast() {
      count += 1
      let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
      if node.anchor != nil {
        throw .refused(
          line: line, column: column,
          what: Bilingual("这里用了 YAML 的锚点（&）", "a YAML anchor (&) stands here"),
          remedy: Bilingual(
            "不支持锚点和别名，请把内容写全；以 & 或 * 开头的文字请加引号。",
            "Anchors and aliases are not supported: write the contents out; quote a text that begins with & or *."
          ))
      }
      if count > nodesMax {
        throw .refused(
          line: line, column: column,
          what: Bilingual(
            "FILE-LIMIT 超过 \(nodesMax) 个键和值", "FILE-LIMIT more than \(nodesMax) keys and values"),
          remedy: Bilingual("请分成几个文件。", "Split it into several files."))
      }
      switch node {
      case .mapping(let mapping): for (key, value) in Array(mapping).reversed() { waiting += [value, key] }
      case .sequence(let sequence): waiting += sequence.reversed()
      default: break
      }
    }
  }
}

/// Why a text is not acceptable YAML; lines and columns from 1.
public enum YAMLFault: Error, Sendable {
  /// In the parser's words.
  case syntax(String, line: Int, column: Int)
  case keyTwice(line: Int, column: Int)
  case refused(line: Int, column: Int, what: Bilingual, remedy: Bilingual)

  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self = .syntax(problem, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(_, let context):
      self = .keyTwice(line: context.mark.line, column: context.mark.column)
    default: self = .syntax("\(error)", line: 1, column: 1)
    }
  }
}
