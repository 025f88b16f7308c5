import AidModel

/// One step of a policy as it is run for a million people: no names, no types, no text; registers, tables and
/// sites by number. A site says what to tell where the instruction holds the award.
struct Instruction: Sendable, BitwiseCopyable {
  enum Code: UInt8, Sendable {
    // Values. What is not known spreads: the first operand that is not known is the result.
    case copy
    case add, subtract, multiply, divide, negate, absolute, floor, ceil, each, least, greatest
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, sameText, otherText, contains
    case not, isBlank, coalesce
    /// `and`, `or`: a side that decides wins, else the first that is not known.
    case both, either
    /// Jumps to `b`, always or where register `a` is known to hold or not to hold.
    case jump, jumpIf, jumpUnless
    /// Where `a` is not known it is the result, and the jump at the end of the first branch, before `b`, is
    /// taken; where it does not hold the second branch at `b`.
    case choose
    /// Where `a` is not known it is the result, and jumps to `b`.
    case ifUnknown
    /// Slot `a` of the row at hand, or of all rows looked at where they agree; of the roster. `b`: the kind
    /// wanted.
    case rowCell, personCell, rosterCell
    /// A value whose kind only the run knows, as the kind in the lowest byte of `b`; above it what to call
    /// it.
    case read
    /// Dates and times: the day `a` and the span `b` later or earlier; the time from `b` to `a`; spans added.
    case later, earlier, elapsed, addSpans, subtractSpans
    case days, months, years
    case born, birthOf, ageAt
    case paidElsewhere, paidSince
    /// What of cap `b` is used up.
    case capUsed
    /// The named value `a`, worked out now if it was not yet.
    case named
    /// Finds the cell of table `b` for the keys from register `a` on and jumps to its code; none: `target` is
    /// not known, and jumps to the end of the table.
    case lookUp
    /// The loop over the rows: begins, and goes on at `b` while there are more. `target` keeps the row of a
    /// loop around it.
    case firstRow, nextRow, rowCount
    case sumUp, countUp, leastOfAll, greatestOfAll, anyOfAll, allOfAll

    // Steps on the amount. `a`: a value that is needed, and of amounts not below 0; `b`: the site.
    case need, needAmount, setBase, setAmount, requireAmount, takeOff, rate, times, minimum, atLeast
    /// Register `a` is the lower end, `b` the upper one or −1; `target`: the site.
    case window
    case marginal, band
    /// The computed edges of table `a` must meet. Of bands `target` is the number of the one at hand, −1: none.
    case tierEdges, bandEdges
    /// What the tiers of the edges found give; what a band gives is in `a`, a rate if `target`.
    case tiers, computedBand
    /// Down to `a` less `target`.
    case cap
    case round
    /// The committee's amount between registers `a` and `target`.
    case decide
    /// Jumps to `target` where the gate is passed, else the amount is zero.
    case gate

    // The course of an award.
    /// Benefit `b` begins.
    case benefit
    /// Jumps to `target` unless the benefit applies.
    case skipUnless
    /// The row at hand is one of those the benefit looks at, if `a`.
    case keepRow
    /// The benefit looks at the rows kept; jumps to `b` where there is none. Afterwards at all again.
    case useKeptRows, useAllRows
    /// A benefit that might not have applied does.
    case applies
    /// No benefit is being worked out; the award is refused where none applied.
    case endBenefits
    /// Refused where a limit is reached.
    case limits
    /// The person is not eligible, or the row does not count, unless `a`.
    case require
    /// Goes no further where a `require` failed, or could not be told.
    case stopRefused

    // Only where steps are logged. What was read so far belongs to no step; an expression of a step begins;
    // `a` was read, fact `b`; the step of mark `b` is done, and its expression came to `a`.
    case open, part, fact, mark
    /// The same where `a` does not hold.
    case markRefused
    /// What is missing for the comparison `b` between registers `a` and `target`; the gate `b` was not
    /// passed.
    case shortfall, gateRefused
  }

  let code: Code
  var target: Int32 = 0
  var a: Int32 = 0
  var b: Int32 = 0
}

/// Registers every program has, before its constants.
enum FixedRegister: Int32, CaseIterable {
  case amount, base, paidYear, paidLifetime, timesYear, timesLifetime, periodFrom, periodTo, payDate
}

/// What kind of value an instruction takes.
enum ValueKind: Int32, Sendable {
  /// Whatever it is; its tag tells.
  case anything
  case number, date, flag
  /// A text by its number among those the policy names; all others are alike.
  case namedText
  /// A text that is told apart from every other.
  case text
}

/// What to tell where an award waits.
struct Site: Sendable {
  /// The expression that was needed, as it is written.
  let source: String
  /// Of a decision that a cap would cut.
  var cap: Cap?
  /// Of a decision: the key of its step, and the benefit.
  var key = ""
  var benefit: (name: String, clause: String?)?
}

/// A table with the places in the code at which its cells are worked out.
struct TableCode: Sendable {
  indirect enum Cell: Sendable {
    /// The code of the cell, and which of the table's cells it is.
    case code(at: Int32, number: Int32)
    case level([Row])
  }

  struct Row: Sendable {
    let key: Key
    let cell: Cell
  }

  /// What a key stands for, ready for values of each kind.
  enum Key: Sendable {
    case exactly(text: String, number: Int, value: Rational?, flag: Bool?)
    case range(FixedBand)
    case otherwise
  }

  let name: String
  var rows: [Row] = []
  /// Behind the last cell.
  var end: Int32 = 0
  /// Of a benefit's table: where the award waits for a key it does not have. Below 0: the value is not known.
  var site: Int32 = -1
  /// The kinds of the keys.
  let kinds: [ExpressionType]
  /// It is looked up in for one row.
  let isInRow: Bool
}

/// A tier or band whose figures are worked out for each award.
struct ComputedTier: Sendable {
  let from: Int32
  /// Below 0: no upper end.
  let to: Int32
  let rate: Int32
  /// Where it is kept whether the amount reaches the tier; its rate is worked out only then.
  let isReached: Int32
  /// All figures are written out.
  let isFixed: Bool
  let clause: String?
}

struct ComputedBand: Sendable {
  /// Below 0: no end.
  let low: Int32
  let lowIncluded: Bool
  let high: Int32
  let highIncluded: Bool
  let value: Int32
  let isFixed: Bool
  let clause: String?
}

/// What is logged of a step beside the amount after it.
struct StepMark: Sendable, BitwiseCopyable {
  enum Kind: Sendable, BitwiseCopyable {
    case plain
    /// The cap that may have taken something off, at its place among the program's.
    case cap(Int)
    /// The variant is the tier or band at hand: of the program's table.
    case tiers(Int)
    case bands(Int)
    /// The figures are those of the table at hand.
    case ownTiers, ownBand
    /// The figures are the ends of the range.
    case decision
    /// The figures are the values of the keys: of the program's.
    case keys(Int)
    /// The value is the lower end, the other register the upper one.
    case figures
  }

  let kind: Kind
  /// Named values worked out for it are shown before it.
  var showsValues = false
  /// The words of its form are not enough.
  var isOwn = false
  /// Of own tiers and bands: the program's table.
  var table = 0
  /// Of a cap the register with what of it is used; of a window the one with its upper end.
  var other: Int32 = 0

  /// What the amount must be above for the step to leave something.
  struct Threshold: Sendable {
    let kind: Shortfall.Kind
    /// Nil: what the step's expression comes to.
    let amount: Rational?
    let clause: String?
  }
}
