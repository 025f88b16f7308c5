/// What a compiled run leaves for its explanation: the steps it took with their figures, and what was read for each.
/// Flat memory, used again for the next award. For one thread.
public final class StepLog {
  public struct Entry: BitwiseCopyable {
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
  }

  /// A cell or fact that was read.
  public struct Input: BitwiseCopyable {
    public enum Source: BitwiseCopyable, Equatable {
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

  private struct State {
    var entryRoom = 32
    var entries: UnsafeMutablePointer<Entry>
    var count = 0
    var inputRoom = 64
    var inputs: UnsafeMutablePointer<Input>
    var inputCount = 0
    /// Where the inputs of the step being worked out begin.
    var begin = 0
  }

  private let state: UnsafeMutablePointer<State>

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

  /// The steps in their order.
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
  }

  /// What was read since the last step belongs to none.
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
    _ form: UInt16, way: UInt16, result: LoggedNumber, value: LoggedNumber, other: LoggedNumber
  ) {
    let count = state.pointee.count
    if count == state.pointee.entryRoom {
      state.pointee.entryRoom *= 2
      state.pointee.entries = Self.wider(state.pointee.entries, count, state.pointee.entryRoom)
    }
    state.pointee.begin = state.pointee.inputCount
    state.pointee.entries[count] = Entry(
      form: form, way: way, result: result, value: value, other: other, inputsEnd: state.pointee.begin)
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
