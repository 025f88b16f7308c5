import AidModel

/// Decisions by the record or person they are for.
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
  /// That decisions about persons name.
  private var programmes: Set<ExactText> = []
  /// Decisions about somebody whose staff number differs a little, with whom they may mean.
  private(set) var unsure: [(decision: Named, persons: [Int])] = []
  /// Decisions about nobody of the batch.
  private var strangers: [Place] = []

  mutating func add(_ decision: Decision, record: String, programme: String, staffNo: String) {
    if !record.isEmpty {
      byRecord[ExactText(record), default: []].append(decision)
    } else {
      named.append(Named(decision: decision, programme: programme, staffNo: staffNo))
      programmes.insert(ExactText(programme))
    }
  }

  /// The same decisions, each at the person it is about.
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

  /// Whether an award of a programme may have been decided on; false is certain.
  func mayConcern(_ programme: String) -> Bool {
    !byRecord.isEmpty || programmes.contains(ExactText(programme))
  }

  /// All decisions for an award; more than one means somebody must choose.
  /// - Parameter person: nil where only a record says which of several awards is meant.
  func find(record: String, programme: String, person: Int?) -> [Decision] {
    if byRecord.isEmpty, byPerson.isEmpty { return [] }
    return (byRecord[ExactText(record)] ?? []) + (person.flatMap { byPerson[Self.key(programme, $0)] } ?? [])
  }

  /// Keys of the decisions an award asks for.
  /// - Parameter person: nil where it is one of several of its person: only a record says which one is meant.
  func asked(by award: Award, person: Int?) -> [ExactText] {
    if byRecord.isEmpty, byPerson.isEmpty { return [] }
    let record = ExactText(award.record)
    let key = person.map { Self.key(award.programme, $0) }
    return (byRecord[record] == nil ? [] : [record])
      + (key.map { byPerson[$0] == nil ? [] : [$0] } ?? [])
  }

  /// Whether what was decided about an award only says yes or no to it: another amount than it comes to would be
  /// passed over.
  func onlyChoose(_ award: Award, person: Int?) -> Bool {
    find(record: award.record, programme: award.programme, person: person)
      .allSatisfy { $0.amount == .zero || $0.amount == award.amount }
  }

  /// Takes out decisions that were asked for; what is left at the end nobody has asked for.
  mutating func cross(off key: ExactText) {
    byRecord[key] = nil
    byPerson[key] = nil
  }

  /// Where the decisions stand, in no order.
  var places: [Place] { [byRecord, byPerson].flatMap { $0.values.joined() }.map(\.place) + strangers }
}
