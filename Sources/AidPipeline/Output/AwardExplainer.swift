import AidModel
import AidPolicy
import AidReview

/// The prepared wording of a batch's explanations, shared by all explainers.
struct ExplanationWords: Sendable {
  /// By programme; nil if its policy is not compiled.
  fileprivate let logged: [LoggedExplanations?]
  fileprivate let records: [RecordNames]

  init(_ programmes: [Plan.Programme], batch: String, language: Language) {
    records = programmes.map { RecordNames(batch: batch, programme: $0.info.programme) }
    logged = programmes.map { programme in
      var forms = programme.policy.stepForms
      if let fund = programme.info.fund { forms.append(FundSharing.form(of: fund)) }
      return LoggedExplanations(
        programme.info, forms: forms, inputNames: programme.policy.inputNames, language: language)
    }
  }

  /// Without wording: every award uses the exact evaluator.
  init() { (logged, records) = ([], []) }
}

/// Explains awards: by a compiled run that logs its steps if possible, else by assessing the award with the
/// exact evaluator. Both give the same bytes. Not thread-safe.
struct AwardExplainer {
  private let assessor: Assessor
  private let book: AwardBook
  private let language: Language
  /// By programme; nil if its policy is not compiled.
  private let runs: [QuickAssessor?]
  private var writers: [LoggedWriter?]
  private let records: [RecordNames]
  /// The step forms of each programme's compiled runs.
  private let forms: [[StepForm]]
  /// Whether to find each benefit's contribution too, as posting requires.
  private let findsBreakdowns: Bool
  /// The breakdown of the last award written, if it is paid.
  private(set) var breakdown: PaymentBreakdown?

  init(
    _ assessor: Assessor, _ book: AwardBook, _ words: ExplanationWords, language: Language,
    findsBreakdowns: Bool = false
  ) {
    self.findsBreakdowns = findsBreakdowns
    forms = assessor.programmes.map { $0.policy.stepForms }
    self.assessor = assessor
    self.book = book
    self.language = language
    runs = zip(assessor.programmes, words.logged).map { programme, words in
      guard words != nil else { return nil }
      return QuickAssessor(
        programme.policy, roster: assessor.facts.roster?.layout, period: assessor.facts.period,
        payDate: assessor.facts.payDate, logging: language)
    }
    writers = words.logged.map { $0.map(LoggedWriter.init) }
    records = words.records
  }

  /// Appends the explanation of a book entry on one line, without a line break.
  /// - Returns: whether a compiled run wrote it.
  @discardableResult
  mutating func write(_ number: Int, to out: inout TextBuffer) -> Bool {
    book.fetch(after: number)
    let entry = book.entries[number]
    breakdown = nil
    if writeLogged(entry, to: &out) { return true }
    let award = book.award(entry)
    let phrases = assessor.programmes[Int(entry.programme)].info.phrases
    Explanations.write(award, phrases, language: language, to: &out)
    if findsBreakdowns { breakdown = breakdown(award, entry) }
    return false
  }

  /// What later batches are to know of the award: of one that is paid, and of a claim for nothing where claims add up.
  private func breakdown(_ award: Award, _ entry: AwardEntry) -> PaymentBreakdown? {
    if entry.outcome == .paid { return award.trace.breakdown(remembered: award.remembered) }
    guard assessor.programmes[Int(entry.programme)].policy.isCumulative, !entry.isShared,
      entry.outcome == .zero
        || (entry.outcome == .refused && award.reasons.allSatisfy { $0.code == "gate" })
    else { return nil }
    let claimed = award.trace.breakdown().parts.filter { $0.base ?? .zero > .zero }
    return claimed.isEmpty ? nil : PaymentBreakdown(parts: claimed)
  }

  /// What each benefit contributed, from the steps of a compiled run.
  private func breakdown(_ log: StepLog, _ forms: [StepForm]) -> PaymentBreakdown {
    var finder = BreakdownFinder()
    for index in 0..<log.count {
      let step = log[index]
      // The share of a short fund follows the policy's own steps.
      let form = Int(step.form) < forms.count ? forms[Int(step.form)] : nil
      finder.take(form?.key ?? FundSharing.stepKey, benefit: form?.benefit, result: step.result.rational)
    }
    return finder.breakdown()
  }

  /// Whether both explanations of an entry are identical.
  mutating func agrees(on number: Int) -> Bool {
    let entry = book.entries[number]
    var out = TextBuffer(capacity: 2048)
    if !writeLogged(entry, to: &out) { return true }
    let phrases = assessor.programmes[Int(entry.programme)].info.phrases
    return out.text.sameScalars(as: Explanations.json(book.award(entry), phrases, language: language))
  }

  /// The rows of an award and the person's first row; nil if the award depends on awards of earlier rows.
  private func rows(of entry: AwardEntry, _ run: QuickAssessor) -> (ArraySlice<Int32>, first: Int32)? {
    // Nearly everyone has a single row, which the entry names.
    if entry.rows == 1, entry.ordinal == 0 { return ([entry.claim], entry.claim) }
    if entry.rows == 1, run.usesHistory { return nil }
    let all = assessor.applicants[Int(entry.programme)].rows(of: Int(entry.applicant))
    return (entry.rows == 1 ? [entry.claim] : all, all[all.startIndex])
  }

  /// Returns false without writing if only the exact evaluator can explain the entry.
  private mutating func writeLogged(_ entry: AwardEntry, to out: inout TextBuffer) -> Bool {
    let programme = Int(entry.programme)
    guard entry.outcome != .held, entry.outcome != .notCounted, programme < runs.count,
      let run = runs[programme]
    else {
      return false
    }
    let seat = ApplicantKey(programme: programme, applicant: Int(entry.applicant))
    guard let (rows, first) = rows(of: entry, run),
      let facts = assessor.quickFacts(seat, first: first, run)
    else { return false }
    guard let award = assessor.award(rows, facts, run), run.isExplained, award.amount == entry.asked,
      award.outcome == (entry.isShared ? .paid : entry.outcome)
    else { return false }
    if entry.isShared {
      guard let fund = assessor.programmes[programme].info.fund else { return false }
      run.share(
        entry.amount,
        because: FundSharing.reason(
          entry, of: fund, assessor.programmes[programme].policy, language: language))
    }
    if findsBreakdowns, entry.outcome == .paid { breakdown = breakdown(run.log, forms[programme]) }
    let claim = Int(entry.claim)
    let own =
      assessor.persons.isNamedByStaffNo(ofClaim: claim)
      ? records[programme].id(ofStaffNoIn: assessor.claims[claim], ordinal: Int(entry.ordinal) + 1) : nil
    let record = own ?? assessor.record(of: entry)
    writers[programme]?.write(
      LoggedAward(
        entry, record: record, claims: assessor.claims, rows: rows, counted: run.rowNumbers,
        roster: assessor.facts.roster, rosterEntry: facts.roster, log: run.log, reasons: run.reasons),
      to: &out)
    return true
  }
}
