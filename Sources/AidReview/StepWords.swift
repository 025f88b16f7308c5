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
    /// What a sum adds up.
    case parts
    /// Goes on where there is as much as the step takes off; else so many pieces are passed over.
    case ifEnough(orSkip: Int)
    case skip(Int)
    /// The result as JSON has it, without commas.
    case plainResult
  }

  private(set) var pieces: [Piece] = []
  private var buffer = TextBuffer()
  private var begin = 0

  var text: [UInt8] { buffer.bytes }

  /// One variant of a step, as an object of the explanation.
  mutating func take(_ form: StepForm, _ variant: StepForm.Variant, _ language: StepLanguage) {
    begin = buffer.count
    append(raw: "{\"step\":", json: form.key)
    append(raw: ",\"clause\":", json: variant.clause)
    buffer.append(",\"text\":\"")
    StepSentence(
      key: form.key, operation: variant.operation, figures: .open, inputs: [], language: language
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

  mutating func append(_ inputs: [Input], in language: StepLanguage) { append(.inputs) }

  mutating func append(parts: StepParts) { append(.parts) }

  mutating func append(
    if test: StepTest, _ yes: (inout StepWords) -> Void, else no: (inout StepWords) -> Void
  ) {
    append(.ifEnough(orSkip: 0))
    let branch = pieces.count - 1
    yes(&self)
    append(.skip(0))
    let skip = pieces.count - 1
    no(&self)
    closeWords()
    pieces[branch] = .ifEnough(orSkip: skip - branch)
    pieces[skip] = .skip(pieces.count - 1 - skip)
  }
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
  func isAbove(_ other: LoggedNumber) -> Bool {
    Int128(numerator) * Int128(other.denominator) > Int128(other.numerator) * Int128(denominator)
  }

  /// Whole hundredths.
  fileprivate var fen: Int64? {
    if denominator == 100 { return numerator }
    let (hundred, overflow) = numerator.multipliedReportingOverflow(by: 100)
    if overflow { return rational.hundredths }
    let (fen, rest) = hundred.quotientAndRemainder(dividingBy: denominator)
    return rest == 0 ? fen : nil
  }
}
