/// Whether staff numbers are all of one length, of digits and capital letters alone, none of which looks like a digit.
/// As a rule they are: then no two differ by leading zeros, letter case or characters that look alike alone.
struct StaffNumberShape {
  private var length = 0
  private var isMixed = false
  /// Whether a number has characters that may be taken for others.
  private(set) var mayLookAlike = false

  mutating func see(_ staffNo: UnsafeBufferPointer<UInt8>) {
    if staffNo.isEmpty { return }
    if !mayLookAlike { mayLookAlike = LookAlikes.mayBe(staffNo) }
    if isMixed { return }
    if length == 0 { length = staffNo.count }
    if staffNo.count != length || !Self.arePlain(staffNo) { isMixed = true }
  }

  mutating func see(_ staffNo: String) {
    var staffNo = staffNo
    staffNo.withUTF8 { see($0) }
  }

  var isOne: Bool { !isMixed && !mayLookAlike }

  /// Whether this number differs from every number seen by more than that.
  func differsInMore(_ staffNo: UnsafeBufferPointer<UInt8>) -> Bool {
    length == 0
      || (isOne && staffNo.count == length && Self.arePlain(staffNo) && !LookAlikes.mayBe(staffNo))
  }

  private static func arePlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in bytes where byte &- 48 > 9 && byte &- 65 > 25 { return false }
    return true
  }
}
