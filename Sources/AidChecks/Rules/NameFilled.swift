import AidModel

/// A name is required if the list asks for one and the roster has none.
struct NameFilled: RowRule {
  static let kind = RequiredFilled.kind

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00120009", "name": "张三"]),
    .passes(["staff_no": "00120001", "name": ""]),
    .flagged(["staff_no": "00120009", "name": ""]),
    .flagged(["staff_no": "00120009", "name": "无"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let index = CommonColumn.name.rawValue
    guard row.bytes(.name).isEmpty, row.source.columns[index] >= 0, row.cells.isBlank(index),
      row.rosterEntry?.text(named: "name").isEmpty ?? true,
      !row.cells.notes(at: index).contains(.requiredBlank)
    else { return }
    findings.append(row.finding(Self.kind, column: index, [row.columns[index].headings.first ?? "姓名"]))
  }
}
