import AidIntake
import AidModel

/// The columns of one list of payments that say what became of each: those known by their headings, and every other
/// one whose cells are words of a status.
///
/// Two columns that say different things are not weighed against each other: the run stops.
struct StatusColumns {
  /// What one line says. Where that is doubtful the payment counts as in transit.
  typealias Status = (word: String, state: PaymentState)

  private static let (status, reason) = ("status", "return_reason")

  private let words: StatusWords
  /// Columns of statuses, by their places in the layout.
  private var statuses: [Int] = []
  /// Columns that tell why a payment did not stand.
  private var reasons: [Int] = []
  /// Columns of something else, where a cell may be such a word all the same.
  private var others: [Int] = []
  /// Columns read as statuses for what stands in them.
  private(set) var findings: [Finding] = []
  private var told: [(arguments: [String], kind: FindingKind, place: Place, column: String, count: Int)] = []

  /// - Parameters:
  ///   - claims: the lines of one list.
  ///   - asked: the layout of lists of payments, without what this list has besides.
  init(_ claims: [Claim], words: StatusWords, asked: Layout) {
    self.words = words
    guard let source = claims.first?.source else { return }
    for (index, column) in source.layout.columns.enumerated() {
      let name = index < asked.columns.count ? column.name : Self.name(of: column.name, asked)
      if name.sameScalars(as: Self.status) {
        statuses.append(index)
      } else if name.sameScalars(as: Self.reason) {
        reasons.append(index)
      } else if index >= asked.columns.count {
        let cells = claims.lazy.map { $0.text(at: index) }.filter { !$0.isEmpty }
        guard cells.contains(where: { words.state(of: $0) != nil }) else { continue }
        if cells.allSatisfy({ words.state(of: $0) != nil }) {
          statuses.append(index)
          findings.append(
            Finding(
              HistoryFindings.columnOfStatuses, at: claims[0].place(ofColumn: index), column: column.name,
              [column.name]))
        } else {
          others.append(index)
        }
      }
    }
  }

  /// The column that asks for a heading; the heading itself where none does.
  private static func name(of heading: String, _ asked: Layout) -> String {
    let key = TextKey.of(heading)
    let column = asked.columns.first { $0.headings.contains { TextKey.of($0).sameScalars(as: key) } }
    if let column { return column.name }
    let isReason = ["原因", "理由", "reason"].contains(where: key.containsScalars)
    let isOfFailure = ["退", "败", "拒", "错", "未", "不成功", "异常", "fail", "return", "reject"]
      .contains(where: key.containsScalars)
    return isReason && isOfFailure ? reason : heading
  }

  // MARK: reading

  /// The layout with a column for every heading that the list has besides; nil if it has none.
  static func layout(_ asked: Layout, of report: FileReport) -> Layout? {
    var more: [Column] = []
    var seen: [String] = []
    for heading in report.columns {
      if let name = heading.name {
        guard [status, reason].contains(where: name.sameScalars) else { continue }
        let isFirst = !seen.contains(where: name.sameScalars)
        seen.append(name)
        if isFirst { continue }
      }
      let key = TextKey.of(heading.heading)
      let taken = asked.columns.map(\.name) + more.map(\.name)
      if key.isEmpty || taken.contains(where: { TextKey.of($0).sameScalars(as: key) }) { continue }
      more.append(Column(name: heading.heading, type: .text))
    }
    return more.isEmpty ? nil : Layout(programme: asked.programme, columns: asked.columns + more)
  }

  /// Whether a finding is about two columns of statuses, which may each be read by itself.
  static func isRepeated(_ finding: Finding) -> Bool {
    guard finding.kind.code == IntakeFindings.columnTwice.code, let column = finding.column else {
      return false
    }
    return [status, reason].contains(where: column.sameScalars)
  }

  // MARK: lines

  /// What a line says of its payment.
  mutating func status(of claim: Claim) -> Status {
    var said: (index: Int, word: String, state: PaymentState)?
    for index in statuses {
      let word = claim.text(at: index)
      if TextKey.of(word).isEmpty { continue }
      guard let state = words.state(of: word), state != .partial else {
        let isUnknown = words.state(of: word) == nil
        doubt(isUnknown ? HistoryFindings.statusUnknown : HistoryFindings.statusPartial, claim, index, [word])
        return (word, .inTransit)
      }
      if let said, said.state != state { return contradiction(claim, said.index, index) }
      if said == nil { said = (index, word, state) }
    }
    for index in others {
      guard let state = words.state(of: claim.text(at: index)), !state.counts,
        state != said?.state ?? .paid
      else { continue }
      return contradiction(claim, said?.index, index)
    }
    for index in reasons {
      let word = claim.text(at: index)
      if ["", "无", "没有", "none", "-", "--", "—", "/"].contains(where: TextKey.of(word).sameScalars) {
        continue
      }
      let state = words.state(of: word)
      guard let own = said else {
        guard let state, state != .partial else { return contradiction(claim, nil, index) }
        said = (index, word, state)
        continue
      }
      // A reason goes with money that did not arrive, and with what became of it since: 退票已补发.
      let isFine =
        own.state.counts ? state == own.state || words.tellsOfReturn(own.word) : state?.counts != true
      if !isFine { return contradiction(claim, own.index, index) }
    }
    return (said?.word ?? "", said?.state ?? .paid)
  }

  private mutating func contradiction(_ claim: Claim, _ first: Int?, _ second: Int) -> Status {
    let columns = claim.source.layout.columns
    func words(_ index: Int) -> String { columns[index].name + "=" + claim.text(at: index) }
    doubt(HistoryFindings.statusesDiffer, claim, second, [first.map(words) ?? "—", words(second)])
    return (claim.text(at: second), .inTransit)
  }

  private mutating func doubt(_ kind: FindingKind, _ claim: Claim, _ index: Int, _ arguments: [String]) {
    let known = told.firstIndex { one in
      one.kind.title == kind.title && one.arguments.count == arguments.count
        && zip(one.arguments, arguments).allSatisfy { $0.sameScalars(as: $1) }
    }
    if let known {
      told[known].count += 1
    } else {
      let column = claim.source.layout.columns[index].name
      told.append((arguments, kind, claim.place(ofColumn: index), column, 1))
    }
  }

  /// What the lines left open, each once.
  var doubts: [Finding] {
    told.map { one in
      Finding(
        one.kind, at: one.place, column: one.column,
        one.arguments + ["\(one.count)"] + (one.arguments.count == 1 ? [words.sample] : []))
    }
  }
}

extension StatusWords {
  /// A few words of each state, for a message.
  fileprivate var sample: String {
    words.map { state, words in "\(state.rawValue): " + words.prefix(9).joined(separator: " ") }
      .joined(separator: "; ")
  }

  /// Whether a word tells that money came back and of what became of it since.
  fileprivate func tellsOfReturn(_ word: String) -> Bool {
    let key = TextKey.of(word)
    return ["退", "失败", "补", "重", "reissue", "resent"].contains(where: key.containsScalars)
  }
}
