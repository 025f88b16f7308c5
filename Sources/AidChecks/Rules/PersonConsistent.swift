import AidModel

struct PersonConsistent: BatchRule {
  static let kind = FindingKind(
    code: "PERSON-CONFLICT", severity: .hold,
    title: Bilingual(
      "同一人的信息互相矛盾",
      "Rows of one person disagree"),
    message: Bilingual(
      "{1}与 {2} 不一致",
      "{3} differs from {2}"),
    why: Bilingual(
      "不知道哪一个是真的；可能是两个人。",
      "Which is true cannot be known; they may be two people."),
    remedy: Bilingual(
      "请核对姓名、工号、证件号和银行卡号。",
      "Check name, numbers and account."),
    example: "同一工号，两个姓名")

  static let examples: [RuleExample] = [
    .passes(
      ["staff_no": "00120001", "name": "张三"], ["staff_no": "00120001", "name": "张三", "self_pay": "1"]),
    .flagged(["staff_no": "00120001", "name": "张三"], ["staff_no": "00120001", "name": "李四"]),
  ]

  private let persons: Persons

  init(facts: BatchFacts, persons: Persons) { self.persons = persons }

  mutating func see(_ claim: Claim, number: Int) {}

  private static let compared: [(CommonColumn, Bilingual)] = [
    (.name, Bilingual("姓名", "the name")), (.account, Bilingual("银行卡号", "the account")),
  ]

  func finish(_ claims: [Claim]) -> [Finding] {
    let several = persons.eachWithSeveralRows { rows in
      Self.compared.flatMap { Self.compare(rows.map(Int.init), claims, $0.0, $0.1) }
    }
    return several + contradicted(claims)
  }

  /// Compares every row of the group that has the column filled with one that differs.
  private static func compare(
    _ group: [Int], _ claims: [Claim], _ column: CommonColumn, _ label: Bilingual
  ) -> [Finding] {
    let filled = group.filter { !claims[$0].text(column).isEmpty }
    guard let first = filled.first,
      let second = filled.first(where: {
        !claims[$0].text(column).sameScalars(as: claims[first].text(column))
      })
    else { return [] }
    return filled.map { number in
      let agrees = claims[number].text(column).sameScalars(as: claims[first].text(column))
      return finding(at: number, other: agrees ? second : first, claims, column, label)
    }
  }

  private static func finding(
    at number: Int, other: Int, _ claims: [Claim], _ column: CommonColumn, _ label: Bilingual
  ) -> Finding {
    Finding(
      kind, at: claims[number].place(ofColumn: column.rawValue), column: column.columnName,
      [label.zh, "\(claims[other].place(ofColumn: column.rawValue))", label.en])
  }

  /// A row that equates two persons: holds it and every row of both. If no other row is concerned, the row
  /// contradicts only the roster, which is reported elsewhere.
  private func contradicted(_ claims: [Claim]) -> [Finding] {
    var seen: Set<Int> = []
    return persons.contradictions.flatMap { contradiction -> [Finding] in
      let row = contradiction.claim
      let rest = (Array(persons.rows(of: contradiction.person)) + persons.rows(of: contradiction.other))
        .map(Int.init).filter { $0 != row }.sorted()
      guard let first = rest.first else { return [] }
      return ([row] + rest).filter { seen.insert($0).inserted }.map { number in
        let other = number == row ? first : row
        let (column, label) = Self.differing(claims[number], claims[other])
        return Self.finding(at: number, other: other, claims, column, label)
      }
    }
  }

  private static func differing(_ a: Claim, _ b: Claim) -> (CommonColumn, Bilingual) {
    let (x, y) = (a.text(.idNumber), b.text(.idNumber))
    if !x.isEmpty, !y.isEmpty, PersonNumber.idNumber(x) != PersonNumber.idNumber(y) {
      return (.idNumber, Bilingual("证件号", "the ID number"))
    }
    return (.staffNo, Bilingual("工号", "the staff number"))
  }
}
