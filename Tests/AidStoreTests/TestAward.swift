import AidModel
import AidStore

/// An award to be posted, without a batch.
struct TestAward {
  let number: Int
  var outcome = RowOutcome.paid
  var fen: Int64 = 100_00
  var invoices: [String] = []
  var programme = 0

  var entry: AwardEntry {
    AwardEntry(
      programme: programme, applicant: 0, ordinal: 0, claim: 0, rows: 1, rowsNotCounted: 0, outcome: outcome,
      amount: outcome == .paid ? Money(fen: fen) : .zero, isCapped: false)
  }

  var record: String { "b-\(number)" }
  var explanation: String { "{\"record\":\"\(record)\"}" }

  var claimant: Claimant {
    let layout = Layout(
      programme: "aid",
      columns: CommonColumn.allCases.map { Column(name: $0.columnName, type: $0.type, role: $0.role) })
    let source = SourceSheet(file: "a", sheet: "", columns: layout.columns.map { _ in 0 }, layout: layout)
    let values = CommonColumn.allCases.map { $0 == .staffNo ? Value.text("\(number)") : .blank }
    return Claimant(Claim(source: source, row: 2, values: values), roster: nil)
  }
}

extension StoreTests {
  static func award(_ number: Int, outcome: RowOutcome = .paid) -> TestAward {
    TestAward(number: number, outcome: outcome)
  }

  static func batch(_ name: String, _ day: String) -> PostedBatch {
    PostedBatch(report(name, CivilDate(iso: day)!), manifestSHA256: "m", out: "b/out")
  }

  static func report(_ name: String, _ day: CivilDate) -> BatchReport {
    let facts = BatchFacts(batch: name, period: year, payDate: day, roster: nil)
    return BatchReport(batch: name, title: name, facts: facts)
  }

  static let programmes = ["aid", "other"].map {
    ProgrammeInfo(programme: $0, policy: "p-" + $0, title: "T", issuer: "I", source: "S", fund: nil)
  }
}

extension Store {
  /// Posts awards like a run, with the file of their explanations.
  func post(_ batch: PostedBatch, entries: [TestAward], seen: StoreStamp? = nil) throws {
    var report = StoreTests.report(batch.batch, batch.payDate)
    report.book = AwardBook(
      entries: entries.map(\.entry), units: ["U"], claims: [], roster: nil
    ) { _ in preconditionFailure("only entries are looked at") }
    let draft = try Self.draft(entries)
    try post(
      PostedBatch(report, manifestSHA256: batch.manifestSHA256, out: batch.out),
      programmes: StoreTests.programmes,
      units: ["U"], draft, seen: seen)
  }

  static func draft(_ entries: [TestAward]) throws -> PostingDraft {
    let draft = try PostingDraft(in: "/tmp")
    try draft.begin(file: StoredFile.explanations, mode: 0o600)
    var (hash, size) = (SHA256(), 0)
    for start in stride(from: 0, to: entries.count, by: 2) {
      let part = entries[start..<min(start + 2, entries.count)]
      var text = part.map { $0.explanation + "\n" }.joined()
      var piece = TextBuffer()
      var awards = TextBuffer()
      for award in part {
        PackedAward.append(
          award.entry, record: award.record, award.claimant, invoices: award.invoices, to: &awards)
      }
      hash.update(text)
      size += text.utf8.count
      text.withUTF8 {
        PostingPiece.write(UnsafeRawBufferPointer($0), awards: awards, count: part.count, to: &piece)
      }
      try draft.add(piece: piece)
    }
    try draft.endFile(sha256: SHA256.hex(hash.finish()), size: size)
    return draft
  }
}
