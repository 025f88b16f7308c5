/// `_x000D_` in a string encodes a character that XML cannot hold, `_x005F_` the underscore itself (ECMA-376
/// part 1, 22.9.2.19). A code that is no character, including half of a surrogate pair, is left as written.
enum EscapedText {
  /// Decodes everything from `start` in place.
  static func decode(_ bytes: inout Growing<UInt8>, from start: Int) {
    let base = bytes.base
    let count = bytes.count
    var read = start
    while read + 7 <= count, base[read] != UInt8(ascii: "_") || base[read + 1] != UInt8(ascii: "x") {
      read += 1
    }
    if read + 7 > count { return }
    var write = read
    while read < count {
      if base[read] == UInt8(ascii: "_"), read + 7 <= count, let scalar = scalar(base + read) {
        for unit in UTF8.encode(scalar)! {
          base[write] = unit
          write += 1
        }
        read += 7
      } else {
        base[write] = base[read]
        write += 1
        read += 1
      }
    }
    bytes.count = write
  }

  private static func scalar(_ at: UnsafePointer<UInt8>) -> Unicode.Scalar? {
    guard at[1] == UInt8(ascii: "x"), at[6] == UInt8(ascii: "_") else { return nil }
    var value: UInt32 = 0
    for i in 2..<6 {
      switch at[i] {
      case 48...57: value = value << 4 | UInt32(at[i] - 48)
      case 65...70: value = value << 4 | UInt32(at[i] - 55)
      case 97...102: value = value << 4 | UInt32(at[i] - 87)
      default: return nil
      }
    }
    return Unicode.Scalar(value)
  }
}
