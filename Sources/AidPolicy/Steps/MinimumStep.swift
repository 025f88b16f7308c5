internal import AidModel
import AidYAML
internal import Yams

/// Raises an amount above zero.
enum MinimumStep: StepKind {
  static let words: [(en: String, zh: String)] = [("minimum", "最低补助")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.claused(node, of: key, [.money]).map { [.minimum($0)] } ?? []
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .minimum(let least) = step else { return [] }
    let value = compiler.needed(.minimum, least.amount)
    compiler.log(
      key, benefit, .minimum(least.amount.constant ?? .zero, expression: least.amount.source),
      clause: least.clause, value: value)
    if least.amount.constant == nil { compiler.hasOwnFigures() }
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, rate: 10%, minimum: 20",
      cases: [("x: 100", "pays: 20"), ("x: 300", "pays: 30"), ("x: 0", "pays: 0")])
  ]
}
