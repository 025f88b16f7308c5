internal import AidModel
import AidYAML
internal import Yams

/// A fixed or computed amount.
enum AmountStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("amount", "金额")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.expression(node, of: key, [.money]).map { [.formula(.amount($0))] }
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.amount(let sum)) = step else { return [] }
    let value = compiler.needed(.setAmount, sum)
    compiler.log(key, benefit, .fixed(expression: sum.source, value: .zero), value: value)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "amount: n * 100元",
      cases: [("n: 3", "pays: 300")]),
    StepExample(
      benefit: "amount: x - 10",
      cases: [("x: 5", "held: BASE-NEGATIVE")]),
  ]
}
