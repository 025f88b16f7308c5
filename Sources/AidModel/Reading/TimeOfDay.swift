/// A time of day after a date, as people and programs write it. One grammar decides, so nothing else passes:
///
///     time   = [half] clock [half] [offset]           blanks between the parts
///     clock  = h:mm | h:mm:ss | h:mm:ss.f…            h from 0 to 23, mm and ss from 00 to 59
///            | h时 | h时m分 | h时m分s秒 | h点半 | h点整   时, 点 or 點; 分 may be left out
///            | hhmm | hhmmss | hhmmss.f…              only after a T
///     half   = AM | PM | 上午 | 下午 | 凌晨 | 早上 | 中午 | 晚上 | …   once, before or after the clock
///     offset = Z | +08:00 | +0800 | +08 | UTC+8 …
///
/// An hour alone, 24:00 and midnight as 晚上12点 are rejected: they do not say which day they belong to.
struct TimeOfDay {
  /// Minutes since midnight. Offsets are whole minutes, so seconds never change the day.
  private(set) var minutes = 0
  /// Nil means local time.
  private(set) var offset: UTCOffset?

  private enum Half { case morning, noon, afternoon, evening }

  private static let halves: [(word: String, half: Half)] = [
    ("上午", .morning), ("凌晨", .morning), ("早上", .morning), ("早晨", .morning), ("清晨", .morning),
    ("a.m.", .morning), ("am", .morning), ("中午", .noon), ("下午", .afternoon), ("午后", .afternoon),
    ("傍晚", .afternoon), ("p.m.", .afternoon), ("pm", .afternoon), ("晚上", .evening), ("晚间", .evening),
    ("夜间", .evening), ("夜里", .evening), ("晚", .evening),
  ]
  private static let halfWords = halves.map(\.word)

  /// Nil unless the rest of the text is a time of day.
  /// - Parameter isAfterT: a T precedes it.
  init?(_ cursor: inout ScalarCursor, isAfterT: Bool) {
    var half = cursor.take(oneOf: Self.halfWords)
    if half != nil { cursor.skipBlanks() }
    guard let hours = readClock(&cursor, isAfterT: isAfterT && half == nil) else { return nil }
    cursor.skipBlanks()
    if half == nil, let behind = cursor.take(oneOf: Self.halfWords) {
      half = behind
      cursor.skipBlanks()
    }
    guard let hours = Self.hour(hours, half.map { Self.halves[$0].half }) else { return nil }
    minutes += hours * 60
    if !cursor.isAtEnd {
      guard let offset = UTCOffset(&cursor) else { return nil }
      self.offset = offset
    }
    guard cursor.isAtEnd else { return nil }
  }

  /// Sets the minutes past the hour; returns the hour as written.
  private mutating func readClock(_ cursor: inout ScalarCursor, isAfterT: Bool) -> Int? {
    guard let (number, digits) = cursor.number(atMost: 6) else { return nil }
    if digits > 2 {
      guard isAfterT, digits == 4 || digits == 6 else { return nil }
      let hoursAndMinutes = digits == 6 ? number / 100 : number
      guard digits == 4 || (number % 100 < 60 && Self.skipFraction(&cursor)) else { return nil }
      return set(hoursAndMinutes % 100) ? hoursAndMinutes / 100 : nil
    }
    if cursor.take(anyOf: ["时", "点", "點"]) { return readWords(&cursor) ? number : nil }
    guard cursor.take(anyOf: [":"]), let (past, count) = cursor.number(atMost: 2), count == 2, set(past)
    else { return nil }
    if cursor.take(anyOf: [":"]) {
      guard let (seconds, count) = cursor.number(atMost: 2), count == 2, seconds < 60,
        Self.skipFraction(&cursor)
      else { return nil }
    }
    return number
  }

  /// Parses what follows an hour written in words.
  private mutating func readWords(_ cursor: inout ScalarCursor) -> Bool {
    if cursor.take(anyOf: ["整"]) { return true }
    if cursor.take(anyOf: ["半"]) { return set(30) }
    guard let (past, _) = cursor.number(atMost: 2) else { return true }
    guard set(past) else { return false }
    guard cursor.take(anyOf: ["分"]), let (seconds, _) = cursor.number(atMost: 2) else { return true }
    return seconds < 60 && cursor.take(anyOf: ["秒"])
  }

  private mutating func set(_ past: Int) -> Bool {
    minutes = past
    return past < 60
  }

  /// A decimal point after the seconds must be followed by digits.
  private static func skipFraction(_ cursor: inout ScalarCursor) -> Bool {
    cursor.take(anyOf: [".", ","]) ? cursor.skipDigits() : true
  }

  private static func hour(_ hour: Int, _ half: Half?) -> Int? {
    guard hour < 24 else { return nil }
    switch half {
    case nil: return hour
    case .morning: return hour < 12 ? hour : hour == 12 ? 0 : nil
    case .noon: return (11...14).contains(hour) ? hour : (1...2).contains(hour) ? hour + 12 : nil
    case .afternoon: return hour == 0 ? nil : hour < 12 ? hour + 12 : hour
    // Midnight ends one day and begins another.
    case .evening: return hour == 0 || hour == 12 ? nil : hour < 12 ? hour + 12 : hour
    }
  }
}
