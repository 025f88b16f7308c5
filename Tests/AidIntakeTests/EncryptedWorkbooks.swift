import AidModel
import Testing

@testable import AidIntake

/// Protected workbooks: which open, and the messages for those that do not.
@Suite struct EncryptedWorkbooks {
  typealias Fixture = EncryptedFixture

  static func limits(_ passwords: String) -> IntakeLimits {
    var limits = IntakeLimits()
    limits.passwords = Passwords(lines: Array(passwords.utf8)) ?? .none
    return limits
  }

  /// The output of `inspect --raw`, or the refusal.
  static func raw(_ bytes: [UInt8], _ passwords: String = "秘密 1", _ limits: IntakeLimits? = nil) -> String {
    TableFixture.raw(bytes, limits: limits ?? Self.limits(passwords))
  }

  @Test func agileOpens() {
    for function in ["SHA1", "SHA256", "SHA384", "SHA512"] {
      for bits in [128, 192, 256] {
        let bytes = Fixture.Agile(keyBits: bits, function: function).bytes()
        #expect(Self.raw(bytes) == Fixture.shown, "\(function), \(bits)")
        #expect(Self.raw(bytes, "秘密1").hasPrefix("FILE-ENCRYPTED"), "\(function), \(bits)")
      }
    }
    #expect(Self.raw(Fixture.Agile(spinCount: 0).bytes()) == Fixture.shown)
    #expect(Self.raw(Fixture.Agile(saltSize: 20).bytes()) == Fixture.shown, "a salt that is no whole block")
    #expect(Self.raw(Fixture.Agile(password: "é😀").bytes(), "é😀") == Fixture.shown)
    let hyphens = Fixture.Agile(changeInfo: { $0.replacing("SHA512", with: "SHA-512") })
    #expect(Self.raw(hyphens.bytes()) == Fixture.shown)
  }

  @Test func standardOpens() {
    for bits in [128, 192, 256] {
      let bytes = Fixture.Standard(keyBits: bits).bytes()
      #expect(Self.raw(bytes) == Fixture.shown, "\(bits)")
      #expect(Self.raw(bytes, "秘密1").hasPrefix("FILE-ENCRYPTED"), "\(bits)")
    }
  }

  @Test func manySegmentsOpen() {
    let rows = (1...4_000).map { TestWorkbook.texts($0, ["\($0)", "张三"]) }.joined()
    let package = TestWorkbook(rows: rows).bytes
    let shown = (1...4_000).map { "\($0),张三\n" }.joined()
    #expect(package.count > 100 * 4096)
    #expect(Self.raw(Fixture.Agile().bytes(package)) == shown)
    #expect(Self.raw(Fixture.Standard().bytes(package)) == shown)
  }

  @Test func passwordsAreTriedOneAfterTheOther() throws {
    let bytes = Fixture.Agile(password: " mit Leerzeichen ").bytes()
    for list in [
      "x\n mit Leerzeichen \ny\n", "\u{FEFF} mit Leerzeichen \r\n", "\r\n\nx\r\n mit Leerzeichen ",
    ] {
      #expect(Self.raw(bytes, list) == Fixture.shown, "\(list)")
    }
    #expect(Self.raw(bytes, "mit Leerzeichen\nx\nx").contains("none of the 2 passwords given opens it"))
    #expect(Passwords(lines: [0xFF, 0x41]) == nil)
    #expect(Passwords(lines: Array("\u{FEFF}\r\n\n".utf8))?.isEmpty == true)
  }

  @Test func passwordsShowNowhere() {
    let limits = Self.limits("秘密 1\nhunter2")
    var dumped = ""
    dump(limits, to: &dumped)
    let said = [dumped, "\(limits)", String(reflecting: limits.passwords)].joined()
    #expect(said.contains("2 passwords") && !said.contains("秘密") && !said.contains("hunter2"), "\(said)")
    #expect(!said.contains("104, 0, 117"), "\(said)")
  }

  @Test func withoutPasswordsTheOptionIsNamed() {
    for bytes in [Fixture.Agile().bytes(), Fixture.Standard().bytes()] {
      let said = Self.raw(bytes, "")
      #expect(said == "FILE-ENCRYPTED: The file is protected by a password")
    }
    #expect(IntakeFindings.fileEncrypted.remedy.en.contains("--password-file"))
    #expect(IntakeFindings.fileEncrypted.remedy.zh.contains("--password-file"))
  }

  @Test func otherFilesAreReadAsEver() {
    #expect(Self.raw(Fixture.package) == Fixture.shown)
    #expect(Self.raw(Array("工号\n1001\n".utf8)) == "工号\n1001\n")
    let old = KindFixture.compound("Workbook", KindFixture.stream(sheets: [("表", 0, [])]))
    #expect(!Self.raw(old).hasPrefix("FILE"))
    let locked = KindFixture.stream(
      globals: KindFixture.record(0x2F, [1, 0, 1, 0]), sheets: [("表", 0, [])])
    let said = Self.raw(KindFixture.compound("Workbook", locked))
    #expect(said.hasPrefix("FILE-ENCRYPTED") && said.contains(".xls workbooks are not opened"), "\(said)")
  }

  // MARK: damaged and malicious files

  static func refused(_ bytes: [UInt8], _ code: String, _ says: String = "", _ what: String) {
    let clock = ContinuousClock()
    var said = ""
    let time = clock.measure { said = raw(bytes) }
    #expect(said.hasPrefix(code + ":") && said.contains(says), "\(what): \(said.prefix(300))")
    #expect(time < .seconds(30), "\(what) takes \(time)")
  }

  @Test func changedContentIsSeen() {
    for at in [0, 7, 8, 700, -1] {
      let agile = Fixture.Agile(change: { stream in stream[at < 0 ? stream.count - 1 : at] ^= 1 })
      Self.refused(
        agile.bytes(), "FILE-UNREADABLE", at == 7 ? "not as long" : at == 0 ? "" : "integrity", "byte \(at)")
    }
    Self.refused(
      Fixture.Agile(change: { $0 += [0] }).bytes(), "FILE-UNREADABLE", "integrity", "a byte more")
    let pattern = "encryptedHmacValue=\""
    Self.refused(
      Fixture.Agile(changeInfo: {
        $0.replacing(
          pattern, with: pattern + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
      })
      .bytes(), "FILE-UNREADABLE", "integrity", "another keyed hash")
    Self.refused(
      Fixture.Agile(changeInfo: { $0.replacing("dataIntegrity", with: "dataIntegrit") }).bytes(),
      "FILE-UNREADABLE",
      "description", "no keyed hash")
    // Standard encryption has no HMAC; the archive's own checksums detect the change.
    Self.refused(
      Fixture.Standard(change: { $0[300] ^= 1 }).bytes(), "FILE-UNREADABLE", "", "standard, a byte changed")
  }

  @Test func lengthsThatCannotBe() {
    for size in [0, Fixture.package.count + 17, 1 << 40, Int.max, -1] {
      Self.refused(Fixture.Agile(size: size).bytes(), "FILE-UNREADABLE", "not as long", "agile, \(size)")
      Self.refused(
        Fixture.Standard(size: size).bytes(), "FILE-UNREADABLE", "not as long", "standard, \(size)")
    }
    for length in [0, 7, 8, 100] {
      let cut = { (stream: inout [UInt8]) in stream = Array(stream.prefix(length)) }
      Self.refused(Fixture.Agile(changeUnseen: cut).bytes(), "FILE-UNREADABLE", "", "agile, \(length) bytes")
      Self.refused(Fixture.Standard(change: cut).bytes(), "FILE-UNREADABLE", "", "standard, \(length) bytes")
    }
    let whole = Fixture.Agile().bytes()
    for length in stride(from: 16, to: whole.count, by: 480) {
      let said = Self.raw(Array(whole.prefix(length)))
      // The very end of the file is not read.
      #expect(
        said.hasPrefix("FILE-") || said == Fixture.shown && length > 4_096,
        "cut to \(length): \(said.prefix(80))")
    }
  }

  @Test func roundsHaveALimit() {
    for told in [4_294_967_295, 10_000_001] {
      Self.refused(
        Fixture.Agile(spinCountTold: told).bytes(), "FILE-LIMIT", "spinCount \(told) > 10000000", "\(told)")
    }
    for told in [-1, 4_294_967_296] {
      Self.refused(Fixture.Agile(spinCountTold: told).bytes(), "FILE-UNREADABLE", "description", "\(told)")
    }
    var limits = Self.limits("a\nb\nc\n秘密 1")
    limits.hashRoundsMax = 3_000
    #expect(
      Self.raw(Fixture.Agile().bytes(), "", limits).hasPrefix("FILE-LIMIT: Past a limit: 4 × spinCount 1000"))
    limits.hashRoundsMax = 4_000
    #expect(Self.raw(Fixture.Agile().bytes(), "", limits) == Fixture.shown)
  }

  @Test func descriptionsThatCannotBe() {
    let changes: [(String, String, String, String)] = [
      ("cipherAlgorithm=\"AES\"", "cipherAlgorithm=\"RC2\"", "FILE-ENCRYPTED", "RC2"),
      ("ChainingModeCBC", "ChainingModeCFB", "FILE-ENCRYPTED", "ChainingModeCFB"),
      ("hashAlgorithm=\"SHA512\"", "hashAlgorithm=\"WHIRLPOOL\"", "FILE-ENCRYPTED", "WHIRLPOOL"),
      ("keyBits=\"256\"", "keyBits=\"2048\"", "FILE-UNREADABLE", "description"),
      ("keyBits=\"256\"", "keyBits=\"257\"", "FILE-UNREADABLE", "description"),
      ("blockSize=\"16\"", "blockSize=\"4096\"", "FILE-UNREADABLE", "description"),
      ("saltSize=\"16\"", "saltSize=\"4294967295\"", "FILE-UNREADABLE", "description"),
      ("hashSize=\"64\"", "hashSize=\"20\"", "FILE-UNREADABLE", "description"),
      ("encryptedKeyValue=\"", "encryptedKeyValue=\"A", "FILE-UNREADABLE", "description"),
      ("encryptedKeyValue=\"", "x=\"", "FILE-UNREADABLE", "description"),
      ("saltValue=\"", "saltValue=\"=", "FILE-UNREADABLE", "description"),
      ("<keyEncryptors>", "<keyData/><keyEncryptors>", "FILE-UNREADABLE", "description"),
      ("p:encryptedKey", "p:otherKey", "FILE-ENCRYPTED", "certificate"),
      ("<keyEncryptors>", "<keyEncryptors><", "FILE-UNREADABLE", "well-formed"),
      ("<keyEncryptors>", "&lol;<keyEncryptors>", "FILE-UNREADABLE", "well-formed"),
    ]
    for (old, new, code, says) in changes {
      Self.refused(
        Fixture.Agile(changeInfo: { $0.replacing(old, with: new) }).bytes(), code, says, "\(old) → \(new)")
    }
    for doctype in [
      "<!DOCTYPE encryption [<!ENTITY lol \"ha\">]>", "<!DOCTYPE e SYSTEM \"file:///etc/hostname\">",
    ] {
      Self.refused(
        Fixture.Agile(changeInfo: { $0.replacing("<encryption", with: doctype + "<encryption") }).bytes(),
        "XML-DOCTYPE",
        "", doctype)
    }
    Self.refused(
      Fixture.Agile(changeInfo: { String(repeating: " ", count: 1 << 19) + $0 }).bytes(), "FILE-UNREADABLE",
      "description",
      "half a megabyte")
    for version in [[3, 0, 3, 0], [1, 0, 1, 0]] as [[UInt8]] {
      Self.refused(
        Fixture.Agile(changeInfoBytes: { (info: inout [UInt8]) in info.replaceSubrange(0..<4, with: version) }
        ).bytes(),
        "FILE-ENCRYPTED", "not supported", "version \(version)")
    }
    for version in [[9, 0, 9, 0], [4, 0, 2, 0]] as [[UInt8]] {
      Self.refused(
        Fixture.Agile(changeInfoBytes: { (info: inout [UInt8]) in info.replaceSubrange(0..<4, with: version) }
        ).bytes(),
        "FILE-UNREADABLE", "description", "version \(version)")
    }
  }

  @Test func standardDescriptionsThatCannotBe() {
    Self.refused(Fixture.Standard(cipher: 0x6801).bytes(), "FILE-ENCRYPTED", "RC4", "RC4")
    Self.refused(Fixture.Standard(function: 0x800C).bytes(), "FILE-ENCRYPTED", "0x800c", "another hash")
    Self.refused(
      Fixture.Standard(keyBits: 128, cipher: 0x6610).bytes(), "FILE-UNREADABLE", "description", "128 ≠ 256")
    for size in [0, 1, 31, 0x7FFF_FFFF, 0xFFFF_FFFF] {
      let told = Fixture.Standard(changeInfo: {
        $0.replaceSubrange(8..<12, with: KindFixture.little(size, 4))
      })
      Self.refused(told.bytes(), "FILE-UNREADABLE", "description", "a header of \(size) bytes")
    }
    for length in [0, 7, 8, 12, 44, 200] {
      let cut = Fixture.Standard(changeInfo: { $0 = Array($0.prefix(length)) })
      Self.refused(cut.bytes(), "FILE-UNREADABLE", "", "a description of \(length) bytes")
    }
  }

  @Test func whatIsInsideMustBeAWorkbook() {
    Self.refused(Fixture.Agile().bytes(Array("%PDF-1.7".utf8)), "FILE-KIND", "PDF", "a PDF")
    Self.refused(
      Fixture.Agile().bytes(Fixture.Agile().bytes()), "FILE-ENCRYPTED", "", "one within another: opened once")
    Self.refused(
      Fixture.Agile().bytes(KindFixture.archive([("word/document.xml", "<x/>")])), "FILE-KIND", "Word", "Word"
    )
    let rights = CompoundFixture.file([("EncryptedPackage", [UInt8](repeating: 7, count: 5000))])
    Self.refused(rights, "FILE-ENCRYPTED", "rights management", "no description")
  }
}
