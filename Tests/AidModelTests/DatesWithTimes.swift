import Foundation
import Testing

@testable import AidModel

/// Only a time of day may follow a complete date.
@Suite struct DatesWithTimes {
  static func read(_ text: String, _ kind: CellKind = .text, zone: UTCOffset = .china) -> Field {
    var copy = text
    return copy.withUTF8 {
      FieldReader(dates: .from1900, zone: zone).read(
        RawCell(kind: kind, bytes: $0), as: Column(name: "day", type: .date))
    }
  }

  private static let day = Value.date(CivilDate(iso: "2023-05-01")!)
  private static let days = [
    "2023-05-01", "2023-5-1", "2023/05/01", "2023.5.1", "2023年5月1日", "2023年05月01号", "2023年5月1", "20230501",
    "２０２３－０５－０１",
    "2023 年 5 月 1 日", " 2023-05-01",
  ]
  private static let times = [
    "", " ", "　", "T08:30:00", "t08:30", " 8:30", " 08:30:15", "  08:30", " 08:30:15.5",
    " 08:30:15,123456789", " 23:59:59",
    "T083015", "T0830", "T083015.25", " 8时", " 8时30分", " 8时30分15秒", " 8点", " 8点半", " 8点整", " 8點30", " 08：30",
    " 上午8:30",
    " 上午 8:30", " 下午3时", " 下午 15:30", " 8:30 AM", " 8:30:15 PM", " 12:00 am", " 3:30p.m.", " 晚上8点",
    " 中午12:00", " 凌晨0:10",
    "T08:30:00+08:00", " 08:30 +0800", "T08:30:00+08", " 08:30 UTC+8", "T08:30:00Z", "T08:30:00.000Z",
    " 08:30 GMT", " 8时30分 Z",
  ]
  private static let others = [
    "T", " T", "T ", "Z", "+08:00", " 12", "T12", " 至 2024-01-06", "至2024-01-06", " 2024-01-06",
    " ~ 2024-01-06", "-2024-01-06",
    "、2024-01-06", "/2024-01-06", " 取消", "（取消）", " 24:00", " 24:00:00", " 25:00", " 8:60", " 8:30:60", " 8:3",
    " 08:30:15.", " 830",
    " 083015", " 8", " 8:30 9:30", " 8:30 取消", " 上午", " 13:00 上午 上午", " 上午 13:00", " 下午 0:30", " 晚上12点",
    " 晚上12:00", " 8:30 CST",
    " 8:30 +15:00", " 8:30 +8:5", " 08:30:00+", "T08:30:00ZZ", " 星期一", " 左右", ".", "。", "?", "1", "日日", " 日",
    "T08-30", " 08:30/",
    " 8时30分15", "T08:30T09:30", " 08:30:00:00", " AM", "T24:00:00", " 8点半15分", " 12:30 下午 上午", " -",
    " 1 08:30", "T0860", "T08301", "T2430",
    " 5月2日", "前后", "(周一)", " 08:30 至 09:30", ",2023-05-02", " 00:00 2023-05-02", " #", "\u{202E}x", " 8.30",
    " 八点",
  ]

  @Test func aTimeOfDayBehindADayChangesNothing() {
    for day in Self.days {
      for time in Self.times {
        let field = Self.read(day + time)
        #expect(field.value == Self.day && field.notes.isEmpty, "“\(day + time)” \(field)")
      }
    }
  }

  @Test func anythingElseBehindADayIsRefused() {
    for day in Self.days {
      for rest in Self.others where !Self.isDay(day + rest) {
        let field = Self.read(day + rest)
        #expect(field.value == .unreadable && field.notes == .dateFormat, "“\(day + rest)” \(field)")
      }
    }
  }

  /// `2023-5-1` plus `1` is another date, and so is `2023年5月1` plus `日`.
  private static func isDay(_ text: String) -> Bool {
    text.hasSuffix("-5-11") || text.hasSuffix("5.11") || text.hasSuffix("5月11") || text.hasSuffix("5月1日")
      || text.hasSuffix("5月1 日")
  }

  /// The grammar again as a regular expression, tried on texts combined from its parts and common additions.
  @Test func theGrammarAndAPatternAgree() throws {
    let half = "(?:上午|凌晨|早上|早晨|清晨|a\\.m\\.|am|中午|下午|午后|傍晚|p\\.m\\.|pm|晚上|晚间|夜间|夜里|晚)"
    let minute = "[0-5][0-9]"
    let clock =
      "(?:[01]?[0-9]|2[0-3])(?::\(minute)(?::\(minute)(?:[.,][0-9]+)?)?"
      + "|[时点點](?:整|半|[0-5]?[0-9](?:分(?:[0-5]?[0-9]秒)?)?)?)"
    let basic = "t(?:[01][0-9]|2[0-3])\(minute)(?:\(minute)(?:[.,][0-9]+)?)?"
    let hours = "(?:0?[0-9]|1[0-3])"
    let zone =
      "(?:z|(?:utc|gmt)?[+-](?:\(hours)(?::\(minute))?|(?:0[0-9]|1[0-3])\(minute)|14:00|1400|14)|utc|gmt)"
    let day =
      "(?:2023([-/.])[0-9]{1,2}\\1[0-9]{1,2}(?![0-9])|2023[0-9]{4}(?![0-9])"
      + "|2023年[0-9]{1,2}月[0-9]{1,2}(?:\\s*[日号]|(?![0-9])))"
    let whole = try NSRegularExpression(
      pattern: "^\(day)(?:\\s*t?(?:\(half)\\s*)?\(clock)\\s*(?:\(half))?\\s*\(zone)?"
        + "|\\s*\(basic)\\s*(?:\(half))?\\s*\(zone)?)?\\s*$",
      options: [.caseInsensitive])
    let days = ["2023-05-01", "20230501", "2023年5月1日", "2023/5/1", "2023.05.01", "2023年12月3"]
    let pieces = [
      "08:30", ":00", "8", "8:30", "23:59:59", "上午", "下午", "AM", "时", "点", "30", "分", "15", "秒", "半", "Z",
      "+08:00",
      "-05", ".5", "至", "2024-01-06", "24:00", "取消", "0830", "UTC", " ", "T", "",
    ]
    var state: UInt64 = 20_231_228
    var (read, refused) = (0, 0)
    func one(of list: [String]) -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return list[Int(state >> 33) % list.count]
    }
    for _ in 0..<20_000 {
      let text =
        one(of: days) + one(of: ["", " ", "T", " "]) + one(of: ["8:30", "23:59", "8", "下午3", "", "08"])
        + one(of: pieces)
        + one(of: pieces)
      let range = NSRange(text.startIndex..., in: text)
      let match = whole.firstMatch(in: text, range: range)
      // The pattern does not cover which hours go with which half of the day, nor that only one is allowed.
      let halves = ["上午", "下午", "AM"].map { text.components(separatedBy: $0).count - 1 }.reduce(0, +)
      if halves > 0, match != nil { continue }
      let field = Self.read(text)
      #expect((field.notes != .dateFormat) == (match != nil), "“\(text)” \(field)")
      if match != nil { read += 1 } else { refused += 1 }
      var copy = text
      let glance = copy.withUTF8 { bytes in bytes.baseAddress.flatMap { CleanBytes.date($0, bytes.count) } }
      if let glance { #expect(field.value == .date(glance) && field.notes.isEmpty, "“\(text)”") }
    }
    #expect(read > 500 && refused > 500, "\(read) days, \(refused) others")
  }

  @Test func aMomentOfAnotherZoneIsTheDayItIsHere() {
    for (text, day) in [
      ("2023-12-31T16:00:00Z", "2024-01-01"), ("2023-12-31T16:00:00.000Z", "2024-01-01"),
      ("2024-01-01 01:00 +10:00", "2023-12-31"), ("2023-12-31 11:00 -05:00", "2024-01-01"),
      ("2023-02-28 23:59:59 UTC", "2023-03-01"), ("2024-02-28T20:00Z", "2024-02-29"),
      ("2023年12月31日下午4时 GMT", "2024-01-01"),
    ] {
      for kind in [CellKind.text, .date] {
        let field = Self.read(text, kind)
        #expect(field.value == .date(CivilDate(iso: day)!) && field.notes == .dateMoved, "\(text) \(field)")
        #expect(field.original == text)
      }
    }
    for text in [
      "2023-12-31T15:59:59Z", "2023-12-31T23:00:00+08:00", "2023-12-31T23:59:59", "2024-01-01T01:59:00+10:00",
    ] {
      let day = text.hasPrefix("2024") ? "2024-01-01" : "2023-12-31"
      #expect(
        Self.read(text).value == .date(CivilDate(iso: text.hasPrefix("2024") ? "2023-12-31" : day)!),
        "\(text)")
    }
    #expect(Self.read("2023-12-31T16:00:00Z", zone: .utc).notes.isEmpty)
    #expect(Self.read("2023-12-31T23:00:00+08:00", zone: UTCOffset("+09:00")!).notes == .dateMoved)
    #expect(
      Self.read("2023-12-31T23:00:00", zone: UTCOffset("-09:00")!).notes.isEmpty, "no zone, no other day")
  }

  @Test func offsetsAreWrittenInManyWays() {
    for (text, minutes) in [
      ("+08:00", 480), ("+0800", 480), ("+08", 480), ("+8", 480), ("UTC+8", 480), ("GMT+08:00", 480),
      ("Z", 0), ("UTC", 0),
      ("-03:30", -210), ("−5", -300), ("+14:00", 840), (" +05:45 ", 345),
    ] {
      #expect(UTCOffset(text)?.minutes == minutes, "\(text)")
    }
    for text in [
      "", "8", "+14:01", "+15", "08:00", "+8:5", "Asia/Shanghai", "+08:00:00", "CST", "+800", "+08:60",
    ] {
      #expect(UTCOffset(text) == nil, "\(text)")
    }
    #expect(UTCOffset.china.description == "+08:00" && UTCOffset("-3:30")!.description == "-03:30")
  }

  /// A number cell keeps fractions of a second: 23:59:59.99 is what a program made of midnight.
  @Test func serialNumbersAreRoundedToTheSecond() {
    for (text, day) in [
      ("45291", "2023-12-31"), ("45291.5", "2023-12-31"), ("45291.99998", "2023-12-31"),
      ("45291.999999999", "2024-01-01"),
      ("45291.9999999999927", "2024-01-01"), ("4.5291E4", "2023-12-31"), ("20231231", "2023-12-31"),
      ("2.0231231E7", "2023-12-31"),
    ] {
      #expect(
        Self.read(text, .number).value == .date(CivilDate(iso: day)!), "\(text) \(Self.read(text, .number))")
    }
    for text in ["1", "19999", "80001", "-45291", "2023123", "1E300"] {
      #expect(Self.read(text, .number).notes == .dateFormat, "\(text)")
    }
  }
}
