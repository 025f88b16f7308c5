import AidModel
import AidReview
import Foundation
import Testing

@testable import AidPolicy

/// What a step prints: true equations, what came from what, and no foreign punctuation.
@Suite struct PrintedSteps {
  /// The figures of `(30,000.00 − 20,000.00) × 25%`, worked out; nil where it is no arithmetic.
  struct Arithmetic {
    private var rest: Substring

    static func value(of text: Substring) -> Rational? {
      var reader = Arithmetic(rest: text)
      guard let value = reader.sum(), reader.rest.isEmpty else { return nil }
      return value
    }

    private mutating func take(_ sign: String) -> Bool {
      guard rest.hasPrefix(sign) else { return false }
      rest = rest.dropFirst(sign.count)
      return true
    }

    private mutating func sum() -> Rational? {
      guard var value = product() else { return nil }
      while true {
        if take(" + ") {
          guard let next = product(), let sum = try? value + next else { return nil }
          value = sum
        } else if take(" − ") {
          guard let next = product(), let sum = try? value - next else { return nil }
          value = sum
        } else {
          return value
        }
      }
    }

    private mutating func product() -> Rational? {
      guard var value = figure() else { return nil }
      while take(" × ") {
        guard let next = figure(), let product = try? value * next else { return nil }
        value = product
      }
      return value
    }

    private mutating func figure() -> Rational? {
      if take("(") {
        let value = sum()
        return take(")") ? value : nil
      }
      let digits = rest.prefix { "0123456789.,/".contains($0) }
      rest = rest.dropFirst(digits.count)
      let parts = digits.replacing(",", with: "").split(separator: "/")
        .compactMap { DecimalNumber(plain: String($0)).map { Rational($0) } }
      guard var value = parts.first else { return nil }
      if parts.count == 2 {
        guard let quotient = try? value / parts[1] else { return nil }
        value = quotient
      }
      if take("%") { return try? value / Rational(100) }
      return value
    }
  }

  /// Figures on both sides, after what opens a sentence or a part of it.
  private static var equation: Regex<(Substring, Substring)> {
    /(?:：|；|: |; |合计 |benefits )([0-9(][0-9.,\/%()+−× ]* = [0-9.,\/]*[0-9])/
  }

  /// How many equations a text has.
  static func check(_ text: String) -> Int {
    let words = text.components(separatedBy: "  ")[0]
    let found = words.matches(of: equation)
    for match in found {
      let sides = match.output.1.split(separator: " = ")
      let left = Arithmetic.value(of: sides[0])
      #expect(left != nil && left == Arithmetic.value(of: sides[1]), "\(match.output.1) in \(text)")
    }
    return found.count
  }

  static let fullWidth = Set("，。：；（）“”〔〕！？、《》【】".unicodeScalars)

  @Test func everyEquationOfAnyPolicyIsTrue() throws {
    var (equations, arrows) = (0, 0)
    for seed: UInt64 in 1...150 {
      var writer = PolicyWriter(random: Seeded(state: seed))
      guard let policy = try? Fixture.policy(writer.policy()) else { continue }
      for _ in 0..<4 {
        let person = writer.person(policy)
        for result in policy.assess(person) {
          for (index, step) in result.trace.steps.enumerated() {
            let text = StepText.text(result.trace, index, .none, language: .zh)
            equations += Self.check(text)
            arrows += text.contains(" → ") ? 1 : 0
            let before = index > 0 ? result.trace.steps[index - 1].result : .zero
            let isShown =
              ["base", "amount", "table", "eligible", "committee", "sum", "values"].contains(step.key)
              || text.contains("\(shown(before)) → \(shown(step.result))")
              || text.contains("= \(shown(step.result))")
              || text.hasSuffix("合计 \(shown(step.result))") || before == step.result
            #expect(isShown, "seed \(seed): \(text) does not say \(shown(before)) → \(shown(step.result))")
          }
        }
      }
    }
    #expect(equations > 200 && arrows > 200, "\(equations) equations, \(arrows) arrows")
  }

  private func shown(_ amount: Rational) -> String {
    amount.hundredths.map { Money(fen: $0).grouped } ?? amount.description
  }

  /// Every operation there is, with what it says in both languages.
  static let operations: [(key: String, before: Rational, operation: AidModel.Operation)] = {
    let (half, ten) = (Rational(numerator: 1, denominator: 2), Rational(10))
    let tiers = [
      Slice(from: .zero, to: ten, rate: half), Slice(from: ten, to: nil, rate: half),
    ]
    return [
      ("base", .zero, .set(expression: "sum(x)", value: ten)),
      ("less", ten, .less(expression: "x", value: half)), ("less", half, .less(expression: "x", value: ten)),
      ("gate", ten, .gate(condition: "x >= 1", held: true)),
      ("gate", ten, .gate(condition: "x >= 1", held: false)),
      ("eligible", .zero, .gate(condition: "x >= 1", held: false)),
      ("limit", ten, .gate(condition: "times_paid.year < 1", held: false)),
      ("exclusive", ten, .gate(condition: "reason", held: false)),
      ("window", ten, .window(from: half, to: ten)), ("window", ten, .window(from: half, to: nil)),
      ("deductible", ten, .deductible(half, expression: "0.5")),
      ("deductible", half, .deductible(ten, expression: "x")),
      ("rate", ten, .rate(half, expression: "50%")), ("rate", ten, .rate(half, expression: "25% + 25%")),
      ("marginal", Rational(20), .marginal(tiers)), ("marginal", ten, .marginal([])),
      ("whole", ten, .whole(band: "[1, 20)", rate: half)), ("whole", ten, .whole(band: "—", rate: nil)),
      ("bands", ten, .band(band: "(1, 20]", pays: half)), ("bands", ten, .band(band: "—", pays: nil)),
      ("amount", .zero, .fixed(expression: "10", value: ten)),
      ("amount", .zero, .fixed(expression: "x * 2", value: ten)),
      ("table", .zero, .fixed(expression: "kind: retired; grade: 1", value: ten)),
      ("committee", .zero, .decided(value: ten, min: half, max: Rational(20), reason: "minutes")),
      ("times", ten, .times(expression: "0.5", factor: half)),
      ("times", ten, .times(expression: "x", factor: half)),
      ("minimum", half, .minimum(ten, expression: "10")), ("at_least", half, .atLeast(ten, expression: "x")),
      ("values", ten, .named(name: "n", expression: "x + 1", value: .money(Money(fen: 100)))),
      ("values", ten, .named(name: "n", expression: "940元", value: .money(Money(fen: 94_000)))),
      ("cap.award", ten, .cap(at: half, used: .zero, expression: "0.5")),
      ("cap.year", ten, .cap(at: ten, used: half, expression: "x")),
      ("cap.lifetime", ten, .cap(at: ten, used: half, expression: "10")),
      ("cap.years", ten, .cap(at: ten, used: half, expression: "10")),
      ("offset", ten, .offset(expression: "x", value: half)),
      ("offset", half, .offset(expression: "x", value: ten)),
      ("sum", ten, .sum(of: [0])), ("round", half, .round(unit: 100, mode: .halfUp)),
      ("round", half, .round(unit: 100, mode: .halfEven)), ("round", half, .round(unit: 100, mode: .down)),
      ("round", half, .round(unit: 100, mode: .up)), ("pool", ten, .pool(Money(fen: 50), fund: "relief")),
    ]
  }()

  @Test func everyStepSpeaksItsLanguage() throws {
    let sheet = SourceSheet(file: "a.csv", sheet: "S")
    for (key, before, operation) in Self.operations {
      var trace = Trace()
      try trace.take("base", clause: nil, .set(expression: "x", value: before))
      let inputs = (1...8).map {
        Input(name: "x", value: .money(Money(fen: $0)), place: Place(sheet, row: 2, column: Int32($0)))
      }
      try trace.take(key, clause: nil, operation, inputs: inputs)
      let english = StepText.text(trace, 1, .none, language: .en)
      let isForeign = { (scalar: Unicode.Scalar) in
        Self.fullWidth.contains(scalar) || scalar.properties.isIdeographic
      }
      #expect(!english.unicodeScalars.contains(where: isForeign), "\(key): \(english)")
      #expect(!english.contains("  from: ,") && english.contains(" [a.csv:S!"), "\(english)")
      _ = Self.check(english)
      let chinese = StepText.text(trace, 1, .none, language: .zh)
      _ = Self.check(chinese)
      let own = /x|sum|kind|retired|grade|times_paid.year|reason|minutes|relief|a.csv:S!\w+|n/
      let written = chinese.replacing(own, with: "")
      #expect(!written.contains(where: { $0.isASCII && $0.isLetter }), "\(key): \(chinese)")
    }
  }

  /// The auditor's: 0.01 less 500 is not nothing, and a minimum that raised says what from.
  @Test func whatIsTakenOffAndRaisedIsSaid() throws {
    let policy = try Fixture.policy(
      """
      policy: p
      programme: aid
      valid: {from: 2023-01-01}
      columns: [{name: x, type: money}, {name: y, type: money}]
      benefits:
        - name: a
          base: sum(x)
          deductible: if sum(y) > 1 then 500 else 400
          rate: 50%
          minimum: 20
          caps: [{per: award, at: sum(y) * 2}]
      """)
    func texts(_ x: Int64, _ y: Int64) -> [String] {
      let row: [String: Value] = ["x": .money(Money(fen: x)), "y": .money(Money(fen: y))]
      let trace = policy.assess(Fixture.person(policy, [row]))[0].trace
      return trace.steps.indices.map { StepText.text(trace, $0, .none, language: .zh) }
    }
    let short = "减起付线 if sum(y) > 1 then 500 else 400 = 500.00，不够减：0.01 → 0.00  来源：y=100.00"
    #expect(texts(1, 10_000)[1].hasPrefix(short), "\(texts(1, 10_000))")
    let paid = texts(53_000, 10_000)
    #expect(paid[1].contains("：530.00 − 500.00 = 30.00") && paid[2] == "按比例：30.00 × 50% = 15.00", "\(paid)")
    #expect(paid[3] == "最低补助 20.00：15.00 → 20.00", "\(paid)")
    #expect(paid[4].hasPrefix("单次封顶 sum(y) * 2 = 200.00：20.00 → 20.00  来源：y=100.00"), "\(paid)")
  }
}
