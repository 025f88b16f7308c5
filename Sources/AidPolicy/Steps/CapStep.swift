internal import AidModel
import AidYAML
internal import Yams

/// The most that is given: in one award, in a year, in years, ever.
enum CapStep: StepKind {
  static let words: [(en: String, zh: String)] = [("caps", "封顶"), ("cap", "封顶")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    if !reader.isAmongSteps { return reader.caps(node).map { .cap($0) } }
    return reader.cap(node, of: "cap").map { [.cap($0)] } ?? []
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addCaps(of: found, prefix: name + ".")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .cap(let cap) = step else { return [] }
    compiler.compile(cap, of: benefit)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, rate: 100%, caps: [{per: award, at: 50}]",
      cases: [("x: 40", "pays: 40"), ("x: 60", "pays: 50")]),
    StepExample(
      benefit: "steps: [{base: x}, {cap: {per: award, at: 50}}, {times: 2}]",
      cases: [("x: 60", "pays: 100")]),
  ]
}
