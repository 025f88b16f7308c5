internal import AidModel
import AidYAML
internal import Yams

/// One kind of step a benefit can take. A kind has one file with everything about it: its key, how it is read and what
/// is refused, its figures for `--sweep`, how it is compiled, and worked examples. Its words stand with all other words
/// of explanations (`StepText`).
protocol StepKind: SendableMetatype {
  /// Its key with the Chinese word; the first is the step's own where it has several.
  static var words: [(en: String, zh: String)] { get }

  /// It makes an amount of what stands before it: a benefit without steps of its own has exactly one.
  static var isFormula: Bool { get }
  /// It may only stand among steps a benefit gives its own order.
  static var isOnlyAmongSteps: Bool { get }

  /// The steps a value of the key stands for; nil after refusing it, where nothing more can be said of the benefit.
  static func read(
    _ node: Node, of benefit: Benefit, by reader: inout PolicyReader
  ) -> [BenefitStep]?

  /// Names the figures of a step written at `found` in the benefit `name`.
  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder)

  /// - Returns: jumps to the end of the benefit, where the step may end it.
  static func compile(
    _ step: BenefitStep, of benefit: Benefit, by compiler: inout ProgramCompiler
  ) -> [Int]

  static var examples: [StepExample] { get }
}

extension StepKind {
  static var key: String { words[0].en }
  static var isFormula: Bool { false }
  static var isOnlyAmongSteps: Bool { false }

  /// One figure, alone or beside its clause.
  static func figures(of found: FigureFinder.Found, _ name: String, in finder: inout FigureFinder) {
    finder.addOne("amount", of: found, "\(name).\(key)")
  }
}

/// What a benefit with the step pays.
struct StepExample: Sendable {
  /// The benefit's keys beside its name.
  let benefit: String
  /// A row over the columns `x` (money), `kind` (甲, 乙) and `n` (a whole number), and the outcome: `x: 9`, `pays: 1`.
  let cases: [(row: String, outcome: String)]
}

/// Every kind of step, in the order in which a benefit takes them that does not give its own.
enum StepBook {
  static let kinds: [any StepKind.Type] = [
    BaseStep.self, LessStep.self, GateStep.self, WindowStep.self, DeductibleStep.self,
    RateStep.self, MarginalStep.self, WholeStep.self, BandsStep.self, TableStep.self, AmountStep.self,
    CommitteeStep.self,
    TimesStep.self, MinimumStep.self, AtLeastStep.self, CapStep.self, OffsetStep.self, RoundStep.self,
  ]

  static func kind(of key: String) -> (any StepKind.Type)? {
    kinds.first { kind in kind.words.contains { $0.en == key } }
  }

  static var words: [(en: String, zh: String)] { kinds.flatMap { $0.words } }
}

extension BenefitStep {
  var kind: any StepKind.Type {
    switch self {
    case .base: BaseStep.self
    case .less: LessStep.self
    case .gate: GateStep.self
    case .window: WindowStep.self
    case .deductible: DeductibleStep.self
    case .times: TimesStep.self
    case .minimum: MinimumStep.self
    case .atLeast: AtLeastStep.self
    case .cap: CapStep.self
    case .offset: OffsetStep.self
    case .round: RoundStep.self
    case .formula(.rate): RateStep.self
    case .formula(.marginal): MarginalStep.self
    case .formula(.whole): WholeStep.self
    case .formula(.bands): BandsStep.self
    case .formula(.table): TableStep.self
    case .formula(.amount): AmountStep.self
    case .formula(.committee): CommitteeStep.self
    }
  }
}
