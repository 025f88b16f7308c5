/// The state of the store when it was read; any posting or import changes it.
public struct StoreStamp: Sendable, Equatable {
  /// The sequence number of the last batch posted.
  public let batches: Int
  /// The number of the last list imported.
  public let imported: Int

  public init(batches: Int = 0, imported: Int = 0) { (self.batches, self.imported) = (batches, imported) }
}

/// A name of a programme: its id, its title or its policy's id.
public struct ProgrammeName: Sendable, Hashable {
  public let programme: String
  public let name: String
  public init(programme: String, name: String) { (self.programme, self.name) = (programme, name) }
}

/// What another batch in the store paid out of a fund.
public struct FundPaid: Sendable {
  public let fund: String
  public let batch: String
  public let paid: Money
  /// The term of that batch; nil if unknown.
  public let term: Period?

  public init(fund: String, batch: String, paid: Money, term: Period?) {
    self.fund = fund
    self.batch = batch
    self.paid = paid
    self.term = term
  }
}

/// What the store remembers of payments, as of the posting of a batch (past or upcoming).
public struct EarlierPayments: Sendable {
  /// Payments of posted batches, by day, batch and person.
  public var posted: [PastPayment] = []
  /// Payments from imported lists, in import order. Programmes are named as in the lists; an unresolved state
  /// is kept as the list's word.
  public var lists: [ListedPayments] = []
  /// Invoices of posted batches.
  public var invoices: [PaidInvoice] = []
  /// Programme names used in posted batches.
  public var names: [ProgrammeName] = []
  /// Names of the batches posted here, in their order.
  public var batches: [String] = []
  /// What those batches paid out of funds.
  public var funds: [FundPaid] = []
  public var stamp = StoreStamp()

  public init() {}
}

/// The people of a batch, whose earlier payments are wanted.
public struct PeopleAtHand: Sendable {
  /// Without leading zeros and in upper case, so it may select too many payments; the caller decides.
  public private(set) var staffNos: Set<ExactText> = []
  /// For a citizen number, both forms.
  public private(set) var idNumbers: Set<ExactText> = []
  /// Of those known by one number alone: a payment may name the other; of everybody where an account or a telephone
  /// may tell that one person has two numbers.
  public private(set) var names: Set<ExactText> = []
  public private(set) var accounts: Set<ExactText> = []
  public private(set) var phones: Set<ExactText> = []
  /// Whether any row has an invoice, so that invoices paid for matter.
  public var hasInvoices = false

  public init() {}

  private static func bare(_ staffNo: String) -> ExactText {
    let bare = staffNo.utf8.drop { $0 == UInt8(ascii: "0") }.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
    return ExactText(String(decoding: bare, as: UTF8.self))
  }

  /// Adds a person; blank numbers are ignored.
  /// - Parameter name: the applicant's name; nil if names do not matter.
  public mutating func add(staffNo: String, idNumber: String, name: String? = nil) {
    if !staffNo.isEmpty {
      staffNos.insert(Self.bare(staffNo))
      var staffNo = staffNo
      let seen = staffNo.withUTF8 { LookAlikes.mayBe($0) ? LookAlikes.folded($0) : nil }
      if let seen { staffNos.insert(Self.bare(seen)) }
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

  /// By what a person may be known again under other numbers; blank ones tell nothing.
  public mutating func add(name: String, account: String, phone: String) {
    if name.isEmpty || (account.isEmpty && phone.isEmpty) { return }
    names.insert(ExactText(name))
    if !account.isEmpty { accounts.insert(ExactText(account)) }
    if !phone.isEmpty { phones.insert(ExactText(phone)) }
  }
}
