internal import AidModel
import AidYAML
internal import Yams

/// Each slice of the amount at its own rate.
enum MarginalStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("marginal", "分段")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.marginal(node, benefit.allowsOver100).map { [.formula(.marginal($0))] }
  }

  /// Rates and ends by the number of the tier from 1.
  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addTiers(of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.marginal(let tiers)) = step else { return [] }
    compiler.compile(tiers, benefit)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, marginal: [{from: 0, to: 100, rate: 10%}, {from: 100, rate: 50%}]",
      cases: [("x: 300", "pays: 110")]),
    StepExample(
      benefit: "base: x, marginal: [{from: 0, to: n * 10元, rate: 10%}, {from: 30, rate: 50%}]",
      cases: [("x: 50, n: 3", "pays: 13"), ("x: 50, n: 4", "held: TIERS-UNSOUND")]),
  ]
}
