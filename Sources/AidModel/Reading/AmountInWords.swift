/// Parses amounts in words (大写金额), completely or not at all: 壹万贰仟元整 is 12,000.00.
///
/// Accepts 整/正, 元/圆, with or without 人民币, and the optional 零 of 《会计基础工作规范》第52条.
public enum AmountInWords {
  private static let digits: [Unicode.Scalar: Int64] = [
    "零": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
  ]
  private static let units: [Unicode.Scalar: Int64] = ["拾": 10, "佰": 100, "仟": 1000]

  /// Fen; nil if any part is not understood.
  public static func fen(_ text: String) -> Int64? {
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.starts(with: "人民币".unicodeScalars) { scalars = scalars.dropFirst(3) }
    if scalars.last == "整" || scalars.last == "正" { scalars = scalars.dropLast() }
    guard !scalars.isEmpty else { return nil }
    var fen: Int64 = 0
    var small = scalars
    if let yuan = scalars.firstIndex(where: { $0 == "元" || $0 == "圆" }) {
      guard yuan > scalars.startIndex, let whole = whole(scalars[..<yuan]) else { return nil }
      fen = whole * 100
      small = scalars[(yuan + 1)...]
    } else if !scalars.contains("角"), !scalars.contains("分") {
      return nil
    }
    if small.first == "零" { small = small.dropFirst() }
    for (unit, worth) in [("角" as Unicode.Scalar, Int64(10)), ("分", 1)] {
      guard small.count >= 2, small[small.startIndex + 1] == unit else { continue }
      guard let digit = digits[small[small.startIndex]], digit > 0 else { return nil }
      fen += digit * worth
      small = small.dropFirst(2)
      if small.first == "零", small.count > 1 { small = small.dropFirst() }
    }
    return small.isEmpty ? fen : nil
  }

  private static func whole(_ scalars: ArraySlice<Unicode.Scalar>) -> Int64? {
    var total: Int64 = 0
    var rest = scalars
    for (unit, worth) in [("亿" as Unicode.Scalar, Int64(100_000_000)), ("万", 10_000)] {
      guard let at = rest.firstIndex(of: unit) else { continue }
      guard let group = group(rest[..<at]), group > 0 else { return nil }
      total += group * worth
      rest = rest[(at + 1)...]
    }
    guard let last = rest.isEmpty ? 0 : group(rest) else { return nil }
    return total + last
  }

  /// A group up to 仟: 叁仟零伍拾.
  private static func group(_ scalars: ArraySlice<Unicode.Scalar>) -> Int64? {
    var total: Int64 = 0
    var digit: Int64?
    var lowest: Int64 = 10_000
    for scalar in scalars {
      if let value = digits[scalar] {
        if let digit, digit != 0 { return nil }
        digit = value
      } else if let unit = units[scalar] {
        guard let value = digit, value > 0, unit < lowest else { return nil }
        total += value * unit
        lowest = unit
        digit = nil
      } else {
        return nil
      }
    }
    return scalars.isEmpty ? nil : total + (digit ?? 0)
  }
}
