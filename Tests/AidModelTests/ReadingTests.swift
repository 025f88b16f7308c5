import AidModel
import Foundation
import Testing

@Suite struct ReadingTests {
  func read(_ text: String, _ type: ColumnType, role: ColumnRole = .plain, kind: CellKind = .text) -> Field {
    var copy = text
    return copy.withUTF8 {
      FieldReader(dates: .from1900).read(
        RawCell(kind: kind, bytes: $0), as: Column(name: "x", type: type, role: role, choices: ["门诊", "住院"]))
    }
  }

  @Test func amountsThatAreClean() {
    for (text, fen) in [
      ("0", 0), ("12", 1200), ("12.3", 1230), ("12.34", 1234), ("999999999.99", 99_999_999_999),
    ] {
      let field = read(text, .money)
      #expect(field.value == .money(Money(fen: Int64(fen))) && field.notes.isEmpty, "\(text)")
    }
  }

  @Test func amountsThatAreRepaired() {
    let cases: [(String, Int64)] = [
      ("12,345.60", 1_234_560), ("12，345.60", 1_234_560), ("¥1,234", 123_400), ("￥1234", 123_400),
      ("1234元", 123_400),
      ("RMB 5000", 500_000), (" 50 ", 5000), ("１２．５", 1250), ("1.2万", 1_200_000), ("3.5w", 3_500_000),
      ("2千", 200_000),
      ("壹万贰仟元整", 1_200_000), ("人民币伍拾元零伍分", 5005), ("12.3400", 1234),
    ]
    for (text, fen) in cases {
      let field = read(text, .money)
      #expect(field.value == .money(Money(fen: fen)) && field.notes == .amountRepaired, "\(text) \(field)")
    }
  }

  @Test func amountsThatAreNot() {
    let format = [
      "约5000", "5000左右", "3000-5000", "/", "无", "—", "同上", "3,50.00", "35 00", "1e3", "+5", ".5", "5.",
      "12.3x", "1000000000", "壹万壹", "1.2.3",
    ]
    for text in format { #expect(read(text, .money).notes == .amountFormat, "\(text) \(read(text, .money))") }
    for text in ["1234.565", "0.001"] { #expect(read(text, .money).notes == .amountDecimals, "\(text)") }
    for text in ["-5", "(1,234)", "−3", "-0"] {
      #expect(read(text, .money).notes == .amountNegative, "\(text)")
    }
    for text in format { #expect(read(text, .money).value == .unreadable) }
  }

  /// A number stored for an amount in fen is read as that amount however it is spelled; the next double is a
  /// different number, close enough to be repaired with a finding.
  @Test func storedNumbersAreReadAsWhatTheyAre() {
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let fen = Int64((state >> 33) % 9_999_999_999) >> Int64(state >> 59)
      let stored = Double(fen) / 100
      func field(_ number: Double) -> Field {
        var text = String(format: "%.17g", number)
        return text.withUTF8 {
          FieldReader(dates: .from1900).read(
            RawCell(kind: .number, bytes: $0), as: Column(name: "x", type: .money))
        }
      }
      let money = Value.money(Money(fen: fen))
      #expect(field(stored).value == money && field(stored).notes == [], "\(fen)")
      if fen > 100 {
        #expect(
          field(stored.nextUp).value == money && field(stored.nextUp).notes == .amountRepaired, "\(fen)")
        #expect(field(stored.nextDown).notes == .amountRepaired, "\(fen)")
      }
    }
  }

  @Test func numberCells() {
    let cases: [(String, Int64)] = [
      ("1234.5600000000001", 123_456), ("1234.5599999999999", 123_456), ("0.10000000000000001", 10),
      ("1.5E+3", 150_000),
      ("5.0000000000000003E-2", 5),
    ]
    for (text, fen) in cases {
      #expect(read(text, .money, kind: .number).value == .money(Money(fen: fen)), "\(text)")
    }
    #expect(read("1234.565", .money, kind: .number).notes == .amountDecimals)
    #expect(read("1234.5600000000001", .money, kind: .number).notes == .amountRepaired)
    #expect(read("-3", .money, kind: .number).notes == .amountNegative)
    #expect(read("TRUE", .money, kind: .boolean).notes == .amountFormat)
  }

  @Test func dates() {
    for text in [
      "2024-03-05", "2024/3/5", "2024.3.5", "20240305", "2024年3月5日", "２０２４年３月５号", "2024-03-05 08:30:00",
    ] {
      #expect(read(text, .date).value == .date(CivilDate(iso: "2024-03-05")!), "\(text)")
    }
    #expect(read("45356", .date, kind: .number).value == .date(CivilDate(iso: "2024-03-05")!))
    #expect(read("2024-03-05T08:30:00", .date, kind: .date).value == .date(CivilDate(iso: "2024-03-05")!))
    for text in ["2024-3", "3月5日", "24.3.5", "5/3/2024", "去年", "2024"] {
      #expect(read(text, .date).notes == .dateFormat, "\(text)")
    }
    for text in ["2024-02-30", "2023-13-01", "20230230"] {
      #expect(read(text, .date).notes == .dateImpossible, "\(text)")
    }
  }

  @Test func identifiers() {
    #expect(read("1.10101191202290E+17", .text, role: .idNumber, kind: .number).notes == .identifierAsNumber)
    #expect(read("6200000000000000000", .text, role: .account, kind: .number).value == .unreadable)
    #expect(read("120345", .text, role: .staffNumber, kind: .number).value == .text("120345"))
    #expect(read("42010019900101101x", .text, role: .idNumber).value == .text("42010019900101101X"))
    #expect(read("４２０１", .text, role: .idNumber).value == .text("4201"))
    #expect(read("6200 0000 0000 0000 000", .text, role: .account).value == .text("6200000000000000000"))
    #expect(read("+86 138-0000-0000", .text, role: .phone).notes.contains(.formulaLike) == false)
    #expect(read("A-01", .text, role: .staffNumber).value == .text("A-01"))
  }

  @Test func names() {
    #expect(read("张 三", .text, role: .personName).value == .text("张三"))
    #expect(read("张　三", .text, role: .personName).notes == .nameSpaces)
    #expect(read("阿依•买买提", .text, role: .personName).value == .text("阿依·买买提"))
    #expect(read("John Smith", .text, role: .personName).value == .text("John Smith"))
    #expect(read("张三\u{200B}", .text, role: .personName).notes == .invisible)
    #expect(read("\u{F92C}平", .text, role: .personName).notes == .nameCompatibility)
    #expect(read("张\u{E863}", .text, role: .personName).notes == .namePrivateUse)
    #expect(read(" 张三 ", .text, role: .personName).notes == .trimmed)
  }

  @Test func whatStandsForNothing() {
    for text in ["-", "－", "—", "——", "/", "／", " - "] {
      let plain = read(text, .text)
      #expect(plain.value == .blank && plain.notes.isEmpty, "\(text)")
      #expect(
        read(text, .text, role: .account).value == .blank
          && read(text, .text, role: .personName).value == .blank)
    }
    #expect(read("无", .text).value == .text("无") && read("无", .text, role: .personName).value == .blank)
    #expect(read("/", .text, role: .staffNumber).notes == .requiredBlank, "somebody says that there is none")
    #expect(read("/", .money).notes == .amountFormat, "an amount is never guessed")
    let asked = Column(name: "bank", type: .text, required: true)
    var dash = "-"
    let field = dash.withUTF8 {
      FieldReader(dates: .from1900).read(RawCell(kind: .text, bytes: $0), as: asked)
    }
    #expect(field.value == .blank && field.notes == .requiredBlank)
  }

  @Test func whatNoColumnIsFor() {
    for text in ["TRUE", "2023-05-01", "2023/5/1", "甲乙"] {
      #expect(read(text, .text, role: .staffNumber).notes.contains(.misfit), "\(text)")
    }
    for text in ["A-01", "2001-0123", "临0012", "1e5", "B2"] {
      #expect(read(text, .text, role: .staffNumber).value == .text(text), "\(text)")
    }
    for kind in [CellKind.date, .boolean] {
      #expect(read("2023-05-01", .text, role: .staffNumber, kind: kind).notes == .misfit)
      #expect(read("2023-05-01", .text, role: .personName, kind: kind).notes == .misfit)
    }
    #expect(read("5", .text, role: .personName, kind: .number).notes == .misfit)
    for text in ["同上", "〃"] {
      for role in [ColumnRole.staffNumber, .account, .plain] {
        #expect(read(text, .text, role: role).notes == .placeholder, "\(text)")
      }
    }
    for text in ["测?", "测？", "测□", "测■", "张*", "测〓", "测\u{FFFD}"] {
      #expect(read(text, .text, role: .personName).notes.contains(.namePrivateUse), "\(text)")
    }
  }

  @Test func numbersThatLostTheirShape() {
    for (role, text) in [
      (ColumnRole.idNumber, "4.20100199001E+17"), (.staffNumber, "2.01E+09"), (.account, "6.2E+18"),
    ] {
      #expect(read(text, .text, role: role).notes.contains(.identifierAsNumber), "\(text)")
    }
    #expect(read("1.39E+10", .text, role: .phone).value == .text("1.39E+10"))
    let shown = read("00000001", .text, role: .staffNumber, kind: .number)
    #expect(shown.value == .text("00000001") && shown.notes == .zerosOfFormat && shown.original == "1")
    #expect(read("00000001", .text, role: .idNumber, kind: .number).notes == .identifierAsNumber)
    for text in ["1e-7", "1E-20", "0.0000001", "0.00000000000000000001"] {
      #expect(read(text, .money, kind: .number).notes == .amountDecimals, "\(text)")
    }
    #expect(
      read("0.0000001", .money).notes == .amountDecimals && read("0E-7", .money, kind: .number).notes.isEmpty)
  }

  @Test func choicesFlagsAndFormulas() {
    #expect(read("住 院", .choice).value == .text("住院") && read("住院部", .choice).notes == .choiceUnknown)
    for text in ["是", "√", "Y", "1", "TRUE"] { #expect(read(text, .flag).value == .flag(true), "\(text)") }
    for text in ["否", "×", "n", "0"] { #expect(read(text, .flag).value == .flag(false), "\(text)") }
    #expect(
      read("=1+1", .text).notes.contains(.formulaLike) && read("＝1", .text).notes.contains(.formulaLike))
    #expect(read("-", .text).notes.isEmpty)
    #expect(
      read("3", .integer).value == .number(DecimalNumber(mantissa: 3))
        && read("2.5", .integer).notes.contains(.notWhole))
    #expect(read("25%", .number).value == .number(DecimalNumber(mantissa: 25, scale: 2)))
    #expect(read("#REF!", .money, kind: .error).notes == .cellError)
  }

  /// Official examples of amounts in words (大写).
  @Test func amountsInWords() {
    let cases: [(String, Int64)] = [
      ("壹仟肆佰零玖元伍角", 140_950), ("陆仟零柒元壹角肆分", 600_714), ("壹仟陆佰捌拾元零叁角贰分", 168_032),
      ("壹拾万柒仟元零伍角叁分", 10_700_053), ("壹万陆仟肆佰零玖元零贰分", 1_640_902), ("叁佰贰拾伍元零肆分", 32_504), ("伍分", 5),
      ("壹亿零壹元整", 10_000_000_100),
    ]
    for (text, fen) in cases { #expect(AmountInWords.fen(text) == fen, "\(text)") }
    for text in ["壹万", "壹贰元整", "元", "拾元整", "壹元贰"] { #expect(AmountInWords.fen(text) == nil, "\(text)") }
  }

  @Test func idNumbersAndCards() {
    #expect(IDNumber("110101191202290010").isCheckDigitRight && IDNumber("110101191202290010").sex == .male)
    #expect(!IDNumber("110101191202290011").isCheckDigitRight)
    #expect(IDNumber("110101190002290011").birthDate == nil)
    #expect(IDNumber("810000191202290014").kind == .residencePermit)
    #expect(IDNumber("911840191202290013").kind == .permanentResident)
    #expect(IDNumber("110101120229001").kind == .old && IDNumber("E00000001").kind == .document)
    #expect(IDNumber("4201").kind == .unknown && !IDNumber("660101199001011234").isRegionKnown)
    #expect(IDNumber("911840191202290013").isRegionKnown && !IDNumber("991840191202290013").isRegionKnown)
    #expect(Luhn.isRight("6222020000000000000") && !Luhn.isRight("6217000000000000005"))
  }
}
