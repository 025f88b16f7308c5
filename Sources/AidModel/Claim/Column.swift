/// The type of a column, which decides how its cells are read.
public enum ColumnType: String, Sendable, CaseIterable {
  case money, number, integer, date, text, choice, flag
  /// Typed by the cell's appearance: an extra roster column of which only the name is known.
  case automatic
}

/// The meaning of a column where reading and checking depend on more than its type.
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

  /// Digits that a spreadsheet must store as text: a number cell loses leading zeros and the 16th digit.
  public var isIdentifier: Bool {
    switch self {
    case .staffNumber, .idNumber, .phone, .account, .invoiceNumber: return true
    default: return false
    }
  }
}

/// One column of an input, as requested by the common block, a policy, the roster, …
public struct Column: Sendable, Hashable {
  /// The name used in expressions: English, or any Chinese name a policy gives.
  public let name: String
  /// Accepted headings besides the name.
  public let headings: [String]
  public let type: ColumnType
  public let role: ColumnRole
  /// For `choice`: the accepted values as written in the policy.
  public let choices: [String]
  /// If true, a blank cell is an error of the row (`REQUIRED-BLANK`), a missing column an error of the sheet.
  public let required: Bool
  /// The value of a blank cell; nil means unknown.
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
  /// Names of units, banks and relations; never a number, date or truth value.
  var isOfPlaces: Bool {
    role == .unit || ["bank", "branch", "payee_relation"].contains { name.sameScalars(as: $0) }
  }

  /// Identifies earlier payments and decisions.
  var isLabel: Bool { ["batch", "programme", "record"].contains { name.sameScalars(as: $0) } }

  /// Identifies a person or the payee's account.
  public var isOfPerson: Bool { role.isIdentifier || role == .personName || isOfPlaces }

  /// Remarks, on which neither the person nor the money depends.
  var isRemark: Bool { ["remark", "serial_number", "reason"].contains { name.sameScalars(as: $0) } }

  /// Free text, possibly of several lines: no ledger, list or rule takes it for anything else.
  public var isFreeWords: Bool {
    type == .automatic || ["remark", "reason", "decided_by"].contains { name.sameScalars(as: $0) }
  }
}

/// The columns any application row may have. They come first in every application layout, in this order, so
/// `rawValue` is their index there.
public enum CommonColumn: Int, Sendable, CaseIterable {
  case staffNo, name, idType, idNumber, unit, category, sex, phone, bank, branch, account, accountName
  case payeeRelation, spouseName, spouseID, unitRank, proposedAmount, remark, householdID

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
    case .householdID: "household_id"
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

/// The columns requested of one kind of sheet, in order. A claim's values are in the same order.
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

  /// Whether lists read with the other layout have the columns this one requests, at the same indexes.
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
