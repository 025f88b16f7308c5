internal import AidModel
import AidYAML
internal import Yams

/// A fixed amount, by the band the amount is in.
enum BandsStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("bands", "定额分档")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.bands(node, value: "pays", true).map { [.formula(.bands($0))] }
  }

  /// Rates and ends by the number of the band from 1.
  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addTiers(of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.bands(let bands)) = step else { return [] }
    compiler.compile(bands, key, benefit)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, bands: [{ge: 100, lt: 200, pays: 30}, {ge: 200, pays: 70}]",
      cases: [("x: 99", "pays: 0"), ("x: 100", "pays: 30"), ("x: 200", "pays: 70")])
  ]
}
