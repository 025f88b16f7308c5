internal import AidModel
import AidYAML
internal import Yams

/// Raises an amount, zero too.
enum AtLeastStep: StepKind {
  static let words: [(en: String, zh: String)] = [("at_least", "至少")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.claused(node, of: key, [.money]).map { [.atLeast($0)] } ?? []
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .atLeast(let least) = step else { return [] }
    let value = compiler.needed(.atLeast, least.amount)
    compiler.log(
      key, benefit, .atLeast(least.amount.constant ?? .zero, expression: least.amount.source),
      clause: least.clause, value: value)
    if least.amount.constant == nil { compiler.hasOwnFigures() }
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, rate: 10%, at_least: 20",
      cases: [("x: 100", "pays: 20"), ("x: 0", "pays: 20"), ("x: 300", "pays: 30")])
  ]
}
