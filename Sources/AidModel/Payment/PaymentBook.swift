/// All that is known of earlier payments: those posted here, and what lists tell of them and of others.
///
/// A payment is known by its batch (where both say one), programme, person, amount and day; of several alike each line
/// of a list is one of them. The same function decides for a list under `history:` and for one taken into the store.
public struct PaymentBook: Sendable {
  /// What a line of a list comes to.
  public enum Told: Sendable, Equatable {
    /// Nobody knew of the payment.
    case new
    case known
    /// The payment is known, and something else has become of it since.
    case changed(from: PaymentState)
    /// The payment is known, and now also what its benefits gave.
    case explained
    /// The payment is known, and what the line says was overtaken by what is known.
    case overtaken(by: PaymentState)
    /// It cannot be this payment, another one and the truth at the same time.
    case contradicts(Contradiction)

    public var isNews: Bool {
      switch self {
      case .known, .overtaken: false
      case .new, .changed, .explained, .contradicts: true
      }
    }
  }

  public enum Contradiction: Sendable, Equatable {
    /// The same person was paid another amount in the same batch on the same day.
    case amount(Int)
    /// The same amount was paid on another day.
    case day(Int)
    /// It failed or was withdrawn, and is said to have been paid.
    case paidAfterAll(Int)
    /// The line names no batch and may be any of several.
    case severalBatches(Int)

    /// The number of the payment it does not go with.
    public var payment: Int {
      switch self {
      case .amount(let i), .day(let i), .paidAfterAll(let i), .severalBatches(let i): i
      }
    }
  }

  public private(set) var payments: [PastPayment] = []
  /// For each payment whether the store posted it.
  private var isPosted: [Bool] = []
  /// For each payment whether it was ever told to have gone out.
  private var wasPaid: [Bool] = []
  /// Payments that contradict another and still count.
  private var doubts: [Int: Contradiction] = [:]
  private var byPerson: [Int: [Int]] = [:]

  public init() {}

  /// Takes payments of batches posted here over.
  /// - Parameter persons: for each payment whom it went to.
  public mutating func add(posted: [PastPayment], of persons: some Collection<Int>) {
    for (payment, person) in zip(posted, persons) { append(payment, of: person, isPosted: true) }
  }

  private mutating func append(_ payment: PastPayment, of person: Int, isPosted posted: Bool) {
    payments.append(payment)
    isPosted.append(posted)
    wasPaid.append(posted || [.paid, .returned, .recovered].contains(payment.state))
    byPerson[person, default: []].append(payments.count - 1)
  }

  /// Payments that contradict what is known and count all the same, with what they contradict.
  public var unsettled: [(payment: PastPayment, why: Contradiction)] {
    doubts.keys.sorted().filter { payments[$0].counts }.map { (payments[$0], doubts[$0]!) }
  }

  /// Takes a list's lines over.
  /// - Parameter persons: for each line whom it is about.
  /// - Returns: for each line what it comes to.
  public mutating func add(_ list: [PastPayment], of persons: some Collection<Int>) -> [Told] {
    let persons = Array(persons)
    var told = [Told?](repeating: nil, count: list.count)
    var taken: Set<Int> = []
    // Lines that say what is known first: of two payments alike one may have come back.
    for (i, line) in list.enumerated() {
      guard let match = candidates(line, persons[i], taken).first(where: { payments[$0].state == line.state })
      else {
        continue
      }
      taken.insert(match)
      told[i] = explain(match, by: line) ? .explained : .known
    }
    for (i, line) in list.enumerated() where told[i] == nil {
      let open = candidates(line, persons[i], taken)
      guard let match = open.first(where: { follows(line.state, $0) }) ?? open.first else { continue }
      taken.insert(match)
      _ = explain(match, by: line)
      let other = open.first { !payments[$0].batch.sameScalars(as: payments[match].batch) }
      if line.batch.isEmpty, let other, line.state.counts != payments[match].state.counts {
        told[i] = .contradicts(.severalBatches(other))
      } else {
        told[i] = take(line, as: match)
      }
    }
    for (i, line) in list.enumerated() where told[i] == nil {
      guard let match = takenBack(by: line, persons[i], taken) else { continue }
      taken.insert(match)
      told[i] = payments[match].state == line.state ? .known : take(line, as: match)
    }
    let known = payments.indices
    for (i, line) in list.enumerated() where told[i] == nil {
      let contradiction = contradiction(of: line, persons[i], among: known, taken)
      if let contradiction { doubts[payments.count] = contradiction }
      told[i] = contradiction.map { .contradicts($0) } ?? .new
      append(line, of: persons[i], isPosted: false)
    }
    return told.map { $0 ?? .new }
  }

  /// Takes over what a line says of the benefits of a payment, where nobody has said it before.
  private mutating func explain(_ i: Int, by line: PastPayment) -> Bool {
    guard payments[i].breakdown == nil, let breakdown = line.breakdown else { return false }
    payments[i].breakdown = breakdown
    return true
  }

  /// Payments a line may be about and no other line of its list is, those of its very batch first.
  private func candidates(_ line: PastPayment, _ person: Int, _ taken: Set<Int>) -> [Int] {
    let alike = (byPerson[person] ?? []).filter { i in
      let payment = payments[i]
      return !taken.contains(i) && payment.amount == line.amount && payment.paidOn == line.paidOn
        && payment.programme.sameScalars(as: line.programme)
        && (payment.batch.isEmpty || line.batch.isEmpty || payment.batch.sameScalars(as: line.batch))
    }
    return alike.filter { payments[$0].batch.sameScalars(as: line.batch) }
      + alike.filter { !payments[$0].batch.sameScalars(as: line.batch) }
  }

  /// The one payment that a line takes back which gives the day the money came back instead of the day it went out;
  /// nil where there is none, or more than one. The line has to name the batch.
  private func takenBack(by line: PastPayment, _ person: Int, _ taken: Set<Int>) -> Int? {
    if line.batch.isEmpty || line.state.counts { return nil }
    let alike = (byPerson[person] ?? []).filter { i in
      let payment = payments[i]
      return !taken.contains(i) && payment.amount == line.amount && payment.paidOn < line.paidOn
        && payment.programme.sameScalars(as: line.programme)
        && payment.batch.sameScalars(as: line.batch)
        && (payment.counts || payment.state == line.state)
    }
    return alike.count == 1 ? alike[0] : nil
  }

  /// Whether a state may be what became of a payment later.
  private func follows(_ state: PaymentState, _ i: Int) -> Bool {
    switch payments[i].state {
    case .inTransit: true
    case .paid: !state.counts
    case .failed, .returned, .cancelled, .recovered, .partial: !state.counts
    }
  }

  private mutating func take(_ line: PastPayment, as i: Int) -> Told {
    let before = payments[i].state
    if follows(line.state, i) {
      payments[i].state = line.state
      payments[i].status = line.status
      if [.paid, .returned, .recovered].contains(line.state) { wasPaid[i] = true }
      return .changed(from: before)
    }
    if line.state == .paid, !wasPaid[i] {
      // What may have been paid counts, until somebody says how it was.
      payments[i].state = .paid
      return .contradicts(.paidAfterAll(i))
    }
    return .overtaken(by: before)
  }

  /// What a line nobody knows of does not go with: it speaks of a batch that was posted here and says something else,
  /// or takes back a payment of another day.
  private func contradiction(
    of line: PastPayment, _ person: Int, among known: Range<Int>, _ taken: Set<Int>
  ) -> Contradiction? {
    for i in byPerson[person] ?? [] where known.contains(i) && !taken.contains(i) {
      let payment = payments[i]
      guard payment.programme.sameScalars(as: line.programme), payment.counts else { continue }
      let isSameBatch = !line.batch.isEmpty && payment.batch.sameScalars(as: line.batch)
      if isSameBatch, isPosted[i] {
        if payment.paidOn == line.paidOn { return .amount(i) }
        if payment.amount == line.amount { return .day(i) }
      } else if !line.state.counts, isSameBatch || line.batch.isEmpty, payment.amount == line.amount {
        return .day(i)
      }
    }
    return nil
  }
}
