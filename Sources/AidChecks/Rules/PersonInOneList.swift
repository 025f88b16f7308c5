import AidModel

/// One person in two lists.
struct PersonInOneList: BatchRule {
  static let kind = FindingKind(
    code: "PERSON-TWICE", severity: .hold,
    title: Bilingual(
      "同一人出现在两张表",
      "One person in two lists"),
    message: Bilingual(
      "同一项目中此人也在 {1}",
      "In this programme the person also stands at {1}"),
    why: Bilingual(
      "两个单位各报一次会重复发放。",
      "Reported by two units, the person would be paid twice."),
    remedy: Bilingual(
      "请与两个单位核实，保留一处。",
      "Ask both units and keep one."),
    example: "机械学院.xlsx / 人事处.xlsx")

  static let examples: [RuleExample] = [
    .passes(
      ["staff_no": "00120001", "unit": "机械学院"], ["staff_no": "00120001", "unit": "机械学院", "self_pay": "1"]),
    .flagged(["staff_no": "00120001", "unit": "机械学院"], ["staff_no": "00120001", "unit": "人事处"]),
  ]

  /// For each programme and person: every row, until a second list is seen.
  private var rows: [ExactText: [Claim]] = [:]

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim) {
    let staffNo = claim.text(.staffNo)
    let person = staffNo.isEmpty ? claim.text(.idNumber) : staffNo
    if person.isEmpty { return }
    rows[ExactText(claim.source.layout.programme + "\u{1F}" + person), default: []].append(claim)
  }

  func finish() -> [Finding] {
    var findings: [Finding] = []
    for key in rows.keys.sorted() {
      guard let claims = rows[key], claims.count > 1 else { continue }
      for claim in claims {
        guard let other = claims.first(where: { Self.isElsewhere($0, claim) }) else { continue }
        findings.append(Finding(Self.kind, at: claim.place, ["\(other.place)"]))
      }
    }
    return findings
  }

  private static func isElsewhere(_ a: Claim, _ b: Claim) -> Bool {
    !a.source.file.sameScalars(as: b.source.file) || !a.text(.unit).sameScalars(as: b.text(.unit))
  }
}
