/// A step as the policy states it, independent of any person. Only a few figures differ from person to
/// person; a `StepLog` keeps those.
public struct StepForm: Sendable {
  /// One possible outcome of the step: the tiers reached, the band, the table key.
  public struct Variant: Sendable {
    /// Per-person figures are placeholders. Only the tiers reached are listed; the last one has an upper end
    /// only if the amount exceeds it.
    public let operation: Operation
    public let clause: String?

    public init(_ operation: Operation, clause: String?) {
      self.operation = operation
      self.clause = clause
    }
  }

  /// The policy key, as in `Step`.
  public let key: String
  public let benefit: String?
  public let variants: [Variant]
  /// Its words need figures of each award beyond those that have a gap.
  public var hasOwnFigures = false

  public init(key: String, benefit: String?, variants: [Variant], hasOwnFigures: Bool = false) {
    self.key = key
    self.benefit = benefit
    self.variants = variants
    self.hasOwnFigures = hasOwnFigures
  }
}

/// An exact 64-bit fraction, not in lowest terms.
public struct LoggedNumber: Sendable, BitwiseCopyable {
  public let numerator: Int64
  /// Positive.
  public let denominator: Int64

  public init(numerator: Int64, denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public static let zero = LoggedNumber(numerator: 0, denominator: 1)

  public var rational: Rational { Rational(numerator: Int128(numerator), denominator: Int128(denominator)) }
}
