import AidModel
import AidReview
import AidStore

/// `explain`: computes the batch again without writing anything and tells how one person's awards came about.
public enum Explaining {
  public struct Found: Sendable {
    public let text: String
    public let json: String
  }

  public static func find(
    _ request: RunRequest, staffNo: String?, record: String?, programme: String?
  ) throws(PipelineFailure) -> Found {
    let calculation = try Recalculation.run(request)
    let report = calculation.report
    // Where a list cannot be read the person may be in it.
    if let stop = report.findings.first(where: { $0.kind.severity == .stop }) {
      throw PipelineFailure(
        "\(stop.place)",
        Bilingual(
          "\(stop.kind.code) \(stop.message(.zh))", "\(stop.kind.code) \(stop.message(.en))"),
        remedy: Bilingual(stop.hint(.zh), stop.hint(.en)))
    }
    let book = report.book
    let person = staffNo.map { calculation.persons.find(typed: $0) }
    let wanted = book.entries.filter { entry in
      if let programme, !report.programmes[Int(entry.programme)].programme.sameScalars(as: programme) {
        return false
      }
      let own = calculation.persons.person(ofClaim: Int(entry.claim))
      switch person {
      case .person(let one): return own == one
      case .unsure(let few): return few.contains(own)
      case .nobody: return false
      case nil: return true
      }
    }
    let awards = wanted.lazy.map(book.award).filter { award in
      record.map { award.record.sameScalars(as: $0) } ?? true
    }.prefix(record == nil ? wanted.count : 1)
    guard !awards.isEmpty else {
      let who = record ?? staffNo ?? ""
      throw PipelineFailure(
        request.folder,
        Bilingual("批次中没有 \(who) 的申请", "no application of \(who) in this batch"),
        remedy: Bilingual(
          "请核对工号（含前导 0）；全部申请见 out/explanations.jsonl。",
          "Check the staff number with its leading zeros; out/explanations.jsonl lists everybody."))
    }
    let texts = awards.map { award in
      let info = report.programmes.first { $0.programme.sameScalars(as: award.programme) }
      return ExplanationText.text(
        award,
        programme: info
          ?? ProgrammeInfo(
            programme: award.programme, policy: award.policy, title: "", issuer: "", source: "", fund: nil),
        language: request.language)
    }
    let lines = awards.map { Explanations.json($0, language: request.language) }
    return Found(text: texts.joined(separator: "\n"), json: lines.joined(separator: "\n"))
  }
}

/// Computes a batch from its inputs as if it had not been posted.
enum Recalculation {
  static func run(_ request: RunRequest) throws(PipelineFailure) -> Calculation {
    let templates = try Templates(named: request.templates)
    let plan = try Plan(folder: request.folder, templates: templates, language: request.language)
    do {
      let store = try Store.openIfPresent(request.store)
      let past = try store?.payments(before: plan.file.batch) ?? EarlierPayments()
      return try Calculation(request, plan: plan, past: past)
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
}
