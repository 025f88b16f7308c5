/// The fast path for cells that need no cleaning and raise no notes, as nearly all: reads them from their
/// bytes without building a string. Everything else is left to `FieldReader`, which gives the same result.
public struct CleanReading: Sendable {
  private enum Lane: UInt8 {
    case none, money, number, text, place, name, identifier, staffNumber, idNumber, date, choice
  }

  private let lane: Lane
  private let choices: [[UInt8]]

  public static let none = CleanReading(lane: .none, choices: [])

  private init(lane: Lane, choices: [[UInt8]]) { (self.lane, self.choices) = (lane, choices) }

  public init(_ column: Column) {
    choices = column.type == .choice ? column.choices.map { Array($0.utf8) }.filter(Self.isVisible) : []
    switch column.type {
    case .money: lane = .money
    case .number, .integer: lane = .number
    case .date: lane = .date
    case .choice: lane = .choice
    case .text where column.role == .idNumber: lane = .idNumber
    case .text where column.role == .staffNumber: lane = .staffNumber
    case .text where column.role.isIdentifier: lane = .identifier
    case .text:
      lane = column.role == .personName ? .name : column.isOfPlaces || column.isLabel ? .place : .text
    case .flag, .automatic: lane = .none
    }
  }

  private static func isVisible(_ text: [UInt8]) -> Bool {
    !text.withUnsafeBufferPointer { WhiteSpace.isBlank($0) }
  }

  /// Sets the field; or returns false and leaves it unchanged.
  /// - Precondition: `index` is a column of `row`, and the cell's bytes stay valid until the row is cleared.
  @inline(__always)
  public func read(_ cell: RawCell, into row: FieldRow, at index: Int) -> Bool {
    guard let base = cell.bytes.baseAddress, cell.bytes.count > 0 else { return false }
    let count = cell.bytes.count
    let slot = row.slots + index
    let isText = cell.kind == .text
    guard isText || cell.kind == .number || cell.kind == .date else { return false }
    switch lane {
    case .none: return false
    case .money: return cell.kind != .date && Self.money(base, count, isText: isText, slot)
    case .number:
      guard cell.kind != .date, count <= 15, CleanBytes.areDigits(base, count) else { return false }
      set(slot, .number, CleanBytes.number(base, count))
      return true
    case .text, .place, .name:
      if lane != .text, count > FieldReader.figureBytes { return false }
      if !isText {
        if lane != .text { return false }
        return (cell.kind == .date || Self.wholeNumber(base, count, 15)) && text(slot, base, count)
      }
      // No name begins with a digit, and hardly any unit or bank.
      if lane != .text, base[0] < 0x40 { return false }
      let isClean = CleanBytes.isPlainText(base, count, asName: lane == .name)
      return isClean && !LongNumber.isZeroed(base, count) && text(slot, base, count)
    case .identifier, .staffNumber, .idNumber:
      if cell.kind == .number {
        return lane != .idNumber && Self.wholeNumber(base, count, 15) && text(slot, base, count)
      }
      guard isText, count <= FieldReader.figureBytes,
        CleanBytes.areAlphanumeric(base, count, lowerToo: lane != .idNumber)
      else {
        return false
      }
      // Staff numbers begin or end with a digit.
      if lane == .staffNumber, base[0] &- 48 > 9, base[count - 1] &- 48 > 9 { return false }
      return !StandIn.mayBe(base, count) && !LongNumber.isZeroed(base, count) && text(slot, base, count)
    case .date:
      guard cell.kind != .number, let day = CleanBytes.date(base, count) else { return false }
      set(slot, .date, Int64(day.dayNumber))
      return true
    case .choice:
      for choice in choices where choice.count == count {
        if choice.withUnsafeBufferPointer({ CleanBytes.areEqual($0.baseAddress, base, count) }) {
          return text(slot, base, count)
        }
      }
      return false
    }
  }

  @inline(__always)
  private func set(_ slot: UnsafeMutablePointer<FieldRow.Slot>, _ kind: FieldRow.Kind, _ number: Int64) {
    slot.pointee = FieldRow.Slot(kind: kind, number: number)
  }

  @inline(__always)
  private func text(
    _ slot: UnsafeMutablePointer<FieldRow.Slot>, _ base: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    slot.pointee = FieldRow.Slot(kind: .text, count: Int32(truncatingIfNeeded: count), text: base)
    return true
  }

  /// A number cell whose text is its digits, without leading zeros.
  @inline(__always)
  private static func wholeNumber(_ base: UnsafePointer<UInt8>, _ count: Int, _ most: Int) -> Bool {
    count <= most && CleanBytes.areDigits(base, count) && (base[0] != 48 || count == 1)
  }

  /// Digits with at most two decimals; in a number cell also the long decimal spelling of a binary number.
  private static func money(
    _ base: UnsafePointer<UInt8>, _ count: Int, isText: Bool, _ slot: UnsafeMutablePointer<FieldRow.Slot>
  ) -> Bool {
    guard count <= 19 else { return false }
    var i = 0
    var whole: Int64 = 0
    while i < count, base[i] &- 48 <= 9 {
      whole = whole &* 10 &+ Int64(base[i] &- 48)
      i &+= 1
    }
    // Cells hold at most 999,999,999.
    guard i > 0, i <= 9 else { return false }
    var fen = whole &* 100
    if i < count {
      guard base[i] == UInt8(ascii: "."), i &+ 1 < count else { return false }
      let places = count &- i &- 1
      guard places <= 16, CleanBytes.areDigits(base + i + 1, places) else { return false }
      if places <= 2 {
        let cents = CleanBytes.number(base + i + 1, places)
        fen &+= places == 2 ? cents : cents &* 10
      } else {
        guard !isText, count <= 18,
          let dusty = StoredNumbers.hundredths(
            whole, CleanBytes.number(base + i + 1, places), places)
        else { return false }
        fen = dusty
      }
    }
    guard fen <= Money.cellMax.fen else { return false }
    slot.pointee = FieldRow.Slot(kind: .money, number: fen)
    return true
  }
}

/// Cheap byte tests of a cell. They may reject clean text, but never accept text that needs cleaning.
enum CleanBytes {
  typealias Pointer = UnsafePointer<UInt8>

  @inline(__always)
  static func areDigits(_ base: Pointer, _ count: Int) -> Bool {
    for i in 0..<count where base[i] &- 48 > 9 { return false }
    return count > 0
  }

  /// - Precondition: at most 18 digits.
  @inline(__always)
  static func number(_ base: Pointer, _ count: Int) -> Int64 {
    var value: Int64 = 0
    for i in 0..<count { value = value &* 10 &+ Int64(base[i] &- 48) }
    return value
  }

  @inline(__always)
  static func areAlphanumeric(_ base: Pointer, _ count: Int, lowerToo: Bool) -> Bool {
    for i in 0..<count {
      let byte = base[i]
      let isPlain = byte &- 48 <= 9 || byte &- 65 < 26 || (lowerToo && byte &- 97 < 26)
      if !isPlain { return false }
    }
    return count > 0
  }

  /// Compares eight bytes at a time.
  static func areEqual(_ a: Pointer?, _ b: Pointer?, _ count: Int) -> Bool {
    guard let a = UnsafeRawPointer(a), let b = UnsafeRawPointer(b) else { return count == 0 }
    var i = 0
    while i &+ 8 <= count {
      let (x, y) = (a + i, b + i)
      if x.loadUnaligned(as: UInt64.self) != y.loadUnaligned(as: UInt64.self) { return false }
      i &+= 8
    }
    while i < count {
      if a.load(fromByteOffset: i, as: UInt8.self) != b.load(fromByteOffset: i, as: UInt8.self) {
        return false
      }
      i &+= 1
    }
    return true
  }

  /// Whether cleaning would leave the text alone.
  @inline(__always)
  static func isPlainText(_ base: Pointer, _ count: Int, asName: Bool) -> Bool {
    if mayStandForNothing(base, count) || StandIn.mayBe(base, count) { return false }
    return TextCleaning.isClean(UnsafeBufferPointer(start: base, count: count), asName: asName)
  }

  /// A lone slash, or text ending in 无. (Dashes are never clean text.)
  @inline(__always)
  private static func mayStandForNothing(_ base: Pointer, _ count: Int) -> Bool {
    switch base[0] {
    case UInt8(ascii: "/"), UInt8(ascii: "\\"), 0xE2, 0xE3: return true
    default: break
    }
    switch base[count - 1] {
    case UInt8(ascii: "/"), UInt8(ascii: "\\"): return count < 8
    case 0xA0: return count >= 3 && base[count - 2] == 0x97 && base[count - 3] == 0xE6
    default: return false
    }
  }

  /// `2023-05-01`, also with `/` or `.`, alone or followed by `T08:30:00`. Fractions of a second and zones
  /// are left out: they may change the day.
  @inline(__always)
  static func date(_ base: Pointer, _ count: Int) -> CivilDate? {
    guard count == 10 || (count == 19 && isClock(base + 10)) else { return nil }
    let separator = base[4]
    guard separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") || separator == UInt8(ascii: "."),
      base[7] == separator, areDigits(base, 4), areDigits(base + 5, 2), areDigits(base + 8, 2)
    else { return nil }
    let year = Int(number(base, 4))
    guard (1900...2199).contains(year) else { return nil }
    return CivilDate(year: year, month: Int(number(base + 5, 2)), day: Int(number(base + 8, 2)))
  }

  /// - Precondition: nine bytes.
  private static func isClock(_ base: Pointer) -> Bool {
    let colon = UInt8(ascii: ":")
    return base[0] == UInt8(ascii: "T") && base[3] == colon && base[6] == colon && areDigits(base + 1, 2)
      && areDigits(base + 4, 2) && areDigits(base + 7, 2) && number(base + 1, 2) < 24 && base[4] < 54
      && base[7] < 54
  }
}
