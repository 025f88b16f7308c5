/// Why a row of a sheet is not an application row.
public enum DropReason: String, Sendable, CaseIterable {
  /// Above the headings: title, unit, date, notes.
  case title
  case heading
  case blank
  /// 合计, 小计, 总计, 本页合计.
  case total
  /// 制表人, 审核人, 签字, 盖章, 填表日期 … below the data.
  case signature
  /// An example row that was not deleted: 示例, 样例, 例.
  case example
}

public struct DroppedRow: Sendable, Hashable {
  public let row: Int32
  public let reason: DropReason
  public init(row: Int32, reason: DropReason) {
    self.row = row
    self.reason = reason
  }
}

/// How one heading of a sheet was matched.
public struct MappedColumn: Sendable, Hashable {
  /// Zero-based column of the sheet.
  public let column: Int32
  public let heading: String
  /// The layout column's name; nil if the heading is unknown.
  public let name: String?
  public init(column: Int32, heading: String, name: String?) {
    self.column = column
    self.heading = heading
    self.name = name
  }
}

/// One sheet of one input file, as read.
public struct FileReport: Sendable {
  /// Relative to the batch folder.
  public var path: String
  public var sheet: String
  /// `xlsx`, `csv`, …
  public var kind: String
  /// What the file is: a programme name, or `roster`, `history`, `decisions`.
  public var purpose: String
  public var headerRow: Int32?
  /// All rows read: application rows and dropped ones.
  public var rows: Int
  public var dropped: [DroppedRow]
  public var columns: [MappedColumn]
  /// The field separator of a CSV, in words; nil for other kinds.
  public var separator: String?

  public init(path: String, sheet: String = "", kind: String = "", purpose: String = "") {
    self.path = path
    self.sheet = sheet
    self.kind = kind
    self.purpose = purpose
    headerRow = nil
    rows = 0
    dropped = []
    columns = []
    separator = nil
  }
}

/// Application rows by outcome, and dropped rows.
public struct RowTotals: Sendable, Hashable {
  public var rows = 0
  public var paid = 0
  public var zero = 0
  public var refused = 0
  public var held = 0
  public var notCounted = 0
  public var dropped = 0
  public init() {}

  /// All rows except the dropped ones.
  public var applications: Int { rows - dropped }

  public mutating func count(_ outcome: RowOutcome, _ rows: Int) {
    switch outcome {
    case .paid: paid += rows
    case .zero: zero += rows
    case .refused: refused += rows
    case .held: held += rows
    case .notCounted: notCounted += rows
    }
  }

  /// The law of conservation: every row read ends in exactly one place.
  public var isConserved: Bool { rows == paid + zero + refused + held + notCounted + dropped }
}

/// One fund after the run.
public struct FundReport: Sendable {
  public let fund: String
  public let amount: Money
  public let carriedOver: Money
  /// Total of the awards before the fund is applied.
  public let asked: Money
  public let paid: Money
  /// How a short fund was shared: `stop`, `pro_rata` or `priority`; nil if the fund sufficed.
  public let shortRule: String?

  public init(
    fund: String, amount: Money, carriedOver: Money, asked: Money, paid: Money, shortRule: String?
  ) {
    self.fund = fund
    self.amount = amount
    self.carriedOver = carriedOver
    self.asked = asked
    self.paid = paid
    self.shortRule = shortRule
  }

  public var left: Money { amount + carriedOver - paid }
}

/// One programme of the batch and the policy that decides it.
public struct ProgrammeInfo: Sendable {
  public let programme: String
  public let policy: String
  /// 教职工重大疾病补助
  public let title: String
  public let issuer: String
  public let source: String
  public let fund: String?
  /// How the policy's expressions are said in words.
  public let phrases: Phrases

  public init(
    programme: String, policy: String, title: String, issuer: String, source: String, fund: String?,
    phrases: Phrases = .none
  ) {
    self.programme = programme
    self.policy = policy
    self.title = title
    self.issuer = issuer
    self.source = source
    self.fund = fund
    self.phrases = phrases
  }
}

/// What a notice for publication shows.
public struct NoticeSettings: Sendable {
  public enum Mask: String, Sendable { case name, none }
  public let mask: Mask
  /// Any of `unit`, `programme`, `amount`, `staff_no`.
  public let show: [String]
  public init(mask: Mask = .name, show: [String] = ["unit", "programme", "amount"]) {
    self.mask = mask
    self.show = show
  }
}

/// How a member can object, as batch.yaml says under `notice`.
public struct ObjectionSettings: Sendable {
  /// Lines that say where to turn.
  public let contact: [String]
  /// Within how many days.
  public let days: Int?
  public init(contact: [String] = [], days: Int? = nil) { (self.contact, self.days) = (contact, days) }
}

/// How far a run went.
public enum RunStage: String, Sendable {
  /// `validate`: nothing was calculated.
  case validated
  /// `run --dry-run`: everything except posting.
  case rehearsed
  case posted
  /// Something stopped the run: it writes reports only and pays nothing.
  case stopped
}

/// Everything a run found and decided. All reports are written from it.
public struct BatchReport: Sendable {
  public var batch: String
  public var title: String
  public var facts: BatchFacts
  public var stage: RunStage
  /// In the order of the applications in batch.yaml; an award entry's `programme` indexes this array.
  public var programmes: [ProgrammeInfo]
  /// Application sheets first, in file order; then roster, history, decisions.
  public var files: [FileReport]
  /// Every file in the folders where lists are received, sorted by path.
  public var received: [ReceivedFile]
  /// In file order, then by row, column and code.
  public var findings: [Finding]
  /// Empty after `validate`.
  public var book: AwardBook
  public var funds: [FundReport]
  public var totals: RowTotals
  public var notice: NoticeSettings
  /// Why the run was stopped.
  public var stops: [Stop]

  public init(batch: String, title: String, facts: BatchFacts) {
    self.batch = batch
    self.title = title
    self.facts = facts
    stage = .validated
    programmes = []
    files = []
    received = []
    findings = []
    book = .empty
    funds = []
    totals = RowTotals()
    notice = NoticeSettings()
    stops = []
  }

  /// Findings that wait for a person though no row that was read waits for them: applications that were not read.
  public var unreadApplications: [Finding] {
    findings.filter(\.kind.leavesRowsUnread)
  }
}

/// Why a run pays nothing, in words, and what to do about it.
public struct Stop: Sendable {
  public let what: String
  public let remedy: String

  public init(_ what: Bilingual, remedy: Bilingual, _ language: Language) {
    (self.what, self.remedy) = (what.text(language), remedy.text(language))
  }

  /// Reason and remedy, on two lines.
  public var text: String { what + "\n  → " + remedy }
}
