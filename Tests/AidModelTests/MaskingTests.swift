import AidModel
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

  /// How many digits of the number remain readable.
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
