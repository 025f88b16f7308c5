import AidModel

/// The staff number as its cell displays it: a zero-padding format restores what a number cell drops.
struct StaffNumberShown: RowRule {
  static let kind = StaffNumberRepair.kind
  static let otherKinds = [StaffNumberRepair.namelessKind, StaffNumberRepair.rosterKind]

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00000001"]), .passes(["staff_no": "‹120345›"]),
    .flagged(["staff_no": "‹00000001›"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let index = CommonColumn.staffNo.rawValue
    guard row.cells.notes(at: index).contains(.zerosOfFormat) else { return }
    findings.append(
      row.finding(
        Self.kind, column: index,
        [
          row.original(index), row.text(.staffNo), "单元格的格式显示这些 0", "the cell's format shows these zeros",
        ]))
  }
}
