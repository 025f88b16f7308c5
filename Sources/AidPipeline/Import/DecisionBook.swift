import AidModel

/// Decisions, indexed by record or person.
struct DecisionBook: Sendable {
  /// A decision that names a person instead of a record.
  struct Named: Sendable {
    let decision: Decision
    let programme: String
    let staffNo: String
  }

  private var byRecord: [ExactText: [Decision]] = [:]
  private var byPerson: [ExactText: [Decision]] = [:]
  private var named: [Named] = []
  /// The programmes of decisions about persons.
  private var programmes: Set<ExactText> = []
  /// Decisions whose staff number differs slightly from an applicant's, with the persons they may mean.
  private(set) var unsure: [(decision: Named, persons: [Int])] = []
  /// Decisions about people not in the batch.
  private var strangers: [Place] = []

  mutating func add(_ decision: Decision, record: String, programme: String, staffNo: String) {
    if !record.isEmpty {
      byRecord[ExactText(record), default: []].append(decision)
    } else {
      named.append(Named(decision: decision, programme: programme, staffNo: staffNo))
      programmes.insert(ExactText(programme))
    }
  }

  /// The same decisions, assigned to the persons they are about.
  func about(_ persons: Persons) -> DecisionBook {
    var book = self
    (book.byPerson, book.unsure, book.strangers) = ([:], [], [])
    for one in named {
      switch persons.find(staffNo: one.staffNo) {
      case .person(let person):
        book.byPerson[Self.key(one.programme, person), default: []].append(one.decision)
      case .unsure(let few):
        book.unsure.append((one, few))
        book.strangers.append(one.decision.place)
      case .nobody: book.strangers.append(one.decision.place)
      }
    }
    return book
  }

  private static func key(_ programme: String, _ person: Int) -> ExactText {
    ExactText(programme + "\u{1F}\(person)")
  }

  /// Whether an award of a programme may have a decision; false is certain.
  func mayConcern(_ programme: String) -> Bool {
    !byRecord.isEmpty || programmes.contains(ExactText(programme))
  }

  /// All decisions for an award; several disagree and need a person's choice.
  /// - Parameter person: nil if only a record can identify the award.
  func find(record: String, programme: String, person: Int?) -> [Decision] {
    if byRecord.isEmpty, byPerson.isEmpty { return [] }
    return (byRecord[ExactText(record)] ?? []) + (person.flatMap { byPerson[Self.key(programme, $0)] } ?? [])
  }

  /// The keys of the decisions an award looks up.
  /// - Parameter person: nil if the person has several awards, so that only a record can identify one.
  func asked(by award: Award, person: Int?) -> [ExactText] {
    if byRecord.isEmpty, byPerson.isEmpty { return [] }
    let record = ExactText(award.record)
    let key = person.map { Self.key(award.programme, $0) }
    return (byRecord[record] == nil ? [] : [record])
      + (key.map { byPerson[$0] == nil ? [] : [$0] } ?? [])
  }

  /// Whether all decisions about an award merely confirm or refuse it; a decision with a different amount
  /// would be ignored.
  func onlyChoose(_ award: Award, person: Int?) -> Bool {
    find(record: award.record, programme: award.programme, person: person)
      .allSatisfy { $0.amount == .zero || $0.amount == award.amount }
  }

  /// Removes decisions that were looked up; the rest, at the end, are unused.
  mutating func cross(off key: ExactText) {
    byRecord[key] = nil
    byPerson[key] = nil
  }

  /// The places of the decisions, unordered.
  var places: [Place] { [byRecord, byPerson].flatMap { $0.values.joined() }.map(\.place) + strangers }
}
