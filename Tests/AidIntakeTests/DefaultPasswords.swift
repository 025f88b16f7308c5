import AidModel
import Testing

@testable import AidIntake

/// Workbooks protected with the default password of spreadsheet programs, and the messages for those no
/// password opens.
@Suite struct DefaultPasswords {
  @Test func theProgramsOwnPasswordIsTriedWithoutAsking() {
    let bytes = EncryptedFixture.Agile(password: "VelvetSweatshop").bytes()
    for given in ["", "x", "VelvetSweatshop"] {
      #expect(EncryptedWorkbooks.raw(bytes, given) == EncryptedFixture.shown, "\(given)")
    }
    let other = EncryptedFixture.Agile(password: "velvetsweatshop").bytes()
    #expect(EncryptedWorkbooks.raw(other, "") == "FILE-ENCRYPTED: The file is protected by a password")
  }

  /// A password file is suggested only where it can help.
  @Test func thePasswordFileIsAdvisedWhereItHelps() {
    var damaged = EncryptedFixture.Agile().bytes()
    // An invalid sector size.
    damaged[30] = 3
    let unknown = EncryptedFixture.Agile(changeInfo: {
      $0.replacing("cipherAlgorithm=\"AES\"", with: "cipherAlgorithm=\"RC2\"")
    }).bytes()
    let rights = CompoundFixture.file([("EncryptedPackage", [UInt8](repeating: 7, count: 5000))])
    let binary = Self.binary([1, 0, 1, 0, 1, 0])
    for bytes in [damaged, unknown, rights, binary] {
      for given in ["", "秘密 1"] {
        let finding = Self.refusal(bytes, given)
        #expect(
          finding.map { !$0.kind.remedy.en.contains("--password-file") } == true,
          "\(String(describing: finding))")
      }
    }
    for given in ["", "x"] {
      let finding = Self.refusal(EncryptedFixture.Agile().bytes(), given)
      #expect(finding?.kind.remedy.en.contains("--password-file") == true)
    }
    let said = Self.refusal(damaged, "")?.message(.en) ?? ""
    #expect(said.contains("no password can be tried"), "\(said)")
  }

  @Test func encryptionOfBinaryWorkbooksIsNamed() {
    let methods: [(record: [UInt8], name: String)] = [
      ([1, 2, 3, 4], "(XOR;"), ([0, 0, 1, 2, 3, 4], "(XOR;"), ([1, 0, 1, 0, 1, 0], "(RC4;"),
      ([1, 0, 2, 0, 2, 0], "(RC4 CryptoAPI;"), ([1, 0, 4, 0, 2, 0], "(RC4 CryptoAPI;"), ([], "(XOR;"),
    ]
    for (record, name) in methods {
      for version in BiffFixture.bothVersions {
        let raw = TableFixture.raw(Self.binary(record, version))
        #expect(raw.hasPrefix("FILE-ENCRYPTED") && raw.contains(name), "\(record): \(raw)")
      }
    }
    // Everything after the record is encrypted, including the code page.
    let locked = BiffFixture(
      version: .biff5, codePage: 4711, globals: KindFixture.record(0x2F, [1, 2, 3, 4]))
    #expect(TableFixture.raw(locked.file).hasPrefix("FILE-ENCRYPTED"))
    #expect(IntakeFindings.fileLocked.remedy.en.contains("Save As, .xlsx"))
  }

  private static func binary(_ record: [UInt8], _ version: BiffVersion = .biff8) -> [UInt8] {
    BiffFixture(version: version, globals: KindFixture.record(0x2F, record)).file
  }

  private static func refusal(_ bytes: [UInt8], _ passwords: String) -> Finding? {
    TableFixture.withFile(bytes) { path in
      do throws(IntakeFailure) {
        _ = try InputFile(path: path, name: "x", limits: EncryptedWorkbooks.limits(passwords))
        return nil
      } catch {
        return error.finding
      }
    }
  }
}
