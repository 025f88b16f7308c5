import AidModel
import AidPipeline
import Foundation
import Testing

/// `--password-file`, from the command line to the output.
@Suite struct PasswordFiles {
  static let batch = Project.root.appending(path: "SampleData/cases/workbook-with-password").path(
    percentEncoded: false)
  static let secrets = ["旧密码", "机械学院 2023", "Roster!23"]

  /// A password file that only its owner can read.
  static func file(_ scratch: Scratch, _ text: String, mode: Int = 0o600) throws -> String {
    try scratch.write("passwords", text)
    let path = scratch.path + "/passwords"
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test func everyCommandThatReadsListsTakesIt() throws {
    let scratch = try Scratch()
    let passwords = try Self.file(scratch, Self.secrets.joined(separator: "\n"))
    let policy = Self.batch + "/policies/p.yaml"
    let options = [
      "--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite", "--password-file", passwords,
    ]
    var said = ""
    for (arguments, expected) in [
      (["validate", Self.batch], 0), (["simulate", Self.batch, "--policy", policy], 0),
      (["run", Self.batch], 0),
      (["explain", Self.batch, "--staff-no", "1001"], 0), (["verify", Self.batch], 0),
      (["diff", Self.batch, Self.batch], 0),
    ] as [([String], Int32)] {
      let result = try ProgramTests.run(arguments + options)
      #expect(result.status == expected && result.err.isEmpty, "\(arguments): \(result)")
      said += result.out + result.err
    }
    for arguments in [
      ["inspect", "--raw", Self.batch + "/roster.xlsx"], ["read-all", Self.batch + "/roster.xlsx"],
    ] {
      let result = try ProgramTests.run(arguments + ["--password-file", passwords])
      #expect(result.status == 0 && result.err.isEmpty, "\(arguments): \(result)")
      said += result.out
    }
    #expect(said.contains("1001,张三,机械学院") && said.contains("12,500.00"))
    // The unit's name is in the list; the passwords are nowhere.
    for secret in Self.secrets {
      #expect(!said.contains(secret), "said: \(secret)")
      for file in scratch.files(under: "") where file.path != "passwords" {
        #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(file.path) holds \(secret)")
      }
    }
  }

  @Test func withoutItTheOptionIsNamed() throws {
    let scratch = try Scratch()
    let options = ["--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite"]
    let result = try ProgramTests.run(["run", Self.batch] + options)
    #expect(result.status == 2 && (result.out + result.err).contains("FILE-ENCRYPTED"), "\(result)")
    #expect(scratch.text("out/reports/validation.json").contains("--password-file"))
    let wrong = try Self.file(scratch, "falsch\n")
    let tried = try ProgramTests.run(["inspect", Self.batch + "/roster.xlsx", "--password-file", wrong])
    #expect(tried.status == 2 && tried.err.contains("1 个密码都不对") && !tried.err.contains("falsch"), "\(tried)")
  }

  @Test func passwordFilesThatCannotBeUsed() throws {
    let scratch = try Scratch()
    let inspect = ["inspect", Self.batch + "/roster.xlsx", "--lang", "en", "--password-file"]
    for (bytes, says) in [
      (Array("\r\n\n".utf8), "holds no password"), ([0x61, 0xFF], "not UTF-8"),
      ([UInt8](repeating: 0x61, count: 1 << 17), "too long"),
    ] {
      try scratch.write("p", bytes)
      let result = try ProgramTests.run(inspect + [scratch.path + "/p"])
      #expect(result.status == 2 && result.err.contains(says) && result.err.contains("→"), "\(result)")
    }
    let missing = try ProgramTests.run(inspect + [scratch.path + "/none"])
    #expect(missing.status == 2 && missing.err.contains("cannot open the file"), "\(missing)")
    let endless = try ProgramTests.run(inspect + ["/dev/zero"])
    #expect(endless.status == 2 && endless.err.contains("FILE-KIND"), "\(endless)")
  }

  @Test func aFileOthersMayReadIsPointedOut() throws {
    let scratch = try Scratch()
    let passwords = try Self.file(scratch, Self.secrets.joined(separator: "\n"), mode: 0o644)
    let result = try ProgramTests.run(["inspect", Self.batch + "/roster.xlsx", "--password-file", passwords])
    #expect(result.status == 0 && result.err.contains("chmod 600"), "\(result)")
  }
}
