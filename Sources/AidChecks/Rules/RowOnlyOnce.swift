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

  private var sharing = Sharing()
  private var layout: Layout?
  /// For each column of `layout` whether two copies of a row must agree in it.
  private var mattering: [Bool] = []
  private var programme: UInt64 = 0

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim, number: Int) {
    if claim.personHash() == nil { return }
    let own = claim.source.layout
    if layout !== own { (layout, mattering, programme) = (own, Self.mattering(own), FNV.hash(own.programme)) }
    sharing.add(claim.hash(of: mattering, from: programme), number: number)
  }

  /// Serial number and remark may differ in two copies of a row.
  private static func mattering(_ layout: Layout) -> [Bool] {
    layout.columns.indices.map {
      $0 != CommonColumn.remark.rawValue && layout.columns[$0].name != "serial_number"
    }
  }

  func finish(_ claims: [Claim]) -> [Finding] {
    sharing.candidates().flatMap { group -> [Finding] in
      group.indices.dropFirst().compactMap { at in
        let claim = claims[group[at]]
        let earlier = group[..<at].first { Self.isSame(claims[$0], claim) }
        return earlier.map { Finding(Self.kind, at: claim.place, ["\(claims[$0].place)"]) }
      }
    }
  }

  private static func isSame(_ a: Claim, _ b: Claim) -> Bool {
    guard a.source.layout === b.source.layout else { return false }
    return mattering(a.source.layout).enumerated().allSatisfy { column, matters in
      !matters || a.value(at: column) == b.value(at: column)
    }
  }
}
