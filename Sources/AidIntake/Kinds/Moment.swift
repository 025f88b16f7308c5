import AidModel

/// A day, a time of day, both, or a span of time, and how a cell hands it on: `2023-05-01`, `2023-05-01T08:30:00`,
/// `08:30:00`, `26:30:00`; thousandths of a second only where there are any.
struct Moment {
  var day: CivilDate?
  /// Since midnight, or of the span.
  var milliseconds = 0
  var isNegative = false

  private static let dayLength = 86_400_000

  var text: String {
    let time = (isNegative ? "-" : "") + clock
    guard let day else { return time }
    return milliseconds == 0 ? day.description : "\(day)T\(time)"
  }

  private var clock: String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let seconds = milliseconds / 1000
    let whole = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    let rest = milliseconds % 1000
    return rest == 0 ? whole : whole + "." + String("\(1000 + rest)".dropFirst())
  }

  /// A stored day number. Nil where it is no day of the system.
  init?(serial value: Double, in dates: DateSystem) {
    guard value >= 0, value < 3_000_000 else { return nil }
    var number = Int(value)
    milliseconds = Int(((value - Double(number)) * Double(Self.dayLength)).rounded(.toNearestOrEven))
    if milliseconds == Self.dayLength { (number, milliseconds) = (number + 1, 0) }
    if number == 0 { return }
    // The 1900 system counts a 29 February 1900 that never was: its own number is read as the 28th.
    let unixDay = dates == .from1900 ? (number < 60 ? 25_568 : 25_569) : 24_107
    guard number - unixDay <= 2_932_896 else { return nil }
    day = CivilDate(dayNumber: Int32(number - unixDay))
  }

  /// A stored number of days as a span of time.
  init?(elapsedDays value: Double) {
    guard value.magnitude < 1e8 else { return nil }
    milliseconds = Int((value.magnitude * Double(Self.dayLength)).rounded(.toNearestOrEven))
    isNegative = value < 0 && milliseconds > 0
  }

  /// `2023-05-01`, `2023-05-01T08:30:00.000`, `08:30:00`; a zone is refused.
  /// - Parameter elapsed: hours may go on past 23.
  init?(iso text: String, elapsed: Bool = false) {
    var rest = text[...]
    if let date = CivilDate(iso: String(rest.prefix(10))) {
      day = date
      rest = rest.dropFirst(10)
      if rest.isEmpty { return }
      guard rest.first == "T" else { return nil }
      rest = rest.dropFirst()
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ $0.utf8.count >= 2 }),
      let hours = Self.thousandths(parts[0]), let minutes = Self.thousandths(parts[1]),
      let seconds = parts.count == 3 ? Self.thousandths(parts[2]) : 0,
      hours % 1000 == 0, elapsed || hours < 24_000, minutes % 1000 == 0, minutes < 60_000, seconds < 60_000
    else { return nil }
    milliseconds = hours * 3600 + minutes * 60 + seconds
  }

  /// `PT08H30M00.5S` (ISO 8601, days to seconds).
  init?(duration text: String) {
    var rest = text[...]
    if rest.first == "-" {
      isNegative = true
      rest = rest.dropFirst()
    }
    guard rest.first == "P" else { return nil }
    rest = rest.dropFirst()
    var units: [(Character, Int)] = [("D", 86_400)]
    var sawAny = false
    while let first = rest.first {
      if first == "T" {
        units = [("H", 3600), ("M", 60), ("S", 1)]
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
      rest = rest.dropFirst(digits.count)
      guard let mark = rest.first, let at = units.firstIndex(where: { $0.0 == mark }),
        let value = Self.thousandths(digits)
      else { return nil }
      milliseconds += value * units[at].1
      units.removeFirst(at + 1)
      rest = rest.dropFirst()
      sawAny = true
    }
    guard sawAny else { return nil }
    if milliseconds == 0 { isNegative = false }
  }

  /// Digits, and more behind a point, as thousandths; further ones are cut off.
  private static func thousandths(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 16 else { return nil }
    var value = 0
    var decimals = -1
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), decimals < 0 {
        decimals = 0
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      if decimals >= 0 { decimals += 1 }
      if decimals <= 3 { value = value * 10 + Int(byte - 48) }
      if value > 1 << 40 { return nil }
    }
    if decimals == 0 { return nil }
    for _ in max(0, min(decimals, 3))..<3 { value *= 10 }
    return value
  }
}
