import AidModel
import Testing

@Suite struct MoneyTests {
  @Test func printsAndReadsBack() {
    for fen: Int64 in [0, 1, 9, 10, 99, 100, 1_250_000, 99_999_999_999, -1, -105] {
      #expect(Money(plain: Money(fen: fen).plain) == Money(fen: fen))
    }
    #expect(Money(fen: 123_456_789).grouped == "1,234,567.89")
    #expect(Money(fen: -100_000).grouped == "-1,000.00")
    #expect(Money(plain: "1.005") == nil && Money(plain: "1,000") == nil && Money(plain: "") == nil)
  }

  /// Amounts above the maximum are rejected, however coarse the unit.
  @Test func roundingNeverOverflows() throws {
    let largest = Rational(900_000_000)
    for unit: Int64 in [1, 10, 100, 1000, 100_000] {
      #expect(try Money(yuan: largest, unit: unit, rounding: .down) == Money(fen: 90_000_000_000))
      for more in [Rational(1_000_100_000), Rational(901_000_000_000_000), Rational(.max)] {
        #expect(throws: ArithmeticFailure.overflow) {
          try Money(yuan: more, unit: unit, rounding: .down)
        }
      }
    }
  }

  /// Every mode, both signs, every tenth, compared with rounding by hand.
  @Test func everyRounding() {
    for sign: Int64 in [1, -1] {
      for tenths: Int64 in 0...40 {
        let x = Rational(numerator: Int128(sign * tenths), denominator: 10)
        let (whole, rest) = (tenths / 10, tenths % 10)
        let expected: [RoundingMode: Int64] = [
          .down: whole, .up: rest > 0 ? whole + 1 : whole, .halfUp: rest >= 5 ? whole + 1 : whole,
          .halfEven: rest > 5 || (rest == 5 && whole % 2 == 1) ? whole + 1 : whole,
        ]
        for mode in RoundingMode.allCases {
          #expect(mode.round(x) == Int128(sign * expected[mode]!), "\(mode) \(x)")
        }
      }
    }
  }

  @Test func fractionsAreExact() throws {
    let third = Rational(numerator: 1, denominator: 3)
    #expect(try third + third + third == .one)
    #expect(try third * Rational(3) == .one)
    #expect(Rational(DecimalNumber(plain: "12.345")!).description == "12.345")
    #expect("\(third)" == "1/3")
    #expect(throws: ArithmeticFailure.divisionByZero) { try Rational(1) / .zero }
    let large = Rational(numerator: Int128.max / 2, denominator: 1)
    #expect(throws: ArithmeticFailure.overflow) { try large * large }
  }

  @Test func longFractionsAreRoundedForReading() {
    let cases: [(top: Int128, bottom: Int128, shown: String?)] = [
      (1, 3, "0.333333"), (2, 3, "0.666667"), (-2, 3, "-0.666667"),
      (5_999_999_999, 3_000_000_000, "2.000000"),
      (1, 3_000_000, nil), (7, 1, nil), (1, 8, nil), (1, 1_000_000_000, nil),
      (12_345_678_901, 10_000_000_000, "1.234568"),
      (.max, 3, nil), (.max - 1, .max, nil),
    ]
    for (top, bottom, shown) in cases.dropLast(2) {
      #expect(Rational(numerator: top, denominator: bottom).approximation == shown, "\(top)/\(bottom)")
    }
    // The largest do not overflow.
    for (top, bottom, _) in cases.suffix(2) {
      _ = Rational(numerator: top, denominator: bottom).approximation
    }
  }

  @Test func comparisonNeverOverflows() {
    let a = Rational(numerator: Int128.max - 1, denominator: Int128.max / 3)
    let b = Rational(numerator: Int128.max - 2, denominator: Int128.max / 3)
    #expect(b < a && a > b && a.compare(a) == 0)
    #expect(Rational(-1) < Rational(numerator: 1, denominator: 7))
  }
}

@Suite struct DigestTests {
  /// The examples of FIPS 180-4, and one of a million bytes.
  @Test func publishedVectors() {
    func hex(_ text: String) -> String { SHA256.hex(SHA256.hash(Array(text.utf8))) }
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      hex(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func pieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for size in [1, 3, 63, 64, 65, 127] {
      var hash = SHA256()
      for start in stride(from: 0, to: 1000, by: size) {
        hash.update(Array(bytes[start..<min(start + size, 1000)]))
      }
      #expect(hash.finish() == SHA256.hash(bytes))
    }
  }

  /// Base 32 of SHA-256 over batch, programme and person, joined by U+001F (computed with another library).
  @Test func recordIDs() {
    #expect(Award.recordID(batch: "2023-12", programme: "p", person: "1001") == "2023-12-72t2ajo6q2")
    #expect(
      Award.recordID(batch: "2023-12", programme: "p", person: "1001", ordinal: 2) == "2023-12-zpv7g6u66n")
  }
}

@Suite struct DateTests {
  /// Converts every day from 1900 to 2100 to its serial number and back through its text.
  @Test func everySerialNumber() {
    var serial = 1
    var day = CivilDate(year: 1900, month: 1, day: 1)!
    let end = CivilDate(year: 2100, month: 12, day: 31)!
    while day <= end {
      if serial == 60 {
        #expect(CivilDate(excelSerial: 60, in: .from1900) == nil)
        serial += 1
      }
      #expect(CivilDate(excelSerial: serial, in: .from1900) == day)
      #expect(CivilDate(iso: day.description) == day)
      if serial > 1462 { #expect(CivilDate(excelSerial: serial - 1462, in: .from1904) == day) }
      serial += 1
      day = day.adding(days: 1)
    }
    #expect(CivilDate(iso: "2024-03-05") == CivilDate(excelSerial: 45_356, in: .from1900))
  }

  @Test func months() {
    let a = CivilDate(iso: "2023-01-31")!
    #expect(a.adding(months: 1).description == "2023-02-28")
    #expect(a.months(to: CivilDate(iso: "2023-02-28")!) == 1)
    #expect(CivilDate(iso: "2020-02-29")!.months(to: CivilDate(iso: "2021-02-28")!) == 12)
    #expect(CivilDate(iso: "2023-02-29") == nil && CivilDate(iso: "2023-2-9") == nil)
  }
}

@Suite struct TextTests {
  /// `==` considers these equal; `sameScalars` must not.
  @Test func namesAreScalars() {
    #expect("\u{F92C}" == "\u{90CE}")
    #expect(!"\u{F92C}".sameScalars(as: "\u{90CE}"))
    #expect(ExactText("\u{F92C}") != ExactText("\u{90CE}"))
    #expect(Set([ExactText("\u{212A}"), ExactText("K")]).count == 2)
  }

  @Test func masks() {
    #expect(Masking.idNumber("420100199001011233") == "4201**********1233")
    #expect(Masking.account("6200000000000000000") == "620000*********0000")
    #expect(Masking.name("张三") == "张*" && Masking.name("欧阳娜") == "欧*娜")
    #expect(Masking.name("阿依·买买提") == "阿*·买**")
    #expect(Masking.idNumber("12") == "12" || Masking.idNumber("12") == "**")
  }

  @Test func jsonIsEscaped() {
    let json = JSONText.object([
      ("a", .string("\"\\\n\u{1}张")), ("b", .array([.null, .bool(true), .integer(-3)])),
    ])
    #expect(json.text() == "{\"a\":\"\\\"\\\\\\n\\u0001张\",\"b\":[null,true,-3]}")
  }
}
