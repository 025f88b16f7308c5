import Testing

@testable import AidModel

/// The fast and the careful reading of cells give the same fields.
@Suite struct CleanReadingTests {
  private static let columns: [Column] = [
    Column(name: "money", type: .money), Column(name: "number", type: .number),
    Column(name: "whole", type: .integer), Column(name: "day", type: .date),
    Column(name: "text", type: .text), Column(name: "name", type: .text, role: .personName),
    Column(name: "staff_no", type: .text, role: .staffNumber), Column(name: "bank", type: .text),
    Column(name: "id", type: .text, role: .idNumber), Column(name: "account", type: .text, role: .account),
    Column(name: "kind", type: .choice, choices: ["门诊", "住院", " "]), Column(name: "yes", type: .flag),
    Column(name: "any", type: .automatic),
  ]

  /// Nil if the fast path leaves the cell to the careful reader.
  private static func glance(_ text: String, _ kind: CellKind, _ column: Column) -> Field? {
    let row = FieldRow([Field(.unreadable, notes: .amountFormat, original: "before")])
    var copy = text
    return copy.withUTF8 {
      CleanReading(column).read(RawCell(kind: kind, bytes: $0), into: row, at: 0) ? row[0] : nil
    }
  }

  private static func care(_ text: String, _ kind: CellKind, _ column: Column) -> Field {
    var copy = text
    return copy.withUTF8 { FieldReader(dates: .from1900).read(RawCell(kind: kind, bytes: $0), as: column) }
  }

  private static func isSame(_ glance: Field?, _ care: Field) -> Bool {
    guard let glance else { return true }
    return glance.value == care.value && glance.notes == care.notes && care.notes.isEmpty
      && glance.value.plain.sameScalars(as: care.value.plain)
  }

  private static let texts = [
    "0", "7", "007", "12", "12.5", "12.50", "12.500", "12.345", "12.", ".5", "-3", "+3", "999999999.99",
    "1000000000",
    "8097.6899999999996", "23014.790000000001", "0.10000000000000001", "12005.9", "2911.1999999999998", "1e5",
    "8097.6899999999", "0.99999999999999", "99999.995", "99999.99499999999", "1234567.8899999999",
    "2.9999999999999996",
    "4503599627370497.5", "2023-05-01", "2023-02-29", "2024/02/29", "2023.05.01", "2023-05-01T08:30:00",
    "2023-5-1",
    "1899-12-31", "2200-01-01", "2023-13-01", "45000", "20230501", "张三", "张三 ", " 张三", "张 三", "阿·凡提", "阿.凡提",
    "a b", "Ａ１", "42010019900101123X", "42010019900101123x", "420100199001011231", "6200000000000000000",
    "00120001",
    "AB12", "A-12", "=1+1", "@x", "'7", "门诊", "住院", "门 诊", " ", "　", "\u{1680}", "\u{1680}甲", "\u{200B}", "是",
    "无",
    "1234567890123456", "123456789012345", "1101051990010112", "\u{E000}", "㐂", "𠮷", "\u{F900}",
    "\u{C2}\u{A0}", "\t", "", "-", "－", "—", "/", "／", "暂无", "张无", "同上", "〃", "\"", "TRUE", "AB", "A1",
    "2.01E+09", "张?",
    "张□", "张*", "00000001", "1E5", "2001-0123", "2023年5月1日", "1e-7", "0.0000001", "1e-20",
  ]

  @Test func theSameFieldWhateverTheCell() {
    var glanced = 0
    for column in Self.columns {
      for kind in [CellKind.text, .number, .date, .boolean, .error, .blank, .formulaWithoutValue] {
        for text in Self.texts {
          let glance = Self.glance(text, kind, column)
          if glance != nil { glanced += 1 }
          #expect(Self.isSame(glance, Self.care(text, kind, column)), "\(column.name) \(kind) “\(text)”")
        }
      }
    }
    #expect(glanced > 200, "most plain cells are read at a glance: \(glanced)")
  }

  /// Amounts as spreadsheet programs spell them in binary, and the neighbouring numbers.
  @Test func amountsSpelledInBinary() {
    var state: UInt64 = 20_251_231
    var glanced = 0
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let fen = Int(state >> 24) % 100_000_000
      let dust = [0, 0, 0, 1, -1, 2, 40][Int(state >> 8 & 0xFF) % 7]
      // The doubles next to the amount are different numbers, which only the careful reader can tell.
      var amount = Double(fen) / 100
      for _ in 0..<abs(dust) { amount = dust > 0 ? amount.nextUp : amount.nextDown }
      let text = "\(amount)"
      let digits = 17 - "\(Int(amount))".count
      let long = text.contains("e") ? text : Self.spelled(amount, digits)
      for spelling in [text, long] {
        let glance = Self.glance(spelling, .number, Self.columns[0])
        if glance != nil { glanced += 1 }
        #expect(Self.isSame(glance, Self.care(spelling, .number, Self.columns[0])), "\(spelling)")
      }
    }
    #expect(glanced > 10_000)
  }

  /// The exact value cut after `decimals` digits, in integer arithmetic.
  private static func spelled(_ amount: Double, _ decimals: Int) -> String {
    let whole = Int(amount)
    var rest = amount - Double(whole)
    var out = "\(whole)."
    for _ in 0..<max(1, decimals) {
      rest *= 10
      let digit = Int(rest)
      out += "\(digit)"
      rest -= Double(digit)
    }
    return out
  }

  @Test func aRowBeginsAnew() {
    let row = FieldRow([Field(.blank, notes: .requiredBlank, original: ""), Field(.text("无"))])
    #expect(row.hasNotes && row[0].original == "" && row.value(at: 1) == .text("无"))
    row[0] = Field(.text("甲"), notes: .trimmed, original: "甲 ")
    row[1] = Field(.money(Money(fen: 5)))
    #expect(row[0].original == "甲 " && row.money(at: 1) == Money(fen: 5) && row.bytes(at: 1).isEmpty)
    row.clear()
    #expect(row.notes(at: 0) == .requiredBlank && row[0].original == "" && row.value(at: 1) == .text("无"))
    row[0] = Field(.text("乙"))
    #expect(!row.hasNotes && row[0].original == nil)
  }
}
