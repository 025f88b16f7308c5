import AidModel

/// Why a value is not known, and where it would stand, packed into the numerator of a fraction whose
/// denominator is 0: finding it costs nothing until somebody asks.
struct UnknownCode {
  /// Where the value would have come from.
  enum Origin: Int64 {
    /// Nothing is named: the expression cannot be computed.
    case nowhere
    /// `index` is a slot of the row, `row` the row's number among those of the award.
    case cell
    /// `index` is a name of the roster.
    case roster
    /// `index` is a programme among those that come before.
    case awarded
    /// `index` is a word of the program: the operator or function that could not use what it was given.
    case word
    /// `index` is one of the values the run has listed.
    case listed
  }

  var why: EvaluatedWhy
  var origin: Origin
  var index = 0
  var row = 0

  var packed: Int64 {
    why.rawValue | origin.rawValue << 4 | Int64(index) << 8 | Int64(row) << 32
  }

  init(_ why: EvaluatedWhy, _ origin: Origin, index: Int = 0, row: Int = 0) {
    (self.why, self.origin, self.index, self.row) = (why, origin, index, row)
  }

  init(packed: Int64) {
    why = EvaluatedWhy(rawValue: packed & 15) ?? .unclear
    origin = Origin(rawValue: packed >> 4 & 15) ?? .nowhere
    index = Int(packed >> 8 & 0xFF_FFFF)
    row = Int(packed >> 32)
  }
}

/// Why a value is not known.
enum EvaluatedWhy: Int64, Sendable {
  case blank
  /// The rows of the person say different things.
  case differs
  /// An award of another programme that is not settled.
  case waits
  /// A cell that cannot be read, or holds another kind of value.
  case unclear
  /// Divided by zero, or grown too large.
  case notComputable
  /// A table does not have the key.
  case noSuchKey
}

/// A value that is needed and not known.
struct UnknownValue {
  let name: String
  let place: Place?
  let why: EvaluatedWhy
  /// The key a table does not have.
  var key = ""

  /// Why, in both languages, as the end of a sentence.
  var words: Bilingual {
    switch why {
    case .blank: Bilingual("它是空白", "it is blank")
    case .differs: Bilingual("同一人的各行不一致", "the rows of the person differ")
    case .waits: Bilingual("它自己还在待处理", "it waits itself")
    case .unclear:
      Bilingual("它读不懂，或不是办法要的那种值", "it cannot be read, or is another kind of value than the policy expects")
    case .notComputable: Bilingual("它算不出来", "it cannot be computed")
    case .noSuchKey: Bilingual("对照表中没有“\(key)”", "the table has no '\(key)'")
    }
  }
}

extension PolicyNumber {
  @inline(__always)
  init(_ unknown: UnknownCode) {
    self.init(numerator: Part(truncatingIfNeeded: unknown.packed), denominator: 0)
  }

  @inline(__always) static var notComputable: Self { Self(UnknownCode(.notComputable, .nowhere)) }

  /// Not known because nothing is written there; what `coalesce` stands in for.
  @inline(__always) var isBlank: Bool { denominator == 0 && numerator & 15 == 0 }

  var unknown: UnknownCode { UnknownCode(packed: Int64(truncatingIfNeeded: numerator)) }
}
