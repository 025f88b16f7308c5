import AidModel

/// ID number and staff number must belong to the same member.
struct IDMatchesRoster: RowRule {
  static let kind = FindingKind(
    code: PersonConsistent.kind.code, severity: .hold, title: PersonConsistent.kind.title,
    message: Bilingual(
      "{1} 不是名册中工号 {2} 的证件号{3}", "The ID number {1} is not the roster's for staff number {2}{4}"),
    why: PersonConsistent.kind.why,
    remedy: Bilingual(
      "请核对工号、姓名和证件号；名册写错的请改名册。",
      "Check staff number, name and ID number; mend the roster if it is wrong."),
    example: "工号是张三的，身份证号是李四的")

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00120001", "id_number": "420100199001011233"]),
    .passes(["staff_no": "00120009", "id_number": "420100199001011233"]),
    .passes(["staff_no": "00120002", "id_number": "420100197001010039"]),
    .passes(["staff_no": "00120002", "id_number": "420100199001011231"]),
    .flagged(["staff_no": "00120001", "id_number": "420100197001010039"]),
    .flagged(["staff_no": "00120002", "id_number": "420100199001011233"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    guard row.memberByNumber != nil, !row.bytes(.idNumber).isEmpty, !row.hasRosterIDNumber else { return }
    let (id, known) = (row.text(.idNumber), row.rosterIDNumber)
    let owner = row.facts.roster?.entry(idNumber: id)?.text(named: "staff_no") ?? ""
    if owner.isEmpty, known.isEmpty || !Self.isRight(row.applicantID) { return }
    findings.append(
      row.finding(
        Self.kind, column: CommonColumn.idNumber.rawValue,
        [
          Masking.idNumber(id), row.text(.staffNo), owner.isEmpty ? "" : "，属于工号 \(owner)",
          owner.isEmpty ? "" : "; it belongs to \(owner)",
        ]))
  }

  /// A mistyped number is reported for its own fault.
  private static func isRight(_ id: IDNumber?) -> Bool {
    guard let id else { return false }
    return id.kind == .document || (id.kind != .unknown && id.isCheckDigitRight && id.birthDate != nil)
  }
}
