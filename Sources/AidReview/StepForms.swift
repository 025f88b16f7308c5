import AidModel

/// The words of one way of a step, made once: text with gaps for the figures of each person.
struct StepWords: Sendable {
  enum Piece: Sendable {
    /// Bytes of `text`, escaped for JSON.
    case words(Range<Int>)
    case yuan(StepFigure.Slot)
    case percent(StepFigure.Slot)
    case number(StepFigure.Slot)
    case inputs
    /// The result as JSON has it, without commas.
    case plainResult
  }

  let pieces: [Piece]
  let text: [UInt8]

  /// The step as an object of the explanation.
  init(_ form: StepForm, _ way: StepForm.Way, language: Language) {
    var writer = FormWriter()
    writer.append(raw: "{\"step\":", json: form.key)
    writer.append(raw: ",\"clause\":", json: way.clause)
    writer.append(raw: ",\"text\":\"")
    StepSentence(
      key: form.key, operation: way.operation, figures: .open, inputs: [], zh: language == .zh
    ).write(to: &writer)
    writer.append(raw: "\",\"value\":\"")
    writer.append(.plainResult)
    writer.append(raw: "\",\"benefit\":", json: form.benefit)
    writer.append(raw: "}")
    (pieces, text) = writer.finish()
  }
}

/// Takes down a sentence with its gaps.
private struct FormWriter: ~Copyable, StepWriter {
  private var pieces: [StepWords.Piece] = []
  private var text = TextBuffer(capacity: 512)
  private var begin = 0

  consuming func finish() -> (pieces: [StepWords.Piece], text: [UInt8]) {
    closeWords()
    return (pieces, text.bytes)
  }

  private mutating func closeWords() {
    if text.count > begin { pieces.append(.words(begin..<text.count)) }
    begin = text.count
  }

  mutating func append(_ gap: StepWords.Piece) {
    closeWords()
    pieces.append(gap)
  }

  mutating func append(raw words: String) { text.append(words) }

  mutating func append(raw words: String, json value: String?) {
    text.append(words)
    text.append(json: value)
  }

  mutating func append(_ words: String) {
    let mark = text.count
    text.append(words)
    text.escapeJSON(from: mark)
  }

  mutating func append(yuan figure: StepFigure) {
    switch figure {
    case .exact(let number): text.append(yuan: number)
    case .open(let slot): append(.yuan(slot))
    }
  }

  mutating func append(percent figure: StepFigure) {
    switch figure {
    case .exact(let number): text.append(percent: number)
    case .open(let slot): append(.percent(slot))
    }
  }

  mutating func append(number figure: StepFigure) {
    switch figure {
    case .exact(let number): text.append(number)
    case .open(let slot): append(.number(slot))
    }
  }

  mutating func append(_ inputs: [Input], zh: Bool) { append(.inputs) }
}

extension TextBuffer {
  /// As the same of a `Rational`.
  mutating func append(yuan number: LoggedNumber) {
    if let fen = number.fen { append(Money(fen: fen), grouping: true) } else { append(number.rational) }
  }

  /// As the same of a `Rational`.
  mutating func append(plain number: LoggedNumber) {
    if let fen = number.fen { append(Money(fen: fen)) } else { append(number.rational) }
  }
}

extension LoggedNumber {
  /// Whole hundredths.
  fileprivate var fen: Int64? {
    if denominator == 100 { return numerator }
    let (hundred, overflow) = numerator.multipliedReportingOverflow(by: 100)
    if overflow { return rational.hundredths }
    let (fen, rest) = hundred.quotientAndRemainder(dividingBy: denominator)
    return rest == 0 ? fen : nil
  }
}
