internal import AidModel
import AidYAML
internal import Yams

/// One rate on the whole amount, by the band it is in.
enum WholeStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("whole", "全额分档")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.bands(node, value: "rate", benefit.allowsOver100).map { [.formula(.whole($0))] }
  }

  /// Rates and ends by the number of the band from 1.
  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addTiers(of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.whole(let bands)) = step else { return [] }
    compiler.compile(bands, key, benefit)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, whole: [{le: 100, rate: 10%}, {gt: 100, rate: 20%}]",
      cases: [("x: 100", "pays: 10"), ("x: 200", "pays: 40")])
  ]
}
