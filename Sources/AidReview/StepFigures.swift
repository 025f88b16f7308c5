import AidModel

/// A number in a sentence: fixed, or to be filled in for each person.
enum StepFigure {
  case exact(Rational)
  case open(Slot)

  enum Slot: Sendable, BitwiseCopyable { case was, result, value, other }
}

/// What a sum adds up: known now, or filled in for each person.
enum StepParts {
  case exact([Rational])
  case open
}

/// A question about a step's figures: answered now, or for each person.
enum StepTest {
  case exact(Bool)
  case open
}

/// The numbers of a step that differ from person to person.
struct StepFigures {
  /// The amount before the step.
  let was: StepFigure
  /// The amount after it.
  let result: StepFigure
  /// The value of the step's expression; for open tiers, what the last one contributes.
  let value: StepFigure
  /// For a cap, how much of it is already used.
  let other: StepFigure
  /// For a sum, the result of each benefit.
  let parts: StepParts
  /// Whether the amount is at least what the step subtracts.
  let isEnough: StepTest

  static let open = StepFigures(
    was: .open(.was), result: .open(.result), value: .open(.value), other: .open(.other), parts: .open,
    isEnough: .open)

  private init(
    was: StepFigure, result: StepFigure, value: StepFigure, other: StepFigure, parts: StepParts,
    isEnough: StepTest
  ) {
    (self.was, self.result, self.value, self.other) = (was, result, value, other)
    (self.parts, self.isEnough) = (parts, isEnough)
  }

  /// - Parameter index: of a step of the trace.
  init(_ trace: Trace, _ index: Int) {
    let step = trace.steps[index]
    let was = index > 0 ? trace.steps[index - 1].result : .zero
    var (value, other, parts) = (step.result, Rational.zero, [Rational]())
    switch step.operation {
    case .less(_, let own), .deductible(let own, _), .offset(_, let own), .times(_, let own),
      .rate(let own, _), .whole(_, let own?):
      value = own
    case .cap(let at, let used, _, _): (value, other) = (at, used)
    case .sum(let steps): parts = steps.map { trace.steps[$0].result }
    default: break
    }
    self.init(
      was: .exact(was), result: .exact(step.result), value: .exact(value), other: .exact(other),
      parts: .exact(parts), isEnough: .exact(value <= was))
  }
}

/// The destination of a step's words: text, or a template of it.
protocol StepWriter: ~Copyable {
  mutating func append(_ text: String)
  /// Appends yuan with commas.
  mutating func append(yuan figure: StepFigure)
  mutating func append(percent figure: StepFigure)
  /// Appends a number that is not money.
  mutating func append(number figure: StepFigure)
  /// Appends `580.00 + 200.00 = `, the positive parts; nothing if there are fewer than two.
  mutating func append(parts: StepParts)
  /// Appends the sources of the figures.
  mutating func append(_ inputs: [Input], in language: StepLanguage)
  /// Appends one of two continuations.
  mutating func append(
    if test: StepTest, _ yes: (inout Self) -> Void, else no: (inout Self) -> Void)
}

extension TextBuffer: StepWriter {
  private static func known(_ figure: StepFigure) -> Rational {
    guard case .exact(let number) = figure else { preconditionFailure("text needs a number") }
    return number
  }

  mutating func append(yuan figure: StepFigure) { append(yuan: Self.known(figure)) }
  mutating func append(percent figure: StepFigure) { append(percent: Self.known(figure)) }
  mutating func append(number figure: StepFigure) { append(Self.known(figure)) }

  mutating func append(parts: StepParts) {
    guard case .exact(let all) = parts else { preconditionFailure("text needs numbers") }
    let own = all.filter { $0 > .zero }
    if own.count < 2 { return }
    for (index, part) in own.enumerated() {
      append(yuan: part)
      append(index == own.count - 1 ? " = " : " + ")
    }
  }

  mutating func append(
    if test: StepTest, _ yes: (inout TextBuffer) -> Void, else no: (inout TextBuffer) -> Void
  ) {
    guard case .exact(let holds) = test else { preconditionFailure("text needs an answer") }
    if holds { yes(&self) } else { no(&self) }
  }

  /// Lists each cell once, and at most a few; then the total number.
  mutating func append(_ inputs: [Input], in language: StepLanguage) {
    var listed = InputCount(language)
    for (i, input) in inputs.enumerated() where !Self.isRepeated(i, in: inputs) {
      if listed.takes(one: &self) { append(input, language) }
    }
    listed.close(&self)
  }

  /// Whether the input is listed already: an expression may read a cell, or a named value, more than once.
  private static func isRepeated(_ index: Int, in inputs: [Input]) -> Bool {
    guard index <= InputCount.lookedBack else { return false }
    guard let place = inputs[index].place else {
      return inputs[..<index].contains {
        $0.place == nil && $0.name.sameScalars(as: inputs[index].name) && $0.value == inputs[index].value
      }
    }
    if place.column < 0 { return false }
    return inputs[..<index].contains {
      $0.place.map { $0.row == place.row && $0.column == place.column && $0.source === place.source } ?? false
        && $0.name.sameScalars(as: inputs[index].name)
    }
  }

  private mutating func append(_ input: Input, _ language: StepLanguage) {
    append(language.words(input.name))
    if case .figure(let figure) = input.value, let rounded = figure.approximation {
      append("≈")
      append(rounded)
    } else {
      append(UInt8(ascii: "="))
      append(input.value, as: InputMask(input))
    }
    guard let place = input.place else { return }
    append(language.placeOpens)
    append(place)
    append(language.placeCloses)
  }

  /// Appends a value, masked if only those concerned may read the whole number.
  mutating func append(_ value: Value, as mask: InputMask) {
    switch (mask, value) {
    case (.idNumber, _): append(Masking.idNumber(value.plain))
    case (.account, _): append(Masking.account(value.plain))
    case (.phone, _): append(Masking.phone(value.plain))
    case (.longNumbers, .text(let text)): append(Masking.text(text))
    case (.longNumbers, _): append(value)
    }
  }
}

/// The language of a step's sentence with its signs, and the words for what the policy writes.
struct StepLanguage: Sendable {
  let language: Language
  let phrases: Phrases

  init(_ language: Language, _ phrases: Phrases) {
    (self.language, self.phrases) = (language, phrases)
  }

  private var zh: Bool { language == .zh }

  func say(_ chinese: String, _ english: String) -> String { zh ? chinese : english }

  /// An expression, or the name of an input, in words.
  func words(_ source: String) -> String { phrases.text(source, language) }

  /// An expression in words, to stand before an equals sign or an operator.
  func term(_ source: String) -> String { phrases.term(source, language) }

  var colon: String { say("：", ": ") }
  var comma: String { say("，", ", ") }
  var semicolon: String { say("；", "; ") }
  var opens: String { say("（", " (") }
  var closes: String { say("）", ")") }
  var placeOpens: String { say(" 〔", " [") }
  var placeCloses: String { say("〕", "]") }
}

extension Value {
  fileprivate var isText: Bool {
    if case .text = self { return true }
    return false
  }
}

/// How an input's value is masked, according to its name.
enum InputMask: Sendable {
  case idNumber, account, phone, longNumbers

  /// A figure that is no cell is nobody's number, whatever its name.
  init(_ input: Input) {
    if input.place == nil, !input.value.isText { self = .longNumbers } else { self.init(input.name) }
  }

  init(_ name: String) {
    if Self.ends(name, with: "id_number") || Self.ends(name, with: "spouse_id") {
      self = .idNumber
    } else {
      self =
        Self.ends(name, with: "account")
        ? .account : (Self.ends(name, with: "phone") ? .phone : .longNumbers)
    }
  }

  private static func ends(_ name: String, with suffix: StaticString) -> Bool {
    name.utf8.suffix(suffix.utf8CodeUnitCount).elementsEqual(
      UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
  }
}

/// Counts a step's inputs while the first few are shown.
struct InputCount {
  private static let shownMax = 6
  /// Beyond this many inputs, repetitions are not detected.
  static let lookedBack = 64

  private let language: StepLanguage
  private var shown = 0
  private var total = 0

  init(_ language: StepLanguage) { self.language = language }

  /// Counts one more input; returns true if it is to be shown, after writing the separator.
  mutating func takes(one out: inout TextBuffer) -> Bool {
    total += 1
    if shown == Self.shownMax { return false }
    out.append(shown == 0 ? language.say("  来源：", "  from: ") : language.semicolon)
    shown += 1
    return true
  }

  func close(_ out: inout TextBuffer) {
    if total > shown { out.append(language.say(" 等 \(total) 项", " … \(total) in all")) }
  }
}
