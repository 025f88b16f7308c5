internal import AidModel
import AidYAML
internal import Yams

/// What a committee decides, within a range.
enum CommitteeStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("committee", "评审")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    let pairs = reader.yaml.mapping(
      node, of: key, allowed: ["min", "max", "clause"], required: ["max"])
    guard let max = reader.expression(pairs["max"], of: "max", [.money]),
      let min = pairs["min"] == nil ? Compiled.zero : reader.expression(pairs["min"], of: "min", [.money])
    else { return nil }
    if let low = min.known, let high = max.known, high < low { reader.refuseRange(pairs["max"]) }
    return [.formula(.committee(min: min, max: max))]
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addEnds(["min", "max"], of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.committee(let min, let max)) = step else { return [] }
    compiler.open()
    return [compiler.decide(key, benefit, min, max)]
  }

  static let examples = [
    StepExample(
      benefit: "committee: {min: 10, max: 50}",
      cases: [("n: 1", "held: DECISION-MISSING")])
  ]
}
