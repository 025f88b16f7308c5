import AidModel

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
    .flagged(
      ["staff_no": "00120002", "unit": "机械学院"], ["id_number": "420100700101003", "unit": "人事处"]),
  ]

  private let persons: Persons

  init(facts: BatchFacts, persons: Persons) { self.persons = persons }

  mutating func see(_ claim: Claim, number: Int) {}

  func finish(_ claims: [Claim]) -> [Finding] {
    persons.eachWithSeveralRows { rows in
      Self.byProgramme(rows, claims).flatMap { Self.findings($0, claims) }
    }
  }

  /// A person's rows, grouped by programme.
  private static func byProgramme(_ rows: ArraySlice<Int32>, _ claims: [Claim]) -> [[Int]] {
    var groups: [(programme: String, rows: [Int])] = []
    for row in rows {
      let programme = claims[Int(row)].source.layout.programme
      if let at = groups.firstIndex(where: { $0.programme.sameScalars(as: programme) }) {
        groups[at].rows.append(Int(row))
      } else {
        groups.append((programme, [Int(row)]))
      }
    }
    return groups.map(\.rows)
  }

  private static func findings(_ group: [Int], _ claims: [Claim]) -> [Finding] {
    let first = claims[group[0]]
    guard let second = group.first(where: { isElsewhere(claims[$0], first) }) else { return [] }
    return group.map { number in
      let claim = claims[number]
      let other = isElsewhere(claim, first) ? first : claims[second]
      return Finding(kind, at: claim.place, ["\(other.place)"])
    }
  }

  private static func isElsewhere(_ a: Claim, _ b: Claim) -> Bool {
    !a.source.file.sameScalars(as: b.source.file) || !a.text(.unit).sameScalars(as: b.text(.unit))
  }
}
