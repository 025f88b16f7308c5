import AidModel
import AidReview
import AidStore

/// `explain`: how a person's awards were calculated. For a posted batch, shows what was posted and what has
/// changed since; otherwise recomputes the batch. Writes nothing.
public enum Explaining {
  public struct Found: Sendable {
    public let text: String
    /// One JSON document: the award, or an array of several.
    public let json: String
  }

  /// The awards requested.
  struct Wanted {
    let staffNo: String?
    let record: String?
    let programme: String?

    var name: String { record ?? staffNo ?? "" }
  }

  /// One explained award.
  struct Told {
    let text: String
    let json: String
  }

  public static func find(
    _ request: RunRequest, staffNo: String?, record: String?, programme: String?
  ) throws(PipelineFailure) -> Found {
    let wanted = Wanted(staffNo: staffNo, record: record, programme: programme)
    let store: Store?
    do throws(StoreFailure) { store = try Store.openSound(request.store) } catch {
      throw PipelineFailure(error)
    }
    if let store, let told = try PostedAwards(request, store)?.told(wanted) { return found(told) }
    let calculation = try calculation(request, store)
    let told = awards(wanted, in: calculation).map { award in
      Told(
        text: text(award, request.language), json: Explanations.json(award.award, language: request.language))
    }
    guard !told.isEmpty else {
      throw PipelineFailure(
        request.folder,
        Bilingual("批次中没有 \(wanted.name) 的申请", "no application of \(wanted.name) in this batch"),
        remedy: Bilingual(
          "请核对工号（含前导 0）；全部申请见 out/explanations.jsonl。",
          "Check the staff number with its leading zeros; out/explanations.jsonl lists everybody."))
    }
    return found(told)
  }

  private static func found(_ told: [Told]) -> Found {
    let texts = told.map(\.text).joined(separator: "\n")
    if told.count == 1 { return Found(text: texts, json: told[0].json) }
    return Found(text: texts, json: "[\n" + told.map(\.json).joined(separator: ",\n") + "\n]")
  }

  /// - Throws: if a list cannot be read, since the person may be in it.
  static func calculation(_ request: RunRequest, _ store: Store?) throws(PipelineFailure) -> Calculation {
    let calculation = try Recalculation.run(request, store)
    if let stop = calculation.report.findings.first(where: { $0.kind.severity == .stop }) {
      throw PipelineFailure(
        "\(stop.place)",
        Bilingual(
          "\(stop.kind.code) \(stop.message(.zh))", "\(stop.kind.code) \(stop.message(.en))"),
        remedy: Bilingual(stop.hint(.zh), stop.hint(.en)))
    }
    return calculation
  }

  typealias Computed = (award: Award, programme: ProgrammeInfo)

  /// The requested awards of a calculation, in record order.
  static func awards(_ wanted: Wanted, in calculation: Calculation) -> [Computed] {
    let (report, book) = (calculation.report, calculation.report.book)
    let person = wanted.staffNo.map { calculation.persons.find(typed: $0) }
    var found: [Computed] = []
    for entry in book.entries {
      let programme = report.programmes[Int(entry.programme)]
      if let name = wanted.programme, !programme.programme.sameScalars(as: name) { continue }
      let own = calculation.persons.person(ofClaim: Int(entry.claim))
      switch person {
      case .person(let one): if own != one { continue }
      case .unsure(let few): if !few.contains(own) { continue }
      case .nobody: continue
      case nil: break
      }
      if let record = wanted.record, !calculation.record(of: entry).sameScalars(as: record) { continue }
      found.append((book.award(entry), programme))
    }
    return found
  }

  static func text(_ computed: Computed, _ language: Language) -> String {
    ExplanationText.text(computed.award, programme: computed.programme, language: language)
  }
}

/// Recomputes a batch from its inputs as if it had not been posted.
enum Recalculation {
  static func run(_ request: RunRequest) throws(PipelineFailure) -> Calculation {
    let store: Store?
    do throws(StoreFailure) { store = try Store.openSound(request.store) } catch {
      throw PipelineFailure(error)
    }
    return try run(request, store)
  }

  static func run(_ request: RunRequest, _ store: Store?) throws(PipelineFailure) -> Calculation {
    let templates = try Templates(named: request.templates)
    let plan = try Plan(folder: request.folder, templates: templates, language: request.language)
    return try Calculation(
      request, plan: plan, past: PaymentMemory(store, before: plan.file.batch))
  }
}
