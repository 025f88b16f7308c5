import AidModel
import AidPayout
import AidReview
import AidStore
import Synchronization

/// Writes all files of a run into an output folder. The same calculation gives the same bytes.
struct Outputs {
  let calculation: Calculation
  let language: Language
  let threads: Int

  private var report: BatchReport { calculation.report }

  /// - Throws: if a ledger cannot be rendered; nothing has then reached its final place.
  func write(to out: OutputFolder) throws(PipelineFailure) {
    if report.stage == .posted || report.stage == .rehearsed {
      try renderLedgers(to: out, kept: report.stage == .posted)
    }
    try writeReports(to: out)
    if report.stage != .validated { try writeExplanations(to: out) }
    if report.stage == .posted || report.stage == .rehearsed {
      for programme in report.programmes.indices { try writeNotice(programme, to: out) }
    }
    try out.write("manifest.json", manifest(of: out.files))
  }

  private func writeReports(to out: OutputFolder) throws(PipelineFailure) {
    let (report, language) = (report, language)
    var pages: [(path: String, make: @Sendable () -> [UInt8])] = [
      ("reports/validation.json", { ValidationReport.json(report, language: language) }),
      ("reports/validation.html", { ValidationReport.html(report, language: language) }),
    ]
    if report.stage != .validated {
      pages.append(("reports/summary.json", { SummaryReport.json(report, language: language) }))
      pages.append(("reports/summary.html", { SummaryReport.html(report, language: language) }))
    }
    let made = pages
    let bytes = Parallel.map(made.count, threads: threads) { made[$0].make() }
    for (page, bytes) in zip(pages, bytes) { try out.write(page.path, bytes) }
  }

  private func writeExplanations(to out: OutputFolder) throws(PipelineFailure) {
    let (isKept, keepsText) = (out.draft != nil, out.draft?.keepsFiles ?? false)
    let explaining = calculation.explaining(language, threads: threads, isKept: isKept)
    let packing = calculation.packing()
    try writePieces(
      report.book.entries.count, each: StoredFile.awardsInBlock, of: StoredFile.explanations, to: out
    ) { numbers, lines, piece in
      var explainer = explaining()
      var awards = TextBuffer(capacity: isKept ? 1 << 15 : 64)
      for number in numbers {
        explainer.write(number, to: &lines)
        lines.append(10)
        if isKept { packing.append(number, explainer.breakdown, to: &awards) }
      }
      guard isKept else { return }
      lines.withBytes {
        PostingPiece.write($0, awards: awards, count: numbers.count, keepsText: keepsText, to: &piece)
      }
    }
  }

  private func writeNotice(_ programme: Int, to out: OutputFolder) throws(PipelineFailure) {
    let notice = Notice(report, programme: programme, language: language)
    let name = "notice/" + report.programmes[programme].programme
    try writeLines(
      notice.count, each: 4096, of: name + ".csv", to: out, head: notice.writeCSVHead,
      line: notice.writeCSVLine)
    try writeLines(
      notice.count, each: 4096, of: name + ".html", to: out, head: notice.writePageHead,
      tail: notice.writePageTail, line: notice.writePageLine)
  }

  /// Writes a file of `count` lines, rendered on all threads in batches of `size`.
  private func writeLines(
    _ count: Int, each size: Int, of path: String, to out: OutputFolder,
    head: (inout TextBuffer) -> Void = { _ in }, tail: (inout TextBuffer) -> Void = { _ in },
    line: @escaping @Sendable (Int, inout TextBuffer) -> Void
  ) throws(PipelineFailure) {
    let isKept = out.draft?.keepsFiles ?? false
    try writePieces(count, each: size, of: path, to: out, head: head, tail: tail) { numbers, lines, piece in
      for number in numbers { line(number, &lines) }
      if isKept { lines.withBytes { PostingPiece.write($0, to: &piece) } }
    }
  }

  private func writePieces(
    _ count: Int, each size: Int, of path: String, to out: OutputFolder,
    head: (inout TextBuffer) -> Void = { _ in }, tail: (inout TextBuffer) -> Void = { _ in },
    piece write: @escaping @Sendable (Range<Int>, inout TextBuffer, inout TextBuffer) -> Void
  ) throws(PipelineFailure) {
    let stream = try out.open(path)
    var frame = TextBuffer()
    head(&frame)
    try stream.append(frame)
    let pieces = Parallel.ranges(of: count, each: size)
    try Parallel.inOrder(pieces.count, threads: threads) { number, lines, piece in
      write(pieces[number], &lines, &piece)
    } use: { (lines, piece) throws(PipelineFailure) in
      try stream.append(lines, kept: piece)
    }
    frame.removeAll()
    tail(&frame)
    try stream.append(frame)
    try out.close(stream)
  }

  /// One ledger per template and fund, payments in record order.
  /// - Parameter kept: false in a dry run: ledgers are still rendered and read back, so that a value no
  ///   ledger can hold is found before payday.
  private func renderLedgers(to out: OutputFolder, kept: Bool) throws(PipelineFailure) {
    let entries = report.book.entries
    let paid = entries.indices.filter { entries[$0].outcome == .paid }
    var funds: [String?] = []
    for number in paid where !funds.contains(where: { Self.same($0, fund(of: entries[number])) }) {
      funds.append(fund(of: entries[number]))
    }
    funds.sort { ($0 ?? "").precedes($1 ?? "") }
    for template in calculation.plan.ledgers {
      var total = Money.zero
      for fund in funds {
        let payments = payments(paid.filter { Self.same(self.fund(of: entries[$0]), fund) })
        let suffix = funds.count > 1 || report.funds.count > 1 ? fund ?? "unfunded" : nil
        total += try render(
          LedgerRendering(
            template, payments, batch: report.batch, payDate: report.facts.payDate, fund: suffix),
          to: out, kept: kept)
      }
      let due = report.book.paid
      if total != due {
        throw PipelineFailure(
          template.id,
          Bilingual("台账合计 \(total) 不等于应发 \(due)", "the ledgers add up to \(total), not to \(due)"),
          remedy: Bilingual("没有写出任何台账。", "No ledger was written."))
      }
    }
  }

  private static func same(_ a: String?, _ b: String?) -> Bool { (a ?? "").sameScalars(as: b ?? "") }

  private func fund(of entry: AwardEntry) -> String? { report.programmes[Int(entry.programme)].fund }

  /// - Parameter numbers: indexes of book entries.
  private func payments(_ numbers: [Int]) -> PaymentList {
    let (book, calculation) = (report.book, calculation)
    let programmes = report.programmes
    return PaymentList(count: numbers.count, amount: { book.entries[numbers[$0]].amount }) { number in
      book.fetch(after: numbers[number])
      let entry = book.entries[numbers[number]]
      let info = programmes[Int(entry.programme)]
      return Payment(
        book.claimant(of: entry), record: calculation.record(of: entry), programme: info.programme,
        programmeTitle: info.title, amount: entry.amount)
    }
  }

  /// - Returns: the total of the ledgers.
  private func render(
    _ rendering: LedgerRendering, to out: OutputFolder, kept: Bool
  ) throws(PipelineFailure) -> Money {
    var total = Money.zero
    for file in rendering.files {
      let stream = kept ? try out.open("ledgers/" + file.name) : nil
      try append(to: stream) { (text) throws(PayoutFailure) in try rendering.writeHead(of: file, to: &text) }
      try writeLines(rendering, file, to: stream)
      try append(to: stream) { (text) throws(PayoutFailure) in try rendering.writeTail(of: file, to: &text) }
      if let stream { try out.close(stream) }
      total += file.total
    }
    return total
  }

  private func append(
    to stream: OutputStream?, _ write: (inout TextBuffer) throws(PayoutFailure) -> Void
  ) throws(PipelineFailure) {
    var text = TextBuffer()
    do throws(PayoutFailure) { try write(&text) } catch { throw PipelineFailure(error) }
    try stream?.append(text)
  }

  private func writeLines(
    _ rendering: LedgerRendering, _ file: LedgerFile, to stream: OutputStream?
  ) throws(PipelineFailure) {
    let problems = Mutex<[(piece: Int, problems: [PayoutFailure.Problem])]>([])
    let pieces = Parallel.ranges(of: file.payments.count, each: 1024)
    let isKept = stream?.draft?.keepsFiles ?? false
    try Parallel.inOrder(pieces.count, threads: threads) { piece, text, kept in
      let first = file.payments.lowerBound
      let payments = (first + pieces[piece].lowerBound)..<(first + pieces[piece].upperBound)
      let found = rendering.writeLines(payments, of: file, to: &text)
      if !found.isEmpty { problems.withLock { $0.append((piece, found)) } }
      if isKept { text.withBytes { PostingPiece.write($0, to: &kept) } }
    } use: { (text, kept) throws(PipelineFailure) in
      try stream?.append(text, kept: kept)
    }
    let found = problems.withLock { $0.sorted { $0.piece < $1.piece }.flatMap(\.problems) }
    if !found.isEmpty { throw PipelineFailure(PayoutFailure(found)) }
  }

  private func manifest(of files: [OutputFolder.Written]) -> [UInt8] {
    func list(_ items: [Plan.Ingredient]) -> JSONText {
      .array(
        items.sorted { $0.path.precedes($1.path) }.map {
          .object([("path", .string($0.path)), ("sha256", .string($0.sha256))])
        })
    }
    let totals = report.totals
    let paid = report.book.paid
    let json = JSONText.object([
      ("batch", .string(report.batch)),
      ("program", .string("aidledger")),
      ("version", .string(AidLedgerVersion.current)),
      ("stage", .string(report.stage.rawValue)),
      ("language", .string(language.rawValue)),
      ("inputs", list(calculation.inputs)),
      ("received", ReceivedList.json(report.received)),
      ("policies", list(calculation.plan.policies)),
      ("templates", list(calculation.plan.templates)),
      (
        "outputs",
        .array(
          files.sorted { $0.path.precedes($1.path) }.map {
            .object([
              ("path", .string($0.path)), ("sha256", .string($0.sha256)), ("bytes", .integer($0.size)),
            ])
          })
      ),
      (
        "totals",
        .object([
          ("rows", .integer(totals.rows)), ("paid", .integer(totals.paid)),
          ("zero", .integer(totals.zero)), ("refused", .integer(totals.refused)),
          ("held", .integer(totals.held)), ("not_counted", .integer(totals.notCounted)),
          ("dropped", .integer(totals.dropped)), ("amount", .string(paid.plain)),
        ])
      ),
    ])
    return Array((json.text(indented: true) + "\n").utf8)
  }
}

public enum AidLedgerVersion {
  public static let current = "0.1.0"
}
