import AidModel

struct RowOnlyOnce: BatchRule {
  static let kind = FindingKind(
    code: "ROW-TWICE", severity: .hold,
    title: Bilingual(
      "同一行出现两次",
      "The same row twice"),
    message: Bilingual(
      "与 {1} 是同一人，申报内容完全相同",
      "The same person as in {1}, and everything applied for is the same"),
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

  private let persons: Persons

  init(facts: BatchFacts, persons: Persons) { self.persons = persons }

  mutating func see(_ claim: Claim, number: Int) {}

  /// Columns that identify the person or the payee may differ between two copies of a row; so may serial
  /// number and remark.
  private static let ofPerson: Set<CommonColumn> = [
    .staffNo, .name, .idType, .idNumber, .unit, .sex, .phone, .bank, .branch, .account, .accountName,
    .spouseName, .spouseID, .remark, .householdID,
  ]

  private static func mattering(_ layout: Layout) -> [Bool] {
    layout.columns.indices.map { index in
      if let common = CommonColumn(rawValue: index) { return !ofPerson.contains(common) }
      return layout.columns[index].name != "serial_number"
    }
  }

  func finish(_ claims: [Claim]) -> [Finding] {
    var (layout, mattering) = (Layout?.none, [Bool]())
    return persons.eachWithSeveralRows { rows in
      var sharing = TextGrouping()
      for row in rows {
        let claim = claims[Int(row)]
        let own = claim.source.layout
        if layout !== own { (layout, mattering) = (own, Self.mattering(own)) }
        sharing.add(claim.hash(of: mattering, from: FNV.hash(own.programme)), number: Int(row))
      }
      return sharing.candidates().flatMap { Self.repeated($0, claims) }
    }
  }

  private static func repeated(_ group: [Int], _ claims: [Claim]) -> [Finding] {
    group.indices.dropFirst().compactMap { at in
      let claim = claims[group[at]]
      let earlier = group[..<at].first { isSame(claims[$0], claim) }
      return earlier.map { Finding(kind, at: claim.place, ["\(claims[$0].place)"]) }
    }
  }

  private static func isSame(_ a: Claim, _ b: Claim) -> Bool {
    guard a.source.layout === b.source.layout else { return false }
    return mattering(a.source.layout).enumerated().allSatisfy { column, matters in
      !matters || a.value(at: column) == b.value(at: column)
    }
  }
}
