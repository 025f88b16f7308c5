import AidModel

/// One step of a policy as it is run for a million people: no names, no types, no text; registers and tables by number.
struct Instruction: Sendable, BitwiseCopyable {
  enum Code: UInt8, Sendable {
    case copy
    case add, subtract, multiply, divide, negate, absolute, floor, ceil, least, greatest
    case equal, unequal, less, lessOrEqual, sameText, otherText
    case not, isBlank, coalesce
    /// Goes on at instruction `b`, always or as register `a` says.
    case jump, jumpIf, jumpUnless
    /// Slot `a` of the row at hand, or of all counted rows where they agree; of the roster. `b`: the kind wanted.
    case rowCell, personCell, rosterCell
    /// `target` is `a` plus or minus the span at `b`.
    case later, earlier
    case days, months, years
    /// The loop over the counted rows: begins, and goes on at `b` while there are more.
    case firstRow, nextRow, rowCount
    case sumUp, leastOfAll, greatestOfAll
    /// Throws unless `a` is not negative; not above one either.
    case requireAmount, requireRate
    /// What is left of `a` less `b`, never below zero.
    case less0
    case marginal, band, key
    /// `target` raised to `a` if it is above zero and below it.
    case raise
    /// `target` brought down to `a` less `b`.
    case cap
    /// `target` to whole units by the rounding at `a`.
    case round
    /// The person is not eligible, or the row does not count, unless `a`.
    case require
    /// Goes no further where a `require` failed.
    case stopRefused
    case gateFailed
    /// Only where steps are logged. What was read so far belongs to no step; `a` was read, fact `b`; the step of mark
    /// `b` is done, and its expression came to `a`.
    case open, fact, mark
  }

  let code: Code
  var target: UInt16 = 0
  var a: UInt16 = 0
  var b: UInt16 = 0
}

/// Registers every program has, before its constants.
enum FixedRegister: UInt16, CaseIterable {
  case amount, base, paidYear, paidLifetime, timesYear, timesLifetime
  /// What of a household's cap is used.
  case householdAward, householdYear, householdLifetime
  case periodFrom, periodTo, payDate
}

/// What a cell must be for an instruction to take it.
enum CellWanted: UInt16 {
  case anything, number, date, flag, text

  func takes(_ kind: CellReader.Cell.Kind) -> Bool {
    switch self {
    case .anything: true
    case .number: kind == .money || kind == .number
    case .date: kind == .date
    case .flag: kind == .flag
    case .text: kind == .text
    }
  }
}

/// A tiered rate, its edges and rates as they are written.
struct TierTable: Sendable {
  struct Tier: Sendable {
    let from: ShortFraction
    /// Nil: no upper end.
    let to: ShortFraction?
    let rate: ShortFraction
    /// The edges in fen.
    let fromFen: Int64
    let toFen: Int64
    /// The rate in parts of the table's.
    let parts: Int64
  }

  let tiers: [Tier]
  /// Rates are counted in so many parts, edges in whole fen; zero: they cannot be.
  let parts: Int64
}

/// Bands of the amount, each with what it gives.
struct BandTable: Sendable {
  struct Band: Sendable {
    let low: ShortFraction?
    let lowIncluded: Bool
    let high: ShortFraction?
    let highIncluded: Bool
    let value: ShortFraction
  }
  let bands: [Band]
}

/// Amounts by key. A key without an amount needs a decision.
struct KeyTable: Sendable {
  struct Row: Sendable {
    let key: ShortFraction
    let amount: ShortFraction?
    /// As it stands in the policy, and in explanations.
    let text: String
  }
  let rows: [Row]
}

/// What is logged of a step beside the amount after it.
struct StepMark: Sendable {
  enum Kind: Sendable {
    case plain
    /// A gate that failed: of the program's gates.
    case gate(Int)
    /// The cap that may have taken something off, at its place among the program's.
    case cap(Int)
    /// The way is the tier, band or key at hand: of the program's table.
    case tiers(Int)
    case bands(Int)
    case keys(Int)
  }
  let kind: Kind
  /// Of a cap the register with what of it is used.
  let other: UInt16
  /// What the amount must be above for the step to leave something.
  var threshold: Threshold?

  struct Threshold: Sendable {
    let kind: Shortfall.Kind
    /// Nil: what the step's expression comes to.
    let amount: Rational?
    let clause: String?
  }
}

/// A policy compiled to be run a million times: for its amounts alone, or logging its steps.
struct QuickProgram: Sendable {
  /// Decides row by row whether it counts; empty where every row does.
  var counting: [Instruction] = []
  var main: [Instruction] = []
  /// Leaves the keys of `priority` in `keyRegisters`; nil: only the exact way tells them.
  var priority: [Instruction]?
  var keyRegisters: [Int] = []
  var constants: [ShortFraction] = []
  var registerCount = 0
  /// Columns of the application layout, by slot.
  var columns: [Int] = []
  var rosterNames: [String] = []
  /// Texts that are told apart.
  var texts: [String] = []
  var tiers: [TierTable] = []
  var bands: [BandTable] = []
  var keys: [KeyTable] = []
  var roundings: [Rounding] = []
  var spans: [Span] = []
  /// Other programmes it looks at, in registers from `awardedFrom` on.
  var awarded: [String] = []
  var awardedFrom = 0
  /// Earlier payments, or the spouse's, are looked at.
  var usesHistory = false

  /// The steps that are logged, and what of each; empty where none are.
  var forms: [StepForm] = []
  var marks: [StepMark] = []
  var caps: [(cap: Cap, clause: String?)] = []
  var gates: [(benefit: Benefit, gate: Gate)] = []
  /// What is read that is no cell: its name in explanations, and whether it is money.
  var facts: [(name: String, isMoney: Bool)] = []
}
