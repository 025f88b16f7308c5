import AidModel
import Testing

/// What a payment remembers about its benefits.
@Suite struct Breakdowns {
  @Test func aBreakdownIsReadAsItWasWritten() throws {
    let names = ["stay", "住院", "a\tb", "x\ny", "=1", "\\", "=\u{338}", "e\u{301}", "t\\n"]
    for name in names {
      let parts = [
        PaymentPart(benefit: name, amount: Money(fen: 1_250_000), base: Money(fen: 6_000_001)),
        PaymentPart(benefit: "b", group: name, amount: .zero),
      ]
      let figures = [RememberedFigure(name: name, value: try Rational(1) / Rational(3))]
      let again = PaymentBreakdown(text: PaymentBreakdown(parts: parts, remembered: figures).text)
      #expect(again.parts == parts && again.remembered == figures)
      #expect(again.parts[0].benefit.sameScalars(as: name) && again.remembered[0].name.sameScalars(as: name))
    }
  }

  private typealias Step = (key: String, benefit: String?, group: String, only: [String], result: Rational)

  private static func shares(_ steps: [Step]) -> [String] {
    var finder = BreakdownFinder()
    for step in steps {
      finder.take(step.key, benefit: step.benefit, group: step.group, only: step.only, result: step.result)
    }
    return finder.breakdown().parts.map { "\($0.benefit)\($0.group) \($0.amount) \($0.base?.plain ?? "—")" }
  }

  private static let two: [Step] = [
    ("base", "a", "", [], Rational(100)), ("less", "a", "", [], Rational(90)),
    ("rate", "a", "", [], Rational(numerator: 100, denominator: 3)),
    ("base", "b", "甲", [], Rational(50)), ("rate", "b", "甲", [], Rational(50)),
    ("base", "b", "乙", [], Rational(60)), ("rate", "b", "乙", [], Rational(60)),
    ("sum", nil, "", [], Rational(numerator: 430, denominator: 3)),
  ]

  @Test func whatIsCutComesOffTheLastBenefitFirst() {
    #expect(
      Self.shares(Self.two + [("round", nil, "", [], Rational(numerator: 14333, denominator: 100))])
        == ["a 33.33 90.00", "b甲 50.00 50.00", "b乙 60.00 60.00"])
    #expect(
      Self.shares(Self.two + [("cap.year", nil, "", [], Rational(70))])
        == ["a 33.33 90.00", "b甲 36.67 50.00", "b乙 0.00 60.00"])
    // A cap on one benefit does not reduce another.
    #expect(
      Self.shares(Self.two + [("cap.year", nil, "", ["a"], Rational(120))])
        == ["a 10.00 90.00", "b甲 50.00 50.00", "b乙 60.00 60.00"])
    #expect(
      Self.shares(Self.two + [("round", nil, "", [], Rational(144))])
        == ["a 33.33 90.00", "b甲 50.00 50.00", "b乙 60.67 60.00"])
    #expect(
      Self.shares(Self.two + [("pool", nil, "", [], .zero)])
        == ["a 0.00 90.00", "b甲 0.00 50.00", "b乙 0.00 60.00"])
  }
}
