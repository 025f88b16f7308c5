public import AidModel

/// An award whose steps were logged by a compiled run.
public struct LoggedAward {
  public let entry: AwardEntry
  public let record: String
  /// Every application row of the batch, and the indexes of the award's rows.
  public let claims: [Claim]
  public let rows: ArraySlice<Int32>
  /// Indexes of the rows that count; empty if all do.
  public let counted: [Int]
  public let roster: Roster?
  /// The person's own roster entry, if the policy looks at it.
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

  /// The value of a logged cell.
  func value(of input: StepLog.Input) -> Value {
    switch input.source {
    case .row(let row): claims[Int(rows[rows.startIndex + Int(row)])].value(at: Int(input.column))
    case .roster: rosterEntry?.value(at: Int(input.column)) ?? .blank
    case .nowhere, .listed: .blank
    }
  }
}

/// The wording of one policy's explanations, prepared once for everyone. Combined with a log it gives the
/// same bytes as `Explanations` does for the whole award.
public struct LoggedExplanations: Sendable {
  /// All words, escaped for JSON; other fields are ranges of it.
  let text: [UInt8]
  /// The sentence templates of all forms and their variants, one after the other.
  let pieces: [StepWords.Piece]
  /// For each form, the index of its first variant; for each variant, the start of its pieces, plus the final end.
  private let firsts: [Int]
  private let begins: [Int]
  /// For each input name, the range of the name with its equals sign.
  let names: [(text: Range<Int>, mask: InputMask)]
  /// The text between the record and the claimant.
  let head: [UInt8]
  let language: StepLanguage
  /// For each form, the number of its benefit from 0; −1 for a step of the whole policy.
  private let benefits: [Int]

  /// - Parameter inputNames: indexed by `StepLog.Input.name`.
  public init(_ programme: ProgrammeInfo, forms: [StepForm], inputNames: [String], language: Language) {
    self.language = StepLanguage(language, programme.phrases)
    benefits = Self.benefits(of: forms)
    var writer = StepWords()
    var (firsts, begins) = ([Int](), [Int]())
    for form in forms {
      firsts.append(begins.count)
      for variant in form.variants {
        begins.append(writer.pieces.count)
        writer.take(form, variant, self.language)
      }
    }
    begins.append(writer.pieces.count)
    (self.firsts, self.begins) = (firsts, begins)
    names = inputNames.map {
      (writer.take(programme.phrases.text($0, language) + "="), InputMask($0))
    }
    (text, pieces) = (writer.text, writer.pieces)
    var head = TextBuffer(capacity: 128)
    head.append(",\"programme\":")
    head.append(json: programme.programme)
    head.append(",\"policy\":")
    head.append(json: programme.policy)
    self.head = head.bytes
  }

  private static func benefits(of forms: [StepForm]) -> [Int] {
    var names: [String] = []
    return forms.map { form in
      guard let name = form.benefit else { return -1 }
      if names.last?.sameScalars(as: name) != true { names.append(name) }
      return names.count - 1
    }
  }

  /// The result of each benefit that precedes a step.
  func parts(before index: Int, in log: StepLog) -> [Rational] {
    var parts: [Rational] = []
    var last = -1
    for number in 0..<index {
      let benefit = benefits[Int(log[number].form)]
      if benefit < 0 { continue }
      if benefit == last { parts.removeLast() }
      parts.append(log[number].result.rational)
      last = benefit
    }
    return parts
  }

  /// Indexes of the pieces that form a step's object.
  func pieces(of entry: StepLog.Entry) -> Range<Int> {
    let variant = firsts[Int(entry.form)] + Int(entry.variant)
    return begins[variant]..<begins[variant + 1]
  }
}
