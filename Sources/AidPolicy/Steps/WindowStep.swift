internal import AidModel
import AidYAML
internal import Yams

/// Only what lies between two ends counts.
enum WindowStep: StepKind {
  static let words: [(en: String, zh: String)] = [("window", "区间")]

  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]? {
    let pairs = reader.yaml.mapping(node, of: key, allowed: ["from", "to", "clause"], required: ["from"])
    let clause = reader.yaml.line(pairs["clause"], of: "clause")
    guard let from = reader.expression(pairs["from"], of: "from", [.money]) else { return [] }
    let to = reader.expression(pairs["to"], of: "to", [.money])
    if let low = from.known, let high = to?.known, high <= low {
      reader.yaml.refuse(
        pairs["to"], Bilingual("区间的上端不大于下端", "the window ends before it begins"),
        Bilingual("请改正 from 与 to。", "Correct from and to."))
    }
    return [.window(Window(from: from, to: to, clause: clause))]
  }

  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addEnds(["from", "to"], of: found, "\(name).\(key)")
  }

  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int] {
    guard case .window(let window) = step else { return [] }
    compiler.open()
    let from = compiler.figure(window.from, isAmount: true)
    var to: Int32 = -1
    if let end = window.to { to = compiler.figure(end, isAmount: true) }
    compiler.emit(.window, compiler.site(Site(source: benefit.name)), from, to)
    compiler.log(
      key, benefit,
      .window(from: window.from.constant ?? .zero, to: window.to.map { $0.constant ?? .zero }),
      clause: window.clause, value: from, other: max(to, 0), readsInputs: true)
    let isFixed = window.from.constant != nil && (window.to == nil || window.to?.constant != nil)
    if !isFixed { compiler.hasOwnFigures() }
    compiler.noteThreshold(.deductible, nil, window.clause ?? benefit.clause)
    return []
  }

  static let examples = [
    StepExample(
      benefit: "base: x, window: {from: 20, to: 100}, rate: 50%",
      cases: [("x: 150", "pays: 40"), ("x: 20", "pays: 0")])
  ]
}
