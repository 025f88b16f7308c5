/// What a store held when it was read; any posting or import makes it another.
public struct StoreStamp: Sendable, Equatable {
  /// The sequence of the last batch posted.
  public let batches: Int
  /// The number of the last list taken over.
  public let imported: Int

  public init(batches: Int = 0, imported: Int = 0) { (self.batches, self.imported) = (batches, imported) }
}

/// A name of a programme: its id, its title, its policy's id.
public struct ProgrammeName: Sendable, Hashable {
  public let programme: String
  public let name: String
  public init(programme: String, name: String) { (self.programme, self.name) = (programme, name) }
}

/// What another batch of the store paid out of a fund.
public struct FundPaid: Sendable {
  public let fund: String
  public let batch: String
  public let paid: Money
  /// The term of that batch; nil where it is not known.
  public let term: Period?

  public init(fund: String, batch: String, paid: Money, term: Period?) {
    self.fund = fund
    self.batch = batch
    self.paid = paid
    self.term = term
  }
}

/// What the store remembers of payments, as it stood when a batch was, or is about to be, posted.
public struct EarlierPayments: Sendable {
  /// Of batches posted here, by day, batch and person.
  public var posted: [PastPayment] = []
  /// What lists told, in the order they came. Programmes are as the lists call them; a state nobody looked at is told
  /// by its word.
  public var lists: [ListedPayments] = []
  /// Of batches posted here.
  public var invoices: [PaidInvoice] = []
  /// Names that programmes had in batches posted here.
  public var names: [ProgrammeName] = []
  /// What those batches paid out of funds.
  public var funds: [FundPaid] = []
  public var stamp = StoreStamp()

  public init() {}
}

/// The people a batch is about: whose earlier payments matter.
public struct PeopleAtHand: Sendable {
  /// Without zeros in front and in upper case: who is meant is decided by those who look.
  public private(set) var staffNos: Set<ExactText> = []
  /// Of a citizen's number both forms.
  public private(set) var idNumbers: Set<ExactText> = []
  /// Of those known by one number alone: a payment may name the other.
  public private(set) var names: Set<ExactText> = []
  /// Whether any row has an invoice, so that invoices paid for matter.
  public var hasInvoices = false

  public init() {}

  /// Blank ones are nobody's.
  /// - Parameter name: of somebody who applies; nil: it does not matter.
  public mutating func add(staffNo: String, idNumber: String, name: String? = nil) {
    if !staffNo.isEmpty {
      let digits = staffNo.utf8.drop { $0 == UInt8(ascii: "0") }
        .map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
      staffNos.insert(ExactText(String(decoding: digits, as: UTF8.self)))
    }
    if let name, staffNo.isEmpty != idNumber.isEmpty { names.formUnion([ExactText(name), ExactText("")]) }
    if idNumber.isEmpty { return }
    idNumbers.insert(ExactText(idNumber))
    let bytes = Array(idNumber.utf8)
    if bytes.count == 18 {
      idNumbers.insert(ExactText(String(decoding: bytes[..<6] + bytes[8..<17], as: UTF8.self)))
    } else if let full = IDNumber.withEighteenDigits(idNumber) {
      idNumbers.insert(ExactText(full))
    }
  }
}
