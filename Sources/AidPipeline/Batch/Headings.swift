import AidIntake
import AidModel
import AidPolicy
import AidYAML
internal import Yams

/// `columns.yaml`: the meaning of headings, in all lists.
struct Headings: Sendable {
  let vocabulary: HeadingVocabulary
  /// The words for a payment's state.
  let statuses: Statuses
  let sha256: String
  let historyLayout: Layout
  let decisionsLayout: Layout
  private let common: [Column]
  private let known: [Column]
  private let roles: [ExactText: ColumnRole]
  private let roster: [Column]
  private let office: OfficeHeadings

  /// - Parameters:
  ///   - office: the batch folder's own headings.
  ///   - folder: of the batch, which may have status words of its own.
  init(templates: Templates, office: OfficeHeadings = .none, folder: String? = nil) throws(PipelineFailure) {
    self.office = office
    statuses = try Statuses(templates: templates, folder: folder)
    guard let document = try templates.document("columns.yaml") else {
      throw PipelineFailure(
        "Templates/columns.yaml", Bilingual("缺少表头词汇表", "the headings vocabulary is missing"),
        remedy: Bilingual("请检查 --templates 文件夹。", "Check the --templates folder."))
    }
    sha256 = document.sha256
    var reader = YAMLReader(file: "columns.yaml")
    let sections = ["common", "known", "roles", "roster", "history", "decisions", "words"]
    let top =
      reader.root(document.text).map {
        reader.mapping($0, of: "columns.yaml", allowed: sections, required: sections)
      } ?? [:]
    let headings = reader.lists(top["common"])
    let builtIn = CommonColumn.allCases.map { column in
      Column(
        name: column.columnName, headings: headings[column.columnName] ?? [], type: column.type,
        role: column.role)
    }
    let beside = (top["known"]?.sequence ?? Node.Sequence([])).compactMap { reader.column($0, name: nil) }
    let added = office.known.filter { new in
      !(builtIn + beside).contains { $0.name.sameScalars(as: new.name) }
    }
    let columns = office.extend(builtIn + beside + added)
    common = Array(columns.prefix(builtIn.count))
    known = Array(columns.dropFirst(builtIn.count))
    var roles: [ExactText: ColumnRole] = [:]
    for (role, words) in reader.lists(top["roles"]) {
      guard let role = ColumnRole(rawValue: role) else { continue }
      for word in words { roles[ExactText(TextKey.of(word))] = role }
    }
    self.roles = roles
    roster = office.extend(reader.columns(top["roster"]))
    historyLayout = Layout(programme: "", columns: office.extend(reader.columns(top["history"])))
    decisionsLayout = Layout(programme: "", columns: office.extend(reader.columns(top["decisions"])))
    let words = reader.lists(top["words"]).merging(office.words) { $0 + $1 }
    vocabulary = HeadingVocabulary(
      totals: words["totals"] ?? [], signatures: words["signatures"] ?? [],
      examples: words["examples"] ?? [], notes: words["notes"] ?? [])
    if !reader.problems.isEmpty { throw PipelineFailure(reader) }
  }

  /// The common and known columns only, to inspect a list without a policy.
  var commonLayout: Layout { Layout(programme: "?", columns: common + known) }

  /// A policy's layout with the office's headings. Use one instance for all lists of a programme: rows are
  /// compared by it.
  func extended(_ layout: Layout) -> Layout {
    Layout(programme: layout.programme, columns: office.extend(layout.columns))
  }

  /// All column names that lists of the batch may have.
  func names(with layouts: [Layout]) -> [String] {
    var names: [String] = []
    let all =
      common + known + layouts.flatMap(\.columns) + roster + historyLayout.columns + decisionsLayout.columns
    for column in all where !names.contains(where: { $0.sameScalars(as: column.name) }) {
      names.append(column.name)
    }
    return names
  }

  /// - Parameter extra: roster columns known only by their names in policies.
  func rosterLayout(extra: [String]) -> Layout {
    var columns = roster
    for name in extra where !columns.contains(where: { $0.name.sameScalars(as: name) }) {
      columns.append(Column(name: name, type: .automatic))
    }
    return Layout(programme: "", columns: columns)
  }

  /// - Parameter setting: a parameter to override.
  func policy(
    yaml: String, file: String, setting: ParameterSetting? = nil
  ) throws(PolicyFailure) -> Policy {
    try Policy.load(
      yaml: yaml, file: file, common: common, known: known, roster: roster,
      redirected: office.headings.map(\.text), setting: setting, statuses: statuses.words,
      roleForHeading: { roles[ExactText(TextKey.of($0))] })
  }
}

extension YAMLReader {
  /// A mapping from names to lists of words.
  fileprivate mutating func lists(_ node: Node?) -> [String: [String]] {
    var lists: [String: [String]] = [:]
    for (key, value) in node?.mapping ?? [:] {
      lists[key.string ?? ""] = texts(value, of: key.string ?? "")
    }
    return lists
  }

  fileprivate mutating func columns(_ node: Node?) -> [Column] {
    (node?.mapping ?? [:]).compactMap { key, value in column(value, name: key.string) }
  }

  /// `{name?, type, role, headings}`.
  mutating func column(_ node: Node, name: String?) -> Column? {
    let pairs = mapping(
      node, of: "column", allowed: ["name", "type", "role", "headings"], required: ["type"])
    guard let name = name ?? filled(pairs["name"], of: "name"),
      let type = filled(pairs["type"], of: "type").flatMap({ ColumnType(rawValue: $0) })
    else {
      refuse(
        node, Bilingual("列的定义不完整", "incomplete column"),
        Bilingual("需要 name 和 type。", "Give name and type."))
      return nil
    }
    return Column(
      name: name, headings: texts(pairs["headings"], of: "headings"), type: type,
      role: filled(pairs["role"], of: "role").flatMap { ColumnRole(rawValue: $0) } ?? .plain)
  }
}
