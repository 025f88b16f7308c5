import AidIntake
import AidModel
import AidYAML
internal import Yams

/// `columns.yaml` of a batch folder: an office's own headings, added to the built-in vocabulary.
struct OfficeHeadings: Sendable {
  struct Heading: Sendable {
    let column: String
    let text: String
    let file: String
    let mark: SourceMark

    var location: String { "\(file):\(mark.line):\(mark.column)" }
  }

  private(set) var headings: [Heading] = []
  private(set) var known: [Column] = []
  /// Words that mark rows other than applications: `totals`, `signatures`, `examples`, `notes`.
  private(set) var words: [String: [String]] = [:]
  let sha256: String

  static let none = OfficeHeadings()

  private init() { sha256 = "" }

  /// Reads the folder's file; `.none` if there is none.
  static func read(in folder: String) throws(PipelineFailure) -> OfficeHeadings {
    let path = folder + "/columns.yaml"
    if !Disk.exists(path) { return .none }
    let document = try Disk.document(path, shown: "columns.yaml")
    return try OfficeHeadings(yaml: document.text, sha256: document.sha256, file: "columns.yaml")
  }

  init(yaml: String, sha256: String, file: String) throws(PipelineFailure) {
    self.sha256 = sha256
    var reader = YAMLReader(file: file)
    if let root = reader.root(yaml) {
      let top = reader.mapping(root, of: file, allowed: ["headings", "common", "known", "words"])
      for section in ["headings", "common"] { readHeadings(top[section], section, &reader) }
      known = (top["known"]?.sequence ?? Node.Sequence([])).compactMap { reader.column($0, name: nil) }
      if let node = top["words"] {
        let kinds = ["totals", "signatures", "examples", "notes"]
        for (kind, list) in reader.mapping(node, of: "words", allowed: kinds) {
          words[kind] = reader.texts(list, of: kind)
        }
      }
    }
    refuseTwice(&reader)
    if !reader.problems.isEmpty { throw PipelineFailure(reader) }
  }

  private mutating func readHeadings(_ node: Node?, _ section: String, _ reader: inout YAMLReader) {
    guard let node else { return }
    guard let mapping = node.mapping else {
      return reader.refuse(
        node, Bilingual("\(section) 应是“列的英文名: [列名]”", "\(section) must map column names to headings"),
        Bilingual("写成 staff_no: [员工代码]", "Write staff_no: [员工代码]"))
    }
    for (key, value) in mapping {
      for (text, item) in reader.items(value, of: key.string ?? "") {
        headings.append(
          Heading(column: key.string ?? "", text: text, file: reader.file, mark: SourceMark(of: item)))
      }
    }
  }

  private func refuseTwice(_ reader: inout YAMLReader) {
    var owners: [ExactText: String] = [:]
    for heading in headings {
      let old = owners.updateValue(heading.column, forKey: ExactText(TextKey.of(heading.text)))
      guard let old, !old.sameScalars(as: heading.column) else { continue }
      reader.refuse(
        at: heading.mark,
        Bilingual(
          "“\(heading.text)”既给了 \(old) 又给了 \(heading.column)",
          "'\(heading.text)' is given to both \(old) and \(heading.column)"),
        Bilingual("一个列名只能指一列。", "A heading means one column only."))
    }
  }

  /// Adds the office's headings to columns. A heading assigned to one column is removed from all others.
  func extend(_ columns: [Column]) -> [Column] {
    if headings.isEmpty { return columns }
    let names = columns.map(\.name)
    let here = headings.filter { heading in names.contains { $0.sameScalars(as: heading.column) } }
    return columns.map { column in
      let own = here.filter { $0.column.sameScalars(as: column.name) }.map(\.text)
      let taken = here.filter { !$0.column.sameScalars(as: column.name) }.map {
        ExactText(TextKey.of($0.text))
      }
      let kept = column.headings.filter { !taken.contains(ExactText(TextKey.of($0))) }
      return Column(
        name: column.name, headings: kept + own, type: column.type, role: column.role,
        choices: column.choices, required: column.required, blank: column.blank)
    }
  }

  /// A column name that no list has must be a spelling mistake: its headings would have no effect.
  func refuseUnknown(among names: [String]) throws(PipelineFailure) {
    let unknown = headings.filter { heading in !names.contains { $0.sameScalars(as: heading.column) } }
    if unknown.isEmpty { return }
    throw PipelineFailure(
      unknown.map {
        .init(
          $0.location, Bilingual("没有“\($0.column)”这一列", "there is no column '\($0.column)'"),
          remedy: Bilingual(
            "可用的列：\(names.joined(separator: " "))", "Columns: \(names.joined(separator: " "))"))
      })
  }
}
