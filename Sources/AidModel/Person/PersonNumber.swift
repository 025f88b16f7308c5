private import CHints

/// A staff number or an ID number as one word: two words are equal exactly where the numbers are the same, however they
/// were written.
///
/// A 15-digit ID number has the word of the 18-digit number it became: 19 before the year, and the check
/// digit of ISO 7064 MOD 11-2. Staff numbers differ if any letter or zero does. Numbers in the usual forms
/// are packed losslessly; longer ones are the first 60 bits of their SHA-256. Two numbers of one batch
/// collide once in millions of batches, and then their names disagree.
public struct PersonNumber: Hashable, Sendable, BitwiseCopyable {
  /// The kind is in the upper four bits; 0 means no number.
  let code: UInt64

  static let none = PersonNumber(code: 0)

  private enum Kind: UInt64 {
    case citizen = 1
    case documentDigits, documentLetters, documentDigest
    case staffDigits, staffLetters, staffDigest
  }

  private init(_ kind: Kind, _ payload: UInt64) { code = kind.rawValue << 60 | payload }
  fileprivate init(code: UInt64) { self.code = code }

  /// - Parameter bytes: a staff number as cleaned by the cell readers; empty means blank.
  public static func staffNo(_ bytes: UnsafeBufferPointer<UInt8>) -> PersonNumber {
    if bytes.isEmpty { return .none }
    if let digits = packDigits(bytes) { return PersonNumber(.staffDigits, digits) }
    if let letters = packLetters(bytes) { return PersonNumber(.staffLetters, letters) }
    return PersonNumber(.staffDigest, digest(bytes))
  }

  /// - Parameter bytes: an ID number as cleaned by the cell readers, X upper case; empty means blank.
  public static func idNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> PersonNumber {
    if bytes.isEmpty { return .none }
    if bytes.count == 18, let first = number(UnsafeBufferPointer(rebasing: bytes[..<17])) {
      let last = bytes[17]
      if last &- 48 <= 9 { return PersonNumber(.citizen, first * 11 + UInt64(last - 48)) }
      if last == UInt8(ascii: "X") { return PersonNumber(.citizen, first * 11 + 10) }
    }
    if bytes.count == 15, let own = number(bytes) {
      let id = IDNumber(bytes)
      if id.kind == .old, id.birthDate != nil, id.isRegionKnown { return expanded(own) }
    }
    if let digits = packDigits(bytes) { return PersonNumber(.documentDigits, digits) }
    if let letters = packLetters(bytes) { return PersonNumber(.documentLetters, letters) }
    return PersonNumber(.documentDigest, digest(bytes))
  }

  public static func staffNo(_ text: String) -> PersonNumber {
    var text = text
    return text.withUTF8 { staffNo($0) }
  }

  public static func idNumber(_ text: String) -> PersonNumber {
    var text = text
    return text.withUTF8 { idNumber($0) }
  }

  /// The staff number in upper case without leading zeros: equal for numbers that differ in nothing else.
  public static func bareStaffNo(_ bytes: UnsafeBufferPointer<UInt8>) -> PersonNumber {
    let zeros = bytes.prefix { $0 == UInt8(ascii: "0") }.count
    if zeros == 0, !bytes.contains(where: isLower) { return staffNo(bytes) }
    let bare = bytes[zeros...].map { isLower($0) ? $0 - 32 : $0 }
    if bare.isEmpty { return PersonNumber(.staffDigits, 1) }
    return bare.withUnsafeBufferPointer { staffNo($0) }
  }

  /// The staff number without leading zeros and with one character for those that look alike: equal for numbers that
  /// a reader may take for each other.
  static func seenStaffNo(_ bytes: UnsafeBufferPointer<UInt8>) -> PersonNumber {
    LookAlikes.mayBe(bytes) ? bareStaffNo(LookAlikes.folded(bytes)) : bareStaffNo(bytes)
  }

  private static func bareStaffNo(_ text: String) -> PersonNumber {
    var text = text
    return text.withUTF8 { bareStaffNo($0) }
  }

  /// Staff numbers that differ from this one only by leading zeros or letter case, shortest first.
  static func alike(_ staffNo: UnsafeBufferPointer<UInt8>) -> [PersonNumber] {
    let bare = staffNo.drop { $0 == UInt8(ascii: "0") }
    if bare.isEmpty || staffNo.count > lengthMax { return [] }
    var spellings = [Array(bare)]
    if bare.contains(where: isLower) { spellings.append(bare.map { isLower($0) ? $0 - 32 : $0 }) }
    if bare.contains(where: { $0 >= 65 && $0 <= 90 }) {
      spellings.append(bare.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 })
    }
    return spellings.flatMap { spelling in
      (0...(lengthMax - bare.count)).map { zeros in
        (Array(repeating: UInt8(ascii: "0"), count: zeros) + spelling).withUnsafeBufferPointer {
          Self.staffNo($0)
        }
      }
    }.filter { $0 != Self.staffNo(staffNo) }
  }

  /// No staff number is longer.
  static let lengthMax = 20

  /// Whether it is a citizen number, which never changes; other documents get a new number on renewal.
  public var isCitizens: Bool { code >> 60 == Kind.citizen.rawValue }

  public var isBlank: Bool { code == 0 }

  /// The number as text, a citizen number in 18 digits; nil if only its digest is kept.
  public var text: String? {
    let payload = code & (1 << 60 - 1)
    switch Kind(rawValue: code >> 60) {
    case .citizen:
      let digits = String(payload / 11)
      let last = payload % 11
      return String(repeating: "0", count: 17 - digits.utf8.count) + digits + (last == 10 ? "X" : "\(last)")
    case .documentDigits, .staffDigits: return Self.unpack(payload, bits: 4)
    case .documentLetters, .staffLetters: return Self.unpack(payload, bits: 6)
    case .documentDigest, .staffDigest, nil: return nil
    }
  }

  /// 15 digits: region (6), birth date (6), sequence (3).
  private static func expanded(_ number: UInt64) -> PersonNumber {
    let (region, rest) = number.quotientAndRemainder(dividingBy: 1_000_000_000)
    let first = (region * 100 + 19) * 1_000_000_000 + rest
    // The weight of a digit is 2^(17 − place) mod 11; the loop starts at the last of the 17.
    var (sum, weight, left) = (UInt64(0), UInt64(2), first)
    for _ in 0..<17 {
      sum += left % 10 * weight
      weight = weight * 2 % 11
      left /= 10
    }
    return PersonNumber(.citizen, first * 11 + (12 - sum % 11) % 11)
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for byte in bytes {
      guard byte &- 48 <= 9 else { return nil }
      number = number * 10 + UInt64(byte - 48)
    }
    return number
  }

  /// Four bits per digit, stored as 1–10 so that leading zeros survive.
  private static func packDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
    if bytes.count > 15 { return nil }
    var packed: UInt64 = 0
    for byte in bytes {
      guard byte &- 48 <= 9 else { return nil }
      packed = packed << 4 | UInt64(byte - 47)
    }
    return packed
  }

  /// Six bits per letter, digit or hyphen, never 0.
  private static func packLetters(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
    if bytes.count > 10 { return nil }
    var packed: UInt64 = 0
    for byte in bytes {
      let sign: UInt8
      switch byte {
      case 48...57: sign = byte - 47
      case 65...90: sign = byte - 54
      case 97...122: sign = byte - 60
      case UInt8(ascii: "-"): sign = 63
      default: return nil
      }
      packed = packed << 6 | UInt64(sign)
    }
    return packed
  }

  private static func unpack(_ packed: UInt64, bits: UInt64) -> String {
    var (bytes, left) = ([UInt8](), packed)
    while left != 0 {
      let sign = UInt8(left & (1 << bits - 1))
      switch sign {
      case 1...10: bytes.append(sign + 47)
      case 11...36: bytes.append(sign + 54)
      case 37...62: bytes.append(sign + 60)
      default: bytes.append(UInt8(ascii: "-"))
      }
      left >>= bits
    }
    return String(decoding: bytes.reversed(), as: UTF8.self)
  }

  private static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = SHA256()
    hash.update(UnsafeRawBufferPointer(bytes))
    return hash.withDigest { $0.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } } >> 4
  }

  private static func isLower(_ byte: UInt8) -> Bool { byte >= 97 && byte <= 122 }
}

/// Hash table from numbers to indexes, in flat arrays: a million entries take a few milliseconds and no
/// allocation each.
struct NumberTable: Sendable {
  private struct Entry {
    var code: UInt64 = 0
    var value: Int32 = -1
  }

  private var entries: [Entry]
  private(set) var count = 0
  private var mask: Int

  /// - Parameter room: the expected number of entries.
  init(room: Int = 0) {
    var size = 16
    while size * 2 < room * 3 { size *= 2 }
    entries = Array(repeating: Entry(), count: size)
    mask = size - 1
  }

  /// Where the search for a number begins.
  @inline(__always)
  private func home(_ number: PersonNumber) -> Int {
    let mixed = number.code &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ mixed >> 32)) & mask
  }

  @inline(__always)
  private func slot(_ number: PersonNumber) -> Int {
    var slot = home(number)
    while entries[slot].code != 0, entries[slot].code != number.code { slot = (slot + 1) & mask }
    return slot
  }

  /// Asks memory for a number that will soon be looked for.
  @inline(__always)
  func fetch(_ number: PersonNumber) {
    entries.withUnsafeBufferPointer { hint_read_soon($0.baseAddress! + home(number)) }
  }

  /// −1 of a number that is not there; of a blank one too.
  subscript(number: PersonNumber) -> Int32 {
    number.isBlank ? -1 : entries[slot(number)].value
  }

  mutating func set(_ number: PersonNumber, to value: Int32) {
    precondition(!number.isBlank, "a blank number stands for nobody")
    if count * 3 >= entries.count * 2 { grow() }
    let slot = slot(number)
    if entries[slot].code == 0 { count += 1 }
    entries[slot] = Entry(code: number.code, value: value)
  }

  private mutating func grow() {
    let old = entries
    self = NumberTable(room: old.count)
    for entry in old where entry.code != 0 {
      entries[slot(PersonNumber(code: entry.code))] = entry
      count += 1
    }
  }
}
