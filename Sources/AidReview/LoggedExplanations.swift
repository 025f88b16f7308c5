public import AidModel

/// An award whose steps a compiled run has logged.
public struct LoggedAward {
  public let entry: AwardEntry
  public let record: String
  /// Every application row of the batch, and which of them are the award's.
  public let claims: [Claim]
  public let rows: ArraySlice<Int32>
  /// Indexes of the rows that count; empty: all do.
  public let counted: [Int]
  public let roster: Roster?
  /// The person's own entry there, where the policy looks at it.
  public let rosterEntry: Claim?
  public let log: StepLog
  public let reasons: [Reason]

  public init(
    _ entry: AwardEntry, record: String, claims: [Claim], rows: ArraySlice<Int32>, counted: [Int],
    roster: Roster?, rosterEntry: Claim?, log: StepLog, reasons: [Reason]
  ) {
    (self.entry, self.record, self.claims, self.rows) = (entry, record, claims, rows)
    (self.counted, self.roster, self.rosterEntry) = (counted, roster, rosterEntry)
    (self.log, self.reasons) = (log, reasons)
  }

  func row(_ index: Int) -> Claim { claims[Int(rows[rows.startIndex + index])] }
}

/// The words of one policy's explanations, made once for everybody. Written with a log they give the same bytes as
/// `Explanations` gives for the whole award.
public struct LoggedExplanations: Sendable {
  fileprivate let programme: ProgrammeInfo
  fileprivate let zh: Bool
  /// For each form its ways.
  fileprivate let steps: [[StepWords]]
  fileprivate let names: [(text: [UInt8], mask: InputMask)]

  /// - Parameter inputNames: what `StepLog.Input.name` counts.
  public init(_ programme: ProgrammeInfo, forms: [StepForm], inputNames: [String], language: Language) {
    self.programme = programme
    zh = language == .zh
    steps = forms.map { form in form.ways.map { StepWords(form, $0, language: language) } }
    names = inputNames.map { name in
      var text = TextBuffer(capacity: 64)
      text.append(name)
      text.append("=")
      text.escapeJSON(from: 0)
      return (text.bytes, InputMask(name))
    }
  }
}

/// Writes explanations of one policy's awards, one after the other. For one thread.
public struct LoggedWriter {
  private let words: LoggedExplanations
  /// What is said of a sheet wherever a row or cell of it is named, escaped.
  private struct SheetWords {
    let row: [UInt8]
    let cell: [UInt8]
  }
  private var sheets: [ObjectIdentifier: SheetWords] = [:]

  public init(_ words: LoggedExplanations) { self.words = words }

  /// Appends the object on one line, without a line break.
  public mutating func write(_ award: LoggedAward, to out: inout TextBuffer) {
    writeHead(award, to: &out)
    out.append(",\"rows\":[")
    for index in 0..<award.rows.count {
      if index > 0 { out.append(",") }
      let claim = award.row(index)
      let counts = award.counted.isEmpty || award.counted.contains(index)
      out.append(of(claim.source).row)
      out.append(number: Int(claim.row))
      out.append(",\"outcome\":\"")
      out.append((counts ? award.entry.outcome : .notCounted).rawValue)
      out.append("\"}")
    }
    out.append("],\"steps\":[")
    var (was, inputsBegin, isFirst) = (LoggedNumber.zero, 0, true)
    for index in 0..<award.log.count {
      let entry = award.log[index]
      if !isFirst { out.append(",") }
      write(entry, was: was, inputs: inputsBegin..<entry.inputsEnd, award, to: &out)
      (was, inputsBegin, isFirst) = (entry.result, entry.inputsEnd, false)
    }
    out.append("],\"reasons\":")
    Explanations.write(award.reasons, to: &out)
    out.append("}")
  }

  private func writeHead(_ award: LoggedAward, to out: inout TextBuffer) {
    let who = award.claims[Int(award.entry.claim)]
    out.append("{\"record\":")
    out.append(json: award.record)
    out.append(",\"programme\":")
    out.append(json: words.programme.programme)
    out.append(",\"policy\":")
    out.append(json: words.programme.policy)
    let claimant = who.hasTexts([.staffNo, .name, .unit]) ? nil : Claimant(who, roster: award.roster)
    out.append(",\"staff_no\":")
    if let claimant { out.append(json: claimant.staffNo) } else { out.append(json: .staffNo, of: who) }
    out.append(",\"name\":")
    if let claimant { out.append(json: claimant.name) } else { out.append(json: .name, of: who) }
    out.append(",\"unit\":")
    if let claimant { out.append(json: claimant.unit) } else { out.append(json: .unit, of: who) }
    out.append(",\"outcome\":\"")
    out.append(award.entry.outcome.rawValue)
    out.append("\",\"amount\":\"")
    out.append(award.entry.amount)
    out.append("\"")
  }

  private mutating func write(
    _ entry: StepLog.Entry, was: LoggedNumber, inputs: Range<Int>, _ award: LoggedAward,
    to out: inout TextBuffer
  ) {
    let step = words.steps[Int(entry.form)][Int(entry.way)]
    func figure(_ slot: StepFigure.Slot) -> LoggedNumber {
      switch slot {
      case .was: was
      case .result: entry.result
      case .value: entry.value
      case .other: entry.other
      }
    }
    for piece in step.pieces {
      switch piece {
      case .words(let range): out.append(step.text, range)
      case .yuan(let slot): out.append(yuan: figure(slot))
      case .percent(let slot): out.append(percent: figure(slot).rational)
      case .number(let slot): out.append(figure(slot).rational)
      case .plainResult: out.append(plain: entry.result)
      case .inputs: write(inputs, of: award, to: &out)
      }
    }
  }

  private mutating func write(_ range: Range<Int>, of award: LoggedAward, to out: inout TextBuffer) {
    var listed = InputCount(zh: words.zh)
    for index in range where !isRepeated(index, since: range.lowerBound, award) {
      if listed.takes(one: &out) { write(award.log.input(index), of: award, to: &out) }
    }
    listed.close(&out)
  }

  private func claim(_ input: StepLog.Input, _ award: LoggedAward) -> Claim? {
    switch input.source {
    case .row(let row): award.row(Int(row))
    case .roster: award.rosterEntry
    case .nowhere: nil
    }
  }

  /// An expression may look at one cell more than once.
  private func isRepeated(_ index: Int, since begin: Int, _ award: LoggedAward) -> Bool {
    guard index > begin, index - begin <= InputCount.lookedBack else { return false }
    let (log, own) = (award.log, award.log.input(index))
    guard let claim = claim(own, award), claim.sheetColumn(Int(own.column)) >= 0 else { return false }
    return (begin..<index).contains { log.input($0).name == own.name && log.input($0).source == own.source }
  }

  private mutating func write(_ input: StepLog.Input, of award: LoggedAward, to out: inout TextBuffer) {
    let (name, mask) = words.names[Int(input.name)]
    out.append(name, 0..<name.count)
    let claim = claim(input, award)
    if case .longNumbers = mask, input.cell.kind != .text {
      out.append(input.cell)
    } else {
      let mark = out.count
      out.append(claim?.value(at: Int(input.column)) ?? .blank, as: mask)
      out.escapeJSON(from: mark)
    }
    guard let claim else { return }
    out.append(of(claim.source).cell)
    out.append(column: claim.sheetColumn(Int(input.column)), row: claim.row)
    out.append("〕")
  }

  private mutating func of(_ sheet: SourceSheet) -> SheetWords {
    if let known = sheets[ObjectIdentifier(sheet)] { return known }
    var row = TextBuffer(capacity: 128)
    var cell = TextBuffer(capacity: 128)
    row.append("{\"file\":")
    row.append(json: sheet.file)
    row.append(",\"sheet\":")
    row.append(json: sheet.sheet)
    row.append(",\"row\":")
    cell.append(" 〔")
    cell.append(Place(sheet))
    cell.append("!")
    cell.escapeJSON(from: 0)
    let made = SheetWords(row: row.bytes, cell: cell.bytes)
    sheets[ObjectIdentifier(sheet)] = made
    return made
  }
}
