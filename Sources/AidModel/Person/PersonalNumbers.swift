/// Finds the personal numbers in a free text by what they are, however they are spelled: ID numbers, accounts and
/// cards, telephone numbers, in digits of any script (二〇 and ⑦ are digits too), run together or in groups. Days and
/// amounts are no such numbers.
struct PersonalNumbers {
  /// Digits that stand together.
  struct Group {
    let range: Range<Int>
    var count: Int { range.count }
  }

  /// The digits of the shortest number masked anywhere; a telephone number has eleven.
  static let digitsMin = 10
  /// The digits of an electronic invoice number, which identifies nobody.
  private static let invoiceDigits = 20

  private(set) var scalars: [Unicode.Scalar]
  /// The value of each digit; −1 where there is none.
  let digits: [Int8]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    digits = scalars.map { $0.shownDigit.map(Int8.init) ?? -1 }
  }

  /// The text with the middle digits of every personal number replaced by stars.
  mutating func masked() -> String {
    var run: [Group] = []
    let groups = groups
    var apart = numbersApart(groups)[...]
    var i = 0
    while i < groups.count {
      if let number = apart.first, number.lowerBound == i {
        mask(run: run)
        run = []
        mask(number: Array(groups[number]))
        i = number.upperBound
        apart = apart.dropFirst()
        continue
      }
      if let last = run.last, joins(last.range.upperBound..<groups[i].range.lowerBound) {
        run.append(groups[i])
      } else {
        mask(run: run)
        run = [groups[i]]
      }
      i += 1
    }
    mask(run: run)
    return String(String.UnicodeScalarView(scalars))
  }

  private var groups: [Group] {
    var groups: [Group] = []
    var start = -1
    for i in 0...digits.count {
      let isDigit = i < digits.count && digits[i] >= 0
      if start >= 0, !isDigit {
        groups.append(Group(range: start..<i))
        start = -1
      }
      if isDigit, start < 0 { start = i }
    }
    return groups
  }

  // MARK: grouping

  /// Whether the digits on both sides may be one number: a few characters that people group digits with.
  func joins(_ gap: Range<Int>) -> Bool {
    if gap.count > 3 { return false }
    var signs = 0
    for scalar in scalars[gap] {
      if scalar.kind != .visible { continue }
      // A comma or slash next to a space separates two things.
      guard Self.isGroupingSign(scalar), gap.count == 1 || !Self.isListSign(scalar) else { return false }
      signs += 1
    }
    return signs <= 1
  }

  private static func isGroupingSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", "/", "_", "'", "\u{B7}", "\u{2022}", "．", "，", "／", "＿", "\u{2212}", "ー": true
    case "(", ")", "（", "）", ":", "：", "=": true
    default: scalar.properties.generalCategory == .dashPunctuation
    }
  }

  private static func isListSign(_ scalar: Unicode.Scalar) -> Bool {
    [",", "/", "，", "／"].contains(scalar)
  }

  /// The only visible character of a gap; nil if there is none.
  private func sign(_ before: Group, _ after: Group) -> Unicode.Scalar? {
    scalars[before.range.upperBound..<after.range.lowerBound].first { $0.kind == .visible }
  }

  private func isTight(_ before: Group, _ after: Group) -> Bool {
    after.range.lowerBound - before.range.upperBound == 1 && sign(before, after) != nil
  }

  private mutating func mask(run: [Group]) {
    // The letters belong to a separate word, such as the end of a record id.
    if let last = run.last, run.count > 1, isLetter(last.range.upperBound), checkLetter(after: last) == nil,
      sign(run[run.count - 2], last) == "-"
    {
      mask(run: Array(run.dropLast()))
      return mask(run: [last])
    }
    var rest = run[...]
    var part: [Group] = []
    while !rest.isEmpty {
      let taken = part.isEmpty || !isTight(part[part.count - 1], rest[rest.startIndex]) ? wordLength(rest) : 0
      if taken > 0 {
        mask(number: part)
        part = []
      } else {
        part.append(rest[rest.startIndex])
      }
      rest = rest.dropFirst(max(taken, 1))
    }
    mask(number: part)
  }

  /// How many groups at the beginning are a day or an amount, and nothing more; 0: neither.
  func wordLength(_ groups: ArraySlice<Group>) -> Int {
    for length in [dayLength(groups), amountLength(groups)] where length > 0 {
      let end = groups.startIndex + length
      if end == groups.endIndex || !isTight(groups[end - 1], groups[end]) { return length }
    }
    return 0
  }

  /// `2023-12-28`, with the same separator twice.
  private func dayLength(_ groups: ArraySlice<Group>) -> Int {
    guard groups.count >= 3 else { return 0 }
    let three = Array(groups.prefix(3))
    guard isTight(three[0], three[1]), isTight(three[1], three[2]),
      sign(three[0], three[1]) == sign(three[1], three[2]), isYear(three[0]),
      isWithin(1...12, three[1]), isWithin(1...31, three[2])
    else { return 0 }
    return 3
  }

  /// `12345.60`, `1,234,567.89`: commas every three digits, one or two decimals.
  private func amountLength(_ groups: ArraySlice<Group>) -> Int {
    // No amount has more parts.
    let groups = Array(groups.prefix(6))
    var (length, whole) = (1, groups[0].count)
    while length < groups.count, groups[0].count <= 3, groups[length].count == 3,
      isTight(groups[length - 1], groups[length]), sign(groups[length - 1], groups[length]) == ","
    {
      whole += 3
      length += 1
    }
    let isGrouped = length > 1
    var hasDecimals = false
    // The decimal expansion of a binary number: only zeros or nines after the second decimal.
    let isDust = length < groups.count && groups[length].count > 6 && isDust(groups[length])
    if length < groups.count, groups[length].count <= 2 || isDust,
      isTight(groups[length - 1], groups[length]),
      sign(groups[length - 1], groups[length]) == "."
    {
      length += 1
      hasDecimals = true
    }
    // No union's fund is larger; a telephone number with two decimals has eleven digits.
    return (isGrouped && whole <= 11) || (hasDecimals && whole <= 10) ? length : 0
  }

  private func isDust(_ decimals: Group) -> Bool {
    let behind = decimals.range.dropFirst(2).prefix(4).map { digits[$0] }
    return behind.allSatisfy { $0 == 0 } || behind.allSatisfy { $0 == 9 }
  }

  // MARK: classification

  private func value(_ group: Group) -> Int {
    group.count > 8 ? Int.max : group.range.reduce(0) { $0 * 10 + Int(digits[$1]) }
  }

  private func isYear(_ group: Group) -> Bool { group.count == 4 && (1900...2199).contains(value(group)) }

  private func isWithin(_ range: ClosedRange<Int>, _ group: Group) -> Bool {
    group.count <= 2 && range.contains(value(group))
  }

  /// Only dates, months, years and times of day in a row: `2023-12 2024-01`, `20231228-20240106`.
  private func areTimes(_ groups: [Group]) -> Bool {
    var rest = groups[...]
    func takes(_ test: (Group) -> Bool) -> Bool {
      guard let first = rest.first, test(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    while !rest.isEmpty {
      if takes({ $0.count == 8 && isDay(value($0)) }) {
        _ = takes { $0.count == 6 && value($0) < 240_000 }
        continue
      }
      if takes({ $0.count == 6 && isMonth(value($0)) }) { continue }
      guard takes(isYear) else { return false }
      if takes({ isWithin(1...12, $0) }), takes({ isWithin(1...31, $0) }) {
        for _ in 0..<3 where takes({ isWithin(0...59, $0) }) {}
      }
    }
    return true
  }

  private func isMonth(_ value: Int) -> Bool {
    (1900...2199).contains(value / 100) && (1...12).contains(value % 100)
  }

  private func isDay(_ value: Int) -> Bool { isMonth(value / 100) && (1...31).contains(value % 100) }

  private mutating func mask(number groups: [Group]) {
    guard let last = groups.last else { return }
    var places = groups.flatMap { Array($0.range) }
    let isOnly = groups.count == 1
    if isOnly, isInLongWord(last) { return }
    if places.count == 17, let letter = checkLetter(after: last) { places.append(letter) }
    let (first, kept): (Int, Int)
    switch places.count {
    case 11 where isMobile(places): (first, kept) = (3, 4)
    case 10...11 where isLandLine(groups): (first, kept) = (3, 4)
    case ..<12: return
    case Self.invoiceDigits where isOnly: return
    case 12...14: (first, kept) = (3, 3)
    case 15, 18: (first, kept) = (4, 4)
    default: (first, kept) = (6, 4)
    }
    if !isOnly, areTimes(groups) { return }
    for place in places.dropFirst(first).dropLast(kept) { scalars[place] = "*" }
  }

  private func isMobile(_ places: [Int]) -> Bool { digits[places[0]] == 1 && digits[places[1]] >= 3 }

  /// `027-87654321`, `0716 8765432`.
  private func isLandLine(_ groups: [Group]) -> Bool {
    groups.count == 2 && digits[groups[0].range.lowerBound] == 0 && (3...4).contains(groups[0].count)
      && (7...8).contains(groups[1].count)
  }

  private func isLetter(_ place: Int) -> Bool {
    guard place < scalars.count, place >= 0 else { return false }
    let value = scalars[place].value
    return value &- 65 < 26 || value &- 97 < 26
  }

  /// The X at the end of an ID number.
  private func checkLetter(after group: Group) -> Int? {
    var place = group.range.upperBound
    while place < scalars.count, place < group.range.upperBound + 3,
      !["x", "X", "ｘ", "Ｘ"].contains(scalars[place])
    {
      if scalars[place].kind == .visible, !Self.isGroupingSign(scalars[place]) { return nil }
      place += 1
    }
    guard place < scalars.count, place < group.range.upperBound + 3 else { return nil }
    return isLetter(place + 1) ? nil : place
  }

  /// Whether the digits are inside a word as long as a hash.
  private func isInLongWord(_ group: Group) -> Bool {
    func isWord(_ place: Int) -> Bool {
      isLetter(place) || (digits.indices.contains(place) && digits[place] >= 0)
    }
    var (begin, end) = (group.range.lowerBound, group.range.upperBound)
    while end - begin < 40, isWord(begin - 1) { begin -= 1 }
    while end - begin < 40, isWord(end) { end += 1 }
    return end - begin >= 40
  }
}
