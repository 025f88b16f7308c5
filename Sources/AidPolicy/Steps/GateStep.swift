internal import AidModel
import AidYAML
internal import Yams

/// Where the condition fails the benefit gives nothing and ends.
enum GateStep: StepKind {
  static let words: [(en: String, zh: String)] = [("gate", "门槛")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    let gate = reader.claused(node, of: key, under: "when", also: ["otherwise"])
    guard let when = reader.expression(gate.value, of: key, [.flag]) else { return [] }
    let otherwise = reader.yaml.line(gate.pairs["otherwise"], of: "otherwise")
    let words = SpokenExpression.words(when.source, reader.names)
    return [.gate(Gate(when: when, words: words, otherwise: otherwise, clause: gate.clause))]
  }

  /// The one figure of a gate like `base >= 20000`.
  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addLast(of: found, under: "when", "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .gate(let gate) = step else { return [] }
    compiler.open()
    let value = compiler.value(gate.when.expression)
    let before = compiler.isLogging ? compiler.fresh() : 0
    if compiler.isLogging { compiler.emit(.copy, before, compiler.fixed(.amount)) }
    let passed = compiler.jump(.gate, 0, value)
    compiler.code[passed].b = compiler.site(gate.when)
    compiler.log(gate, benefit, held: false)
    compiler.amountBefore = before
    compiler.logReason(of: gate, benefit)
    compiler.amountBefore = nil
    let end = compiler.jump(.jump)
    compiler.landTarget(passed)
    compiler.log(gate, benefit, held: true)
    return [end]
  }

  static let examples = [
    StepExample(
      benefit: "base: x, gate: base >= 100, rate: 50%",
      cases: [("x: 100", "pays: 50"), ("x: 99.99", "refused: gate")]),
    StepExample(
      benefit: "base: x, gate: {when: n > 1, otherwise: 人少}, rate: 50%",
      cases: [("x: 100, n: 1", "refused: 人少")]),
  ]
}
