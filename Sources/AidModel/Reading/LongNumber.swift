/// Numbers longer than a spreadsheet keeps. It holds fifteen digits of a number; the rest become zeros, and a CSV saved
/// from it shows them as if they had been written.
enum LongNumber {
  private static let digitsKept = 15

  /// Whether the text is a number of seventeen digits or more with nothing but zeros behind the fifteenth.
  ///
  /// Of numbers of sixteen digits every tenth ends in 0 by itself: one cell alone proves nothing there.
  @inline(__always)
  static func isZeroed(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > digitsKept + 1, base[count - 1] == 48, base[digitsKept] == 48 else { return false }
    return isZeroedThroughout(base, count)
  }

  private static func isZeroedThroughout(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for i in digitsKept..<count where base[i] != 48 { return false }
    return CleanBytes.areDigits(base, digitsKept)
  }

  /// What there is to say of a text that may be such a number.
  static func notes(_ bytes: UnsafeBufferPointer<UInt8>) -> FieldNotes {
    bytes.baseAddress.map { isZeroed($0, bytes.count) } ?? false ? .digitsZeroed : []
  }

  /// The digits of a number cell that are more than it can have kept.
  static func isPastBinary(_ digits: String) -> Bool {
    digits.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
      || (digits.utf8.count > digitsKept && digits.utf8.allSatisfy { $0 &- 48 <= 9 })
  }
}
