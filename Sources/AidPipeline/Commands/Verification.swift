import AidModel
import AidStore

/// `verify`: computes a posted batch again from its inputs and compares every file it wrote, byte by byte.
public enum Verification {
  public struct Outcome: Sendable {
    public let isSound: Bool
    public let text: String
    public let json: String
  }

  public static func verify(_ request: RunRequest) throws(PipelineFailure) -> Outcome {
    let manifestPath = request.out + "/manifest.json"
    guard Disk.exists(manifestPath) else {
      throw PipelineFailure(
        request.out, Bilingual("这里没有已入账的结果", "there is no posted result here"),
        remedy: Bilingual(
          "先 aidledger run，或用 --out 指明文件夹。", "Run the batch first, or name its folder with --out."))
    }
    // Reports are in the language the batch was posted in, whatever this one is asked for in.
    var posted = request
    let manifest = try Disk.text(manifestPath, shown: manifestPath)
    posted.language = manifest.contains("\"language\": \"en\"") ? .en : .zh
    var calculation = try Recalculation.run(posted)
    calculation.goOn(to: .post)
    // Of a run that stops everything else differs too, which says nothing.
    let stops = calculation.report.stops.map {
      Bilingual("重算时整批停止：\($0.text)", "computed again, the run stops: \($0.text)")
    }
    if !stops.isEmpty { return outcome(stops, calculation, files: 0, request.language) }
    let fresh = OutputFolder(comparedWith: request.out)
    try Outputs(calculation: calculation, language: posted.language, threads: request.threads).write(
      to: fresh)
    var differences = fresh.files.compactMap(\.difference)
    let expected = Set(fresh.files.map { ExactText($0.path) })
    differences += Disk.files(below: request.out + "/ledgers").map { "ledgers/" + $0 }
      .filter { !expected.contains(ExactText($0)) }
      .map { Bilingual("多出的文件：\($0)", "a file that does not belong there: \($0)") }
    let hash = fresh.files.first { $0.path == "manifest.json" }?.sha256 ?? ""
    differences += try storeDifferences(request, calculation, manifest: hash)
    return outcome(differences, calculation, files: fresh.files.count, request.language)
  }

  private static func outcome(
    _ differences: [Bilingual], _ calculation: Calculation, files: Int, _ language: Language
  ) -> Outcome {
    let paid = calculation.report.book.paid
    let lines = differences.map { $0.text(language) }
    let sound = Bilingual(
      "核对无误：\(files) 个文件逐字节一致，发放合计 \(paid.grouped) 元。",
      "Verified: \(files) files equal byte by byte, \(paid.grouped) paid.")
    let json = JSONText.object([
      ("batch", .string(calculation.plan.file.batch)), ("sound", .bool(differences.isEmpty)),
      ("files", .integer(files)), ("paid", .string(paid.plain)),
      ("differences", .array(lines.map { .string($0) })),
    ])
    return Outcome(
      isSound: differences.isEmpty,
      text: lines.isEmpty ? sound.text(language) : lines.joined(separator: "\n"),
      json: json.text(indented: true))
  }

  private static func storeDifferences(
    _ request: RunRequest, _ calculation: Calculation, manifest: String
  ) throws(PipelineFailure) -> [Bilingual] {
    let batch = calculation.plan.file.batch
    do {
      guard let posted = try Store.openIfPresent(request.store)?.posted(batch: batch) else {
        return [Bilingual("记录库中没有批次 \(batch)", "the store does not have batch \(batch)")]
      }
      var differences: [Bilingual] = []
      if posted.manifestSHA256 != manifest {
        differences.append(Bilingual("记录库中的清单哈希不同", "the store remembers another manifest"))
      }
      let book = calculation.report.book
      let count = book.entries.count { $0.outcome == .paid }
      if posted.paidCount != count || posted.paidTotal != book.paid {
        differences.append(
          Bilingual(
            "记录库记 \(posted.paidCount) 笔、合计 \(posted.paidTotal.grouped) 元，重算为 \(count) 笔、"
              + "合计 \(book.paid.grouped) 元",
            "the store remembers \(posted.paidCount) payments, \(posted.paidTotal.grouped); computed again: "
              + "\(count), \(book.paid.grouped)"))
      }
      return differences
    } catch {
      throw PipelineFailure(error)
    }
  }
}
