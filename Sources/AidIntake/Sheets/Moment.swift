import AidModel

/// A day, a time of day, both, or a duration, and its text in a cell: `2023-05-01`, `2023-05-01T08:30:00`,
/// `08:30:00`, `26:30:00`; milliseconds only if not zero.
struct Moment {
  var day: CivilDate?
  /// Since midnight, or of the duration.
  var milliseconds = 0
  var isNegative = false
  /// `Z` or `+08:00`, as stored; empty if there is none.
  private var zone = ""

  private static let dayLength = 86_400_000
  /// 9999-12-31 in days from 1970-01-01.
  private static let lastDay: Int32 = 2_932_896

  var text: String {
    let time = (isNegative ? "-" : "") + clock
    guard let day else { return time }
    return milliseconds == 0 && zone.isEmpty ? day.description : "\(day)T\(time)\(zone)"
  }

  private var clock: String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let seconds = milliseconds / 1000
    let whole = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    let rest = milliseconds % 1000
    return rest == 0 ? whole : whole + "." + String("\(1000 + rest)".dropFirst())
  }

  /// A stored serial number; nil if outside the date system.
  init?(serial value: Double, in dates: DateSystem) {
    guard value >= 0, value < 3_000_000 else { return nil }
    var number = Int(value)
    milliseconds = Int(((value - Double(number)) * Double(Self.dayLength)).rounded(.toNearestOrEven))
    if milliseconds == Self.dayLength { (number, milliseconds) = (number + 1, 0) }
    if number == 0 { return }
    // The 1900 system has a non-existent 29 February 1900: its serial number is read as the 28th.
    let unixDay = dates == .from1900 ? (number < 60 ? 25_568 : 25_569) : 24_107
    guard number - unixDay <= Int(Self.lastDay) else { return nil }
    day = CivilDate(dayNumber: Int32(number - unixDay))
  }

  /// A stored number of days as a duration.
  init?(elapsedDays value: Double) {
    guard value.magnitude < 1e8 else { return nil }
    milliseconds = Int((value.magnitude * Double(Self.dayLength)).rounded(.toNearestOrEven))
    isNegative = value < 0 && milliseconds > 0
  }

  /// Parses `2023-05-01`, `2023-05-01T08:30:00.000`, `2023-05-01T08:30:00Z`, `08:30:00`.
  /// - Parameter elapsed: allow hours past 23.
  init?(iso text: String, elapsed: Bool = false) {
    var rest = text[...]
    if let date = CivilDate(iso: String(rest.prefix(10))) {
      day = date
      rest = rest.dropFirst(10)
      if rest.isEmpty { return }
      guard rest.first == "T" else { return nil }
      rest = rest.dropFirst()
      let length = MomentZone.length(Array(text.utf8))
      zone = String(decoding: text.utf8.suffix(length), as: UTF8.self)
      rest = rest.dropLast(length)
    }
    guard let time = TimeDigits.clock(rest.utf8, elapsed: elapsed) else { return nil }
    milliseconds = time
    guard let day, !elapsed, time == Self.dayLength else { return }
    // 24:00 is the beginning of the next day.
    guard day.dayNumber < Self.lastDay else { return nil }
    (self.day, milliseconds) = (CivilDate(dayNumber: day.dayNumber + 1), 0)
  }

  /// Parses `PT08H30M00.5S` (ISO 8601, days to seconds).
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
        let value = TimeDigits(digits.utf8), value.whole < 1 << 32
      else { return nil }
      milliseconds += value.milliseconds(of: units[at].1)
      units.removeFirst(at + 1)
      rest = rest.dropFirst()
      sawAny = true
    }
    guard sawAny else { return nil }
    if milliseconds == 0 { isNegative = false }
  }
}
