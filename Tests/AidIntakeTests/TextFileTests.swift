import AidModel
import Testing

@testable import AidIntake

@Suite struct TextFileTests {
  func raw(_ bytes: [UInt8]) -> String { TableFixture.raw(bytes) }

  // MARK: Encodings

  @Test func utf8WithAndWithoutMark() {
    #expect(TableFixture.raw("工号,姓名\n1,张三\n") == "工号,姓名\n1,张三\n")
    #expect(raw([0xEF, 0xBB, 0xBF] + Array("工号,姓名\n".utf8)) == "工号,姓名\n")
    #expect(raw([0xEF, 0xBB, 0xBF, 0xB9, 0xA4, 0xBA, 0xC5]).hasPrefix("FILE-UNREADABLE"), "a mark binds")
  }

  @Test func utf16WithMark() {
    let text = "工号\t姓名\n1\t𠮷\u{1F600}"
    let units = Array(text.utf16)
    let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    #expect(raw(little) == "工号,姓名\n1,𠮷\u{1F600}\n")
    #expect(raw(big) == "工号,姓名\n1,𠮷\u{1F600}\n")
    #expect(raw(little + [0x41]).contains("line 2"), "half a character at the end")
    #expect(raw([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]).hasPrefix("FILE-UNREADABLE"), "a lone surrogate")
    #expect(raw(Array(little[2...])).contains("UTF-16 without BOM"), "without a mark it is not guessed")
  }

  @Test func gb18030ByItsBytes() {
    // 工号,姓名 / 1,张三 in GBK; 𠮷 takes four bytes.
    let bytes: [UInt8] =
      [0xB9, 0xA4, 0xBA, 0xC5, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x0A, 0x31, 0x2C]
      + [0xD5, 0xC5, 0xC8, 0xFD, 0x95, 0x34, 0xB2, 0x35, 0x0A]
    #expect(raw(bytes) == "工号,姓名\n1,张三\u{20BB7}\n", "\(raw(bytes))")
    for bad: [UInt8] in [
      [0x80], [0xFF, 0x41], [0xB9], [0x81, 0x30, 0x81], [0xB9, 0x20], [0xFE, 0x39, 0xFE, 0x39],
    ] {
      let text = raw(bytes + bad)
      #expect(text.hasPrefix("FILE-UNREADABLE") && text.contains("line 3"), "\(bad) \(text)")
    }
  }

  @Test func utf8WithABadByte() {
    let good = Array("工号,姓名\n1,张三\n2,李四\n".utf8)
    for (at, line) in [(1, 1), (18, 2), (good.count - 2, 3)] {
      var bad = good
      bad[at] = 0xFF
      let text = raw(bad)
      #expect(
        text.hasPrefix("FILE-UNREADABLE") && text.contains("UTF-8, with a bad byte in line \(line)"),
        "\(text)")
      #expect(raw([0xEF, 0xBB, 0xBF] + bad).contains("in line \(line)"))
    }
  }

  /// The two-byte codes on which editions and converters disagree, per the 2022 edition; six stay private.
  @Test func gb18030CellsOfTheEdition2022() {
    let expected: [(UInt16, String)] = [
      (0xA6D9, "\u{FE10}"), (0xA6DA, "\u{FE12}"), (0xA6DB, "\u{FE11}"), (0xA6DC, "\u{FE13}"),
      (0xA6DD, "\u{FE14}"), (0xA6DE, "\u{FE15}"), (0xA6DF, "\u{FE16}"), (0xA6EC, "\u{FE17}"),
      (0xA6ED, "\u{FE18}"), (0xA6F3, "\u{FE19}"), (0xA8BC, "\u{1E3F}"), (0xFE51, "\u{E816}"),
      (0xFE52, "\u{E817}"), (0xFE53, "\u{E818}"), (0xFE59, "\u{9FB4}"), (0xFE61, "\u{9FB5}"),
      (0xFE66, "\u{9FB6}"), (0xFE67, "\u{9FB7}"), (0xFE6C, "\u{E831}"), (0xFE6D, "\u{9FB8}"),
      (0xFE76, "\u{E83B}"), (0xFE7E, "\u{9FB9}"), (0xFE90, "\u{9FBA}"), (0xFE91, "\u{E855}"),
      (0xFEA0, "\u{9FBB}"),
    ]
    #expect(expected.count == 25 && GB18030.cells.count == 25)
    for (cell, text) in expected {
      // 张 before and after, so that the bulk converter works around the code.
      let bytes: [UInt8] = [0xD5, 0xC5, UInt8(cell >> 8), UInt8(cell & 0xFF), 0xD5, 0xC5]
      let got = raw(bytes)
      #expect(got.unicodeScalars.elementsEqual("张\(text)张\n".unicodeScalars), "\(cell) \(got)")
    }
    // The same characters in four bytes, as in earlier editions.
    #expect(raw([0xD5, 0xC5, 0x82, 0x35, 0x90, 0x37]) == "张\u{9FB4}\n")
    #expect(raw([0xD5, 0xC5, 0x84, 0x31, 0x82, 0x36]) == "张\u{FE10}\n")
    #expect(raw([0xD5, 0xC5, 0x95, 0x32, 0x90, 0x31]) == "张\u{20087}\n")
  }

  @Test func aPrivateUseCharacterInANameIsNoticed() {
    let read = TableFixture.read(
      [0xB9, 0xA4, 0xBA, 0xC5, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x2C] + [
        0xD7, 0xD4, 0xB8, 0xB6, 0xBD, 0xF0, 0xB6, 0xEE,
      ]
        + Array("\n1001,".utf8) + [0xD5, 0xC5, 0xFE, 0x51] + Array(",5\n".utf8))
    #expect(read.rows.count == 1)
    #expect(read.rows.first?.fields[CommonColumn.name.rawValue].notes.contains(.namePrivateUse) == true)
    #expect(read.texts("name") == ["张\u{E816}"])
  }

  // MARK: Separators

  @Test func theHeadingTellsTheSeparator() {
    #expect(
      TableFixture.raw("工号;姓名;金额\n1;张三;1,234\n2;李四;5,678\n") == "工号,姓名,金额\n1,张三,\"1,234\"\n2,李四,\"5,678\"\n")
    let titled = "2023年，甲,乙,丙,丁五处困难补助汇总表\n工号;姓名\n1;张三\n2;李四\n"
    #expect(TableFixture.raw(titled).contains("\n工号,姓名"), "\(TableFixture.raw(titled))")
    #expect(TableFixture.raw("工号\t姓名\n1\t甲,乙\n") == "工号,姓名\n1,\"甲,乙\"\n")
    #expect(TableFixture.raw("工号,备注\n1,\"a;b;c;d\"\n2,\"e;f;g;h\"\n") == "工号,备注\n1,a;b;c;d\n2,e;f;g;h\n")
    #expect(TableFixture.raw("工号,备注\n1,a;b;c;d\n2,e;f;g;h\n") == "工号,备注\n1,a;b;c;d\n2,e;f;g;h\n")
    #expect(TableFixture.raw("姓名\n张三\n") == "姓名\n张三\n", "one column")
    #expect(TableFixture.raw("sep=;\n工号;姓名\n") == "工号,姓名\n", "a declared separator is obeyed and is no row")
  }

  // MARK: Fields

  @Test func quotesAndLineBreaks() {
    #expect(
      TableFixture.raw("a,b\n\"身份证\n号码\",\"x\"\"y\"\r\n1,2\r3,4") == "a,b\n\"身份证\n号码\",\"x\"\"y\"\n1,2\n3,4\n"
    )
    #expect(
      TableFixture.raw("a,b\nx\"y\",z\n") == "a,b\n\"x\"\"y\"\"\",z\n",
      "a quote inside a field is a character")
    #expect(TableFixture.raw("a,b,c\n,,\n\n1,,\n") == "a,b,c\n,,\n,,\n1,,\n")
  }

  @Test func formulaTextKeepsZeros() {
    #expect(TableFixture.raw("a,b\n=\"0012\",\"=\"\"0034\"\"\"\n") == "a,b\n0012,0034\n")
    #expect(
      TableFixture.raw("a,b\n=\"A\"&\"B\",=1+1\n") == "a,b\n\"=\"\"A\"\"&\"\"B\"\"\",=1+1\n",
      "a real formula stays as it is")
  }

  @Test func brokenFilesAreRefusedWithTheLine() {
    #expect(
      TableFixture.raw("a,b\n1,\"x\n2,y\n")
        == "FILE-UNREADABLE: The file cannot be read: 第 2 行起的引号没有闭合 (the quote opened in line 2 is never closed)"
    )
    #expect(TableFixture.raw("a,b\n1,x\u{0}y\n").contains("NUL byte in line 2"))
    #expect(TableFixture.raw("").contains("empty file"))
    var limits = IntakeLimits()
    (limits.rowsMax, limits.columnsMax, limits.cellBytesMax) = (3, 3, 10)
    #expect(TableFixture.raw(Array("a\nb\nc\nd\n".utf8), limits: limits).hasPrefix("FILE-LIMIT"))
    #expect(TableFixture.raw(Array("a,b,c,d\n".utf8), limits: limits).hasPrefix("FILE-LIMIT"))
    #expect(TableFixture.raw(Array("a,\"bbbbbbbbbbbbbbb\n".utf8), limits: limits).hasPrefix("FILE-LIMIT"))
    #expect(
      TableFixture.raw(Array("a\nb\nc\n".utf8), limits: limits) == "a\nb\nc\n", "the limit itself is allowed")
  }
}
