internal import AidModel
import AidYAML
internal import Yams

/// Another payer's amount is taken off, never below zero; `base` in later expressions is what is left.
enum LessStep: StepKind {
  static let words: [(en: String, zh: String)] = [("less", "扣除")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.amounts(node, of: key).map { .less($0) }
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {}

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .less(let less) = step else { return [] }
    compiler.takeOff(less, as: key, of: benefit)
    if benefit.hasBase { compiler.emit(.copy, compiler.fixed(.base), compiler.fixed(.amount)) }
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, less: [{amount: 30}], gate: base > 0, rate: 50%",
      cases: [("x: 100", "pays: 35"), ("x: 20", "refused: gate")])
  ]
}
