import AidModel

/// A serial number or an ISO date as the text of a cell: `2023-05-01`, `2023-05-01T08:30:00`, `08:30:00` for
/// a time of day alone, `26:30:00` for elapsed time; milliseconds only if not zero.
enum StoredDate {
  private static let dayLength = 86_400_000
  /// 9999-12-31 in days from 1970-01-01.
  private static let lastDay: Int32 = 2_932_896
  /// 1970-01-01 in days from 1899-12-30, the epoch of serial numbers after February 1900.
  private static let unixDay1900 = 25_569
  private static let unixDay1904 = 24_107

  /// Returns false without writing if the number is outside the date system.
  static func write(_ value: Double, in dates: DateSystem, to out: inout Growing<UInt8>) -> Bool {
    guard value >= 0, value < 3_000_000 else { return false }
    var day = Int(value)
    var time = Int(((value - Double(day)) * Double(dayLength)).rounded(.toNearestOrEven))
    if time == dayLength { (day, time) = (day + 1, 0) }
    if day == 0 {
      clock(time, to: &out)
      return true
    }
    // The 1900 system has a non-existent 29 February 1900: earlier days are shifted by one, and its own
    // serial number is read as the 28th.
    let shift = dates == .from1900 ? (day < 60 ? unixDay1900 - 1 : unixDay1900) : unixDay1904
    guard day - shift <= Int(lastDay) else { return false }
    write(CivilDate(dayNumber: Int32(day - shift)), to: &out)
    if time != 0 {
      out.append(UInt8(ascii: "T"))
      clock(time, to: &out)
    }
    return true
  }

  /// Writes a whole serial number as ten bytes; returns false without writing if it is not a valid day or
  /// needs the longer path.
  /// - Precondition: there is room for ten bytes.
  @inline(__always)
  static func write(day: Int, in dates: DateSystem, to out: UnsafeMutablePointer<UInt8>) -> Bool {
    guard day >= 60 || (day > 0 && dates == .from1904), day < 1_000_000 else { return false }
    let shift = dates == .from1900 ? unixDay1900 : unixDay1904
    let (y, m, d) = CivilDate(dayNumber: Int32(truncatingIfNeeded: day &- shift)).yearMonthDay
    func two(_ n: Int, _ at: Int) {
      out[at] = UInt8(truncatingIfNeeded: 48 &+ n / 10)
      out[at &+ 1] = UInt8(truncatingIfNeeded: 48 &+ n % 10)
    }
    two(y / 100, 0)
    two(y % 100, 2)
    out[4] = UInt8(ascii: "-")
    two(m, 5)
    out[7] = UInt8(ascii: "-")
    two(d, 8)
    return true
  }

  /// Elapsed time; hours may exceed 24.
  static func writeElapsed(_ value: Double, to out: inout Growing<UInt8>) -> Bool {
    guard value > -1e8, value < 1e8 else { return false }
    let time = Int((value.magnitude * Double(dayLength)).rounded(.toNearestOrEven))
    if value < 0, time != 0 { out.append(UInt8(ascii: "-")) }
    clock(time, to: &out)
    return true
  }

  private static func write(_ date: CivilDate, to out: inout Growing<UInt8>) {
    let (y, m, d) = date.yearMonthDay
    two(y / 100, to: &out)
    two(y % 100, to: &out)
    out.append(UInt8(ascii: "-"))
    two(m, to: &out)
    out.append(UInt8(ascii: "-"))
    two(d, to: &out)
  }

  /// `milliseconds` as `HH:MM:SS`, with `.mmm` if not zero.
  private static func clock(_ milliseconds: Int, to out: inout Growing<UInt8>) {
    let seconds = milliseconds / 1000
    let hours = seconds / 3600
    if hours < 100 { two(hours, to: &out) } else { for byte in "\(hours)".utf8 { out.append(byte) } }
    out.append(UInt8(ascii: ":"))
    two(seconds / 60 % 60, to: &out)
    out.append(UInt8(ascii: ":"))
    two(seconds % 60, to: &out)
    let rest = milliseconds % 1000
    if rest == 0 { return }
    out.append(UInt8(ascii: "."))
    out.append(UInt8(48 + rest / 100))
    two(rest % 100, to: &out)
  }

  @inline(__always)
  private static func two(_ n: Int, to out: inout Growing<UInt8>) {
    out.append(UInt8(truncatingIfNeeded: 48 &+ n / 10))
    out.append(UInt8(truncatingIfNeeded: 48 &+ n % 10))
  }

  /// A date stored as ISO 8601 text, converted to the common form. Returns false, leaving `out` as it was, if
  /// the text is not a date, time or duration.
  static func write(iso text: UnsafeBufferPointer<UInt8>, to out: inout Growing<UInt8>) -> Bool {
    if text.starts(with: "PT".utf8) {
      guard let time = duration(text.dropFirst(2)) else { return false }
      clock(time, to: &out)
      return true
    }
    var rest = text[...]
    // The zone is kept as written: whoever reads the day chooses the zone.
    let zone = MomentZone.length(text)
    rest = rest.dropLast(zone)
    var day: CivilDate?
    if rest.count >= 10, rest[rest.startIndex + 4] == UInt8(ascii: "-") {
      day = CivilDate(iso: String(decoding: rest.prefix(10), as: UTF8.self))
      guard day != nil else { return false }
      rest = rest.dropFirst(10)
      if rest.elementsEqual("Z".utf8) { rest = rest.dropFirst() }
      guard rest.isEmpty || rest.first == UInt8(ascii: "T") else { return false }
    }
    var time = 0
    if !rest.isEmpty || day == nil {
      if rest.first == UInt8(ascii: "T") { rest = rest.dropFirst() }
      guard let found = TimeDigits.clock(rest) else { return false }
      time = found
    }
    if let date = day, time == dayLength {
      // 24:00 is the beginning of the next day.
      guard date.dayNumber < lastDay else { return false }
      (day, time) = (CivilDate(dayNumber: date.dayNumber + 1), 0)
    }
    if let day {
      write(day, to: &out)
      if time == 0, zone == 0 { return true }
      out.append(UInt8(ascii: "T"))
    }
    clock(time, to: &out)
    if day != nil { for byte in text.suffix(zone) { out.append(byte) } }
    return true
  }

  /// Parses `26H30M`, `5M`, `1H2M3.5S` as milliseconds.
  private static func duration(_ text: Swift.Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var rest = text
    var time = 0
    for (unit, length) in [(UInt8(ascii: "H"), 3600), (UInt8(ascii: "M"), 60), (UInt8(ascii: "S"), 1)] {
      guard let at = rest.firstIndex(of: unit) else { continue }
      guard let value = TimeDigits(rest[..<at]), value.whole < 1 << 32 else { return nil }
      time += value.milliseconds(of: length)
      rest = rest[(at + 1)...]
    }
    return rest.isEmpty && !text.isEmpty ? time : nil
  }
}
