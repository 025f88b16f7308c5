/// What a column holds and how its cells are read.
public enum ColumnType: String, Sendable, CaseIterable {
  case money, number, integer, date, text, choice, flag
  /// Whatever the cell looks like: an extra roster column of which only the name is known.
  case automatic
}

/// What a column means, where more than its type matters to reading and checking.
public enum ColumnRole: String, Sendable, CaseIterable {
  case plain
  case staffNumber = "staff_number"
  case personName = "person_name"
  case idType = "id_type"
  case idNumber = "id_number"
  case sex, phone, account
  case unit
  case totalCost = "total_cost"
  case poolPaid = "pool_paid"
  case accountPaid = "account_paid"
  case selfPay = "self_pay"
  case ownExpense = "own_expense"
  case otherPaid = "other_paid"
  case admitted, discharged
  case stayDays = "stay_days"
  case invoiceNumber = "invoice_number"

  /// Digits that a spreadsheet must hold as text: a number cell has lost zeros or the 16th digit.
  public var isIdentifier: Bool {
    switch self {
    case .staffNumber, .idNumber, .phone, .account, .invoiceNumber: return true
    default: return false
    }
  }
}

/// One column of an input, as asked for: by the common block, a policy, the roster, …
public struct Column: Sendable, Hashable {
  /// The name in expressions: English, or any Chinese name a policy gives.
  public let name: String
  /// Headings it is found under, beside its name.
  public let headings: [String]
  public let type: ColumnType
  public let role: ColumnRole
  /// For `choice`: the accepted values, as the policy writes them.
  public let choices: [String]
  /// A blank cell is a fault of the row (`REQUIRED-BLANK`), a missing column a fault of the sheet.
  public let required: Bool
  /// What a blank cell means; nil: unknown.
  public let blank: Value?

  public init(
    name: String, headings: [String] = [], type: ColumnType, role: ColumnRole = .plain,
    choices: [String] = [], required: Bool = false, blank: Value? = nil
  ) {
    self.name = name
    self.headings = headings
    self.type = type
    self.role = role
    self.choices = choices
    self.required = required
    self.blank = blank
  }
}

extension Column {
  /// Names of units, banks and relations: no number, day or truth value is one.
  var isOfPlaces: Bool {
    role == .unit || ["bank", "branch", "payee_relation"].contains { name.sameScalars(as: $0) }
  }

  /// What earlier payments and decisions are known by.
  var isLabel: Bool { ["batch", "programme", "record"].contains { name.sameScalars(as: $0) } }

  /// Who somebody is and where the money goes.
  public var isOfPerson: Bool { role.isIdentifier || role == .personName || isOfPlaces }

  /// What people write of their own accord, from which neither person nor money depends.
  var isRemark: Bool { ["remark", "serial_number", "reason"].contains { name.sameScalars(as: $0) } }

  /// Whether people write sentences into it, on several lines if they like: no ledger, no list and no rule takes it for
  /// more than words.
  public var isFreeWords: Bool {
    type == .automatic || ["remark", "reason", "decided_by"].contains { name.sameScalars(as: $0) }
  }
}

/// The columns every application row may carry. They come first in every application layout, in this order, so
/// `rawValue` is their index there.
public enum CommonColumn: Int, Sendable, CaseIterable {
  case staffNo, name, idType, idNumber, unit, category, sex, phone, bank, branch, account, accountName
  case payeeRelation, spouseName, spouseID, unitRank, proposedAmount, remark

  public var columnName: String {
    switch self {
    case .staffNo: "staff_no"
    case .name: "name"
    case .idType: "id_type"
    case .idNumber: "id_number"
    case .unit: "unit"
    case .category: "category"
    case .sex: "sex"
    case .phone: "phone"
    case .bank: "bank"
    case .branch: "branch"
    case .account: "account"
    case .accountName: "account_name"
    case .payeeRelation: "payee_relation"
    case .spouseName: "spouse_name"
    case .spouseID: "spouse_id"
    case .unitRank: "unit_rank"
    case .proposedAmount: "proposed_amount"
    case .remark: "remark"
    }
  }

  public var type: ColumnType {
    switch self {
    case .unitRank: .integer
    case .proposedAmount: .money
    default: .text
    }
  }

  public var role: ColumnRole {
    switch self {
    case .staffNo: .staffNumber
    case .name, .accountName, .spouseName: .personName
    case .idType: .idType
    case .idNumber, .spouseID: .idNumber
    case .unit: .unit
    case .sex: .sex
    case .phone: .phone
    case .account: .account
    default: .plain
    }
  }
}

/// The columns asked of one kind of sheet, in order. Values of a claim stand in the same order.
public final class Layout: Sendable {
  /// The programme the rows apply for; empty for rosters, histories and decisions.
  public let programme: String
  public let columns: [Column]
  private let indexByName: [ExactText: Int]
  private let indexesByRole: [ColumnRole: [Int]]

  public static let none = Layout(programme: "", columns: [])

  /// - Precondition: column names differ.
  public init(programme: String, columns: [Column]) {
    self.programme = programme
    self.columns = columns
    var index: [ExactText: Int] = [:]
    for (i, column) in columns.enumerated() {
      let previous = index.updateValue(i, forKey: ExactText(column.name))
      precondition(previous == nil, "two columns of one layout are named \(column.name)")
    }
    indexByName = index
    indexesByRole = Dictionary(grouping: columns.indices) { columns[$0].role }
  }

  public func index(of name: String) -> Int? { indexByName[ExactText(name)] }

  /// The first column with this role, or nil.
  public func index(of role: ColumnRole) -> Int? { indexes(of: role).first }

  /// All columns with this role, ascending.
  public func indexes(of role: ColumnRole) -> [Int] { indexesByRole[role] ?? [] }

  /// Whether lists read by the other layout hold what this one asks for, in the same places.
  public func agrees(with other: Layout) -> Bool {
    func same(_ a: [String], _ b: [String]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { $0.sameScalars(as: $1) }
    }
    return programme.sameScalars(as: other.programme) && columns.count == other.columns.count
      && zip(columns, other.columns).allSatisfy { a, b in
        a == b && a.name.sameScalars(as: b.name) && same(a.headings, b.headings) && same(a.choices, b.choices)
      }
  }
}
