internal import AidModel
import AidYAML
internal import Yams

/// A fixed amount by one key or several, or a range a committee decides in.
enum TableStep: StepKind {
  static let isFormula = true
  static let words: [(en: String, zh: String)] = [("table", "定额表")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    reader.table(node).map { [.formula(.table($0))] }
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addCells(of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .formula(.table(let table)) = step else { return [] }
    return compiler.compile(table, benefit)
  }

  static let examples = [
    StepExample(
      benefit: "table: {by: kind, rows: {甲: 30, 乙: [10, 50]}}",
      cases: [("kind: 甲", "pays: 30"), ("kind: 乙", "held: DECISION-MISSING")]),
    StepExample(
      benefit: "table: {by: [kind, n], rows: {甲: {'<3': 1, else: 2}, else: {else: 7}}}",
      cases: [("kind: 甲, n: 2", "pays: 1"), ("kind: 甲, n: 3", "pays: 2"), ("kind: 乙, n: 1", "pays: 7")]),
  ]
}
