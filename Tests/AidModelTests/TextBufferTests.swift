import AidModel
import Foundation
import Testing

/// Writing a value to a buffer gives the same text as its description.
@Suite struct TextBufferTests {
  private func written(_ write: (inout TextBuffer) -> Void) -> String {
    var out = TextBuffer(capacity: 1)
    out.append("〔")
    let mark = out.count
    write(&out)
    return out.text(from: mark)
  }

  @Test func numbers() {
    for fen: Int64 in [0, 1, 9, 10, 99, 100, -1, -99_999, 99_999, 100_000, 100_000_099, .max, -.max] {
      let money = Money(fen: fen)
      #expect(written { $0.append(money) } == money.plain)
      #expect(written { $0.append(money, grouping: true) } == money.grouped)
      #expect(written { $0.append(number: Int(fen)) } == "\(fen)")
      for denominator: Int128 in [1, 2, 3, 7, 100, 1_000_000] {
        let fraction = Rational(numerator: Int128(fen), denominator: denominator)
        #expect(written { $0.append(fraction) } == "\(fraction)")
      }
    }
    #expect(written { $0.append(number: .min) } == "\(Int.min)")
  }

  @Test func values() throws {
    let values: [Value] = [
      .blank, .unreadable, .text("张三"), .money(Money(fen: -1205)), .flag(true), .flag(false),
      .number(DecimalNumber(mantissa: 1250, scale: 2)), .number(DecimalNumber(mantissa: -7)),
      .date(try #require(CivilDate(iso: "2024-02-29"))),
    ]
    for value in values { #expect(written { $0.append(value) } == value.plain) }
  }

  @Test func places() {
    let (sheet, file) = (SourceSheet(file: "甲.xlsx", sheet: "汇总"), SourceSheet(file: "a.csv", sheet: ""))
    for column: Int32 in [-1, 0, 25, 26, 51, 52, 701, 702, 16_383] {
      for row: Int32 in [-1, 1, 1_048_576] {
        for source in [sheet, file] {
          let place = Place(source, row: row, column: column)
          #expect(written { $0.append(place) } == "\(place)")
        }
      }
    }
  }

  /// The same as the other JSON writer, for every byte a text may contain, in every position.
  @Test func json() {
    let marks = (0...0x82).compactMap { Unicode.Scalar($0) }.map { String($0) } + ["𠮷", ""]
    for a in marks {
      for text in [a, "甲" + a, a + "乙", a + "x" + a] {
        #expect(written { $0.append(json: text) } == JSONText.string(text).text())
      }
    }
    #expect(written { $0.append(json: nil) } == "null")
  }

  @Test func whatIsTakenBackIsGone() {
    var out = TextBuffer()
    out.append("一二")
    out.truncate(to: 3)
    out.append("三")
    #expect(out.text == "一三")
    out.removeAll()
    #expect(out.bytes.isEmpty)
  }

  /// Eight bytes are tested together; one that must be escaped is found in every position.
  @Test func everyCharacterIsEscapedWhereverItStands() throws {
    for value in 0...127 {
      for place in 0..<20 {
        let mark = String(UnicodeScalar(UInt8(value)))
        let text =
          String(repeating: "工", count: place / 3) + String(repeating: "a", count: place % 3) + mark + "尾巴 z"
        var out = TextBuffer()
        out.append(json: text)
        let read = try JSONSerialization.jsonObject(with: Data(out.bytes), options: .fragmentsAllowed)
        #expect(read as? String == text, "\(value) at \(place)")
        #expect(!out.bytes.contains { $0 < 32 || $0 == 127 }, "\(value) at \(place)")
      }
    }
  }
}
