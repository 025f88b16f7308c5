/// All that is known of earlier payments: those posted here, and what lists report about them and others.
///
/// A payment is identified by batch (if both sides name one), programme, person, amount and day; among equal
/// payments each line of a list matches one. A list under `history:` and an imported list are treated alike.
public struct PaymentBook: Sendable {
  /// What a line of a list amounts to.
  public enum Told: Sendable, Equatable {
    /// A payment not known before.
    case new
    case known
    /// The payment is known; its state has changed.
    case changed(from: PaymentState)
    /// The payment is known; its breakdown is new.
    case explained
    /// The payment is known; a later state than the line's is known too.
    case overtaken(by: PaymentState)
    /// The line is neither a known payment nor consistent with one.
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
    /// A payment known to have failed or been withdrawn is reported as paid.
    case paidAfterAll(Int)
    /// The line names no batch and may refer to several.
    case severalBatches(Int)
    /// Money is said to have come back, or not to have arrived, that the batch posted here never paid.
    case neverPaid

    /// The number of the payment it does not go with.
    public var payment: Int? {
      switch self {
      case .amount(let i), .day(let i), .paidAfterAll(let i), .severalBatches(let i): i
      case .neverPaid: nil
      }
    }
  }

  public private(set) var payments: [PastPayment] = []
  /// For each payment, whether the store posted it.
  private var isPosted: [Bool] = []
  /// For each payment, whether it was ever reported as sent.
  private var wasPaid: [Bool] = []
  /// Payments that contradict another one.
  private var doubts: [Int: Contradiction] = [:]
  private var byPerson: [Int: [Int]] = [:]

  /// Batches posted here.
  private let batches: Set<ExactText>

  /// - Parameter batches: names of the batches posted here, also of those that paid nobody at hand.
  public init(batches: some Sequence<String> = []) { self.batches = Set(batches.map(ExactText.init)) }

  /// Adds payments of posted batches.
  /// - Parameter persons: each payment's recipient.
  public mutating func add(posted: [PastPayment], of persons: some Collection<Int>) {
    for (payment, person) in zip(posted, persons) { append(payment, of: person, isPosted: true) }
  }

  private mutating func append(_ payment: PastPayment, of person: Int, isPosted posted: Bool) {
    payments.append(payment)
    isPosted.append(posted)
    wasPaid.append(posted || [.paid, .returned, .recovered].contains(payment.state))
    byPerson[person, default: []].append(payments.count - 1)
  }

  /// Payments that count although they contradict others, with what they contradict.
  public var unsettled: [(payment: PastPayment, why: Contradiction)] {
    doubts.keys.sorted().filter { payments[$0].counts }.map { (payments[$0], doubts[$0]!) }
  }

  /// Adds a list's lines.
  /// - Parameter persons: each line's person.
  /// - Returns: what each line amounts to.
  public mutating func add(_ list: [PastPayment], of persons: some Collection<Int>) -> [Told] {
    let persons = Array(persons)
    var told = [Told?](repeating: nil, count: list.count)
    var taken: Set<Int> = []
    // First the lines that repeat a known state: of two equal payments, only one may have come back.
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

  /// Adopts a line's breakdown if the payment has none.
  private mutating func explain(_ i: Int, by line: PastPayment) -> Bool {
    var isNews = false
    if payments[i].breakdown == nil, let breakdown = line.breakdown {
      payments[i].breakdown = breakdown
      isNews = true
    }
    if !isPosted[i], payments[i].said.isEmpty, !line.said.isEmpty {
      (payments[i].said, payments[i].term) = (line.said, line.term)
      (payments[i].account, payments[i].phone) = (line.account, line.phone)
      isNews = true
    }
    return isNews
  }

  /// Payments a line may refer to, except those taken by other lines of its list; same batch first.
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

  /// The payment cancelled by a line that gives the day the money came back instead of the day it was sent.
  /// Nil if there is none or more than one, or if the line names no batch.
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

  /// Whether a state can follow a payment's current state.
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
      // What may have been paid counts as paid until clarified.
      payments[i].state = .paid
      return .contradicts(.paidAfterAll(i))
    }
    return .overtaken(by: before)
  }

  /// The known payment that an unmatched line contradicts: the line names a batch posted here but differs in
  /// amount or day, or it cancels a payment of another day.
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
    return line.state.counts || !batches.contains(ExactText(line.batch)) ? nil : .neverPaid
  }
}
