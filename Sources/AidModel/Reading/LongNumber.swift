/// Numbers longer than a spreadsheet keeps. It holds fifteen digits of a number; the rest become zeros, and a CSV saved
/// from it shows them as if they had been written.
enum LongNumber {
  private static let digitsKept = 15

  /// Whether the text is a number of sixteen digits or more with nothing but zeros behind the fifteenth.
  ///
  /// Of sixteen-digit cards every tenth ends in 0 by itself: there the check digit tells. If it is right, fifteen right
  /// digits leave no other sixteenth, and nothing was lost.
  @inline(__always)
  static func isZeroed(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > digitsKept, base[count - 1] == 48, base[digitsKept] == 48 else { return false }
    return isZeroedThroughout(base, count)
  }

  private static func isZeroedThroughout(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for i in digitsKept..<count where base[i] != 48 { return false }
    guard CleanBytes.areDigits(base, digitsKept) else { return false }
    let isCertain = count == digitsKept + 1 && base[0] != 48
    return !(isCertain && Luhn.isRight(UnsafeBufferPointer(start: base, count: count)))
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
