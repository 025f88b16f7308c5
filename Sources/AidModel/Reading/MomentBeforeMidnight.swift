/// Days that spreadsheets compute end up a little before midnight where they were meant to be midnight itself.
enum MomentBeforeMidnight {
  /// The moment of a date cell, rounded to the second where that makes it another day: `2023-04-30T23:59:59.568` is
  /// `2023-05-01T00:00:00`. What stands behind the fraction stays.
  static func rounded(_ moment: String) -> String {
    let bytes = Array(moment.utf8)
    guard bytes.count > 20, bytes[10..<20].elementsEqual("T23:59:59.".utf8), (53...57).contains(bytes[20]),
      let day = CivilDate(iso: String(decoding: bytes[..<10], as: UTF8.self))
    else { return moment }
    let rest = bytes[20...].drop { $0 >= 48 && $0 <= 57 }
    return "\(day.adding(days: 1))T00:00:00" + String(decoding: rest, as: UTF8.self)
  }
}
