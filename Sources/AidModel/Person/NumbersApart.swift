/// Numbers whose digits stand apart by signs that otherwise part different things: 6200、0000…, 1380x0000…, 4201号0019….
/// They are told by what the digits say together.
extension PersonalNumbers {
  /// No number of a person has more digits.
  private static let digitsMax = 19

  /// What may stand between two groups of digits.
  private enum Gap { case apart, joined, listed, odd }

  /// The groups of each such number, in order.
  func numbersApart(_ groups: [Group]) -> [Range<Int>] {
    guard groups.count > 1 else { return [] }
    let gaps = zip(groups, groups.dropFirst()).map { gap($0.range.upperBound..<$1.range.lowerBound) }
    guard gaps.contains(where: { $0 == .listed || $0 == .odd }) else { return [] }
    var found: [Range<Int>] = []
    var i = 0
    while i < groups.count {
      if let end = endOfNumber(from: i, groups, gaps) {
        found.append(i..<end)
        i = end
      } else {
        i += 1
      }
    }
    return found
  }

  private func gap(_ places: Range<Int>) -> Gap {
    if joins(places) { return .joined }
    if places.count > 3 { return .apart }
    var kind = Gap.odd
    for scalar in scalars[places] where scalar.kind == .visible {
      switch scalar {
      case "、", ",", "，", ";", "；": kind = .listed
      case "x", "X", "ｘ", "Ｘ", "号", "點", "点", "杠", "横", "空", "短": break
      default: if scalar.properties.isAlphabetic || scalar.shownDigit != nil { return .apart }
      }
    }
    return kind
  }

  /// Where the longest number that begins with a group ends; nil: none does.
  private func endOfNumber(from first: Int, _ groups: [Group], _ gaps: [Gap]) -> Int? {
    var (places, end): ([Int], Int?) = ([], nil)
    var (isApart, isListed) = (false, false)
    var i = first
    while i < groups.count {
      if i > first {
        switch gaps[i - 1] {
        case .apart: return end
        case .joined: break
        case .listed: (isApart, isListed) = (true, true)
        case .odd: isApart = true
        }
      }
      // A day or an amount is a thing of its own.
      if wordLength(groups[i...]) > 0 || places.count + groups[i].count > Self.digitsMax { return end }
      places += groups[i].range
      i += 1
      if isApart, isNumber(places, isListed: isListed), !(isListed && isList(groups[first..<i])) { end = i }
    }
    return end
  }

  /// Several numbers that begin alike, as staff numbers do.
  private func isList(_ groups: ArraySlice<Group>) -> Bool {
    guard let first = groups.first, first.count > 2 else { return false }
    let beginning = first.range.prefix(2).map { digits[$0] }
    return groups.allSatisfy { $0.count == first.count && $0.range.prefix(2).map { digits[$0] } == beginning }
  }

  private func isNumber(_ places: [Int], isListed: Bool) -> Bool {
    switch places.count {
    case 11: digits[places[0]] == 1 && digits[places[1]] >= 3
    case 15: isID(places) || isCard(places, isListed: isListed)
    case 16...19: isCard(places, isListed: isListed) || (places.count < 19 && isID(places))
    default: false
    }
  }

  private func isCard(_ places: [Int], isListed: Bool) -> Bool {
    guard places.count > 15 else { return false }
    if digits[places[0]] == 6, digits[places[1]] == 2 { return true }
    return !isListed && (3...9).contains(digits[places[0]]) && isLuhnRight(places)
  }

  private func isLuhnRight(_ places: [Int]) -> Bool {
    let sum = places.reversed().enumerated().reduce(0) { sum, place in
      let digit = Int(digits[place.element])
      return sum + (place.offset % 2 == 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit)
    }
    return sum % 10 == 0
  }

  /// A region, and a day of birth behind it: eight digits of it, or six in the old form.
  private func isID(_ places: [Int]) -> Bool {
    func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(digits[places[$1]]) } }
    guard (11...82).contains(number(0..<2)) else { return false }
    let isOld = places.count == 15
    guard isOld || places.count > 16 else { return false }
    let year = isOld ? 1900 + number(6..<8) : number(6..<10)
    let day = isOld ? 8 : 10
    return (1900...2099).contains(year)
      && CivilDate(year: year, month: number(day..<day + 2), day: number(day + 2..<day + 4)) != nil
  }
}

extension Unicode.Scalar {
  /// The digit that a reader sees: of any script and width, Chinese numerals, circled and superscript ones; nil: none.
  var shownDigit: Int? {
    if value < 0x80 { return value &- 48 <= 9 ? Int(value - 48) : nil }
    guard properties.numericType != nil, let number = properties.numericValue, number >= 0, number <= 9
    else { return nil }
    return Int(exactly: number)
  }
}

/// What is told of bytes at a glance.
extension PersonalNumbers {
  /// Whether a text may hold a personal number, told from its bytes; false is certain.
  static func mayHold(_ bytes: UnsafeBufferPointer<UInt8>, digits least: Int = digitsMin) -> Bool {
    guard bytes.count >= least, let base = bytes.baseAddress else { return false }
    var (plain, other) = (0, 0)
    for i in 0..<bytes.count {
      let byte = base[i]
      if byte &- 48 <= 9 { plain &+= 1 }
      if byte >= 0xC2 { other &+= 1 }
    }
    if plain >= least { return true }
    return plain + other >= least && plain + shownDigits(bytes) >= least
  }

  /// How many characters beyond ASCII may be digits.
  private static func shownDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for i in bytes.indices where bytes[i] >= 0xC2 {
      switch bytes[i] {
      // Latin letters, Greek, Cyrillic, Hebrew; superscripts stand in C2.
      case 0xC3...0xD8: break
      // Punctuation of Chinese, 〇 among it.
      case 0xE3 where i + 2 < bytes.count && bytes[i + 1] < 0x86:
        if bytes[i + 1] == 0x80, bytes[i + 2] == 0x87 || bytes[i + 2] > 0xA0 { count += 1 }
      case 0xE4...0xE9 where i + 2 < bytes.count:
        if isNumeral(bytes[i], bytes[i + 1], bytes[i + 2]) { count += 1 }
      default: count += 1
      }
    }
    return count
  }

  /// Han characters that stand for a digit.
  private static let numerals = Set("零一二三四五六七八九壹贰貳弐叁參叄参肆伍陆陸柒捌玖幺两兩弌弍弎漆".unicodeScalars.map(\.value))

  private static func isNumeral(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
    let value = UInt32(a & 0x0F) << 12 | UInt32(b & 0x3F) << 6 | UInt32(c & 0x3F)
    return numerals.contains(value)
  }
}
