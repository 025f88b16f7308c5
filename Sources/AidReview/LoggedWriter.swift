public import AidModel

/// Writes the explanations of one policy's awards, one after the other. Not thread-safe.
public struct LoggedWriter {
  private let words: LoggedExplanations
  private var sheets: [SheetWords] = []
  private var sheetNumbers: [ObjectIdentifier: Int] = [:]
  /// The rows of the current award.
  private var rows: [(row: Int32, sheet: Int)] = []

  public init(_ words: LoggedExplanations) { self.words = words }

  /// Appends the object on one line, without a line break.
  public mutating func write(_ award: LoggedAward, to out: inout TextBuffer) {
    findRows(of: award)
    writeHead(award, to: &out)
    out.append(",\"rows\":[")
    for (index, row) in rows.enumerated() {
      if index > 0 { out.append(",") }
      let counts = award.counted.isEmpty || award.counted.contains(index)
      out.append(sheets[row.sheet].row)
      out.append(number: Int(row.row))
      out.append(",\"outcome\":\"")
      out.append((counts ? award.entry.outcome : .notCounted).rawValue)
      out.append("\"}")
    }
    out.append("],\"steps\":[")
    var (was, inputsBegin) = (LoggedNumber.zero, 0)
    for index in 0..<award.log.count {
      let entry = award.log[index]
      if index > 0 { out.append(",") }
      write(index, was: was, inputs: inputsBegin..<Int(entry.inputsEnd), award, to: &out)
      (was, inputsBegin) = (entry.result, Int(entry.inputsEnd))
    }
    out.append("],\"reasons\":")
    Explanations.write(award.reasons, to: &out)
    out.append("}")
  }

  private mutating func findRows(of award: LoggedAward) {
    rows.removeAll(keepingCapacity: true)
    for number in award.rows {
      let claim = award.claims[Int(number)]
      rows.append((claim.row, self.number(of: claim)))
    }
  }

  private mutating func number(of claim: Claim) -> Int {
    if let last = sheets.last, last.contains(claim) { return sheets.count - 1 }
    if let known = sheetNumbers[claim.sourceID] { return known }
    sheetNumbers[claim.sourceID] = sheets.count
    sheets.append(SheetWords(claim.source, words.language))
    return sheets.count - 1
  }

  private func writeHead(_ award: LoggedAward, to out: inout TextBuffer) {
    out.append("{\"record\":")
    out.append(json: award.record)
    out.append(words.head)
    Claimant.withShown(award.claims[Int(award.entry.claim)], roster: award.roster) { who in
      out.append(",\"staff_no\":")
      out.append(json: who.staffNo)
      out.append(",\"name\":")
      out.append(json: who.name)
      out.append(",\"unit\":")
      out.append(UInt8(ascii: "\""))
      let mark = out.count
      Masking.write(text: who.unit, to: &out)
      out.closeJSON(from: mark)
    }
    out.append(",\"outcome\":\"")
    out.append(award.entry.outcome.rawValue)
    out.append("\",\"amount\":\"")
    out.append(award.entry.amount)
    out.append("\"")
  }

  private mutating func write(
    _ index: Int, was: LoggedNumber, inputs: Range<Int>, _ award: LoggedAward, to out: inout TextBuffer
  ) {
    let entry = award.log[index]
    let pieces = words.pieces(of: entry)
    var number = pieces.lowerBound
    while number < pieces.upperBound {
      switch words.pieces[number] {
      case .words(let first, let count): out.append(words.text, first..<first + count)
      case .yuan(let slot): out.append(yuan: slot.number(of: entry, was))
      case .percent(let slot): out.append(percent: slot.number(of: entry, was).rational)
      case .number(let slot): out.append(slot.number(of: entry, was).rational)
      case .plainResult: out.append(plain: entry.result)
      case .inputs: write(inputs, of: award, to: &out)
      case .parts: out.append(parts: .exact(words.parts(before: index, in: award.log)))
      case .ifEnough(let skipped): if entry.value.isAbove(was) { number += skipped }
      case .skip(let count): number += count
      }
      number += 1
    }
  }

  // MARK: sources of figures

  private mutating func write(_ range: Range<Int>, of award: LoggedAward, to out: inout TextBuffer) {
    var listed = InputCount(words.language)
    for index in range where !isRepeated(index, since: range.lowerBound, award) {
      if listed.takes(one: &out) { write(award.log.input(index), of: award, to: &out) }
    }
    listed.close(&out)
  }

  /// The row of an input and its sheet; nil if it is not a cell.
  private mutating func place(of input: StepLog.Input, _ award: LoggedAward) -> (row: Int32, sheet: Int)? {
    switch input.source {
    case .row(let row): rows[Int(row)]
    case .roster: award.rosterEntry.map { ($0.row, number(of: $0)) }
    case .nowhere, .listed: nil
    }
  }

  /// Whether the input is listed already: an expression may read a cell, or a fact, more than once.
  private mutating func isRepeated(_ index: Int, since begin: Int, _ award: LoggedAward) -> Bool {
    guard index > begin, index - begin <= InputCount.lookedBack else { return false }
    let (log, own) = (award.log, award.log.input(index))
    if case .nowhere = own.source {
      return (begin..<index).contains {
        let other = log.input($0)
        return other.name == own.name && other.source == .nowhere
          && other.cell.numerator == own.cell.numerator
          && other.cell.denominator == own.cell.denominator
      }
    }
    guard let place = place(of: own, award), sheets[place.sheet].column(own.column) >= 0 else {
      return false
    }
    return (begin..<index).contains { log.input($0).name == own.name && log.input($0).source == own.source }
  }

  private mutating func write(_ input: StepLog.Input, of award: LoggedAward, to out: inout TextBuffer) {
    let name = Int(input.name)
    out.append(words.text, words.names[name].text)
    let mask = words.names[name].mask
    if case .longNumbers = mask, input.cell.kind != .text {
      out.append(input.cell)
    } else {
      let mark = out.count
      out.append(award.value(of: input), as: mask)
      out.escapeJSON(from: mark)
    }
    guard let place = place(of: input, award) else { return }
    out.append(sheets[place.sheet].cell)
    out.append(column: sheets[place.sheet].column(input.column), row: place.row)
    out.append(words.language.placeCloses)
  }
}

/// The escaped text that names a sheet in every reference to its rows and cells.
private struct SheetWords {
  private let id: ObjectIdentifier
  private let columns: [Int32]
  let row: [UInt8]
  let cell: [UInt8]

  init(_ sheet: SourceSheet, _ language: StepLanguage) {
    id = ObjectIdentifier(sheet)
    columns = sheet.columns
    var row = TextBuffer(capacity: 128)
    row.append("{\"file\":")
    row.append(json: sheet.file)
    row.append(",\"sheet\":")
    row.append(json: sheet.sheet)
    row.append(",\"row\":")
    var cell = TextBuffer(capacity: 128)
    cell.append(language.placeOpens)
    cell.append(Place(sheet))
    cell.append("!")
    cell.escapeJSON(from: 0)
    (self.row, self.cell) = (row.bytes, cell.bytes)
  }

  func contains(_ claim: Claim) -> Bool { claim.sourceID == id }

  /// The sheet column of a layout column; −1 if the sheet lacks it.
  func column(_ column: Int32) -> Int32 { Int(column) < columns.count ? columns[Int(column)] : -1 }
}

extension StepFigure.Slot {
  fileprivate func number(of entry: StepLog.Entry, _ was: LoggedNumber) -> LoggedNumber {
    switch self {
    case .was: was
    case .result: entry.result
    case .value: entry.value
    case .other: entry.other
    }
  }
}
