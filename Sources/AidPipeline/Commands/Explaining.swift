import AidModel
public import AidReview
import AidStore

/// `explain`: how a person's awards were calculated. For a posted batch, shows what was posted and what has
/// changed since; otherwise recomputes the batch. Writes nothing.
public enum Explaining {
  /// Whose awards are asked for: one of staff number, record and name.
  public struct Question: Sendable {
    public let staffNo: String?
    public let record: String?
    /// As it is written in the list, scalar by scalar.
    public let name: String?
    public let programme: String?

    public init(
      staffNo: String? = nil, record: String? = nil, name: String? = nil, programme: String? = nil
    ) {
      (self.staffNo, self.record, self.name, self.programme) = (staffNo, record, name, programme)
    }

    var words: String { record ?? staffNo ?? name ?? "" }
  }

  /// One explained award.
  public struct Told: Sendable {
    /// Nil where what was posted is no explanation that can be read.
    public let award: ToldAward?
    /// What is said before and after it.
    let head: String
    let tail: String
    let json: String
    /// Told apart from others of the same name.
    let person: Int
    let isPosted: Bool

    func text(all: Bool) -> String { head + (award?.text(all: all) ?? json) + tail }
  }

  /// The awards of one person.
  public struct Found: Sendable {
    public let awards: [Told]

    public var text: String { text(all: false) }

    /// - Parameter all: steps that change nothing too.
    public func text(all: Bool) -> String { awards.map { $0.text(all: all) }.joined(separator: "\n") }

    /// One document: the award, or an array where there are several.
    public var json: String {
      if awards.count == 1 { return awards[0].json }
      return "[\n" + awards.map(\.json).joined(separator: ",\n") + "\n]"
    }
  }

  public static func find(_ request: RunRequest, _ question: Question) throws(PipelineFailure) -> Found {
    let store: Store?
    do throws(StoreFailure) { store = try Store.openSound(request.store) } catch {
      throw PipelineFailure(error)
    }
    var told = try store.flatMap { store throws(PipelineFailure) in
      try PostedAwards(request, store)?.told(question)
    }
    if told == nil {
      let calculation = try calculation(request, store)
      told = awards(question, in: calculation).map { computed in
        Told(
          award: computed.told(request.language), head: "", tail: "",
          json: Explanations.json(
            computed.award, computed.programme.phrases, language: request.language),
          person: computed.person, isPosted: false)
      }
    }
    guard let told, !told.isEmpty else { throw nobody(question, request) }
    if question.name != nil { try refuseNamesakes(told, question, request) }
    return Found(awards: told)
  }

  private static func nobody(_ question: Question, _ request: RunRequest) -> PipelineFailure {
    PipelineFailure(
      request.folder,
      Bilingual(
        "批次中没有 \(question.words) 的申请", "no application of \(question.words) in this batch"),
      remedy: question.name == nil
        ? Bilingual(
          "请核对工号（含前导 0）；全部申请见 out/explanations.jsonl。",
          "Check the staff number with its leading zeros; out/explanations.jsonl lists everybody.")
        : Bilingual(
          "姓名要与名单里写的一字不差（间隔号、异体字都算）；也可以用 --staff-no 或 --record 来找。",
          "The name must be the one in the list, sign by sign; or look by --staff-no or --record."))
  }

  /// Several people of one name: nobody is guessed.
  private static func refuseNamesakes(
    _ told: [Told], _ question: Question, _ request: RunRequest
  ) throws(PipelineFailure) {
    let people = Set(told.map(\.person)).count
    if people < 2 { return }
    let awards = told.compactMap(\.award).sorted {
      if !$0.unit.sameScalars(as: $1.unit) { return $0.unit.precedes($1.unit) }
      if !$0.staffNo.sameScalars(as: $1.staffNo) { return $0.staffNo.precedes($1.staffNo) }
      return $0.record.precedes($1.record)
    }
    func lines(_ language: Language) -> String {
      awards.map { award in
        let unit = award.unit.isEmpty ? Bilingual("（没有单位）", "(no unit)").text(language) : award.unit
        let number = Bilingual("工号", "staff number").text(language)
        return "\n    \(unit)  \(number) \(award.staffNo)  \(award.record)  \(award.programme.title)"
      }.joined()
    }
    throw PipelineFailure(
      request.folder,
      Bilingual(
        "有 \(people) 个人叫“\(question.words)”：\(lines(.zh))",
        "\(people) people are called '\(question.words)':\(lines(.en))"),
      remedy: Bilingual(
        "请用 --staff-no 工号 或 --record 记录号 指明是哪一位。", "Say which one with --staff-no or --record."))
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

  struct Computed {
    let award: Award
    let programme: ProgrammeInfo
    let person: Int

    func told(_ language: Language) -> ToldAward {
      ToldAward(award, programme: programme, language: language)
    }
  }

  /// The requested awards of a calculation, in record order.
  static func awards(_ question: Question, in calculation: Calculation) -> [Computed] {
    let (report, book) = (calculation.report, calculation.report.book)
    let person = question.staffNo.map { calculation.persons.find(typed: $0) }
    let name = question.name.map { Array($0.utf8) }
    var found: [Computed] = []
    for entry in book.entries {
      let programme = report.programmes[Int(entry.programme)]
      if let wanted = question.programme, !programme.programme.sameScalars(as: wanted) { continue }
      let own = calculation.persons.person(ofClaim: Int(entry.claim))
      switch person {
      case .person(let one): if own != one { continue }
      case .unsure(let few): if !few.contains(own) { continue }
      case .nobody: continue
      case nil: break
      }
      if let record = question.record, !calculation.record(of: entry).sameScalars(as: record) { continue }
      if let name {
        var isSame = false
        book.withShown(of: entry) { isSame = $0.name.elementsEqual(name) }
        if !isSame { continue }
      }
      found.append(Computed(award: book.award(entry), programme: programme, person: own))
    }
    return found
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
