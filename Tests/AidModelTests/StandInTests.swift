import Testing

@testable import AidModel

/// Words that can never be the value of a column.
@Suite struct StandInTests {
  private static let failures = [
    "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#FIELD!", "#BLOCKED!",
    "#BUSY!", "#n/a", "＃Ｎ／Ａ", "＃REF！", "#N/A!", " #N/A ", "#REF", "#BEZUG!", "#VALEUR!", "#########",
    "Err:502", "nan", "NaN", "NAN",
    "-nan", "NULL", "null", "Null", "ＮＵＬＬ", "(null)", "<null>", "[NULL]", "（NULL）", "None", "none", "NaT",
    "<NA>", "NA", "N/A", "n.a.",
    "undefined", "Undefined", "\\N", "nil", "1.#IND", "-1.#QNAN", "\"NULL\"", "N U L L", "[object Object]",
    "Invalid Date",
  ]
  private static let pointers = [
    "同上", "（同上）", "同 上", "同上。", "“同上”", "同上行", "同上一行", "同前", "同左", "见上", "见上一栏", "见上表", "如上", "〃", "々", "″",
    "\"", "ditto", "Ditto",
    "DITTO", "见附件", "详见附件", "same as above", "↑",
  ]
  private static let values = [
    "同济医学院", "同仁医院", "上海分行", "上同调研究所", "如意", "见习", "详查", "Nancy", "Nanjing", "Natalie", "Nonet",
    "Null Island Bank", "No. 5", "#5", "5#楼",
    "N", "A#1", "IT", "ICBC", "ＩＣＢＣ", "中国银行", "那英", "汤乃同", "見城", "#食堂", "错误", "空白", "无", "00120001", "A-01",
    "1.5", "E12345678", "True Name",
    "同上海", "trueman", "张三（同上）",
  ]

  static let texts: [Column] = [
    Column(name: "unit", type: .text, role: .unit), Column(name: "bank", type: .text),
    Column(name: "branch", type: .text),
    Column(name: "name", type: .text, role: .personName),
    Column(name: "staff_no", type: .text, role: .staffNumber),
    Column(name: "id_number", type: .text, role: .idNumber),
    Column(name: "account", type: .text, role: .account),
    Column(name: "phone", type: .text, role: .phone), Column(name: "category", type: .text),
    Column(name: "illness", type: .text),
    Column(name: "invoice", type: .text, role: .invoiceNumber), Column(name: "payee_relation", type: .text),
  ]
  private static let others: [Column] = [
    Column(name: "money", type: .money), Column(name: "number", type: .number),
    Column(name: "whole", type: .integer),
    Column(name: "day", type: .date), Column(name: "kind", type: .choice, choices: ["门诊", "住院"]),
    Column(name: "yes", type: .flag),
    Column(name: "any", type: .automatic),
  ]
  private static let remark = Column(name: "remark", type: .text)

  static func read(_ text: String, _ column: Column, _ kind: CellKind = .text) -> Field {
    var copy = text
    return copy.withUTF8 { bytes in
      let cell = RawCell(kind: kind, bytes: bytes)
      let care = FieldReader(dates: .from1900).read(cell, as: column)
      let row = FieldRow([Field(.blank)])
      if CleanReading(column).read(cell, into: row, at: 0) {
        #expect(
          care.notes.isEmpty && row[0].value == care.value, "\(column.name): a glance lets “\(text)” pass")
      }
      return care
    }
  }

  @Test func whatIsLeftWhereAValueFailedIsNone() {
    for text in Self.failures {
      for column in Self.texts + Self.others {
        let field = Self.read(text, column)
        #expect(
          field.value == .unreadable && field.notes == .placeholder, "\(column.name) “\(text)” \(field)")
        #expect(field.original == text)
      }
      #expect(Self.read(text, Self.remark).value != .unreadable, "nothing depends on a remark: \(text)")
    }
  }

  @Test func wordsThatPointElsewhereAreNoValue() {
    for text in Self.pointers {
      for column in Self.texts {
        let field = Self.read(text, column)
        #expect(
          field.value == .unreadable && field.notes == .placeholder, "\(column.name) “\(text)” \(field)")
      }
      for column in Self.others {
        #expect(Self.read(text, column).value == .unreadable, "\(column.name) “\(text)”")
      }
      #expect(Self.read(text, Self.remark).value != .unreadable)
    }
  }

  /// 待查 may be the answer for an illness, but not for a person, a unit or a bank.
  @Test func whatIsNotKnownIsNoName() {
    for text in ["不详", "未知", "待补", "待定", "（待查）", "暂缺", "TBD", "unknown", "xxx"] {
      for column in Self.texts where column.role != .phone {
        let field = Self.read(text, column)
        if column.isOfPerson {
          #expect(field.value == .unreadable && field.notes == .misfit, "\(column.name) “\(text)” \(field)")
        } else {
          #expect(field.value == .text(text), "\(column.name) “\(text)”")
        }
      }
    }
    for text in ["(空白)", "查无此人", "未找到", "Infinity"] {
      #expect(Self.read(text, Self.texts[1]).notes == .placeholder, "\(text)")
    }
    let batch = Column(name: "batch", type: .text)
    #expect(Self.read("2023-12-01", batch, .date).notes == .misfit, "2023-12, as a spreadsheet has it")
    #expect(Self.read("2023-12", batch).value == .text("2023-12"))
    #expect(Self.read("202312", batch, .number).value == .text("202312"))
  }

  @Test func ordinaryTextsStay() {
    for text in Self.values {
      #expect(StandIn(text) == nil, "\(text)")
      for column in [Self.texts[8], Self.texts[9], Self.remark] {
        #expect(Self.read(text, column).value == .text(text), "\(column.name) “\(text)”")
      }
    }
    for text in ["同济医学院", "上海分行", "中国银行", "ICBC", "101 研究所", "5#楼"] {
      for column in Self.texts[...2] {
        #expect(Self.read(text, column).notes.isEmpty, "\(column.name) \(text)")
      }
    }
  }

  /// A policy may give a choice any name.
  @Test func aChoiceMayBeCalledAnything() {
    let column = Column(name: "kind", type: .choice, choices: ["None", "同上", "无"])
    for text in ["None", "同上", "无"] { #expect(Self.read(text, column).value == .text(text)) }
    #expect(Self.read("NULL", column).notes == .placeholder)
  }

  @Test func truthValuesDaysAndNumbersNameNobody() {
    for column in Self.texts {
      for (text, kind) in [
        ("TRUE", CellKind.boolean), ("FALSE", .boolean), ("TRUE", .text), ("false", .text), ("ＴＲＵＥ", .text),
      ] {
        #expect(Self.read(text, column, kind).notes == .misfit, "\(column.name) \(text) \(kind)")
      }
    }
    for column in Self.texts where column.role == .personName || column.isOfPlaces {
      for (text, kind) in [
        ("2023-05-01", CellKind.date), ("2023-05-01", .text), ("2023年5月1日", .text), ("12", .number),
        ("12.5", .number), ("101", .text),
        ("１０１", .text), ("2023/5/1 8:30", .text),
      ] {
        #expect(Self.read(text, column, kind).notes == .misfit, "\(column.name) \(text) \(kind)")
      }
    }
    #expect(Self.read("2023-05-01", Self.texts[6]).notes == .misfit, "a day is no account")
    #expect(Self.read("12", Self.texts[9], .number).value == .text("12"), "a text may be a number")
  }

  @Test func digitsAfterTheFifteenth() {
    let account = Self.texts[6]
    for text in [
      "6200000000000010000", "620000000000001000", "62000000000000100",
      "6200 0000 0000 0010 000", "６２００００００００００００１００００",
      "6200-0000-0000-0010-000", "0000000000000000000", "12345678901234500000000000",
    ] {
      let field = Self.read(text, account)
      #expect(field.notes.contains(.digitsZeroed), "\(text) \(field)")
    }
    for text in [
      "6200000000000001", "6200000000000070", "62000000000000101", "620000000000001001",
      "6200000000000010010", "620000000000000", "0000000",
    ] {
      #expect(!Self.read(text, account).notes.contains(.digitsZeroed), "\(text)")
    }
    for column in [Self.texts[5], Self.texts[9], Self.texts[10]] {
      #expect(Self.read("420100199001011000", column).notes == .digitsZeroed, "\(column.name)")
    }
    for text in ["420100196009091000", "4201 0019 6009 0910 00"] {
      #expect(!Self.read(text, Self.texts[5]).notes.contains(.digitsZeroed), "a right ID number may end so")
      #expect(Self.read(text, account).notes.contains(.digitsZeroed))
    }
    #expect(
      Self.read("420100199001011000", Self.texts[9], .number).notes == .identifierAsNumber,
      "a policy's own ID column")
    #expect(Self.read("420100199001011000", Self.remark).notes.isEmpty)
  }

  @Test func yesAndNoHaveOneTable() {
    for text in ["是", "有", "√", "✓", "✔", "对", "Y", "yes", "T", "TRUE", "1", "1.0"] {
      #expect(YesNo.value(text) == true, "\(text)")
    }
    for text in ["否", "无", "×", "✗", "✘", "x", "错", "N", "no", "F", "FALSE", "0", "0.0"] {
      #expect(YesNo.value(text) == false, "\(text)")
    }
    for text in ["", "☑", "√是 □否", "是（一级）", "不", "2"] { #expect(YesNo.value(text) == nil, "\(text)") }
  }

  @Test func documentsHaveNumbersOfTheirOwnForm() {
    for (type, number) in [
      ("香港身份证", "A123456(7)"), ("香港居民身份证", "WX123456(A)"), ("香港身份证", "A1234567"), ("澳门居民身份证", "1234567(8)"),
      ("护照", "E12345678"),
      ("外国护照", "512345678"), ("Passport", "AB1234567"), ("军官证", "军字第1234567号"), ("军官证", "南字第01234567号"),
      ("士兵证", "士字第20190123号"),
      ("警官证", "012345"), ("出生医学证明", "O420123456"), ("出生证", "V420123456"), ("港澳居民来往内地通行证", "H12345678"),
      ("回乡证", "H1234567801"),
      ("台胞证", "12345678"), ("台湾居民来往大陆通行证", "0123456701"), ("外国人永久居留证", "USA123456789012"),
      ("工作证", "XYZ-2019/0123"),
    ] {
      #expect(IDDocument(named: type).fits(number), "\(type) \(number)")
    }
    for (type, number) in [
      ("", "E12345678"), ("身份证", "E12345678"), ("居民身份证", "A123456(7)"), ("临时居民身份证", "12345678"),
      ("香港身份证", "123456"), ("护照", "12"),
      ("护照", "张三"), ("军官证", "无"), ("出生证", "420123456"), ("台胞证", "1234567"), ("其他", "12"), ("其他", "#N/A1234"),
    ] {
      #expect(!IDDocument(named: type).fits(number), "\(type) \(number)")
    }
  }
}
