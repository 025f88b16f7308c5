/// Numbers longer than a spreadsheet can store. It keeps fifteen digits; the rest become zeros, which a CSV
/// saved from it presents as written.
enum LongNumber {
  private static let digitsKept = 15

  /// Whether the text is a number of seventeen or more digits with only zeros after the fifteenth.
  ///
  /// Every tenth number of sixteen digits ends in 0 anyway, so a single cell proves nothing there.
  @inline(__always)
  static func isZeroed(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > digitsKept + 1, base[count - 1] == 48, base[digitsKept] == 48 else { return false }
    return isZeroedThroughout(base, count)
  }

  private static func isZeroedThroughout(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for i in digitsKept..<count where base[i] != 48 { return false }
    return CleanBytes.areDigits(base, digitsKept)
  }

  /// The notes for a text that may be such a number.
  ///
  /// An ID number with a known region, a possible birth date and the right check digit may really end in 000. A
  /// single cell proves nothing there; the list decides (`CutNumbers`).
  static func notes(_ bytes: UnsafeBufferPointer<UInt8>, isID: Bool = false) -> FieldNotes {
    guard let base = bytes.baseAddress, isZeroed(base, bytes.count) else { return [] }
    return isID && bytes.count == 18 && isSound(IDNumber(bytes)) ? [] : .digitsZeroed
  }

  private static func isSound(_ id: IDNumber) -> Bool {
    id.isCheckDigitRight && id.isRegionKnown && id.birthDate != nil
  }

  /// Whether a number cell has more digits than it can store.
  static func isPastBinary(_ digits: String) -> Bool {
    digits.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
      || (digits.utf8.count > digitsKept && digits.utf8.allSatisfy { $0 &- 48 <= 9 })
  }
}
