import AidModel
import Testing

@testable import AidPolicy

/// Conditions and amounts in words.
@Suite struct SpokenExpressions {
  static let columns = [
    Column(name: "self_pay", headings: ["自付金额"], type: .money),
    Column(name: "kind", headings: ["类别"], type: .choice),
    Column(name: "days", type: .integer), Column(name: "discharged", headings: ["出院日期"], type: .date),
    Column(name: "poor", headings: ["是否低保"], type: .flag), Column(name: "自费", type: .money),
  ]

  @Test(arguments: [
    ("base >= 20000", "补助基数不低于 20,000 元", "the base is at least 20,000 yuan"),
    ("基数 ≥ 20000.50", "补助基数不低于 20,000.5 元", "the base is at least 20,000.5 yuan"),
    ("kind = '住院'", "类别为“住院”", "kind is '住院'"),
    ("kind in ['a', 'b'] and poor", "类别为“a”、“b”之一，且是否低保为“是”", "kind is one of 'a', 'b' and poor is 'yes'"),
    ("not poor or days < 3", "并非（是否低保为“是”）或 days 低于 3", "not (poor is 'yes') or days is below 3"),
    ("discharged in period", "出院日期在核算期内", "discharged lies in the period"),
    ("discharged >= pay_date - 1 year", "出院日期不早于发放日 − 1 年", "discharged is not before the pay date − 1 year"),
    ("sum(self_pay) - 自费", "自付金额合计 − 自费", "the sum of self_pay − 自费"),
    ("times_paid.year < 1", "本年度已发次数低于 1", "times paid this year is below 1"),
    ("paid.lifetime + paid.year", "历年已发金额 + 本年度已发金额", "paid in all years + paid this year"),
    ("roster.contribution_years >= 1", "名册的缴费年限不低于 1", "roster contribution_years is at least 1"),
    ("self_pay is blank", "自付金额为空", "self_pay is blank"),
    ("(self_pay + 自费) * 50%", "（自付金额 + 自费） × 50%", "(self_pay + 自费) × 50%"),
    ("self_pay - (自费 - 1)", "自付金额 − （自费 − 1）", "self_pay − (自费 - 1)"),
    ("if poor then 500 else 400", "若是否低保为“是”则 500，否则 400", "if poor is 'yes' then 500 else 400"),
    ("max(self_pay, 200元)", "（自付金额，200 元）中最大的", "the largest of (self_pay, 200 yuan)"),
    ("awarded('x') > 0", "本批从“x”所得高于 0 元", "awarded from 'x' in this batch is above 0 yuan"),
  ])
  func conditionsAreSaidInWords(_ source: String, _ zh: String, _ en: String) {
    let names = NameTable(columns: Self.columns, roster: PolicyReader.rosterTypes)
    let words = SpokenExpression.words(source, names)
    #expect(words.zh.replacing(" ", with: "") == zh.replacing(" ", with: ""), "\(words.zh)")
    #expect(words.en == en.replacing("自费 - 1", with: "自费 − 1"), "\(words.en)")
  }

  /// What cannot be read stays as it is; no policy loses its words.
  @Test func whatIsNotReadStaysAsWritten() {
    let names = NameTable(columns: Self.columns, roster: PolicyReader.rosterTypes)
    for source in ["", "(", "a b", "if x", "'open", String(repeating: "(", count: 500), "1 +"] {
      #expect(SpokenExpression.words(source, names).zh == source)
    }
  }

  @Test func randomPoliciesSayNoKeysInChinese() throws {
    var said = 0
    for seed: UInt64 in 1...60 {
      var writer = PolicyWriter(random: Seeded(state: seed))
      guard let policy = try? Fixture.policy(writer.policy()) else { continue }
      for source in policy.sources {
        let words = policy.phrases.text(source, .zh)
        said += 1
        let isRaw = words.contains(/sum\(|coalesce\(|times_paid|paid\.|>=|<=|base/)
        #expect(!isRaw, "\(source): \(words)")
      }
    }
    #expect(said > 200)
  }
}
