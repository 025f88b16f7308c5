/// A day of the proleptic Gregorian calendar, without time or zone; stored as days since 1970-01-01.
public struct CivilDate: Hashable, Comparable, Sendable {
  public let dayNumber: Int32

  public init(dayNumber: Int32) { self.dayNumber = dayNumber }

  /// Nil if there is no such day (2023-02-30) or the year is outside 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    // The "days from civil" algorithm: years start in March, so that the leap day is the last of its year.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Parses `YYYY-MM-DD`, nothing else.
  public init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard let y = number(0..<4), let m = number(5..<7), let d = number(8..<10) else { return nil }
    self.init(year: y, month: m, day: d)
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: return isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  public var yearMonthDay: (year: Int, month: Int, day: Int) {
    let z = Int(dayNumber) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let month = mp + (mp < 10 ? 3 : -9)
    return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
  }

  public var year: Int { yearMonthDay.year }

  public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }

  public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + Int32(clamping: days)) }

  /// The same day `months` later, or the last day of a shorter month (01-31 + 1 → 02-28).
  public func adding(months: Int) -> CivilDate {
    let (y, m, d) = yearMonthDay
    let total = y * 12 + (m - 1) + months
    let year = min(max(total / 12, 1), 9999)
    let month = (total % 12 + 12) % 12 + 1
    let day = min(d, Self.days(inMonth: month, of: year))
    return CivilDate(year: year, month: month, day: day) ?? self
  }

  /// Whole months from this day to `other`; negative if it is earlier.
  public func months(to other: CivilDate) -> Int {
    if other < self { return -other.months(to: self) }
    let (a, b) = (yearMonthDay, other.yearMonthDay)
    let count = (b.year - a.year) * 12 + b.month - a.month
    return adding(months: count) > other ? count - 1 : count
  }

  /// The day of a spreadsheet serial number. Nil outside 1900…9999, and for serial 60 of the 1900 system, the
  /// non-existent 29 February 1900.
  public init?(excelSerial serial: Int, in system: DateSystem) {
    let days: Int
    switch system {
    case .from1904: days = serial - 24_107
    case .from1900:
      if serial == 60 || serial < 1 { return nil }
      days = serial < 60 ? serial - 25_568 : serial - 25_569
    }
    guard days >= -25_567, days <= 2_932_896 else { return nil }
    dayNumber = Int32(days)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    let (y, m, d) = yearMonthDay
    let year = String(repeating: "0", count: max(0, 4 - "\(y)".count)) + "\(y)"
    return "\(year)-\(m < 10 ? "0" : "")\(m)-\(d < 10 ? "0" : "")\(d)"
  }
}

/// The day from which a workbook counts its serial numbers.
public enum DateSystem: Sendable { case from1900, from1904 }

/// A range of days, including both ends.
public struct Period: Hashable, Sendable {
  public let from: CivilDate
  public let to: CivilDate

  /// Nil if `to` is before `from`.
  public init?(from: CivilDate, to: CivilDate) {
    guard from <= to else { return nil }
    self.from = from
    self.to = to
  }

  /// A single day.
  public init(day: CivilDate) { (from, to) = (day, day) }

  public func contains(_ day: CivilDate) -> Bool { from <= day && day <= to }

  /// No year is shorter, not even a school year that begins on the first Monday of September.
  private static let yearDaysMin = 350

  /// The year of a term, for which yearly caps and limits count: the term itself if it is as long as a year,
  /// else the calendar year of its last day, extended to include the whole term.
  public var year: Period {
    if to.dayNumber - from.dayNumber + 1 >= Self.yearDaysMin { return self }
    let first = CivilDate(year: to.year, month: 1, day: 1) ?? from
    let last = CivilDate(year: to.year, month: 12, day: 31) ?? to
    return Period(from: min(from, first), to: last) ?? self
  }
}
