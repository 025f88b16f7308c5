public import AidModel
public import AidYAML

/// How a person's rows become awards.
public enum AwardPer: String, Sendable { case person, row }

/// What happens when a fund cannot pay everybody.
public enum WhenShort: String, Sendable {
  case stop
  case proRata = "pro_rata"
  case priority
}

struct Condition: Sendable {
  let when: Compiled
  let otherwise: String
  let clause: String?
}

struct Cap: Sendable {
  enum Scope: Sendable, Equatable {
    case award, year, lifetime
    /// So many years, the last of which ends with the period.
    case years(Int)
  }
  let per: Scope
  let at: Compiled
  /// What the spouse had and has counts too.
  let isHousehold: Bool
  let clause: String?
  /// Of a cap of the policy the benefits it is over; empty: all.
  var of: [String] = []
  /// Programmes whose payments, and awards in this batch, use it up too.
  var with: [String] = []

  /// The key of its steps and reasons.
  var key: String { "cap.\(per.word)" }

  func words(_ language: Language) -> String {
    let per =
      switch per {
      case .award: Bilingual("单次", "award")
      case .year: Bilingual("年度", "year")
      case .lifetime: Bilingual("终身", "lifetime")
      case .years(let count): Bilingual("\(count) 年", "\(count) years")
      }
    let whose =
      of.isEmpty ? "" : of.joined(separator: language == .zh ? "、" : ", ") + (language == .zh ? "" : ", ")
    return whose + (isHousehold ? Bilingual("每户", "household, ").text(language) : "") + per.text(language)
  }

  /// Why an award is smaller than asked.
  func reason(at: Rational, used: Rational, clause: String?, language: Language) -> Reason {
    let words = words(language)
    let text =
      used.isZero
      ? Bilingual("按\(words)上限 \(at) 元发放", "limited to \(at) (\(words))")
      : Bilingual(
        "\(words)上限 \(at) 元，其中 \(used) 元已用",
        "limited to \(at) (\(words)), of which \(used) is used already")
    return Reason(code: key, text: text.text(language), clause: clause)
  }
}

extension Cap.Scope {
  /// As keys and names of figures have it.
  var word: String {
    switch self {
    case .award: "award"
    case .year: "year"
    case .lifetime: "lifetime"
    case .years: "years"
    }
  }
}

/// Two programmes of which a person gets one.
public struct Exclusion: Sendable {
  public enum Keep: String, Sendable, CaseIterable { case larger, this, other, ask }
  public let with: String
  public let keep: Keep
  public let clause: String?
  public let mark: SourceMark
}

/// How often somebody may be paid.
struct Limit: Sendable {
  /// Never `award`.
  let per: Cap.Scope
  let times: Compiled
  /// What the spouse was paid counts too.
  let isHousehold: Bool
  let clause: String?

  /// The number written out; what is worked out for an award has none.
  var writtenTimes: Int { times.constant?.whole.map { Int($0) } ?? .max }

  /// What past payments are called in conditions and explanations.
  var source: String { "times_paid.\(per.word)" }
}

struct Rounding: Sendable {
  /// Fen.
  var unit: Int64 = 1
  var mode = RoundingMode.halfUp
  var clause: String?
}

struct PriorityKey: Sendable {
  let value: Compiled
  let descending: Bool
}

/// How many persons, and how much money, of each group are paid, in the order of `priority`.
struct Places: Sendable {
  /// What tells the groups apart; nil: all are one.
  let by: Compiled?
  let count: Compiled?
  let amount: Compiled?
  let clause: String?
}

/// A remark about a policy that can be used as it is.
public struct PolicyNotice: Sendable {
  public let line: Int
  public let column: Int
  public let text: Bilingual
}

/// One programme's rules in one span of time, read and checked. Immutable.
public final class Policy: Sendable {
  public let id: String
  public let programme: String
  public let title: String
  public let issuer: String
  public let source: String
  public let validFrom: CivilDate
  /// Nil: until the next policy of the programme begins.
  public let validTo: CivilDate?
  public let fund: String?
  public let whenShort: WhenShort
  public let payPartial: Bool
  /// Only the policy's own columns.
  public let columns: [Column]
  public let awardPer: AwardPer
  /// Programmes assessed before this one; `awarded` looks at them.
  public let after: [String]
  public let exclusions: [Exclusion]
  /// Of a couple, one only.
  public let isOnePerHousehold: Bool
  public let notices: [PolicyNotice]
  /// Where the values of the top keys stand, by their English names.
  public let marks: [String: SourceMark]
  /// Roster columns used beyond the standard ones.
  public let rosterNames: [String]
  /// The common columns, the policy's, then other known ones.
  public let layout: Layout
  /// Indexes into `layout` of the columns its expressions look at.
  public let columnsUsed: Set<Int>
  /// Other programmes whose earlier payments its expressions look at.
  public let programmesLookedAt: [String]
  /// Whether an expression looks at what the programme paid before.
  private let expressionsLookBack: Bool

  let values: [NamedValue]
  let tables: [NamedTable]
  let counts: [Condition]
  let eligible: [Condition]
  let benefits: [Benefit]
  let caps: [Cap]
  let limits: [Limit]
  let offset: [ClausedAmount]
  let rounding: Rounding
  let priority: [PriorityKey]
  /// The order of a person's rows.
  let order: [PriorityKey]
  let places: Places?
  let examples: [ExampleCase]
  /// Its expressions as written, and the names they use.
  let sources: [String]
  let names: NameTable
  /// The programs say all that the policy says.
  let isCovered: Bool
  /// Carries out what the policy says, for amounts alone and logging its steps.
  let program: PolicyProgram
  let logging: PolicyProgram
  /// Nil where a figure of the policy does not fit into fast numbers.
  let amountFigures: ProgramFigures<Fraction64>?
  let loggingFigures: ProgramFigures<Fraction64>?
  let wideFigures: ProgramFigures<Fraction128>
  let wideAmountFigures: ProgramFigures<Fraction128>
  private let rowReaders: (amounts: CellReader, logging: CellReader)

  func rowReader(isLogging: Bool) -> CellReader { isLogging ? rowReaders.logging : rowReaders.amounts }

  /// The steps a run logs.
  public var stepForms: [StepForm] { logging.forms }
  /// What a logged input is called in explanations.
  public var inputNames: [String] {
    logging.columns.map { layout.columns[$0].name } + logging.rosterNames.map { "roster." + $0 }
      + logging.facts.map(\.name)
  }

  /// Whether what it gives depends on what the programme paid the person before.
  public var looksBack: Bool {
    func reaches(_ caps: [Cap]) -> Bool { caps.contains { $0.per != .award } }
    return expressionsLookBack || !limits.isEmpty || isOnePerHousehold || reaches(caps)
      || benefits.contains { reaches($0.caps) || !$0.limits.isEmpty || $0.isCumulative }
  }

  /// Whether it looks at what one benefit had, and not only at what the programme paid.
  public var looksAtShares: Bool {
    caps.contains { !$0.of.isEmpty && $0.per != .award }
      || benefits.contains { benefit in
        benefit.looksAtOwnTimes || benefit.isCumulative || !benefit.limits.isEmpty
          || benefit.caps.contains { $0.per != .award }
      }
  }

  /// Whether a claim counts later though nothing was paid for it.
  public var isCumulative: Bool { benefits.contains(where: \.isCumulative) }

  /// Whether only so many persons, or so much money, of a group are paid.
  public var hasPlaces: Bool { places != nil }

  public var needsDecision: Bool { benefits.contains(where: \.needsDecision) }

  /// A cap or limit counts what the spouse gets in the same batch.
  public var hasHouseholdCap: Bool {
    caps.contains(where: \.isHousehold) || limits.contains(where: \.isHousehold)
      || benefits.contains {
        $0.caps.contains(where: \.isHousehold) || $0.limits.contains(where: \.isHousehold)
      }
  }

  /// What the keys of `priority` are, for comparing policies that share a fund: `money desc`, `text`.
  public var priorityShape: [String] {
    priority.map {
      let type = $0.value.type == .number ? ExpressionType.money : $0.value.type
      return type.rawValue + ($0.descending ? " desc" : "")
    }
  }

  init(_ draft: PolicyDraft, layout: Layout) {
    id = draft.id
    programme = draft.programme
    title = draft.title
    issuer = draft.issuer
    source = draft.source
    validFrom = draft.validFrom
    validTo = draft.validTo
    fund = draft.fund
    whenShort = draft.whenShort
    payPartial = draft.payPartial
    columns = draft.columns
    awardPer = draft.awardPer
    after = draft.after
    exclusions = draft.exclusions
    isOnePerHousehold = draft.isOnePerHousehold
    notices = draft.notices
    marks = draft.marks
    rosterNames = draft.rosterNames
    columnsUsed = draft.columnsUsed
    programmesLookedAt = draft.programmesLookedAt
    expressionsLookBack = draft.looksBack
    self.layout = layout
    values = draft.values
    tables = draft.tables
    counts = draft.counts
    eligible = draft.eligible
    benefits = draft.benefits
    caps = draft.caps
    limits = draft.limits
    offset = draft.offset
    rounding = draft.rounding
    priority = draft.priority
    order = draft.order
    places = draft.places
    examples = draft.examples
    sources = draft.sources
    names = draft.names
    isCovered = ProgramCompiler.covers(draft)
    let compiled = isCovered ? draft : PolicyDraft()
    program = ProgramCompiler.program(of: compiled, layout: layout, logging: false)
    logging = ProgramCompiler.program(of: compiled, layout: layout, logging: true)
    amountFigures = ProgramFigures(program)
    loggingFigures = ProgramFigures(logging)
    guard let wide = ProgramFigures<Fraction128>(logging), let amounts = ProgramFigures<Fraction128>(program)
    else { preconditionFailure("every figure fits into wide numbers") }
    (wideFigures, wideAmountFigures) = (wide, amounts)
    rowReaders = (
      CellReader(columns: program.columns, texts: program.texts),
      CellReader(columns: logging.columns, texts: logging.texts)
    )
  }
}

/// A policy while it is read.
struct PolicyDraft {
  var id = ""
  var programme = ""
  var title = ""
  var issuer = ""
  var source = ""
  var validFrom = CivilDate(dayNumber: 0)
  var validTo: CivilDate?
  var fund: String?
  var whenShort = WhenShort.stop
  var payPartial = true
  var columns: [Column] = []
  var awardPer = AwardPer.person
  var after: [String] = []
  var exclusions: [Exclusion] = []
  var isOnePerHousehold = false
  var notices: [PolicyNotice] = []
  var marks: [String: SourceMark] = [:]
  var rosterNames: [String] = []
  var columnsUsed: Set<Int> = []
  var values: [NamedValue] = []
  var tables: [NamedTable] = []
  var programmesLookedAt: [String] = []
  var looksBack = false
  /// An expression looks at how often a benefit was paid, or at what awards keep of values.
  var looksAtMemory = false
  /// An expression read since this was last unset looks at how often the benefit at hand was paid.
  var looksAtOwnTimes = false
  var counts: [Condition] = []
  var eligible: [Condition] = []
  var benefits: [Benefit] = []
  var caps: [Cap] = []
  var limits: [Limit] = []
  var offset: [ClausedAmount] = []
  var rounding = Rounding()
  var priority: [PriorityKey] = []
  var order: [PriorityKey] = []
  var places: Places?
  var examples: [ExampleCase] = []
  var sources: [String] = []
  var names = NameTable(columns: [], roster: [:])
}
