import AidModel

/// A policy compiled to be run a million times: for its amounts alone, or logging its steps.
struct PolicyProgram: Sendable {
  /// What a register holds from the beginning.
  enum Constant: Sendable, Hashable {
    case number(Rational)
    /// Of a date, a flag, a text, a span, or what is not known: the parts as they are.
    case parts(Int64, Int64)
  }

  /// The code of a named value and the register its result is in.
  struct ValueCode: Sendable {
    let code: [Instruction]
    let result: Int32
    /// The mark of the step that shows it.
    let mark: Int32
  }

  /// Something that is read and is no cell.
  struct Fact: Sendable {
    let name: String
    let type: ExpressionType
    /// Money or a count, which packed cells hold.
    let isPlain: Bool
  }

  /// Decides row by row whether it counts; empty where every row does.
  var counting: [Instruction] = []
  var main: [Instruction] = []
  /// Where, in `main`, the conditions of the award end and the benefits begin.
  var benefitsBegin = 0
  /// Leaves the keys of `priority` in `keys`.
  var priority: [Instruction] = []
  var keys: [(register: Int32, type: ExpressionType)] = []
  var values: [ValueCode] = []
  var constants: [(register: Int32, value: Constant)] = []
  var registerCount = 0
  /// Columns of the application layout, by slot.
  var columns: [Int] = []
  var rosterNames: [String] = []
  /// Texts the policy names.
  var texts: [String] = []
  /// Words for values that cannot be used: operators and functions.
  var words: [String] = []
  var tiers: [[Slice]] = []
  var bands: [[FixedBand]] = []
  var computedTiers: [[ComputedTier]] = []
  var computedBands: [[ComputedBand]] = []
  var tables: [TableCode] = []
  var caps: [Cap] = []
  /// The clause of each, its own or its benefit's.
  var capClauses: [String?] = []
  var roundings: [Rounding] = []
  var sites: [Site] = []
  /// Other programmes it looks at, in registers from `awardedFrom` on.
  var awarded: [String] = []
  var awardedFrom = 0
  /// What is looked at of earlier payments: programme (nil: this one), and which.
  var past: [(programme: String?, what: PastFact)] = []
  /// Earlier payments, or the spouse's, are looked at.
  var usesHistory = false
  /// Texts are read, or an ID number, of which a packed cell does not tell enough.
  var usesClaims = false
  /// Benefits that are never skipped.
  var sureBenefits = 0
  /// Why somebody is not eligible, or a row does not count.
  var conditions: [Condition] = []

  /// The steps that are logged, and what of each; empty where none are.
  var forms: [StepForm] = []
  var marks: [StepMark] = []
  /// By mark.
  var thresholds: [Int: StepMark.Threshold] = [:]
  /// Keys whose values are told with a step.
  var keysTold: [(first: Int32, names: [String], types: [ExpressionType])] = []
  var gates: [(benefit: Benefit, gate: Gate)] = []
  var facts: [Fact] = []
  /// The first form of the policy's limits.
  var limitForms = 0

  enum PastFact: Sendable { case year, lifetime, since, timesSince }
}

/// What of a program depends on how wide its numbers are.
struct ProgramFigures<Number: PolicyNumber>: Sendable {
  let registers: [Number]
  let tiers: [TierTable<Number>]
  let bands: [BandTable<Number>]

  /// Nil where a figure of the policy does not fit.
  init?(_ program: PolicyProgram) {
    var registers = [Number](repeating: .zero, count: program.registerCount)
    for (register, constant) in program.constants {
      switch constant {
      case .number(let number):
        guard let fitting = Number(number) else { return nil }
        registers[Int(register)] = fitting
      case .parts(let numerator, let denominator):
        registers[Int(register)] = Number(
          numerator: Number.Part(numerator), denominator: Number.Part(denominator))
      }
    }
    self.registers = registers
    tiers = program.tiers.compactMap { TierTable($0) }
    bands = program.bands.compactMap { BandTable($0) }
    if tiers.count < program.tiers.count || bands.count < program.bands.count { return nil }
  }
}
