internal import AidModel
import AidYAML
internal import Yams

/// What lies above counts.
enum DeductibleStep: StepKind {
  static let words: [(en: String, zh: String)] = [("deductible", "起付线")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.claused(node, of: key, [.money]).map { [.deductible($0)] } ?? []
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .deductible(let deductible) = step else { return [] }
    let value = compiler.needed(.takeOff, deductible.amount)
    compiler.log(
      key, benefit, .deductible(.zero, expression: deductible.amount.source), clause: deductible.clause,
      value: value)
    compiler.noteThreshold(.deductible, nil, deductible.clause ?? benefit.clause)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, deductible: 100, rate: 50%",
      cases: [("x: 300", "pays: 100"), ("x: 100", "pays: 0")])
  ]
}
