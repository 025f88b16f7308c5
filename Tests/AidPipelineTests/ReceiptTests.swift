import AidModel
import Foundation
import Testing

@testable import AidPipeline

/// No received file goes unnoticed: each is read by one entry, ignored for a reason, or stops the run.
@Suite struct ReceiptTests {
  /// A batch with lists under `applications/`, each with one person and 1,000 yuan, paid 250.00.
  private static func scratch(_ files: [String], lists: [String], ignore: String = "") throws -> Scratch {
    let entry = "files: [\(files.map { "\"\($0)\"" }.joined(separator: ", "))]"
    let scratch = try BadInput.scratch([("batch.yaml", "files: [a.csv]", entry)])
    try FileManager.default.removeItem(atPath: scratch.path + "/b/a.csv")
    for (number, name) in lists.enumerated() { try scratch.write("b/" + name, list(number)) }
    if !ignore.isEmpty {
      try scratch.write("b/batch.yaml", scratch.text("b/batch.yaml") + "\nignore: [\(ignore)]\n")
    }
    return scratch
  }

  private static func list(_ number: Int) -> String { "工号,姓名,自付金额\n\(2001 + number),张\(number),1000\n" }

  private static func run(_ scratch: Scratch) throws(PipelineFailure) -> RunResult {
    try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
  }

  private static func findings(_ result: RunResult, _ code: String) -> [Finding] {
    result.report.findings.filter { $0.kind.code == code }
  }

  @Test func aFolderStandsForEveryFileInItWhateverItsName() throws {
    let lists = [
      "applications/a.csv", "applications/图书馆.CSV", "applications/b.txt", "applications/c.xlsx",
      "applications/sub/d", "applications/sub/deeper/E.Et",
    ]
    for files in [
      ["applications/"], ["applications"], ["Applications/**"], ["applications/*"], ["applications/**/*"],
    ] {
      let result = try Self.run(try Self.scratch(files, lists: lists))
      #expect(result.exitStatus == 0 && result.report.totals.paid == lists.count, "\(files)")
      #expect(result.report.received.map(\.path) == lists.sorted { $0.precedes($1) }, "sorted")
      #expect(result.report.received.allSatisfy { $0.fate == .read && $0.entry == files[0] })
    }
  }

  @Test func patternsMatchInEitherCaseAndStarsStandForNoFolderToo() throws {
    for (pattern, path, isMatch) in [
      ("applications/*.xlsx", "applications/图书馆.XLSX", true),
      ("APPLICATIONS/A?.csv", "applications/ab.CSV", true),
      ("a/**/*.csv", "a/x.csv", true), ("a/**/*.csv", "a/b/c/x.csv", true), ("a/**", "a/b/c", true),
      ("**/x.csv", "x.csv", true), ("**/x.csv", "a/b/x.csv", true), ("a/*.csv", "a/b/x.csv", false),
      ("a", "a/b/x.csv", true), ("a/", "a", false), ("a/b/", "a/b/x", true), ("./a//x.csv", "a/x.csv", true),
      ("a/*", "a/b/x.csv", true), ("a", "ab/x.csv", false), ("a/**/c/*", "a/c/x", true),
      ("É.csv", "é.CSV", true),
    ] {
      #expect(FilePattern(pattern)?.matches(FilePattern.names(of: path)) == isMatch, "\(pattern) \(path)")
    }
    for pattern in ["../a", "/etc/hosts", "a\\b", "", ".", "a/../../b"] {
      #expect(FilePattern(pattern) == nil, "\(pattern)")
    }
  }

  @Test func whatNoEntryReadsStopsTheRunByName() throws {
    let others = [
      "applications/图书馆.XLS", "applications/b.csv", "applications/补报/c.xlsx", "applications/d.et",
    ]
    let scratch = try Self.scratch(["applications/*.xlsx"], lists: ["applications/a.xlsx"] + others)
    try scratch.write("b/applications/e.docx", [0x50, 0x4B, 3, 4, 0])
    try scratch.write("b/applications/f.PDF", "%PDF-1.7")
    let result = try Self.run(scratch)
    #expect(result.exitStatus == 2 && result.report.book.paid == .zero)
    let unmatched = Self.findings(result, "FILE-UNMATCHED")
    let wanted = Set(others + ["applications/e.docx", "applications/f.PDF"])
    #expect(Set(unmatched.map(\.place.file)) == wanted && unmatched.allSatisfy { $0.kind.severity == .stop })
    #expect(
      unmatched.contains { $0.message(.en).contains("a text document") && $0.place.file.hasSuffix("docx") })
    #expect(unmatched.contains { $0.message(.zh).contains("PDF") })
    let json = scratch.text("out/reports/validation.json")
    #expect(
      json.contains("\"status\": \"unmatched\"") && scratch.text("out/manifest.json").contains("补报/c.xlsx"))
  }

  @Test func anEntryBelowTheFolderReachesIntoAllOfIt() throws {
    let scratch = try Self.scratch(
      ["applications/大病/*.csv"],
      lists: ["applications/大病/a.csv", "applications/困难/b.csv", "applications/c.csv"])
    let result = try Self.run(scratch)
    #expect(
      Self.findings(result, "FILE-UNMATCHED").map(\.place.file) == [
        "applications/c.csv", "applications/困难/b.csv",
      ])
  }

  @Test func ignoredFilesAreShownWithTheirReason() throws {
    let scratch = try Self.scratch(
      ["applications/"], lists: ["applications/a.csv", "applications/旧/b.csv", "applications/C.DOCX"],
      ignore: "{file: applications/旧/, reason: 去年的}, {file: 'applications/*.docx', reason: 通知}")
    let result = try Self.run(scratch)
    #expect(result.exitStatus == 0 && result.report.totals.paid == 1)
    let ignored = result.report.received.filter { $0.fate == .ignored }
    #expect(ignored.map(\.reason) == ["通知", "去年的"])
    #expect(scratch.text("out/reports/validation.html").contains("去年的"))
    #expect(scratch.text("out/manifest.json").contains("\"reason\": \"通知\""))
  }

  @Test func anIgnoreIsHeldAgainstWhatIsThere() throws {
    let unused = try Self.scratch(
      ["applications/"], lists: ["applications/a.csv"], ignore: "{file: applications/b.csv, reason: 旧}")
    #expect(Self.findings(try Self.run(unused), "IGNORE-UNUSED").map(\.arguments) == [["applications/b.csv"]])
    for (ignore, says) in [
      ("{file: applications/a.csv}", "lacks 'reason'"), ("{file: applications/a.csv, reason: ''}", "reason"),
      ("{file: ../a.csv, reason: x}", "leaves the batch folder"), ("applications/a.csv", "ignore"),
    ] {
      let scratch = try Self.scratch(["applications/"], lists: ["applications/a.csv"], ignore: ignore)
      #expect(BadInput.failure(scratch)?.text(.en).contains(says) == true, "\(ignore)")
    }
    let both = try Self.scratch(
      ["applications/a.csv"], lists: ["applications/a.csv"], ignore: "{file: applications/a.csv, reason: x}")
    #expect(BadInput.failure(both)?.text(.en).contains("by applications and by ignore") == true)
  }

  @Test func aFileOfTwoEntriesStopsTheRun() throws {
    let scratch = try Self.scratch(["applications/"], lists: ["applications/a.csv", "applications/b.csv"])
    let entry = "applications:\n  - {programme: aid, files: [applications/B.csv]}"
    try scratch.write("b/batch.yaml", scratch.text("b/batch.yaml").replacing("applications:", with: entry))
    let result = try Self.run(scratch)
    #expect(result.exitStatus == 2)
    #expect(Self.findings(result, "FILE-TWICE").map(\.place.file) == ["applications/b.csv"])
    #expect(Self.findings(result, "FILE-TWICE").allSatisfy { $0.kind.severity == .stop })
  }

  @Test func whatProgramsLeaveBehindIsPassedOverAndSaid() throws {
    let scratch = try Self.scratch(["applications/"], lists: ["applications/a.csv"])
    for name in ["Thumbs.db", "desktop.ini", "THUMBS.DB", ".DS_Store", "~$a.xlsx", "sub/.~lock.a.ods#"] {
      try scratch.write("b/applications/" + name, "x")
    }
    let result = try Self.run(scratch)
    #expect(result.exitStatus == 0 && result.report.totals.paid == 1)
    #expect(result.report.received.count { $0.fate == .passedOver } == 6)
    let said = Self.findings(result, "FILE-PASSED-OVER")
    #expect(said.count == 1 && said[0].kind.severity == .note && said[0].message(.zh).contains("Thumbs.db"))
    #expect(scratch.text("out/reports/validation.json").contains("applications/sub/.~lock.a.ods#"))
  }

  /// Opening a list of a posted batch leaves a lock file; the batch is still verified.
  @Test func aLockFileDoesNotUnsettleAPostedBatch() throws {
    let scratch = try Self.scratch(["applications/"], lists: ["applications/a.csv"])
    let request = scratch.request(scratch.path + "/b")
    #expect(try BatchRun.run(request).exitStatus == 0)
    try scratch.write("b/applications/~$a.csv", "x")
    let verified = try Verification.verify(request)
    #expect(verified.isSound, "\(verified.text)")
  }

  @Test func namesThatLookAlikeArePointedOutAndReadOnceEach() throws {
    let scratch = try Self.scratch(
      ["applications/*.csv"],
      lists: [
        "applications/a.csv", "applications/A.CSV", "applications/\u{E9}.csv", "applications/e\u{301}.csv",
      ])
    let result = try Self.run(scratch)
    #expect(result.exitStatus == 0 && result.report.totals.paid == 4)
    let alike = Self.findings(result, "FILE-ALIKE")
    #expect(alike.count == 2 && alike.allSatisfy { $0.kind.severity == .note }, "\(alike)")
    #expect(alike.contains { $0.message(.en).contains("\\u{301}") })
  }

  @Test func linksThatLeaveOrGoRoundAreRefused() throws {
    for (target, says) in [("../..", "leaves the batch folder"), (".", "leads back")] {
      let scratch = try Self.scratch(["applications/*.csv"], lists: ["applications/a.csv"])
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path + "/b/applications/x", withDestinationPath: target)
      #expect(BadInput.failure(scratch)?.text(.en).contains(says) == true, "\(target)")
    }
  }

  /// An unread list of earlier payments could mean paying twice.
  @Test func listsBesideTheApplicationsAreNotForgotten() throws {
    let scratch = try Self.scratch(["applications/"], lists: ["applications/a.csv"])
    let old = "programme,staff_no,amount,paid_on\naid,2001,1.00,2022-12-01\n"
    for name in ["history/2022.csv", "roster/a.csv"] { try scratch.write("b/" + name, old) }
    try scratch.write("b/history/旧/2021.CSV", old.replacing("2022", with: "2021"))
    let noted = try Self.run(scratch)
    #expect(Self.findings(noted, "FILE-UNMATCHED").map(\.kind.severity) == [.note, .note, .note])
    #expect(noted.exitStatus == 0)
    let batch = scratch.text("b/batch.yaml")
    try scratch.write("b/batch.yaml", batch + "\nhistory: [history/*.csv]\n")
    let stopped = try Self.run(scratch)
    #expect(stopped.exitStatus == 2)
    #expect(
      Self.findings(stopped, "FILE-UNMATCHED").filter { $0.kind.severity == .stop }.map(\.place.file)
        == ["history/旧/2021.CSV"])
    try scratch.write("b/batch.yaml", batch + "\nhistory: [history/]\nroster: [roster/]\n")
    let read = try Self.run(scratch)
    #expect(read.report.files.count { $0.purpose == "history" } == 2)
    #expect(Self.findings(read, "FILE-UNMATCHED").isEmpty)
  }

  @Test func aListInTheBatchFolderItselfIsSeenToo() throws {
    let scratch = try Self.scratch(["a.csv"], lists: ["a.csv", "b.XLS"])
    try scratch.write("b/notes.txt", "x")
    let result = try Self.run(scratch)
    #expect(Self.findings(result, "FILE-UNMATCHED").map(\.place.file) == ["b.XLS"])
  }
}
