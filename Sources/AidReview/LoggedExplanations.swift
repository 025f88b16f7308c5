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

  /// What a logged cell holds.
  func value(of input: StepLog.Input) -> Value {
    switch input.source {
    case .row(let row): claims[Int(rows[rows.startIndex + Int(row)])].value(at: Int(input.column))
    case .roster: rosterEntry?.value(at: Int(input.column)) ?? .blank
    case .nowhere: .blank
    }
  }
}

/// The words of one policy's explanations, made once for everybody. Written with a log they give the same bytes as
/// `Explanations` gives for the whole award.
public struct LoggedExplanations: Sendable {
  /// Every word there is, escaped for JSON; the rest are ranges of it.
  let text: [UInt8]
  /// The gapped sentences of all forms and ways, one after the other.
  let pieces: [StepWords.Piece]
  /// For each form the number of its first way; for each way where its pieces begin, and at last where they end.
  private let ways: [Int]
  private let begins: [Int]
  /// For each name of an input the range of the name and its equals sign.
  let names: [(text: Range<Int>, mask: InputMask)]
  /// What stands between the record and the claimant.
  let head: [UInt8]
  let zh: Bool

  /// - Parameter inputNames: what `StepLog.Input.name` counts.
  public init(_ programme: ProgrammeInfo, forms: [StepForm], inputNames: [String], language: Language) {
    zh = language == .zh
    var writer = StepWords()
    var (ways, begins) = ([Int](), [Int]())
    for form in forms {
      ways.append(begins.count)
      for way in form.ways {
        begins.append(writer.pieces.count)
        writer.take(form, way, language: language)
      }
    }
    begins.append(writer.pieces.count)
    (self.ways, self.begins) = (ways, begins)
    names = inputNames.map { (writer.take($0 + "="), InputMask($0)) }
    (text, pieces) = (writer.text, writer.pieces)
    var head = TextBuffer(capacity: 128)
    head.append(",\"programme\":")
    head.append(json: programme.programme)
    head.append(",\"policy\":")
    head.append(json: programme.policy)
    self.head = head.bytes
  }

  /// The numbers of the pieces a step's object is put together from.
  func pieces(of entry: StepLog.Entry) -> Range<Int> {
    let way = ways[Int(entry.form)] + Int(entry.way)
    return begins[way]..<begins[way + 1]
  }
}
