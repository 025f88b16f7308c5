import AidModel
import AidPipeline
import Foundation
import Testing

/// Checks of the results' destination before money is posted, and what is never replaced.
@Suite struct ResultPlaces {
  private func failure(_ request: RunRequest) -> PipelineFailure? {
    do throws(PipelineFailure) {
      _ = try BatchRun.run(request)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [RunRequest.Depth.post, .rehearse, .validate])
  func filesAndLinksAreNotReplaced(_ depth: RunRequest.Depth) throws {
    let scratch = try BadInput.scratch()
    try scratch.write("notes.txt", "precious")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link", withDestinationPath: "/nowhere/x")
    for out in ["/notes.txt", "/b/a.csv", "/link", "/b", "/b/batch.yaml"] {
      var request = scratch.request(scratch.path + "/b", depth)
      request.out = scratch.path + out
      #expect(failure(request) != nil, "\(out)")
    }
    #expect(scratch.text("notes.txt") == "precious" && scratch.text("b/a.csv") == BadInput.list)
    #expect(!scratch.exists("store.sqlite"))
  }

  @Test func aStoreInsideTheResultsIsRefused() throws {
    let scratch = try BadInput.scratch()
    for store in ["/out/s.sqlite", "/out", "/out/../out/x/s.sqlite"] {
      var request = scratch.request(scratch.path + "/b")
      request.store = scratch.path + store
      #expect(failure(request)?.text(.zh).contains("记录库在输出文件夹里") == true, "\(store)")
    }
    #expect(!scratch.exists("out"))
  }

  /// A link to a folder is followed: the results are in its target.
  @Test func aLinkToAFolderIsFollowed() throws {
    let scratch = try BadInput.scratch()
    try FileManager.default.createDirectory(atPath: scratch.path + "/disk", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: scratch.path + "/out", withDestinationPath: "disk")
    _ = try BatchRun.run(scratch.request(scratch.path + "/b"))
    #expect(scratch.exists("disk/ledgers/t-1-finance-office.csv"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path + "/out") == "disk")
  }

  /// A foreign file among earlier results is kept, and so is a folder named like those a run uses.
  @Test(arguments: ["out/reports/signed.pdf", "out/note.txt", "out.old/x.txt", "out.staged/mine.docx"])
  func somebodysFileAmongResultsStays(_ name: String) throws {
    let scratch = try BadInput.scratch()
    let rehearsal = scratch.request(scratch.path + "/b", .rehearse)
    _ = try BatchRun.run(rehearsal)
    try scratch.write(name, "mine")
    #expect(failure(rehearsal) != nil)
    #expect(failure(scratch.request(scratch.path + "/b")) != nil)
    #expect(scratch.text(name) == "mine" && !scratch.exists("store.sqlite"))
  }

  /// A lock file left by an office program while a report is open is no obstacle.
  @Test func lockFilesOfOfficeProgramsAreNoObstacle() throws {
    let scratch = try BadInput.scratch()
    _ = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
    try scratch.write("out/reports/.~lock.summary.html#", "x")
    #expect(failure(scratch.request(scratch.path + "/b")) == nil)
  }

  /// A posting that the store refuses leaves nothing that could be mistaken for a ledger.
  @Test func aRefusedPostingLeavesNoLedger() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b", .post)
    var other = request
    other.out = scratch.path + "/other"
    let first = other
    var racing = request
    // Another run posts the batch while this one is being calculated.
    racing.confirm = { _ in true }
    racing.progress = { _ in _ = try? BatchRun.run(first) }
    #expect(failure(racing) != nil)
    let left = scratch.files(under: "").map(\.path).filter { $0.contains("out") }
    #expect(!left.contains { $0.hasPrefix("out") && $0.contains("ledger") }, "\(left)")
    #expect(!scratch.exists("out.staged") && scratch.exists("other/ledgers"))
  }

  @Test(arguments: [
    ["run", "BATCH", "--store", ""], ["run", "BATCH", "--out", ""], ["verify", "BATCH", "--store="],
    ["history", "list", "--store", ""], ["simulate", "BATCH", "--policy", "x", "--html", ""],
    ["template", "hardship-grant", "-o", ""],
  ])
  func anEmptyPathIsAUsageError(_ arguments: [String]) throws {
    let scratch = try BadInput.scratch()
    let real = arguments.map { $0 == "BATCH" ? scratch.path + "/b" : $0 }
    #expect(try ProgramTests.run(real).status == 64)
    #expect(scratch.files(under: "").count == 3)
  }

  /// A file named by the user is never replaced without asking: it may be a list of applications.
  @Test func aPageReplacesNothingUnasked() throws {
    let scratch = try BadInput.scratch()
    let simulate = ["simulate", scratch.path + "/b", "--policy", scratch.path + "/b/p.yaml", "--html"]
    for path in ["/b/a.csv", "/b"] {
      let told = try ProgramTests.run(simulate + [scratch.path + path])
      #expect(told.status == 2 && told.err.contains("不敢覆盖"), "\(told)")
    }
    #expect(scratch.text("b/a.csv") == BadInput.list)
    #expect(try ProgramTests.run(simulate + [scratch.path + "/page.html"]).status == 0)
    #expect(try ProgramTests.run(simulate + [scratch.path + "/page.html"]).status == 2)
    #expect(try ProgramTests.run(simulate + [scratch.path + "/page.html", "--force"]).status == 0)
    #expect(scratch.files(under: "").count == 4)
  }

  /// A posting is valid whether or not its summary can be printed.
  @Test(arguments: [">/dev/full", ">&-", "| true"])
  func aSummaryThatCannotBeShownIsNoRefusal(_ redirection: String) throws {
    let scratch = try BadInput.scratch()
    let program = ProgramTests.program.path(percentEncoded: false)
    let command =
      "set -o pipefail; '\(program)' run '\(scratch.path)/b' --out '\(scratch.path)/out' --store "
      + "'\(scratch.path)/s.sqlite' "
      + redirection
    let told = try ProgramTests.run(["-c", command], program: URL(filePath: "/bin/bash"))
    #expect(told.status == 0 && scratch.exists("out/ledgers/t-1-finance-office.csv"), "\(told)")
    if redirection != "| true" { #expect(told.err.contains("已经入账")) }
  }
}
