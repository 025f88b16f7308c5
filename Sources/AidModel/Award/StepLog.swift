/// What a compiled run records for its explanation: the steps taken, their figures, and the inputs of each.
/// Kept in flat memory that the next award reuses. Not thread-safe.
public final class StepLog {
  public struct Entry: BitwiseCopyable {
    /// Index into the policy's step forms.
    public let form: Int32
    /// Index into the form's variants.
    public let variant: Int32
    /// The amount after the step, in yuan.
    public let result: LoggedNumber
    /// The value of the step's expression; for tiers, what the last tier reached contributes.
    public let value: LoggedNumber
    /// For a cap, how much of it is already used.
    public let other: LoggedNumber
    /// End of the step's inputs; they begin where those of the previous step end.
    public let inputsEnd: Int32
    /// End of the figures that have no gap in the words of a form; as for inputs.
    public let figuresEnd: Int32
  }

  /// A cell or fact that was read.
  public struct Input: BitwiseCopyable {
    public enum Source: BitwiseCopyable, Equatable {
      /// An application row, as an index into the award's rows.
      case row(Int32)
      case roster
      /// Not a cell: a payment or another award.
      case nowhere
      /// Neither a cell nor a plain fact: index among those listed.
      case listed(Int32)
    }
    /// Index into the policy's input names.
    public let name: UInt16
    public let source: Source
    /// Index into the columns of the source's layout.
    public let column: Int32
    public let cell: CellReader.Cell

    public init(name: UInt16, source: Source, column: Int32, cell: CellReader.Cell) {
      (self.name, self.source, self.column, self.cell) = (name, source, column, cell)
    }
  }

  private struct State {
    var entryRoom = 32
    var entries: UnsafeMutablePointer<Entry>
    var count = 0
    var inputRoom = 64
    var inputs: UnsafeMutablePointer<Input>
    var inputCount = 0
    /// Start of the current step's inputs.
    var begin = 0
  }

  private let state: UnsafeMutablePointer<State>
  /// Figures of steps whose words need more of them.
  public private(set) var figures: [LoggedNumber] = []
  /// What was read that is neither a cell nor a plain fact.
  public private(set) var listed: [AidModel.Input] = []
  /// Numbers of more than two words; a logged number with the denominator 0 is one of them.
  private var wide: [Rational] = []

  public init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State(entries: .allocate(capacity: 32), inputs: .allocate(capacity: 64)))
  }

  deinit {
    state.pointee.entries.deallocate()
    state.pointee.inputs.deallocate()
    state.deallocate()
  }

  public var count: Int { state.pointee.count }

  /// The steps in order.
  /// - Precondition: `index` is in `0..<count`.
  public subscript(index: Int) -> Entry {
    precondition(index >= 0 && index < count, "a step that was logged")
    return state.pointee.entries[index]
  }

  public var last: Entry? { count == 0 ? nil : state.pointee.entries[count - 1] }

  public func input(_ index: Int) -> Input {
    precondition(index >= 0 && index < state.pointee.inputCount, "an input that was logged")
    return state.pointee.inputs[index]
  }

  public func removeAll() {
    (state.pointee.count, state.pointee.inputCount, state.pointee.begin) = (0, 0, 0)
    if !figures.isEmpty { figures.removeAll(keepingCapacity: true) }
    if !listed.isEmpty { listed.removeAll(keepingCapacity: true) }
    if !wide.isEmpty { wide.removeAll(keepingCapacity: true) }
  }

  /// How many inputs have been read, those of the step being worked out included; where those of that step begin.
  public var inputCount: Int { state.pointee.inputCount }
  public var inputsBegin: Int { state.pointee.begin }

  /// Whether the words of forms are enough to tell everything.
  public var isPlain: Bool { figures.isEmpty && listed.isEmpty && wide.isEmpty }

  public func keep(_ number: Rational) -> LoggedNumber {
    wide.append(number)
    return LoggedNumber(numerator: Int64(wide.count - 1), denominator: 0)
  }

  public func number(_ number: LoggedNumber) -> Rational {
    number.denominator == 0 ? wide[Int(number.numerator)] : number.rational
  }

  public func add(figure: LoggedNumber) { figures.append(figure) }

  public func read(_ input: AidModel.Input) {
    let cell = CellReader.Cell.blank
    read(Input(name: 0, source: .listed(Int32(listed.count)), column: -1, cell: cell))
    listed.append(input)
  }

  /// Takes out the inputs of the step being worked out from an index on.
  public func takeInputs(from index: Int) -> [Input] {
    let taken = (index..<state.pointee.inputCount).map { state.pointee.inputs[$0] }
    state.pointee.inputCount = index
    return taken
  }

  /// Drops the inputs read since the last step: they belong to none.
  public func forgetInputs() { state.pointee.inputCount = state.pointee.begin }

  public func read(_ input: Input) {
    let count = state.pointee.inputCount
    if count == state.pointee.inputRoom {
      state.pointee.inputRoom *= 2
      state.pointee.inputs = Self.wider(state.pointee.inputs, count, state.pointee.inputRoom)
    }
    state.pointee.inputs[count] = input
    state.pointee.inputCount = count + 1
  }

  public func take(
    _ form: Int32, variant: Int32, result: LoggedNumber, value: LoggedNumber, other: LoggedNumber
  ) {
    let count = state.pointee.count
    if count == state.pointee.entryRoom {
      state.pointee.entryRoom *= 2
      state.pointee.entries = Self.wider(state.pointee.entries, count, state.pointee.entryRoom)
    }
    state.pointee.begin = state.pointee.inputCount
    state.pointee.entries[count] = Entry(
      form: form, variant: variant, result: result, value: value, other: other,
      inputsEnd: Int32(state.pointee.begin), figuresEnd: Int32(figures.count))
    state.pointee.count = count + 1
  }

  private static func wider<Item: BitwiseCopyable>(
    _ old: UnsafeMutablePointer<Item>, _ count: Int, _ room: Int
  ) -> UnsafeMutablePointer<Item> {
    let new = UnsafeMutablePointer<Item>.allocate(capacity: room)
    new.update(from: old, count: count)
    old.deallocate()
    return new
  }
}
