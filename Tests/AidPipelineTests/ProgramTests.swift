import Foundation
import Testing

/// The program as users meet it: the built executable, its exit status and its output.
@Suite struct ProgramTests {
  /// Beside the test bundle.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
    path: "aidledger")

  static func run(
    _ arguments: [String], program: URL = program, killedAfter seconds: Double? = nil
  ) throws -> (status: Int32, out: String, err: String) {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    if let seconds {
      Thread.sleep(forTimeInterval: seconds)
      kill(process.processIdentifier, SIGKILL)
    }
    let said = out.fileHandleForReading.readDataToEndOfFile()
    let aside = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: said, as: UTF8.self), String(decoding: aside, as: UTF8.self)
    )
  }

  /// Part of a result must not pass for the whole.
  @Test func aResultThatCannotBeWrittenIsAFailure() throws {
    let shell = URL(filePath: "/bin/sh")
    let program = Self.program.path(percentEncoded: false)
    let full = try Self.run(["-c", "'\(program)' findings > /dev/full"], program: shell)
    #expect(full.status == 2 && full.err.contains("写不出来"), "\(full)")
    // A reader that stops early is not a failure.
    #expect(try Self.run(["-c", "'\(program)' findings | head -1"], program: shell).status == 0)
  }

  @Test func exitStatusesAreTheContracts() throws {
    let scratch = try BadInput.scratch()
    let batch = scratch.path + "/b"
    let options = ["--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite"]
    #expect(try Self.run(["run", batch, "--dry-run"] + options).status == 0)
    #expect(!scratch.exists("out/ledgers") && !scratch.exists("s.sqlite"))
    #expect(try Self.run(["run", batch] + options).status == 0)
    let again = try Self.run(["run", batch] + options)
    #expect(again.status == 3 && again.out.isEmpty && again.err.contains("已经入账"))
    #expect(try Self.run(["verify", batch] + options).status == 0)
    #expect(try Self.run(["run", batch, "--frobnicate"]).status == 64)
    #expect(try Self.run(["nonsense"]).status == 64)
    let missing = try Self.run(["run", scratch.path + "/nowhere"])
    #expect(missing.status == 2 && missing.err.contains("→"))
    #expect(
      try Self.run(
        ["run", Project.sample, "--dry-run"] + ["--out", scratch.path + "/o2"] + [
          "--store", scratch.path + "/s2",
        ]
      ).status == 1)
    #expect(try Self.run(["--help"]).status == 0)
  }

  /// The release binary works away from the project: templates are built in.
  @Test func itWorksWhenMoved() throws {
    let scratch = try BadInput.scratch()
    let moved = URL(filePath: scratch.path).appending(path: "bin/somewhere")
    try FileManager.default.createDirectory(at: moved, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Self.program, to: moved.appending(path: "aidledger"))
    let result = try Self.run(
      ["run", scratch.path + "/b", "--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite"],
      program: moved.appending(path: "aidledger"))
    #expect(result.status == 0, "\(result.err)")
    #expect(scratch.exists("out/ledgers/t-1-finance-office.csv"))
  }

  /// `init` creates a folder whose policies pass the check, from built-in templates and from a folder's.
  @Test func aNewBatchIsSound() throws {
    let templates = Project.root.appending(path: "Templates").path(percentEncoded: false)
    for options in [[], ["--templates", templates]] {
      let scratch = try Scratch()
      let made = try Self.run(["init", scratch.path + "/new"] + options)
      #expect(made.status == 0 && made.err.isEmpty, "\(made.err)")
      for file in ["batch.yaml", "README.md", "policies/hardship-grant.yaml"] {
        #expect(scratch.exists("new/" + file), "\(file)")
      }
      let check = try Self.run(["policy", "check", scratch.path + "/new/policies/hardship-grant.yaml"])
      #expect(check.status == 0, "\(check.err)")
      // No one has applied yet: reported with the place and the remedy.
      let run = try Self.run(["run", scratch.path + "/new", "--dry-run"])
      #expect(run.status == 2 && run.err.contains("batch.yaml") && run.err.contains("→"), "\(run)")
      #expect(
        try Self.run(["init", scratch.path + "/new"]).status == 2,
        "a folder with something in it is left alone")
    }
  }

  /// Killed at any moment, the program leaves the earlier state or one that the next start completes.
  @Test func killedAtAnyMomentNothingIsHalf() throws {
    let whole = try BadInput.scratch()
    let options = { (s: Scratch) in ["--out", s.path + "/out", "--store", s.path + "/s.sqlite"] }
    #expect(try Self.run(["run", whole.path + "/b"] + options(whole)).status == 0)
    let wanted = whole.files()
    for step in 1...24 {
      let scratch = try BadInput.scratch()
      let run = ["run", scratch.path + "/b"] + options(scratch)
      _ = try Self.run(run, killedAfter: Double(step) * 0.004)
      // Whatever has the final name is complete.
      if scratch.exists("out") { #expect(scratch.files().map(\.path) == wanted.map(\.path), "step \(step)") }
      let next = try Self.run(run)
      #expect(next.status == 0 || next.status == 3, "step \(step): \(next.err)")
      let files = scratch.files()
      #expect(files.map(\.path) == wanted.map(\.path), "step \(step)")
      for (a, b) in zip(files, wanted) where a.bytes != b.bytes { Issue.record("step \(step): \(a.path)") }
    }
  }

  /// Whatever other run follows a kill, the same command gives the same results, and no one is paid twice.
  @Test(arguments: 0..<4)
  func whateverComesAfterAKillNothingIsLost(_ other: Int) throws {
    let whole = try BadInput.scratch()
    let options = { (s: Scratch) in ["--store", s.path + "/s.sqlite"] }
    #expect(try Self.run(["run", whole.path + "/b"] + options(whole)).status == 0)
    let wanted = whole.files(under: "b/out")
    for step in 1...8 {
      let scratch = try BadInput.scratch()
      let batch = scratch.path + "/b"
      let run = ["run", batch] + options(scratch)
      _ = try Self.run(run, killedAfter: Double(step) * 0.012)
      let between = [
        ["run", batch, "--out", scratch.path + "/else", "--store", scratch.path + "/s.sqlite"],
        ["run", batch, "--store", scratch.path + "/other.sqlite"],
        ["validate", batch] + options(scratch), ["run", batch, "--dry-run"] + options(scratch),
      ][other]
      _ = try Self.run(between, killedAfter: step % 2 == 0 ? 0.03 : nil)
      let next = try Self.run(run)
      #expect(next.status == 0 || next.status == 3, "step \(step): \(next.err)")
      // If posted to another place or store, it is there and nowhere else.
      let folder = other == 0 && scratch.exists("else") ? "else" : "b/out"
      let files = scratch.files(under: folder)
      #expect(files.map(\.path) == wanted.map(\.path), "step \(step): \(next.err)")
      for (a, b) in zip(files, wanted) where a.bytes != b.bytes { Issue.record("step \(step): \(a.path)") }
    }
  }

  /// What the README tells a newcomer to do after `make run`.
  @Test func theFirstRefusedAndTheFirstPaidAreExplained() throws {
    let scratch = try Scratch()
    let options = ["--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite"]
    _ = try Self.run(["run", Project.sample] + options)
    let lines = scratch.text("out/explanations.jsonl").split(separator: "\n")
    for outcome in ["refused", "paid"] {
      let line = try #require(lines.first { $0.contains("\"outcome\":\"\(outcome)\",\"amount\"") })
      let staffNo = try #require(line.firstMatch(of: /"staff_no":"([^"]+)"/)).1
      let told = try Self.run(["explain", Project.sample, "--staff-no", String(staffNo)] + options)
      #expect(told.status == 0 && told.out.contains("依据"), "\(told)")
    }
  }
}
