import AidIntake
import AidModel
import AidYAML
internal import Yams

extension BatchFile {
  /// `xml:` of an entry: where an XML export keeps its rows and columns.
  struct XMLEntry {
    struct Column {
      let name: String
      let path: String
      let location: String
    }

    let row: String
    let columns: [Column]
    let namespaces: [(prefix: String, uri: String)]
    /// Path of an XML Schema, relative to the batch folder.
    let schema: String?
  }
}

extension YAMLReader {
  /// One entry of `applications`.
  mutating func application(_ node: Node) -> BatchFile.Applications? {
    let pairs = mapping(
      node, of: "applications", allowed: ["programme", "files", "sheet", "xml", "unit_of_money"],
      required: ["programme", "files"])
    guard let programme = filled(pairs["programme"], of: "programme") else { return nil }
    var entry = BatchFile.Applications(
      programme: programme, files: files(pairs["files"]),
      sheet: filled(pairs["sheet"], of: "sheet"), location: location(of: node))
    if let xml = pairs["xml"] { entry.xml = xmlEntry(xml) }
    if let unit = filled(pairs["unit_of_money"], of: "unit_of_money") {
      entry.unit = MoneyUnit(rawValue: unit)
      if entry.unit == nil {
        let known = MoneyUnit.allCases.map(\.rawValue).joined(separator: "、")
        refuse(
          pairs["unit_of_money"], Bilingual("不认识的金额单位：\(unit)", "unknown unit of money: \(unit)"),
          Bilingual("可用：\(known)；以元计的不写这一项。", "Use \(known); leave it out for yuan."))
      }
    }
    return entry
  }

  private mutating func files(_ node: Node?) -> [String] {
    let files = texts(node, of: "files")
    if files.isEmpty, let node, node.sequence != nil {
      refuse(
        node, Bilingual("files 是空的", "files is empty"),
        Bilingual("请写明申请表，例如 applications/*.xlsx。", "Name the lists, such as applications/*.xlsx."))
    }
    return files
  }

  private mutating func xmlEntry(_ node: Node) -> BatchFile.XMLEntry? {
    let pairs = mapping(
      node, of: "xml", allowed: ["row", "columns", "namespaces", "schema"], required: ["row", "columns"])
    guard let row = filled(pairs["row"], of: "row") else { return nil }
    var namespaces: [(prefix: String, uri: String)] = []
    for (key, value) in pairs["namespaces"].flatMap({ named($0, of: "namespaces") }) ?? [] {
      if let uri = filled(value, of: key) { namespaces.append((key, uri)) }
    }
    let remedy = Bilingual(
      "写成 row: /export/applicants/applicant 与 columns: {staff_no: \"@id\", amount: cost/total}。",
      "Write row: /export/applicants/applicant and columns: {staff_no: \"@id\", amount: cost/total}.")
    if let problem = XMLMapping.problem(withRow: row, namespaces: namespaces) {
      refuse(pairs["row"], problem, remedy)
    }
    var columns: [BatchFile.XMLEntry.Column] = []
    for (name, value) in pairs["columns"].flatMap({ named($0, of: "columns") }) ?? [] {
      guard let path = filled(value, of: name) else { continue }
      if let problem = XMLMapping.problem(withColumn: path, namespaces: namespaces) {
        refuse(value, problem, remedy)
      }
      columns.append(.init(name: name, path: path, location: location(of: value)))
    }
    return BatchFile.XMLEntry(
      row: row, columns: columns, namespaces: namespaces, schema: filled(pairs["schema"], of: "schema"))
  }

  /// A mapping with arbitrary keys, as ordered pairs.
  private mutating func named(_ node: Node, of subject: String) -> [(name: String, value: Node)]? {
    guard let mapping = node.mapping, !mapping.isEmpty else {
      refuse(
        node, Bilingual("\(subject) 应是“名称: 内容”", "\(subject) must map names to texts"),
        Bilingual("写成 \(subject): {名称: 内容}", "Write \(subject): {name: text}"))
      return nil
    }
    return mapping.map { ($0.key.string ?? "", $0.value) }
  }
}

/// An application list to read.
struct ListFile: Sendable {
  let path: String
  var sheet: String?
  var xml: XMLMapping?
  var unit: MoneyUnit?
  /// The entry names this list only, so its unit is the list's own.
  var isOwnUnit = false
}

extension BatchFile.Applications {
  /// The entry's `xml:` in the form the reader takes; checks its names against the policy's columns.
  func mapping(layout: Layout, folder: Folder) throws(PipelineFailure) -> XMLMapping? {
    guard let xml else { return nil }
    let unknown = xml.columns.filter { layout.index(of: $0.name) == nil }
    if !unknown.isEmpty {
      let known = layout.columns.map(\.name).joined(separator: " ")
      throw PipelineFailure(
        unknown.map {
          .init(
            $0.location,
            Bilingual("办法没有“\($0.name)”这一列", "the policy has no column '\($0.name)'"),
            remedy: Bilingual("可用的列：\(known)", "Columns: \(known)"))
        })
    }
    var schema: (bytes: [UInt8], name: String)?
    if let path = xml.schema {
      let file = try folder.expand(path, from: location).first ?? path
      let bytes = try Disk.read(folder.absolute(file), shown: file)
      if let fault = XMLMapping.problem(withSchema: bytes) {
        throw PipelineFailure(
          file, Bilingual("不是合格的 XML Schema：\(fault)", "not a valid XML Schema: \(fault)"),
          remedy: Bilingual(
            "请改正；一个文件写全，不能 include 或 import 别的文件。",
            "Mend it; it must be one file, without include or import of others."))
      }
      schema = (bytes, file)
    }
    return XMLMapping(
      row: xml.row, columns: xml.columns.map { .init(name: $0.name, path: $0.path) },
      namespaces: xml.namespaces, schema: schema)
  }
}
