import AidModel
import AidStore

/// `verify`: recomputes a posted batch from its inputs and compares every file it wrote, byte by byte.
public enum Verification {
  public struct Outcome: Sendable {
    public let isSound: Bool
    public let text: String
    public let json: String
  }

  public static func verify(_ request: RunRequest) throws(PipelineFailure) -> Outcome {
    guard let manifest = try Manifest.read(in: request.out) else {
      throw PipelineFailure(
        request.out, Bilingual("这里没有已入账的结果", "there is no posted result here"),
        remedy: Bilingual(
          "请用 --out 指明它的文件夹。入过账而文件夹不见了，可以从记录库重写：aidledger history restore 批次号 --store FILE --out DIR。",
          "Name its folder with --out. Where it was posted and the folder is lost, the store writes it again: "
            + "`aidledger history restore BATCH --store FILE --out DIR`."))
    }
    // Recompute in the language of the posting, whatever language is requested now.
    var posted = request
    posted.language = manifest.language
    posted.passedOver = manifest.passedOver
    do {
      let store = try Store.openIfPresent(request.store)
      let damage = damage(of: store)
      var calculation = try Recalculation.run(posted, store)
      var differences = manifest.changes(calculation) + damage
      calculation.goOn(to: .post)
      // If the run stops, all files differ as well; that adds nothing.
      let stops = calculation.report.stops.map {
        Bilingual("重算时整批停止：\($0.text)", "computed again, the run stops: \($0.text)")
      }
      if !stops.isEmpty { return outcome(differences + stops, calculation, files: 0, request.language) }
      let draft = try PostingDraft(in: Disk.temporary, keepsFiles: false)
      let fresh = OutputFolder(comparedWith: request.out, draft: draft)
      try Outputs(calculation: calculation, language: posted.language, threads: request.threads).write(
        to: fresh)
      // If an input changed, the manifest differs too; that adds nothing.
      differences += fresh.files.filter { differences.isEmpty || $0.path != Manifest.name }.compactMap(
        \.difference)
      differences += strangers(in: request.out, fresh)
      let hash = fresh.files.first { $0.path == Manifest.name }?.sha256 ?? ""
      differences += try storeDifferences(store, calculation, manifest: hash, draft)
      return outcome(differences, calculation, files: fresh.files.count, request.language)
    } catch let error as StoreFailure {
      throw PipelineFailure(error)
    } catch let error as PipelineFailure {
      throw error
    } catch {
      throw PipelineFailure(
        request.folder, Bilingual("出错：\(error)", "failed: \(error)"),
        remedy: Bilingual("什么也没有改变。", "Nothing was changed."))
    }
  }

  /// Damage to the store: checks every page, every entry, every stored file.
  private static func damage(of store: Store?) -> [Bilingual] {
    do throws(StoreFailure) {
      try store?.check(wholly: true)
      return []
    } catch {
      return [error.what]
    }
  }

  private static func strangers(in out: String, _ fresh: OutputFolder) -> [Bilingual] {
    let expected = Set(fresh.files.map { ExactText($0.path) })
    return Disk.files(below: out + "/ledgers").map { "ledgers/" + $0 }
      .filter { !expected.contains(ExactText($0)) }
      .map { Bilingual("多出的文件：\($0)", "a file that does not belong there: \($0)") }
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
    _ store: Store?, _ calculation: Calculation, manifest: String, _ draft: PostingDraft
  ) throws -> [Bilingual] {
    let batch = calculation.plan.file.batch
    guard let store, let posted = try store.posted(batch: batch) else {
      return [Bilingual("记录库中没有批次 \(batch)", "the store does not have batch \(batch)")]
    }
    var differences: [Bilingual] = []
    if posted.manifestSHA256 != manifest {
      differences.append(Bilingual("记录库中的清单哈希不同", "the store remembers another manifest"))
    }
    let report = calculation.report
    let count = report.book.entries.count { $0.outcome == .paid }
    if posted.paidCount != count || posted.paidTotal != report.book.paid {
      differences.append(
        Bilingual(
          "记录库记 \(posted.paidCount) 笔、合计 \(posted.paidTotal.grouped) 元，重算为 \(count) 笔、"
            + "合计 \(report.book.paid.grouped) 元",
          "the store remembers \(posted.paidCount) payments, \(posted.paidTotal.grouped); computed again: "
            + "\(count), \(report.book.paid.grouped)"))
    }
    differences += try store.differences(
      posted, programmes: report.programmes, units: report.book.units, draft)
    for file in try store.files(of: posted) {
      var (hash, size) = (SHA256(), 0)
      try store.read(file) { bytes in
        hash.update(bytes)
        size += bytes.count
      }
      if size != file.size || SHA256.hex(hash.finish()) != file.sha256 {
        differences.append(
          Bilingual("记录库里存的 \(file.path) 与入账时不同", "the store's \(file.path) is not what was posted"))
      }
    }
    return differences
  }
}
