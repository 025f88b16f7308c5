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

  private var sharing = Sharing()
  private var layout: Layout?
  /// A hash of the programme of `layout`.
  private var programme: UInt64 = 0

  init(facts: BatchFacts) {}

  private static func key(_ claim: Claim) -> String {
    let person = claim.personKey
    return person.isEmpty ? "" : claim.source.layout.programme + "\u{1F}" + person
  }

  mutating func see(_ claim: Claim, number: Int) {
    let own = claim.source.layout
    if layout !== own { (layout, programme) = (own, FNV.hash(own.programme)) }
    sharing.add(claim.personHash(from: programme), number: number)
  }

  func finish(_ claims: [Claim]) -> [Finding] {
    sharing.groups { Self.key(claims[$0]) }.flatMap { group -> [Finding] in
      let first = claims[group[0]]
      guard let second = group.first(where: { Self.isElsewhere(claims[$0], first) }) else { return [] }
      return group.map { number in
        let claim = claims[number]
        let other = Self.isElsewhere(claim, first) ? first : claims[second]
        return Finding(Self.kind, at: claim.place, ["\(other.place)"])
      }
    }
  }

  private static func isElsewhere(_ a: Claim, _ b: Claim) -> Bool {
    !a.source.file.sameScalars(as: b.source.file) || !a.text(.unit).sameScalars(as: b.text(.unit))
  }
}
