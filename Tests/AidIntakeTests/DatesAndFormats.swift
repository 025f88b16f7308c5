import AidModel
import Testing

@testable import AidIntake

/// Which numbers are dates, and which dates they are.
@Suite struct DatesAndFormats {
  private func date(_ value: String, _ code: String, book: String = "") throws -> String {
    try BothReaders.row("<c r=\"A2\" s=\"1\"><v>\(value)</v></c>", styles: Styles.codes([code]), book: book)
  }

  @Test func daysOfThe1900System() throws {
    for (value, text) in [
      ("45047", "2023-05-01"), ("45047.354166666664", "2023-05-01T08:30:00"), ("1", "1900-01-01"),
      ("59", "1900-02-28"), ("60", "1900-02-28"), ("61", "1900-03-01"), ("0.25", "06:00:00"),
      ("0", "00:00:00"),
      ("1.5", "1900-01-01T12:00:00"), ("45047.35416724537", "2023-05-01T08:30:00.050"),
      ("45047.99999999999", "2023-05-02"), ("2958465", "9999-12-31"), ("4.5047E4", "2023-05-01"),
      // Outside the date system the number stays a number.
      ("2958466", "2958466"), ("99999999", "99999999"), ("-1", "-1"), ("1E300", "1e+300"),
    ] {
      #expect(try date(value, "yyyy-mm-dd") == text, "\(value)")
    }
  }

  @Test func daysOfThe1904System() throws {
    for flag in ["1", "true"] {
      let book = "<workbookPr date1904=\"\(flag)\"/>"
      for (value, text) in [
        ("0", "00:00:00"), ("1", "1904-01-02"), ("60", "1904-03-01"), ("43585.5", "2023-05-01T12:00:00"),
        ("2957003", "9999-12-31"), ("2957004", "2957004"),
      ] {
        #expect(try date(value, "yyyy-mm-dd", book: book) == text, "\(value)")
      }
    }
    #expect(try date("1", "yyyy-mm-dd", book: "<workbookPr date1904=\"0\"/>") == "1900-01-01")
  }

  @Test func elapsedTimeCountsOnPastADay() throws {
    for code in ["[h]:mm", "[hh]:mm:ss.000", "[mm]:ss", "[s]", "[Hh]:MM"] {
      #expect(try date("1.1041666666666667", code) == "26:30:00", "\(code)")
    }
    #expect(try date("0.25", "[h]:mm") == "06:00:00")
    #expect(try date("10.5", "[h]:mm") == "252:00:00")
    #expect(try date("-0.5", "[h]:mm") == "-12:00:00")
  }

  @Test func formatsAreToldApartByTheirFirstSection() throws {
    for code in [
      "yyyy-mm-dd", "yyyy&quot;年&quot;m&quot;月&quot;", "[$-F800]dddd", "[DBNum1]yyyy", "h:mm AM/PM",
      "mm:ss.0",
      "[blue]d", "yyyy;@", "上午/下午h:mm", "[&gt;100]yyyy;0", "yy\\-mm", "Y",
    ] {
      #expect(try date("45047.5", code) == "2023-05-01T12:00:00", "\(code)")
    }
    for code in [
      "General", "0.00", "[Red]0.00", "0.00E+00", "#,##0\\ &quot;day&quot;", "0&quot;d&quot;", "@", "0;yyyy",
      "0_d",
      "0*d", "\\d0", "[$€-407]0", "[$-804]aaaa", "[Black]0",
    ] {
      #expect(try date("45047.5", code) == "45047.5", "\(code)")
    }
  }

  @Test func builtInFormats() throws {
    for id in 1...60 {
      let line = try BothReaders.row("<c r=\"A2\" s=\"1\"><v>45047.5</v></c>", styles: Styles.builtIn([id]))
      switch id {
      case 46: #expect(line == "1081140:00:00")
      case 14...22, 27...36, 45, 47, 50...58: #expect(line == "2023-05-01T12:00:00", "\(id)")
      default: #expect(line == "45047.5", "\(id)")
      }
    }
  }

  /// Every day from 1900 to 2100, compared with a simple calendar.
  @Test func everyDayHasItsText() {
    var (year, month, day) = (1900, 1, 1)
    for serial in 1...73_415 where serial != 60 {
      var out = Growing<UInt8>(capacity: 32)
      #expect(StoredDate.write(Double(serial), in: .from1900, to: &out))
      func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
      let text = String(decoding: out.array, as: UTF8.self)
      if text != "\(year)-\(two(month))-\(two(day))" { Issue.record("\(serial) is \(text)") }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      day += 1
      if day > length { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
  }
}
