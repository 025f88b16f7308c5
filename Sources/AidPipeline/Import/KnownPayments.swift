import AidChecks
import AidModel

/// Compares lists of payments with what is known; used by both `history:` and `history import`.
struct KnownPayments {
  /// What a run or an import knows besides the lists of payments.
  struct Around {
    let names: ProgrammeNames
    let statuses: StatusWords
    /// Application rows and roster show which numbers belong to one person.
    var claims: [Claim] = []
    var roster: Roster?
    /// Report unknown programmes.
    var tellsStrangers = true
  }

  private(set) var book: PaymentBook
  private(set) var findings: [Finding] = []
  private(set) var problems: [PipelineFailure.Problem] = []
  /// For each list compared, what each line amounts to.
  private(set) var told: [[PaymentBook.Told]] = []
  private let around: Around
  /// Unknown names already reported.
  private var strangers: [String] = []

  /// The file named as the place of payments imported earlier.
  private static let storeName = "aidledger.sqlite"

  /// - Parameter past: what the store remembers.
  init(past: EarlierPayments, lists: [HistoryList], around: Around) {
    self.around = around
    book = PaymentBook(batches: past.batches)
    let kept = past.lists.map { replayed($0) }
    let listed = lists.map { list in
      list.lines.map { named($0.payment, at: $0.place(of: "programme")) }
    }
    let posted = past.posted.map { $0.of(programme: around.names.present($0.programme)) }
    let all = posted + kept.flatMap(\.self) + listed.flatMap(\.self)
    let persons = Persons(around.claims, roster: around.roster, payments: all)
    let people = all.indices.map { persons.person(ofPayment: $0) }
    book.add(posted: posted, of: people.prefix(posted.count))
    var next = posted.count
    for list in kept {
      _ = book.add(list, of: people[next..<(next + list.count)])
      next += list.count
    }
    for (list, payments) in zip(lists, listed) {
      told.append(book.add(payments, of: people[next..<(next + payments.count)]))
      next += payments.count
      refuseContradictions(list, payments)
    }
  }

  /// Converts a list imported earlier. An unresolved state is looked up again by its word; if still unknown,
  /// it may have been paid.
  private mutating func replayed(_ list: ListedPayments) -> [PastPayment] {
    let source = SourceSheet(file: Self.storeName, sheet: list.name)
    return list.lines.map { line in
      var payment = line.payment
      if payment.state == .partial {
        let state = around.statuses.state(of: payment.status) ?? .inTransit
        payment.state = state == .partial ? .inTransit : state
      }
      return named(payment, at: Place(source, row: line.row))
    }
  }

  /// The payment with its programme's id, if the name is known.
  private mutating func named(_ payment: PastPayment, at place: Place) -> PastPayment {
    switch around.names.programme(called: payment.programme) {
    case .programme(let id): return payment.of(programme: id)
    case .several(let ids):
      problems.append(
        .init(
          "\(place)",
          Bilingual(
            "“\(payment.programme)”可能是几个项目：\(ids.joined(separator: "、"))",
            "'\(payment.programme)' may be several programmes: \(ids.joined(separator: ", "))"),
          remedy: Bilingual("请写项目编号。", "Write the programme's id.")))
    case .nobody:
      if around.tellsStrangers, !strangers.contains(where: { $0.sameScalars(as: payment.programme) }) {
        strangers.append(payment.programme)
        findings.append(
          Finding(PipelineFindings.historyStranger, at: place, column: "programme", [payment.programme]))
      }
    }
    return payment
  }

  private mutating func refuseContradictions(_ list: HistoryList, _ payments: [PastPayment]) {
    for (i, one) in told[told.count - 1].enumerated() {
      guard case .contradicts(let contradiction) = one else { continue }
      let other = contradiction.payment.map { book.payments[$0] }
      problems.append(HistoryFindings.problem(payments[i], at: list.lines[i].place, contradiction, other))
    }
  }

  /// Notes on what was known already in the lists under `history:`, one per file.
  func notes(_ lists: [HistoryList]) -> [Finding] {
    zip(lists, told).flatMap { list, told -> [Finding] in
      var notes: [Finding] = []
      let known = told.count { !$0.isNews }
      if known > 0, let first = list.lines.first {
        notes.append(
          Finding(PipelineFindings.historyKnown, at: Place(first.claim.source), ["\(known)"]))
      }
      let changes = told.enumerated().compactMap { i, one -> (line: Int, before: PaymentState)? in
        if case .changed(let before) = one { (i, before) } else { nil }
      }
      guard let first = changes.first else { return notes }
      let (before, now) = (first.before.words, list.lines[first.line].payment.state.words)
      notes.append(
        Finding(
          HistoryFindings.stateChanged, at: list.lines[first.line].place,
          ["\(changes.count)", before.zh, now.zh, before.en, now.en]))
      return notes
    }
  }

  /// Contradictions in lists imported earlier that still count, now that names and people are better known.
  var unsettled: [PipelineFailure.Problem] {
    if !problems.isEmpty { return [] }
    return book.unsettled.map { payment, why in
      HistoryFindings.problem(
        payment, at: Place(file: Self.storeName), why, why.payment.map { book.payments[$0] })
    }
  }
}
