import AidModel
import AidStore

/// `verify`: computes a posted batch again from its inputs and compares every file it wrote, byte by byte.
public enum Verification {
  public struct Outcome: Sendable {
    public let isSound: Bool
    public let text: String
  }

  public static func verify(_ request: RunRequest) throws(PipelineFailure) -> Outcome {
    var calculation = try Recalculation.run(request)
    calculation.goOn(to: .post)
    let fresh = try OutputFolder(staging: nil, isDurable: false)
    try Outputs(calculation: calculation, language: request.language, threads: request.threads).write(
      to: fresh)

    guard Disk.exists(request.out + "/manifest.json") else {
      throw PipelineFailure(
        request.out, Bilingual("这里没有已入账的结果", "there is no posted result here"),
        remedy: Bilingual(
          "先 aidledger run，或用 --out 指明文件夹。", "Run the batch first, or name its folder with --out."))
    }
    var differences: [String] = []
    for file in fresh.files {
      let path = request.out + "/" + file.path
      guard Disk.exists(path) else {
        differences.append(Bilingual("缺少 \(file.path)", "missing: \(file.path)").text(request.language))
        continue
      }
      let hash = SHA256.hex(SHA256.hash(try Disk.read(path, shown: file.path)))
      if hash != file.sha256 {
        differences.append(
          Bilingual("与重算结果不同：\(file.path)", "differs from what was computed again: \(file.path)")
            .text(request.language))
      }
    }
    let manifest = fresh.files.first { $0.path == "manifest.json" }?.sha256 ?? ""
    differences += try storeDifferences(request, calculation, manifest: manifest)
    let text: String
    if differences.isEmpty {
      let paid = calculation.report.book.paid
      text = Bilingual(
        "核对无误：\(fresh.files.count) 个文件逐字节一致，发放合计 \(paid.grouped) 元。",
        "Verified: \(fresh.files.count) files equal byte by byte, \(paid.grouped) paid."
      ).text(request.language)
    } else {
      text = differences.joined(separator: "\n")
    }
    return Outcome(isSound: differences.isEmpty, text: text)
  }

  private static func storeDifferences(
    _ request: RunRequest, _ calculation: Calculation, manifest: String
  ) throws(PipelineFailure) -> [String] {
    let batch = calculation.plan.file.batch
    do {
      guard let posted = try Store.openIfPresent(request.store)?.posted(batch: batch) else {
        return [
          Bilingual("记录库中没有批次 \(batch)", "the store does not have batch \(batch)").text(request.language)
        ]
      }
      if posted.manifestSHA256 != manifest {
        return [
          Bilingual("记录库中的清单哈希不同", "the store remembers another manifest").text(request.language)
        ]
      }
      return []
    } catch {
      throw PipelineFailure(error)
    }
  }
}
