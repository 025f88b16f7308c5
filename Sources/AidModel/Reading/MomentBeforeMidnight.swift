/// Computed dates in spreadsheets may end up a little before the midnight they were meant to be.
enum MomentBeforeMidnight {
  /// The time of a date cell, rounded to the second if that makes it the next day: `2023-04-30T23:59:59.568`
  /// becomes `2023-05-01T00:00:00`. Whatever follows the fraction stays.
  static func rounded(_ moment: String) -> String {
    let bytes = Array(moment.utf8)
    guard bytes.count > 20, bytes[10..<20].elementsEqual("T23:59:59.".utf8), (53...57).contains(bytes[20]),
      let day = CivilDate(iso: String(decoding: bytes[..<10], as: UTF8.self))
    else { return moment }
    let rest = bytes[20...].drop { $0 >= 48 && $0 <= 57 }
    return "\(day.adding(days: 1))T00:00:00" + String(decoding: rest, as: UTF8.self)
  }
}
