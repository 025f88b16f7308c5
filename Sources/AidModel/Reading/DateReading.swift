/// What a cell says as a day.
enum DateReading {
  case date(CivilDate)
  /// Written fully, and there is no such day.
  case impossible
  /// Not a day, or not fully written: year, month and day are all needed.
  case unreadable

  /// Days before 1954 and after 2119 as plain serial numbers are more likely something else.
  private static let serials = 20_000...80_000

  init(_ cell: RawCell, _ dates: DateSystem) {
    switch cell.kind {
    case .date: self = Self.written(MomentBeforeMidnight.rounded(cell.text))
    case .number:
      let text = cell.text
      let whole = text.prefix { $0 != "." }
      if let serial = Int(whole), Self.serials.contains(serial),
        let date = CivilDate(excelSerial: serial, in: dates)
      {
        self = .date(date)
      } else {
        self = text.utf8.count == 8 ? Self.written(text) : .unreadable
      }
    case .text: self = Self.written(cell.text)
    default: self = .unreadable
    }
  }

  private static func written(_ text: String) -> DateReading {
    let scalars = TextCleaning.halfWidth(text).unicodeScalars.filter {
      !WhiteSpace.isInvisible($0)
    }
    var numbers: [(value: Int, digits: Int)] = []
    var separators: [Unicode.Scalar] = []
    var digits = 0
    var value = 0
    let trimmed = Array(scalars).drop { WhiteSpace.contains($0) }
    for scalar in trimmed {
      if scalar.value >= 48, scalar.value <= 57 {
        guard digits < 8 else { return .unreadable }
        value = value * 10 + Int(scalar.value - 48)
        digits += 1
        continue
      }
      if digits > 0 {
        numbers.append((value, digits))
        (value, digits) = (0, 0)
      }
      // A time of day after the date says nothing about the day.
      if numbers.count == 3, WhiteSpace.contains(scalar) || scalar == "T" { break }
      if WhiteSpace.contains(scalar) { continue }
      separators.append(scalar)
    }
    if digits > 0 { numbers.append((value, digits)) }
    return judge(numbers, separators)
  }

  private static func judge(
    _ numbers: [(value: Int, digits: Int)], _ separators: [Unicode.Scalar]
  ) -> DateReading {
    if numbers.count == 1, numbers[0].digits == 8, separators.isEmpty {
      let n = numbers[0].value
      return day(n / 10_000, n / 100 % 100, n % 100)
    }
    guard numbers.count == 3, numbers[0].digits == 4, numbers[1].digits <= 2, numbers[2].digits <= 2 else {
      return .unreadable
    }
    let text = String(String.UnicodeScalarView(separators))
    guard ["--", "//", "..", "年月日", "年月号", "年月"].contains(text) else { return .unreadable }
    return day(numbers[0].value, numbers[1].value, numbers[2].value)
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> DateReading {
    guard (1900...2199).contains(year) else { return .impossible }
    return CivilDate(year: year, month: month, day: day).map { .date($0) } ?? .impossible
  }
}
