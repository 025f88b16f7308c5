import AidModel
import AidPipeline
import Foundation
import Testing

/// The sample December batch is realistic, and every planted fault is found at its cell.
@Suite struct SampleBatch {
  @Test func everyPlantedFaultIsFoundAtItsCell() throws {
    let scratch = try Scratch()
    let report = try BatchRun.run(scratch.request(Project.sample)).report
    let list = try String(
      contentsOf: Project.root.appending(path: "SampleData/faults-2023-12.csv"), encoding: .utf8)
    var missed: [String] = []
    let planted = list.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    for fault in planted {
      let (file, cell, code) = (fault[0], fault[1], fault[2])
      let isFound = report.findings.contains { finding in
        finding.kind.code == code && finding.place.file == file
          && (finding.place.cell == cell || "\(finding.place.row)" == cell)
      }
      if !isFound { missed.append(fault.joined(separator: " ")) }
    }
    #expect(missed.isEmpty)
    #expect(planted.count >= report.totals.applications / 13, "about one row in twelve")
  }

  @Test func itHoldsWhatOfficesSend() throws {
    let scratch = try Scratch()
    let report = try BatchRun.run(scratch.request(Project.sample)).report
    let lists = report.files.filter { file in report.programmes.contains { $0.programme == file.purpose } }
    #expect(lists.count >= 40 && report.totals.applications >= 600 && report.programmes.count == 3)
    #expect(report.book.units.count >= 24)
    #expect(report.facts.roster?.entries.count == 3000)
    #expect(Set(lists.map(\.kind)) == ["xlsx", "csv"])
    let reasons = Set(lists.flatMap(\.dropped).map(\.reason))
    #expect(reasons.isSuperset(of: [.title, .heading, .total, .signature]))
    #expect(Set(lists.compactMap(\.headerRow)).count >= 3)
    #expect(
      report.funds.count == 2 && report.funds.contains { $0.shortRule == "pro_rata" && $0.left == .zero })
    #expect(report.totals.isConserved && report.book.paid > .zero)
    // All people are invented.
    for claim in report.book.claims {
      let (id, account) = (claim.text(.idNumber), claim.text(.account))
      #expect(id.isEmpty || id.hasPrefix("4201") || id.utf8.count != 18, "\(claim.place)")
      #expect(account.isEmpty || account.hasPrefix("62000000") || account.utf8.count < 16, "\(claim.place)")
    }
  }

  /// Checking a printed explanation with a pocket calculator gives the amount paid.
  @Test func everyPrintedExplanationProvesItsAmount() throws {
    let scratch = try Scratch()
    let report = try BatchRun.run(scratch.request(Project.sample)).report
    let lines = try #require(scratch.files().first { $0.path == "explanations.jsonl" })
    var checked: [String: Int] = [:]
    var paid = Decimal.zero
    for line in String(decoding: lines.bytes, as: UTF8.self).split(separator: "\n") {
      let award = try PrintedAward(json: String(line))
      let last = try award.proven(&checked)
      if award.outcome == "paid" {
        #expect(last == award.amount, "\(award.record)")
        paid += award.amount
      }
    }
    #expect(paid == PrintedAward.exact(report.book.paid.plain))
    for key in [
      "base", "gate", "marginal", "rate", "cap.award", "cap.year", "cap.lifetime", "sum", "round", "pool",
    ] {
      #expect(checked[key, default: 0] > 20, "\(key): \(checked)")
    }
  }
}
