internal import AidModel
import AidYAML
internal import Yams

/// A factor.
enum TimesStep: StepKind {
  static let words: [(en: String, zh: String)] = [("times", "系数")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    (node.sequence.map(Array.init) ?? [node]).compactMap { item in
      reader.claused(item, of: key, under: "rate", [.number]).map { .times($0) }
    }
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addItems("rate", of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .times(let factor) = step else { return [] }
    let value = compiler.needed(.times, factor.amount)
    compiler.log(
      key, benefit, .times(expression: factor.amount.source, factor: .zero), clause: factor.clause,
      value: value)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, rate: 50%, times: [n, 120%]",
      cases: [("x: 100, n: 2", "pays: 120")])
  ]
}
