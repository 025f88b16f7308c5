import AidModel

/// Records the words of steps once, with gaps for each person's figures.
struct StepWords: ~Copyable {
  enum Piece: Sendable, BitwiseCopyable {
    /// A range of the text.
    case words(first: Int, count: Int)
    case yuan(StepFigure.Slot)
    case percent(StepFigure.Slot)
    case number(StepFigure.Slot)
    case inputs
    /// The result in JSON form, without commas.
    case plainResult
  }

  private(set) var pieces: [Piece] = []
  private var buffer = TextBuffer()
  private var begin = 0

  var text: [UInt8] { buffer.bytes }

  /// Records one way of a step as an object of the explanation.
  mutating func take(_ form: StepForm, _ way: StepForm.Way, language: Language) {
    begin = buffer.count
    append(raw: "{\"step\":", json: form.key)
    append(raw: ",\"clause\":", json: way.clause)
    buffer.append(",\"text\":\"")
    StepSentence(
      key: form.key, operation: way.operation, figures: .open, inputs: [], zh: language == .zh
    ).write(to: &self)
    buffer.append("\",\"value\":\"")
    append(.plainResult)
    append(raw: "\",\"benefit\":", json: form.benefit)
    buffer.append("}")
    closeWords()
  }

  /// Records words that belong to no step; returns their range.
  mutating func take(_ words: String) -> Range<Int> {
    let first = buffer.count
    append(words)
    return first..<buffer.count
  }

  private mutating func closeWords() {
    if buffer.count > begin { pieces.append(.words(first: begin, count: buffer.count - begin)) }
    begin = buffer.count
  }

  private mutating func append(_ gap: Piece) {
    closeWords()
    pieces.append(gap)
  }

  private mutating func append(raw words: String, json value: String?) {
    buffer.append(words)
    buffer.append(json: value)
  }
}

extension StepWords: StepWriter {
  mutating func append(_ words: String) {
    let mark = buffer.count
    buffer.append(words)
    buffer.escapeJSON(from: mark)
  }

  mutating func append(yuan figure: StepFigure) {
    switch figure {
    case .exact(let number): buffer.append(yuan: number)
    case .open(let slot): append(.yuan(slot))
    }
  }

  mutating func append(percent figure: StepFigure) {
    switch figure {
    case .exact(let number): buffer.append(percent: number)
    case .open(let slot): append(.percent(slot))
    }
  }

  mutating func append(number figure: StepFigure) {
    switch figure {
    case .exact(let number): buffer.append(number)
    case .open(let slot): append(.number(slot))
    }
  }

  mutating func append(_ inputs: [Input], zh: Bool) { append(.inputs) }
}

extension TextBuffer {
  /// Like the method for `Rational`.
  mutating func append(yuan number: LoggedNumber) {
    if let fen = number.fen { append(Money(fen: fen), grouping: true) } else { append(number.rational) }
  }

  /// Like the method for `Rational`.
  mutating func append(plain number: LoggedNumber) {
    if let fen = number.fen { append(Money(fen: fen)) } else { append(number.rational) }
  }
}

extension LoggedNumber {
  /// The number of hundredths, if whole.
  fileprivate var fen: Int64? {
    if denominator == 100 { return numerator }
    let (hundred, overflow) = numerator.multipliedReportingOverflow(by: 100)
    if overflow { return rational.hundredths }
    let (fen, rest) = hundred.quotientAndRemainder(dividingBy: denominator)
    return rest == 0 ? fen : nil
  }
}
