import AidModel

/// The same row twice.
struct RowOnlyOnce: BatchRule {
  static let kind = FindingKind(
    code: "ROW-TWICE", severity: .hold,
    title: Bilingual(
      "同一行出现两次",
      "The same row twice"),
    message: Bilingual(
      "与 {1} 各项完全相同",
      "Every value is the same as in {1}"),
    why: Bilingual(
      "同一笔费用会补两次。",
      "The same cost would be paid twice."),
    remedy: Bilingual(
      "请删去一行；确是两笔的请用发票号区分。",
      "Remove one; if they are two, tell them apart by the invoice number."),
    example: "第 8 行 = 第 5 行")

  static let examples: [RuleExample] = [
    .passes(["staff_no": "00120001", "self_pay": "100"], ["staff_no": "00120001", "self_pay": "200"]),
    .flagged(["staff_no": "00120001", "self_pay": "100"], ["staff_no": "00120001", "self_pay": "100"]),
  ]

  private var first: [Digest: Place] = [:]
  private var findings: [Finding] = []

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim) {
    if claim.text(.staffNo).isEmpty, claim.text(.idNumber).isEmpty { return }
    let key = Digest(claim)
    if let other = first[key] {
      findings.append(Finding(Self.kind, at: claim.place, ["\(other)"]))
    } else {
      first[key] = claim.place
    }
  }

  func finish() -> [Finding] { findings }
}
