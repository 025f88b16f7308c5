internal import AidModel
import AidYAML
internal import Yams

/// A rate on the whole amount.
enum RateStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("rate", "比例")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    guard let rate = reader.expression(node, of: key, [.number]) else { return nil }
    reader.checkRate(rate, node, benefit.allowsOver100)
    return [.formula(.rate(rate))]
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addOne("rate", of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.rate(let rate)) = step else { return [] }
    compiler.open()
    let value = compiler.value(rate.expression)
    compiler.emit(.rate, benefit.allowsOver100 ? 1 : 0, value, compiler.site(rate))
    compiler.log(key, benefit, .rate(.zero, expression: rate.source), value: value)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, rate: 25%",
      cases: [("x: 100", "pays: 25")]),
    StepExample(
      benefit: "base: x, rate: n / 4",
      cases: [("x: 100, n: 3", "pays: 75"), ("x: 100, n: 5", "held: RATE-RANGE")]),
  ]
}
