/// A step as it stands in a policy, before anybody is led through it. Its words are the same for everybody but for a few
/// figures, which a `StepLog` keeps.
public struct StepForm: Sendable {
  /// What the step may come to: the tier reached, the band, the key of a table.
  public struct Way: Sendable {
    /// Figures that are somebody's own mean nothing here. Of tiers only those reached are named; the last one has an end
    /// only where the amount lies past it.
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

/// What a compiled run through a policy leaves for its explanation: the steps it took with their figures, and what was
/// read for each. Kept as flat numbers, and used again for the next award.
public struct StepLog: Sendable {
  public struct Entry: Sendable, BitwiseCopyable {
    /// Index among the policy's forms.
    public let form: UInt16
    /// Index among the form's ways.
    public let way: UInt16
    /// Yuan after the step.
    public let result: LoggedNumber
    /// What the step's expression came to; of tiers what the last one reached gives.
    public let value: LoggedNumber
    /// Of a cap what of it is used.
    public let other: LoggedNumber
    /// Where the step's inputs end; they begin where the last step's end.
    public let inputsEnd: Int

    public init(
      form: UInt16, way: UInt16, result: LoggedNumber, value: LoggedNumber, other: LoggedNumber,
      inputsEnd: Int
    ) {
      (self.form, self.way) = (form, way)
      (self.result, self.value, self.other) = (result, value, other)
      self.inputsEnd = inputsEnd
    }
  }

  /// A cell or fact that was read.
  public struct Input: Sendable, BitwiseCopyable {
    public enum Source: Sendable, BitwiseCopyable, Equatable {
      /// An application row: index among the award's rows.
      case row(Int32)
      case roster
      /// No cell: a payment, another award.
      case nowhere
    }
    /// Index among the policy's names of inputs.
    public let name: UInt16
    public let source: Source
    /// The column of the source's layout.
    public let column: Int32
    public let cell: CellReader.Cell

    public init(name: UInt16, source: Source, column: Int32, cell: CellReader.Cell) {
      (self.name, self.source, self.column, self.cell) = (name, source, column, cell)
    }
  }

  public private(set) var entries: [Entry] = []
  public private(set) var inputs: [Input] = []
  /// Where the inputs of the step being worked out begin.
  private var begin = 0

  public init() {}

  public mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    inputs.removeAll(keepingCapacity: true)
    begin = 0
  }

  /// What was read since the last step belongs to none.
  public mutating func forgetInputs() { inputs.removeSubrange(begin...) }

  public mutating func read(_ input: Input) { inputs.append(input) }

  public mutating func take(
    _ form: UInt16, way: UInt16, result: LoggedNumber, value: LoggedNumber, other: LoggedNumber
  ) {
    begin = inputs.count
    entries.append(
      Entry(form: form, way: way, result: result, value: value, other: other, inputsEnd: begin))
  }
}
