public import AidIntake
public import AidModel
import AidStore

/// `history import`: adds lists of payments to the store.
public enum HistoryImport {
  /// At most this many known lines are listed.
  private static let linesShown = 100
  private static let namesShown = 20

  /// Imports the payments the store does not know and lists the known lines. A line that contradicts known
  /// payments rejects the whole import.
  public static func run(
    _ files: [String], store path: String, templates: String?, passwords: Passwords = .none,
    language: Language
  ) throws(PipelineFailure) -> String {
    let headings = try Headings(templates: try Templates(named: templates))
    let (lists, notes) = try read(files, headings, passwords)
    var people = PeopleAtHand()
    for line in lists.flatMap(\.lines) {
      people.add(staffNo: line.payment.staffNo, idNumber: line.payment.idNumber)
    }
    do {
      let before = try Store.openSound(path)
      let past = try before?.payments(before: "", of: people) ?? EarlierPayments()
      let known = KnownPayments(
        past: past, lists: lists,
        around: .init(
          names: ProgrammeNames(plan: nil, known: past.names), statuses: headings.statuses.words,
          tellsStrangers: false))
      let told = known.told
      if !known.problems.isEmpty { throw PipelineFailure(known.problems) }
      let news = lists.indices.filter { told[$0].contains(where: \.isNews) }
      if !news.isEmpty {
        try (before ?? Store(path: path)).keep(
          news.map { i in
            ListedPayments(
              name: lists[i].name,
              lines: lists[i].lines.map { ListedPayments.Line($0.payment, row: $0.place.row) })
          }, seen: past.stamp)
      }
      return report(lists, told, notes, strangers(lists, past), language)
    } catch let error as PipelineFailure {
      throw error
    } catch let error as StoreFailure {
      throw PipelineFailure(error)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// - Throws: all problems of the lists at once.
  private static func read(
    _ files: [String], _ headings: Headings, _ passwords: Passwords
  ) throws(PipelineFailure) -> (lists: [HistoryList], notes: [Finding]) {
    var limits = IntakeLimits.standard
    limits.passwords = passwords
    var lists: [HistoryList] = []
    var notes: [Finding] = []
    for file in files {
      guard Disk.exists(file) else { throw PipelineFailure.noFile(file) }
      let parts = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let folder = try Folder(parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : ".")
      var reader = ReferenceReader(folder: folder, headings: headings, limits: limits)
      lists += reader.history([parts.last ?? file])
      try reader.finish()
      let stops = reader.findings.filter { $0.kind.severity == .stop }.map { stop in
        PipelineFailure.Problem(
          stop.place.description,
          Bilingual("\(stop.kind.code) \(stop.message(.zh))", "\(stop.kind.code) \(stop.message(.en))"),
          remedy: Bilingual(stop.hint(.zh), stop.hint(.en)))
      }
      if !stops.isEmpty { throw PipelineFailure(stops) }
      let codes = [HistoryFindings.lineTwice.code, HistoryFindings.columnOfStatuses.code]
      notes += reader.findings.filter { codes.contains($0.kind.code) }
    }
    return (lists, notes)
  }

  /// What the lists call programmes and batches that the store has not posted: a misspelt one is another one.
  private static func strangers(_ lists: [HistoryList], _ past: EarlierPayments) -> [Bilingual] {
    let payments = lists.flatMap(\.lines).map(\.payment)
    let names = ProgrammeNames(plan: nil, known: past.names)
    func distinct(_ texts: [String]) -> [String] {
      Set(texts.filter { !$0.isEmpty }.map(ExactText.init)).sorted().map(\.text)
    }
    let batches = Set(past.batches.map(ExactText.init))
    let unknown = [
      (
        Bilingual("项目", "programmes"),
        distinct(payments.map(\.programme)).filter { names.programme(called: $0) == .nobody }
      ),
      (
        Bilingual("批次", "batches"),
        distinct(payments.map(\.batch)).filter { !batches.contains(ExactText($0)) }
      ),
    ]
    return unknown.filter { !$0.1.isEmpty }.map { what, few in
      let more = few.count > namesShown ? " …" : ""
      let named = few.prefix(namesShown).joined(separator: "、") + more
      return Bilingual(
        "不是本记录库自己入账的\(what.zh) \(few.count) 个：\(named)。补录以前的发放、重建记录库时本来如此；"
          + "若有与别处写法不一的，请改正后再导入",
        "\(few.count) \(what.en) that were not posted to this store: \(named). That is as it should be for payments "
          + "made elsewhere, or to rebuild a store; if one is spelled unlike elsewhere mend it and import again"
      )
    }
  }

  private static func report(
    _ lists: [HistoryList], _ told: [[PaymentBook.Told]], _ notes: [Finding], _ strangers: [Bilingual],
    _ language: Language
  ) -> String {
    let all = told.flatMap(\.self)
    let (added, known) = (all.count { $0 == .new }, all.count { !$0.isNews || $0 == .explained })
    let changed = all.count - added - known
    var lines = [
      Bilingual(
        "读入 \(all.count) 笔：新增 \(added) 笔，状态变化 \(changed) 笔，已有 \(known) 笔（不重复计入）",
        "\(all.count) payments read: \(added) new, \(changed) with another status, \(known) known already (not counted "
          + "twice)"
      ).text(language)
    ]
    let silent = lists.flatMap(\.lines).count { $0.payment.state.counts && $0.payment.said.isEmpty }
    if silent > 0 {
      lines.append(
        "  "
          + Bilingual(
            "有 \(silent) 笔没有 contents（那几行申请写了什么）："
              + "同样的申请再来时认不出是同一行，只按人和项目提示已发的金额（PAID-BEFORE）",
            "\(silent) payments without contents (what their rows said): an application that comes again is "
              + "not known as the same; person, programme and amount are noted (PAID-BEFORE)"
          ).text(language))
    }
    lines += strangers.map { "  " + $0.text(language) }
    lines += notes.map { "  \($0.place)  \($0.kind.code)  \($0.message(language))" }
    var shown = 0
    for (list, told) in zip(lists, told) {
      for (line, one) in zip(list.lines, told) {
        guard let words = words(one, line.payment.state)?.text(language) else { continue }
        shown += 1
        if shown <= linesShown { lines.append("  \(line.place)  \(line.payment.inWords)  \(words)") }
      }
    }
    if shown > linesShown {
      lines.append(
        Bilingual("  … 还有 \(shown - linesShown) 行", "  … and \(shown - linesShown) more lines").text(language)
      )
    }
    return lines.joined(separator: "\n")
  }

  /// A note on a line; nil for a new one.
  private static func words(_ told: PaymentBook.Told, _ state: PaymentState) -> Bilingual? {
    switch told {
    case .new where !state.counts:
      Bilingual(
        "没有别的记录说发过这一笔；按\(state.words.zh)收下，不计入",
        "nothing else tells of this payment; it is kept as \(state.words.en) and does not count")
    case .new, .contradicts: nil
    case .explained: Bilingual("已有，补上了各项补助", "known already; what its benefits gave is new")
    case .known: Bilingual("已有", "known already")
    case .changed(let before):
      Bilingual(
        "状态：\(before.words.zh) → \(state.words.zh)", "status: \(before.words.en) → \(state.words.en)")
    case .overtaken(let now):
      Bilingual(
        "已有，现在的状态是\(now.words.zh)，这一行说的是以前", "known already; it is \(now.words.en) by now")
    }
  }
}
