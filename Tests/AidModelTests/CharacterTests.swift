import AidModel
import Testing

/// Characters that are not text are detected by Unicode properties, in every plane and every position.
@Suite struct CharacterTests {
  /// The whole basic plane, and the other planes except plain ideographs.
  static let scalars: [Unicode.Scalar] = {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x33FF, 0xA000...0xFFFF, 0x1_0000...0x1_00FF, 0x1_1000...0x1_10FF, 0x1_BC00...0x1_BCFF,
      0x1_D000...0x1_D7FF, 0x1_F300...0x1_F9FF, 0x1_FFF0...0x2_0010, 0x2_FFF0...0x3_0010, 0xE_0000...0xE_01FF,
      0xF_FFF0...0xF_FFFF, 0x10_FFF0...0x10_FFFF,
    ]
    return ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
  }()

  static let unseen = scalars.filter { $0.kind == .invisible || $0.kind == .unfit || $0.kind == .lineEnd }

  func field(_ text: String, _ role: ColumnRole = .plain, name: String = "x") -> Field {
    var text = text
    return text.withUTF8 {
      FieldReader(dates: .from1900).read(
        RawCell(kind: .text, bytes: $0), as: Column(name: name, type: .text, role: role))
    }
  }

  @Test func whatShowsNothingIsNoText() {
    #expect(Self.unseen.count > 500)
    for scalar in Self.scalars {
      let properties = scalar.properties
      let isText = scalar.kind == .visible || scalar.kind == .blank
      let showsNothing =
        properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
        || [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
      if showsNothing || scalar.value == 0xFFFC {
        #expect(!isText, "U+\(String(scalar.value, radix: 16))")
      } else {
        #expect(isText, "U+\(String(scalar.value, radix: 16))")
      }
    }
    for text in ["张三", "阿依古丽·买买提", "𠮷野家", "José", "（计算机）", "〇", "①", "—", "¥", "ｱ"] {
      #expect(text.firstUnfit == nil, "\(text)")
    }
  }

  /// The byte test never accepts what is not text.
  @Test func theGlanceErrsToOneSideOnly() {
    var plain = 0
    for scalar in Self.scalars {
      var text = "甲\(scalar)乙"
      if text.withUTF8({ TextBytes.areOrdinary($0) }) {
        plain += 1
        #expect(scalar.kind == .visible || scalar == " ", "U+\(String(scalar.value, radix: 16))")
      }
    }
    #expect(plain > 20_000)
    for text in ["工会补助", "机械学院（本部）", "阿依·买买提", "第1—3组 A", "“甲”、乙…"] {
      var text = text
      #expect(text.withUTF8 { TextBytes.areOrdinary($0) }, "\(text)")
    }
  }

  /// However a number is spelled, it is the same number, or the row waits.
  @Test func noSpellingMakesAnotherNumber() {
    for scalar in Self.unseen {
      for text in ["10\(scalar)01", "\(scalar)1001", "1001\(scalar)"] {
        let field = field(text, .staffNumber)
        #expect(field.value == .text("1001"), "U+\(String(scalar.value, radix: 16))")
        #expect(!field.notes.isDisjoint(with: [.invisible, .unfit, .trimmed]))
      }
    }
    for spelling in ["１００１", "1０0１", "١٠٠١", "𝟏𝟎𝟎𝟏", "10\u{2800}01", " 1001\u{A0}", "'1001"] {
      #expect(field(spelling, .staffNumber).value == .text("1001"), "\(spelling)")
    }
    #expect(field("10\u{301}01", .staffNumber).notes.contains(.unfit))
  }

  /// No character that ends a line or controls a terminal gets through; a line end makes the row wait.
  @Test func everyTextIsOneLine() {
    for role in [
      ColumnRole.plain, .personName, .unit, .idType, .account, .idNumber, .staffNumber, .invoiceNumber,
    ] {
      for scalar in Self.unseen {
        let field = field("12\(scalar)甲34", role)
        guard case .text(let text) = field.value else { continue }
        #expect(text.firstUnfit == nil)
        if scalar.kind != .invisible {
          #expect(field.notes.contains(.unfit), "U+\(String(scalar.value, radix: 16))")
        }
      }
    }
    // Free text may have several lines.
    let words = field("第一行\n- 第二行", name: "remark")
    #expect(words.value == .text("第一行 - 第二行") && words.notes == .invisible)
    // A trailing line break is harmless.
    #expect(field("信息学院\r\n").notes == .trimmed)
  }

  @Test func aFormulaIsFoundAtEveryLineStart() {
    for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"] {
      for text in [
        "\(sign)1+1", " \(sign)1", "\u{200B}\(sign)1", "甲\n\(sign)1", "甲\t \(sign)1",
        "甲\u{2028}\u{3000}\(sign)1",
      ] {
        #expect(field(text).notes.contains(.formulaLike), "\(text.debugDescription)")
        #expect(FormulaSign.isIn(text))
      }
      #expect(!field("甲\(sign)1").notes.contains(.formulaLike))
      var bytes = sign
      #expect(bytes.withUTF8 { FormulaSign.mayBegin(with: $0[0]) })
    }
  }

  /// By decision: a name consists of characters that a register holds. Variation selectors and joiners are
  /// removed and reported; a symbol or replacement character makes the row wait; the middle dot stays.
  @Test func namesAreWhatRegistersHold() {
    #expect(field("葛\u{E0100}城", .personName).value == .text("葛城"))
    #expect(field("葛\u{E0100}城", .personName).notes == .invisible)
    #expect(field("张\u{200D}三", .personName).notes == .invisible)
    for name in ["张👍三", "张👨\u{200D}👩三", "王○", "⿰氵工明", "张■", "〓三", "张\u{E863}"] {
      #expect(field(name, .personName).notes.contains(.namePrivateUse), "\(name)")
    }
    #expect(field("阿依古丽·买买提", .personName).notes.isEmpty)
    #expect(field("\u{F92C}平", .personName).notes == .nameCompatibility)
    #expect(field("⼤明", .personName).notes == .nameCompatibility)
  }

  /// Reading many spaces inside a name takes linear, not quadratic time.
  @Test func manySpacesAreNoBurden() {
    let name = "张" + String(repeating: " ", count: 4_000) + "三"
    #expect(field(name, .personName).value == .text("张三"))
    // Nobody's name is longer than the limit of texts that name people.
    let book = "张" + String(repeating: " ", count: 20_000) + "三"
    #expect(field(book, .personName).value == .unreadable)
  }

  @Test func whatIsShownIsObeyedByNoTerminal() {
    for scalar in Self.unseen {
      let line = ShownText.line("甲\(scalar)乙")
      #expect(line.firstUnfit == nil && line.contains("\\u{\(String(scalar.value, radix: 16))}"))
      let lines = ShownText.lines("甲\(scalar)乙")
      if scalar != "\n", scalar != "\t" { #expect(lines.sameScalars(as: line)) }
    }
    #expect(ShownText.lines("甲\n\t乙 　，“丙”") == "甲\n\t乙 　，“丙”")
    #expect(ShownText.json("\u{9B}2J\u{E0001}") == "\\u009b2J\\udb40\\udc01")
  }

  @Test func namesOfFilesHaveOneGrammar() {
    for good in ["f", "mutual-aid", "互助帮扶基金", "基金（校级）", "大病 2023", "a_b.c", "console", "comma"] {
      #expect(FileNamePart.fault(of: good) == nil, "\(good)")
    }
    for bad in [
      "", ".", "..", "../x", "x/../../escaped", "a\\b", "a:b", "a*", "a?", "a\"b", "<a", "a>", "a|b", "／x",
      "a∕b", "-x", ".x",
      "~x", " x", "x ", "x.", "a\nb", "a\u{0}b", "a\u{202E}b", "a\u{200B}", "con", "NUL.x", "COM1", "lpt9",
      String(repeating: "长", count: 33),
    ] {
      #expect(FileNamePart.fault(of: bad) != nil, "\(bad.debugDescription)")
    }
  }
}
