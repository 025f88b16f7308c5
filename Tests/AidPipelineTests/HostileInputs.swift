import AidModel
import AidPipeline
import Foundation
import Testing

/// Malicious files other than lists, meant to keep the program busy: each is rejected at once, by name.
@Suite(.serialized) struct HostileInputs {
  /// Nested tenfold: a few hundred bytes that expand to 10¹¹ values.
  static let laughs =
    "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    + (1...11).map {
      "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ",") + "]\n"
    }
    .joined()

  static func problems(_ scratch: Scratch) -> String {
    BadInput.failure(scratch)?.text(.en) ?? ""
  }

  @Test func sharedValuesInYAMLAreRefusedWhereTheyBegin() throws {
    let files = [
      ("batch.yaml", BadInput.batch + "\n"), ("p.yaml", BadInput.policy + "\n"), ("columns.yaml", ""),
    ]
    for (name, sound) in files {
      for more in [
        Self.laughs + "? *a11\n: 1\n", Self.laughs + "examples: *a5\n", "examples: &x [1]\n", "*a: 1\n",
      ] {
        let scratch = try BadInput.scratch()
        try scratch.write("b/" + name, sound + more)
        let line = sound.split(separator: "\n").count + 1
        let said = Self.problems(scratch)
        #expect(said.contains("\(name):\(line):"), "\(name) \(more.prefix(20)): \(said)")
      }
    }
    let scratch = try BadInput.scratch([("batch.yaml", "pay_date", "ledgers: [l.yaml]\npay_date")])
    try scratch.write("b/l.yaml", Self.laughs + "? *a11\n: 1\n")
    #expect(Self.problems(scratch).contains("l.yaml:1:5"), "\(Self.problems(scratch))")
  }

  @Test func textsThatBeginWithSuchSignsMayBeQuoted() throws {
    let scratch = try BadInput.scratch([("batch.yaml", "title: 测试", "title: '& 测试 * 1'")])
    #expect(Self.problems(scratch).isEmpty)
    let plain = try BadInput.scratch([("batch.yaml", "title: 测试", "title: R&D *2")])
    #expect(Self.problems(plain).isEmpty)
  }

  @Test func aYAMLFileHasALargestSize() throws {
    for (more, says) in [
      ("# " + String(repeating: "x", count: 1 << 20), "FILE-LIMIT"),
      ("x: [" + String(repeating: "1,", count: 200_000) + "]", "FILE-LIMIT"),
      ("x: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900), "unknown key"),
      ("x: " + String(repeating: "[", count: 100_000), "batch.yaml:"),
    ] {
      let scratch = try BadInput.scratch()
      try scratch.write("b/batch.yaml", BadInput.batch + "\n" + more + "\n")
      #expect(Self.problems(scratch).contains(says), "\(more.prefix(10))")
    }
  }

  @Test func pipesAndFoldersInPlaceOfFilesAreRefused() throws {
    for name in ["batch.yaml", "p.yaml", "columns.yaml", "a.csv", "l.yaml", "r.csv"] {
      for isPipe in [true, false] {
        let keys = "ledgers: [l.yaml]\nroster: [r.csv]\npay_date"
        let isNamed = name == "l.yaml" || name == "r.csv"
        let scratch = try BadInput.scratch(isNamed ? [("batch.yaml", "pay_date", keys)] : [])
        try scratch.write("b/r.csv", "工号,姓名\n1001,张三\n")
        let path = scratch.path + "/b/" + name
        try? FileManager.default.removeItem(atPath: path)
        if isPipe { mkfifo(path, 0o600) } else { mkdir(path, 0o700) }
        if name == "p.yaml", !isPipe { continue }
        if name == "r.csv" {
          try? FileManager.default.copyItem(
            atPath: Project.root.appending(path: "Templates/ledgers/finance-office.yaml").path(),
            toPath: scratch.path + "/b/l.yaml")
        }
        let said = Self.problems(scratch) + scratch.text("out/reports/validation.json")
        // A folder stands for the files in it; here there are none.
        let isList = !isPipe && name.hasSuffix(".csv")
        #expect(
          said.contains(isList ? "no file matches \(name)" : "FILE-KIND"), "\(name) \(isPipe): \(said)")
      }
    }
  }

  @Test func aPasswordComesThroughAPipeOnlyIfSomebodyWritesIt() throws {
    let scratch = try Scratch()
    mkfifo(scratch.path + "/p", 0o600)
    let inspect = ["inspect", PasswordFiles.batch + "/roster.xlsx", "--lang", "en", "--password-file"]
    let nobody = try ProgramTests.run(inspect + [scratch.path + "/p"])
    #expect(nobody.status == 2 && nobody.err.contains("holds no password"), "\(nobody)")
  }

  @Test func verifyDoesNotWaitForAPipeAndLeavesLinkLoops() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    let ledgers = scratch.path + "/out/ledgers"
    let ledger = ledgers + "/t-1-finance-office.csv"
    try FileManager.default.removeItem(atPath: ledger)
    mkfifo(ledger, 0o600)
    symlink(ledgers, ledgers + "/loop")
    symlink("..", ledgers + "/up")
    let outcome = try Verification.verify(request)
    #expect(!outcome.isSound && outcome.text.contains("ledgers/t-1-finance-office.csv"), "\(outcome.text)")
  }

  @Test func templatesWithALinkLoopAreRead() throws {
    let scratch = try BadInput.scratch([("batch.yaml", "pay_date", "ledgers: [nobank]\npay_date")])
    try scratch.write("t/ledgers/mine.yaml", "ledger: mine\n")
    symlink("..", scratch.path + "/t/ledgers/loop")
    var request = scratch.request(scratch.path + "/b")
    request.templates = scratch.path + "/t"
    do throws(PipelineFailure) {
      _ = try BatchRun.run(request)
    } catch {
      #expect(error.text(.en).contains("nobank"), "\(error)")
    }
  }

  static func policy(base: String) throws -> Scratch {
    try BadInput.scratch([("p.yaml", "base: sum(self_pay)", "base: \"\(base)\"")])
  }

  @Test func expressionsAreNestedOnlySoDeep() throws {
    func around(_ open: String, _ close: String, _ times: Int) -> String {
      String(repeating: open, count: times) + "sum(self_pay)" + String(repeating: close, count: times)
    }
    let choice = "if count() > 1 then 1 else "
    for (base, says) in [
      (around("(", ")", 5000), "64 levels"), (around(choice, "", 10_000), "20000 characters"),
      (around(choice, "", 500), "64 levels"), (around("-", "", 5000), "64 levels"),
      (around("min(1, ", ")", 1000), "64 levels"),
      ("if " + String(repeating: "not ", count: 2000) + "true then 1 else 2", "64 levels"),
      ("sum(self_pay)" + String(repeating: "+1", count: 5000), "200 operators"),
    ] {
      let said = Self.problems(try Self.policy(base: base))
      #expect(said.contains(says) && said.contains("p.yaml:8:"), "\(base.prefix(20)): \(said)")
    }
    for base in [
      around("(", ")", 60), around(choice, "", 60), "sum(self_pay)" + String(repeating: "+0", count: 200),
    ] {
      let scratch = try Self.policy(base: base)
      #expect(Self.problems(scratch).isEmpty)
      #expect(scratch.text("out/ledgers/t-1-finance-office.csv").contains(",250.00,"), "\(base.prefix(20))")
    }
  }

  @Test func noAwardIsLargerThanAnAmountMayBe() throws {
    for (factor, status) in [("1000", 0), ("10000000", 1), ("200000000000", 1), ("20000000000000000", 1)] {
      let scratch = try BadInput.scratch([
        ("p.yaml", "base: sum(self_pay)", "base: sum(self_pay) * \(factor)")
      ])
      let outcome = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
      #expect(outcome.exitStatus == Int32(status), "\(factor)")
      #expect(
        scratch.text("out/reports/validation.json").contains("NOT-COMPUTABLE") == (status == 1), "\(factor)")
    }
  }
}
