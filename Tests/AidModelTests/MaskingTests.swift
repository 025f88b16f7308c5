import AidModel
import Glibc
import Testing

/// Personal numbers are recognised by their form in every spelling; other long numbers are left alone.
@Suite struct MaskingTests {
  /// Invented numbers, one of each kind.
  static let numbers = [
    "420100198701124572", "42010019870112457X", "420100870112457", "6200000096689213377", "6200000096689213",
    "62000000966892133", "620000009668", "6200000096689", "62000000966892", "13454315866", "8613454315866",
  ]
  static let groupings: [[Int]] = [[], [4], [3, 4], [6, 8], [6, 4, 4], [3], [5, 5], [2], [1]]
  static let signs = [
    " ", "-", "  ", " - ", ".", "\u{A0}", "\u{2011}", "–", "—", "·", "_", "/", ",", "\u{3000}", "\u{200B}",
    "\n", "\t", "'",
  ]

  static func grouped(_ number: String, _ sizes: [Int], _ sign: String) -> String {
    var (rest, parts, i) = (number[...], [Substring](), 0)
    while !rest.isEmpty {
      let size = sizes.isEmpty ? rest.count : sizes[min(i, sizes.count - 1)]
      parts.append(rest.prefix(size))
      rest = rest.dropFirst(size)
      i += 1
    }
    return parts.joined(separator: sign)
  }

  static func spellings(of number: String) -> [String] {
    let all = groupings.flatMap { sizes in signs.map { grouped(number, sizes, $0) } }
    let wide = all.map { text in
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.map {
            $0.value >= 48 && $0.value <= 57 || $0 == "X" ? Unicode.Scalar($0.value + 0xFEE0)! : $0
          }))
    }
    return all + wide
  }

  static let numerals = Array("〇一二三四五六七八九")
  static let formal = Array("零壹贰叁肆伍陆柒捌玖")
  static let circled = Array("⓪①②③④⑤⑥⑦⑧⑨")

  /// Digits in other characters, every one or every other one.
  static func written(_ number: String, _ digits: [Character], each: Int = 1) -> String {
    String(
      number.enumerated().map { i, digit in
        digit.wholeNumberValue.map { i % each == 0 ? digits[$0] : digit } ?? digit
      })
  }

  static func shownDigits(_ text: String) -> Int {
    text.count { $0.wholeNumberValue.map { $0 < 10 } ?? false }
  }

  @Test func digitsInOtherCharactersAreMasked() {
    for number in Self.numbers {
      for digits in [Self.numerals, Self.formal, Self.circled, Array("０１２３４５６７８９"), Array("٠١٢٣٤٥٦٧٨٩")] {
        for text in [
          Self.written(number, digits), Self.written(number, digits, each: 2),
          Self.written(number, digits, each: 3),
          Self.grouped(Self.written(number, digits), [4], "-"), "王芳（\(Self.written(number, digits))）收",
        ] {
          let masked = Masking.text(text)
          #expect(Self.shownDigits(masked) <= 10 && masked.contains("*"), "\(text) \(masked)")
        }
      }
    }
  }

  @Test(arguments: ["、", "x", "号", "*", "#", ".", "/", "_", " # ", "；", "+", "~", "|", "\\", "×", "点"])
  func otherSignsBetweenTheDigitsHideNothing(_ sign: String) {
    for number in Self.numbers where !(12...14).contains(number.count) && number.prefix(2) != "86" {
      for sizes in [[4], [3, 4], [6, 8], [6, 4, 4], [2], [1]] {
        for text in [number, Self.written(number, Self.numerals), Self.written(number, Self.formal, each: 2)]
        {
          let masked = Masking.text("收款 " + Self.grouped(text, sizes, sign) + " 王芳")
          #expect(Self.shownDigits(masked) <= 10, "\(text) by \(sign) in \(sizes): \(masked)")
        }
      }
    }
  }

  @Test func listsDaysAndAmountsStandApart() {
    for text in [
      "6201、6202、6203、6204", "5000、3000、2000、1000", "1001、1002、1003、1004", "5000.00、3000.00、5000.00、600.00",
      "2023-12-28、2024-01-06", "二〇二三年十二月二十八日", "一、二、三、四、五、六、七、八、九、十、十一、十二",
      "第一、第二、第三附属医院", "3号楼12室、5号楼101室", "2023年12月28日08时30分15秒", "A4纸 210x297", "三5000.00",
    ] {
      #expect(Masking.text(text) == text)
    }
  }

  /// What digits of the number can still be read, in order.
  static func digits(_ text: String) -> Int { text.unicodeScalars.count { $0.decimalDigit != nil } }

  @Test func everySpellingIsMasked() {
    for number in Self.numbers {
      for spelling in Self.spellings(of: number) {
        for text in [spelling, "张三（\(spelling)）"] {
          let masked = Masking.text(text)
          #expect(
            !masked.contains(spelling) && Self.digits(masked) <= 10, "\(text.debugDescription) \(masked)")
          #expect(Self.digits(masked) <= Self.digits(text) - 4, "\(text.debugDescription) \(masked)")
        }
      }
    }
  }

  @Test func daysAndAmountsStay() {
    for text in [
      "2023-12-28", "2023/12/28", "2023.12.28", "2023年12月28日", "2023-12-28 至 2024-01-06",
      "2023-12-28 2024-01-06",
      "2023-12-28 08:30:00", "20231228", "20231228-20240106", "2023-12 2024-01", "2019 2020 2021 2022",
      "12500.00", "1,234,567.89", "99,999,999,999.00", "5000.00 3000.00 2000.00", "12345.60 23456.70",
      "60000.0000000001", "0.30000000000000004", "1234.5599999999999", "1001、1002、1003、1004",
      "2023-12-abc2345def",
      "申请表-20231228-103000.xlsx", "1001, 1002, 1003, 1004", "00120001", "24312000000098765432",
      "第 3 行 第 12 列",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "H17", "2023-12-28 10.30",
    ] {
      #expect(Masking.text(text) == text)
    }
    // A number next to a date is masked, the date stays.
    #expect(Masking.text("2023-12-28 420100198701124572") == "2023-12-28 4201**********4572")
    #expect(Masking.text("420100198701124572 2023-12-28") == "4201**********4572 2023-12-28")
    #expect(Masking.text("5000.00 6200 0000 9668 9213 377") == "5000.00 6200 00** **** ***3 377")
  }

  /// What a body takes of the processor, however busy the machine is.
  static func processorTime(_ body: () -> Void) -> Duration {
    func now() -> Duration {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    body()
    return now() - start
  }

  /// However long a text is, it costs what it is long.
  @Test(arguments: ["1 ", "1、", "1x", "一", "1一", "12345678901 ", "1,111", "1.1 ", "2023-12-28 ", "1a", "é1"])
  func longTextsCostNoMoreThanTheyAreLong(_ part: String) {
    func time(_ count: Int) -> Duration {
      let text = String(repeating: part, count: count / part.utf8.count)
      return (0..<3).map { _ in Self.processorTime { _ = Masking.text(text) } }.min()!
    }
    // Four times the text; a cost by its square would be sixteen times as much.
    let (short, long) = (time(30_000), time(120_000))
    #expect(long < short * 9 || long < .milliseconds(200), "\(part): \(short), \(long)")
    #expect(long < .seconds(3), "\(part): \(long)")
  }

  @Test func telephonesAreMasked() {
    #expect(Masking.text("电话13454315866") == "电话134****5866")
    #expect(Masking.text("027-87654321") == "027-****4321")
    #expect(Masking.text("0716 8765432") == "0716 ***5432" || Masking.text("0716 8765432") == "071* ***5432")
  }

  /// A row's own numbers are masked in its other texts, whatever their form.
  @Test func ownNumbersAreMasked() {
    for (own, text) in [
      ("E12345678", "护照E12345678"), ("E12345678", "护照 e1234 5678"), ("87654321", "电 8765-4321"),
      ("87654321", "８７６５４３２１"),
      ("H12345601", "H123 456(01)"), ("123456789", "甲123456789乙"),
    ] {
      let masked = Masking.text(text, own: ["", own, "12"])
      #expect(Self.digits(masked) <= 2, "\(text) \(masked)")
    }
    for text in ["甲12三4五6号78九0一乙", "１2x3四5-6七89。0 1"] {
      #expect(Self.shownDigits(Masking.text(text, own: ["12345678901"])) <= 2, "\(text)")
    }
    #expect(Masking.text("图书馆 12 号楼", own: ["420100198701124572", "12"]) == "图书馆 12 号楼")
  }

  @Test func shortNumbersOfAKindShowLessThanHalf() {
    for text in ["E12345678", "6200000966", "87654321", "1234"] {
      for masked in [Masking.idNumber(text), Masking.account(text), Masking.phone(text)] {
        #expect(masked.count == text.count && masked.count { $0 == "*" } * 2 >= text.count, "\(masked)")
      }
    }
  }
}
