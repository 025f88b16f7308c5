/// A cell read as a date.
enum DateReading {
  case date(CivilDate)
  /// A time in another zone, which falls on another day here.
  case moved(CivilDate)
  /// A number without a date format, taken for a count of days.
  case counted(CivilDate)
  /// Complete, but there is no such day.
  case impossible
  /// Not a date, incomplete (year, month and day are required), or followed by more than a time of day.
  case unreadable

  /// Outside this range (before 1954, after 2119) a plain serial number is probably something else.
  private static let serials = 20_000...80_000

  /// - Parameter zone: the zone in which the date is wanted.
  init(_ cell: RawCell, _ dates: DateSystem, _ zone: UTCOffset) {
    switch cell.kind {
    case .date: self = Self.written(MomentBeforeMidnight.rounded(cell.text), zone)
    case .text: self = Self.written(cell.text, zone)
    case .number: self = Self.stored(cell.text, dates, zone)
    default: self = .unreadable
    }
  }

  /// A number cell: a serial number, its time of day first rounded to the second, or the eight digits of a
  /// date.
  private static func stored(_ text: String, _ dates: DateSystem, _ zone: UTCOffset) -> DateReading {
    guard let number = NumberReading.scientific(text), number.mantissa > 0 else { return .unreadable }
    let unit = DecimalNumber.powerOfTen(number.scale)
    let seconds = (Int128(number.mantissa) * 86_400 + unit / 2) / unit
    if let serial = Int(exactly: seconds / 86_400), serials.contains(serial),
      let date = CivilDate(excelSerial: serial, in: dates)
    {
      return .counted(date)
    }
    let digits = number.description
    return digits.utf8.count == 8 ? written(digits, zone) : .unreadable
  }

  /// No date with a time is longer.
  private static let bytesMax = 200

  /// A complete date, alone or followed by a time of day.
  private static func written(_ text: String, _ zone: UTCOffset) -> DateReading {
    guard text.utf8.count <= bytesMax else { return .unreadable }
    var cursor = ScalarCursor(text)
    guard let (year, month, day) = parts(&cursor) else { return .unreadable }
    var time: TimeOfDay?
    if !cursor.isAtEnd {
      cursor.skipBlanks()
      time = TimeOfDay(&cursor, isAfterT: cursor.take(anyOf: ["t"]))
      if time == nil { return .unreadable }
    }
    guard (1900...2199).contains(year), let date = CivilDate(year: year, month: month, day: day) else {
      return .impossible
    }
    guard let time, let offset = time.offset else { return .date(date) }
    let here = time.minutes - offset.minutes + zone.minutes
    let shift = here < 0 ? -1 : here >= 1440 ? 1 : 0
    return shift == 0 ? .date(date) : .moved(CivilDate(dayNumber: date.dayNumber + Int32(shift)))
  }

  /// `2023-05-01`, `2023/5/1`, `2023.5.1`, `2023年5月1日`, `20230501`; nil if none of them is at the cursor.
  private static func parts(_ cursor: inout ScalarCursor) -> (year: Int, month: Int, day: Int)? {
    guard let (first, digits) = cursor.number(atMost: 8) else { return nil }
    if digits == 8 { return (first / 10_000, first / 100 % 100, first % 100) }
    guard digits == 4 else { return nil }
    func skip(_ mark: String) -> Bool {
      cursor.skipBlanks()
      guard cursor.take(anyOf: [mark]) else { return false }
      cursor.skipBlanks()
      return true
    }
    cursor.skipBlanks()
    guard let kind = cursor.take(oneOf: ["-", "/", ".", "年"]) else { return nil }
    cursor.skipBlanks()
    guard let (month, _) = cursor.number(atMost: 2), skip(["-", "/", ".", "月"][kind]),
      let (day, _) = cursor.number(atMost: 2)
    else { return nil }
    if kind == 3 {
      var behind = cursor
      behind.skipBlanks()
      if behind.take(anyOf: ["日", "号"]) { cursor = behind }
    }
    return (first, month, day)
  }
}
