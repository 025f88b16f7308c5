internal import AidModel
import AidYAML
internal import Yams

/// An amount already had, taken off, never below zero.
enum OffsetStep: StepKind {
  static let words: [(en: String, zh: String)] = [("offset", "抵扣")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.amounts(node, of: key).map { .offset($0) }
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {}

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .offset(let offset) = step else { return [] }
    compiler.takeOff(offset, as: key, of: benefit)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, rate: 50%, offset: [{amount: 20}]",
      cases: [("x: 100", "pays: 30"), ("x: 10", "pays: 0")])
  ]
}
