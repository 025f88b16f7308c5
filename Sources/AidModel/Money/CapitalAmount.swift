extension Money {
  /// The amount as official papers write it (大写): 壹仟零伍拾玖元伍角玖分, 壹万元整.
  /// - Precondition: the amount is not negative.
  public var inCapitals: String {
    precondition(fen >= 0, "an official amount is not negative")
    let (yuan, rest) = fen.quotientAndRemainder(dividingBy: 100)
    let (jiao, fen) = rest.quotientAndRemainder(dividingBy: 10)
    var words = yuan > 0 ? Self.whole(yuan) + "元" : ""
    if rest == 0 { return (words.isEmpty ? "零元" : words) + "整" }
    if jiao > 0 {
      words += Self.digits[Int(jiao)] + "角"
    } else if yuan > 0 {
      words += "零"
    }
    return fen > 0 ? words + Self.digits[Int(fen)] + "分" : words + "整"
  }

  private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

  /// Groups of four digits, each with its unit; a gap of zeros is one 零.
  private static func whole(_ number: Int64) -> String {
    var groups: [Int] = []
    var rest = number
    while rest > 0 {
      groups.append(Int(rest % 10_000))
      rest /= 10_000
    }
    let units = ["", "万", "亿", "万亿", "亿亿"]
    var words = ""
    for index in groups.indices.reversed() where groups[index] > 0 {
      if !words.isEmpty, groups[index] < 1000 || groups[index + 1] == 0 { words += "零" }
      words += group(groups[index]) + units[index]
    }
    return words
  }

  /// - Parameter number: 1 to 9,999.
  private static func group(_ number: Int) -> String {
    var words = ""
    var isGap = false
    for (unit, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
      let digit = number / unit % 10
      if digit == 0 {
        isGap = !words.isEmpty
        continue
      }
      words += (isGap ? "零" : "") + digits[digit] + name
      isGap = false
    }
    return words
  }
}
