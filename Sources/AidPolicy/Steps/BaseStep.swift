internal import AidModel
import AidYAML
internal import Yams

/// The amount becomes the value of an expression.
enum BaseStep: StepKind {
  static let words: [(en: String, zh: String)] = [("base", "基数")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    defer { reader.names.hasBase = true }
    return reader.expression(node, of: key, [.money]).map { [.base($0)] } ?? []
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {}

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .base(let base) = step else { return [] }
    compiler.open()
    let value = compiler.value(base.expression)
    compiler.emit(.setBase, 0, value, compiler.site(base))
    compiler.log(key, benefit, .set(expression: base.source, value: .zero), readsInputs: true)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: sum(x), rate: 50%",
      cases: [("x: 100", "pays: 50"), ("n: 1", "held: UNKNOWN-VALUE")]),
    StepExample(
      benefit: "base: x - 200, rate: 50%",
      cases: [("x: 100", "held: BASE-NEGATIVE")]),
  ]
}
