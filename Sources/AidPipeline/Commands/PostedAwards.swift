import AidModel
import AidReview
import AidStore

/// The awards of a posted batch, as posted, and what has changed since.
struct PostedAwards {
  private let request: RunRequest
  private let store: Store
  private let posted: PostedBatch
  /// Nil if an older version posted the batch.
  private let manifest: Manifest?

  /// Nil if the batch is not posted.
  init?(_ request: RunRequest, _ store: Store) throws(PipelineFailure) {
    let templates = try Templates(named: request.templates)
    let plan = try Plan(folder: request.folder, templates: templates, language: request.language)
    do {
      guard let posted = try store.posted(batch: plan.file.batch) else { return nil }
      (self.request, self.store, self.posted) = (request, store, posted)
      var bytes: [UInt8] = []
      if let file = try store.files(of: posted).first(where: { $0.path == Manifest.name }) {
        try store.read(file) { bytes += Array($0) }
      }
      manifest = Manifest(bytes)
    } catch {
      throw Self.failure(error, request)
    }
  }

  private static func failure(_ error: any Error, _ request: RunRequest) -> PipelineFailure {
    if let error = error as? StoreFailure { return PipelineFailure(error) }
    return error as? PipelineFailure
      ?? PipelineFailure(
        request.store, Bilingual("出错：\(error)", "failed: \(error)"),
        remedy: Bilingual("什么也没有改变。", "Nothing was changed."))
  }

  /// The batch recomputed in the language it was posted in, or why that is impossible.
  private enum Now {
    case computed([Explaining.Computed], changes: [Bilingual])
    case impossible(PipelineFailure)

    func award(_ record: String) -> Explaining.Computed? {
      guard case .computed(let awards, _) = self else { return nil }
      return awards.first { $0.award.record.sameScalars(as: record) }
    }
  }

  private func now(_ wanted: Explaining.Question, _ language: Language) -> Now {
    var again = request
    again.language = language
    do throws(PipelineFailure) {
      let calculation = try Explaining.calculation(again, store)
      return .computed(
        Explaining.awards(wanted, in: calculation), changes: manifest?.changes(calculation) ?? [])
    } catch {
      return .impossible(error)
    }
  }

  /// Nil if the batch has no award of the person asked for.
  func told(_ wanted: Explaining.Question) throws(PipelineFailure) -> [Explaining.Told]? {
    let language = manifest?.language ?? request.language
    let now = self.now(wanted, language)
    let kept: [StoredAward]
    do throws(StoreFailure) { kept = try self.kept(wanted, now) } catch { throw PipelineFailure(error) }
    if kept.isEmpty { return nil }
    // If nothing has changed, the recomputed award can be explained in any language, with details of every
    // row.
    let isSame = kept.allSatisfy { self.isSame($0, now, language) }
    let shown = isSame && language != request.language ? self.now(wanted, request.language) : now
    var people: [(staffNo: String, idNumber: String)] = []
    return kept.map { award in
      let number = people.firstIndex {
        $0.staffNo.sameScalars(as: award.staffNo) && $0.idNumber.sameScalars(as: award.idNumber)
      }
      if number == nil { people.append((award.staffNo, award.idNumber)) }
      return tell(
        award, shown, language, isSame: isSame || self.isSame(award, now, language),
        person: number ?? people.count - 1)
    }
  }

  /// Finds awards by the number as posted; else by the records of the person the number means now.
  private func kept(_ wanted: Explaining.Question, _ now: Now) throws(StoreFailure) -> [StoredAward] {
    let own = try store.awards(
      of: posted, staffNo: wanted.staffNo, record: wanted.record, name: wanted.name,
      programme: wanted.programme)
    guard own.isEmpty, case .computed(let awards, _) = now else { return own }
    var kept: [StoredAward] = []
    for computed in awards { kept += try store.awards(of: posted, record: computed.award.record) }
    return kept
  }

  private func isSame(_ award: StoredAward, _ now: Now, _ language: Language) -> Bool {
    guard let again = now.award(award.record) else { return false }
    return Explanations.json(again.award, again.programme.phrases, language: language)
      .sameScalars(as: award.explanation)
  }

  private func tell(
    _ award: StoredAward, _ now: Now, _ language: Language, isSame: Bool, person: Int
  ) -> Explaining.Told {
    let head =
      Bilingual(
        "批次 \(posted.batch) 已入账（\(posted.payDate)），以下照入账时的记录。",
        "Batch \(posted.batch) is posted (\(posted.payDate)); this is what was posted."
      ).text(request.language) + "\n"
    if isSame, let again = now.award(award.record) {
      return Explaining.Told(
        award: again.told(request.language), head: head, tail: "", json: award.explanation, person: person,
        isPosted: true)
    }
    let since = since(award, now)
    let lines = since.map { "  " + $0.text(request.language) }.joined(separator: "\n")
    let title = Bilingual("入账以后的变化：\n", "since then:\n").text(request.language)
    let json = JSONText.array(since.map { .string($0.text(request.language)) }).text(indented: false)
    return Explaining.Told(
      award: PostedExplanation(award.explanation)?.told(
        programme: programme(award, now), idNumber: award.idNumber, language: language),
      head: head, tail: title + lines + "\n",
      json: award.explanation.dropLast() + ",\"since\":" + json + "}", person: person, isPosted: true)
  }

  /// Older versions did not store titles; today's are better than none.
  private func programme(_ award: StoredAward, _ now: Now) -> ProgrammeInfo {
    if award.programme.title.isEmpty, let known = now.award(award.record)?.programme,
      known.policy.sameScalars(as: award.programme.policy)
    {
      return known
    }
    return award.programme
  }

  private func since(_ award: StoredAward, _ now: Now) -> [Bilingual] {
    switch now {
    case .impossible(let failure):
      return [
        Bilingual("现在不能重算：\(failure.text(.zh))", "it cannot be computed again now: \(failure.text(.en))")
      ]
    case .computed(_, let changes):
      guard let again = now.award(award.record)?.award else {
        return changes + [
          Bilingual("现在的名单里没有这一笔申请", "the lists do not have this application any more")
        ]
      }
      if again.outcome == award.outcome, again.amount == award.amount {
        return changes + [
          Bilingual("现在重算金额相同，说明里有不同", "computed again the amount is the same; the explanation differs")
        ]
      }
      func result(_ language: Language) -> String {
        ToldAward.result(again.outcome, again.amount, language: language)
      }
      return changes + [
        Bilingual(
          "现在重算会是：\(result(.zh))（已发的不变）", "computed again it would be: \(result(.en)) (what was paid stays)")
      ]
    }
  }
}
