/// A step as it stands in a policy, before anybody is led through it. Its words are the same for everybody but for a
/// few figures, which a `StepLog` keeps.
public struct StepForm: Sendable {
  /// What the step may come to: the tier reached, the band, the key of a table.
  public struct Way: Sendable {
    /// Figures that are somebody's own mean nothing here. Of tiers only those reached are named; the last one has an
    /// end only where the amount lies past it.
    public let operation: Operation
    public let clause: String?

    public init(_ operation: Operation, clause: String?) {
      self.operation = operation
      self.clause = clause
    }
  }

  /// The policy key, as of a `Step`.
  public let key: String
  public let benefit: String?
  public let ways: [Way]

  public init(key: String, benefit: String?, ways: [Way]) {
    self.key = key
    self.benefit = benefit
    self.ways = ways
  }
}

/// An exact fraction of two words, not in lowest terms.
public struct LoggedNumber: Sendable, BitwiseCopyable {
  public let numerator: Int64
  /// Above zero.
  public let denominator: Int64

  public init(numerator: Int64, denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public static let zero = LoggedNumber(numerator: 0, denominator: 1)

  public var rational: Rational { Rational(numerator: Int128(numerator), denominator: Int128(denominator)) }
}
