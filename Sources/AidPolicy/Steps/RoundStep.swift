internal import AidModel
import AidYAML
internal import Yams

/// To a multiple of some money; the policy's own rounding still ends everything.
enum RoundStep: StepKind {
  static let isOnlyAmongSteps = true
  static let words: [(en: String, zh: String)] = [("round", "取整")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    [.round(reader.rounding(node))]
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {}

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .round(let rounding) = step else { return [] }
    compiler.compile(rounding, of: benefit)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "steps: [{base: x}, {round: {to: 10, mode: up}}, {times: 50%}]",
      cases: [("x: 11", "pays: 10")])
  ]
}
