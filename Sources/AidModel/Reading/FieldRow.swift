/// One row while it is read and checked, in flat memory that the next row reuses. A clean field is its value
/// and, for text, a pointer to its bytes; it needs no allocation.
///
/// - Important: the texts of clean fields are not copied. They belong to the rows being read and are valid
///   until `clear`.
public final class FieldRow {
  /// The kinds of `Value`.
  enum Kind: UInt8 { case blank, unreadable, text, money, number, date, no, yes }

  /// A field in flat memory. `number` is fen, a mantissa or a day number.
  struct Slot: BitwiseCopyable {
    var kind = Kind.blank
    var scale: UInt8 = 0
    var count: Int32 = 0
    var number: Int64 = 0
    var text: UnsafePointer<UInt8>?
    var notes: FieldNotes = []
  }

  public let count: Int
  let slots: UnsafeMutablePointer<Slot>
  /// The initial contents of every row; its texts live as long as this object.
  private let unwritten: UnsafeMutablePointer<Slot>
  private var unwrittenTexts: [UnsafeMutablePointer<UInt8>] = []
  private let unwrittenOriginals: [(column: Int, text: String?)]
  /// Texts allocated while this row was read.
  private var texts: [UnsafeMutablePointer<UInt8>] = []
  /// The original texts of fields with notes.
  private var originals: [(column: Int, text: String?)]
  /// `originals` differs from its initial contents.
  private var isChanged = false

  /// - Parameter unwritten: the fields before they are set.
  public init(_ unwritten: [Field]) {
    count = unwritten.count
    slots = .allocate(capacity: max(count, 1))
    self.unwritten = .allocate(capacity: max(count, 1))
    unwrittenOriginals = unwritten.enumerated().filter { !$1.notes.isEmpty }.map { ($0, $1.original) }
    originals = unwrittenOriginals
    for (i, field) in unwritten.enumerated() {
      self.unwritten[i] = Self.slot(field, &unwrittenTexts)
    }
    clear()
  }

  deinit {
    for text in texts + unwrittenTexts { text.deallocate() }
    slots.deallocate()
    unwritten.deallocate()
  }

  /// Starts the next row.
  public func clear() {
    if !texts.isEmpty {
      for text in texts { text.deallocate() }
      texts.removeAll(keepingCapacity: true)
    }
    slots.update(from: unwritten, count: count)
    if isChanged {
      originals = unwrittenOriginals
      isChanged = false
    }
  }

  /// - Precondition: `column` is in `0..<count`, here and below.
  public subscript(column: Int) -> Field {
    get {
      precondition(column >= 0 && column < count, "a row has the columns of its layout")
      let notes = slots[column].notes
      let original = notes.isEmpty ? nil : originals.last { $0.column == column }?.text ?? nil
      return Field(value(at: column), notes: notes, original: original)
    }
    set {
      precondition(column >= 0 && column < count, "a row has the columns of its layout")
      slots[column] = Self.slot(newValue, &texts)
      guard !newValue.notes.isEmpty else { return }
      originals.append((column, newValue.original))
      isChanged = true
    }
  }

  /// Whether any field has notes.
  public var hasNotes: Bool {
    var all: FieldNotes = []
    for i in 0..<count { all.formUnion(slots[i].notes) }
    return !all.isEmpty
  }

  /// The row as an array of fields.
  public var fields: [Field] { (0..<count).map { self[$0] } }

  public func notes(at column: Int) -> FieldNotes { slots[column].notes }

  public func value(at column: Int) -> Value {
    let slot = slots[column]
    switch slot.kind {
    case .blank: return .blank
    case .unreadable: return .unreadable
    case .text: return .text(String(decoding: bytes(at: column), as: UTF8.self))
    case .money: return .money(Money(fen: slot.number))
    case .number: return .number(DecimalNumber(mantissa: slot.number, scale: slot.scale))
    case .date: return .date(CivilDate(dayNumber: Int32(truncatingIfNeeded: slot.number)))
    case .no: return .flag(false)
    case .yes: return .flag(true)
    }
  }

  /// A text as UTF-8; empty if the field holds no text.
  @inline(__always)
  public func bytes(at column: Int) -> UnsafeBufferPointer<UInt8> {
    let slot = slots[column]
    return UnsafeBufferPointer(start: slot.text, count: Int(slot.count))
  }

  @inline(__always)
  public func isBlank(_ column: Int) -> Bool { slots[column].kind == .blank }

  @inline(__always)
  public func isUnreadable(_ column: Int) -> Bool { slots[column].kind == .unreadable }

  @inline(__always)
  public func money(at column: Int) -> Money? {
    slots[column].kind == .money ? Money(fen: slots[column].number) : nil
  }

  @inline(__always)
  public func date(at column: Int) -> CivilDate? {
    slots[column].kind == .date
      ? CivilDate(dayNumber: Int32(truncatingIfNeeded: slots[column].number)) : nil
  }

  /// Whether any field holds a later date.
  public func hasDate(after day: CivilDate) -> Bool {
    for i in 0..<count where slots[i].kind == .date && slots[i].number > Int64(day.dayNumber) { return true }
    return false
  }

  private static func slot(_ field: Field, _ texts: inout [UnsafeMutablePointer<UInt8>]) -> Slot {
    var slot = Slot()
    slot.notes = field.notes
    switch field.value {
    case .blank: slot.kind = .blank
    case .unreadable: slot.kind = .unreadable
    case .text(let text):
      slot.kind = .text
      let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(text.utf8.count, 1))
      for (i, byte) in text.utf8.enumerated() { bytes[i] = byte }
      texts.append(bytes)
      (slot.text, slot.count) = (UnsafePointer(bytes), Int32(text.utf8.count))
    case .money(let money): (slot.kind, slot.number) = (.money, money.fen)
    case .number(let number):
      (slot.kind, slot.number, slot.scale) = (.number, number.mantissa, number.scale)
    case .date(let date): (slot.kind, slot.number) = (.date, Int64(date.dayNumber))
    case .flag(let flag): slot.kind = flag ? .yes : .no
    case .figure: preconditionFailure("no cell holds a figure that was worked out")
    }
    return slot
  }
}
