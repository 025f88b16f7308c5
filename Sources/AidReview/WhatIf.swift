public import AidModel

/// The result of a batch under one set of policies, for a side-by-side comparison.
public struct WhatIfColumn: Sendable {
  /// One person's amount in one programme, before and after.
  public struct Change: Sendable {
    public let programme: String
    /// Ready for display, as are the staff number and the name.
    public let unit: String
    public let staffNo: String
    public let name: String
    public let before: Money
    public let after: Money

    public init(programme: String, unit: String, staffNo: String, name: String, before: Money, after: Money) {
      self.programme = programme
      (self.unit, self.staffNo, self.name) = (Masking.text(unit), Masking.text(staffNo), Masking.text(name))
      (self.before, self.after) = (before, after)
    }
  }

  /// How many people (in a programme) receive money, and how much.
  public struct Figure: Sendable, Equatable {
    public var people = 0
    public var amount = Money.zero
    public init() {}

    public mutating func add(_ money: Money) {
      if money <= .zero { return }
      people += 1
      amount += money
    }
  }

  /// How people's amounts compare with those under the batch's own policies.
  public struct Shifts: Sendable, Equatable {
    /// More than before; less than before, but not nothing.
    public var win = 0
    public var lose = 0
    /// Something instead of nothing; nothing instead of something.
    public var enter = 0
    public var leave = 0
    public var same = 0
    public init() {}
  }

  /// The candidate's file; nil for the batch's own policies.
  public let file: String?
  /// The changed policy and its programme; empty for the batch's own policies.
  public let policy: String
  public let programme: String
  public var total = Figure()
  /// In the order of the comparison's programmes.
  public var byProgramme: [Figure]
  /// In the order of the comparison's units.
  public var byUnit: [Figure]
  /// In the order of `WhatIf.bandTops`, plus one for amounts above them all.
  public var byBand: [Figure]
  public var shifts = Shifts()
  /// Awards by outcome.
  public var outcomes = AwardCounts()
  /// Columns the candidate requests but the lists lack, in words.
  public var missing: [String] = []
  public var funds: [FundReport] = []
  /// Why a run would stop, in words.
  public var stops: [String] = []
  /// Largest first; equal ones in record order.
  public var largest: [Change] = []

  public init(file: String?, policy: String, programme: String, programmes: Int, units: Int) {
    (self.file, self.policy, self.programme) = (file, policy, programme)
    byProgramme = Array(repeating: Figure(), count: programmes)
    byUnit = Array(repeating: Figure(), count: units)
    byBand = Array(repeating: Figure(), count: WhatIf.bandTops.count + 1)
  }

  /// The column heading.
  func label(_ language: Language) -> String {
    file == nil ? Bilingual("现行", "own").text(language) : policy
  }
}

/// The cost of the batch at one value of a parameter.
public struct SweepPoint: Sendable {
  /// As written in the policy: `20000`, `25%`.
  public let value: String
  public let figure: WhatIfColumn.Figure
  public let shifts: WhatIfColumn.Shifts
  /// Why there is no figure: the policy rejects the value.
  public let refused: Bilingual?
  public let isStopped: Bool

  public init(
    value: String, figure: WhatIfColumn.Figure, shifts: WhatIfColumn.Shifts, refused: Bilingual? = nil,
    isStopped: Bool = false
  ) {
    (self.value, self.figure, self.shifts) = (value, figure, shifts)
    (self.refused, self.isStopped) = (refused, isStopped)
  }
}

/// A policy parameter varied over a range.
public struct Sweep: Sendable {
  /// `programme:benefit.key`.
  public let name: String
  /// The policy's own value.
  public let own: String
  public let points: [SweepPoint]

  public init(name: String, own: String, points: [SweepPoint]) {
    (self.name, self.own, self.points) = (name, own, points)
  }
}

/// A batch under its own policies and under others.
public struct WhatIf: Sendable {
  public let batch: String
  public let title: String
  public let programmes: [ProgrammeInfo]
  /// In scalar order.
  public let units: [String]
  /// The batch's own policies.
  public let own: WhatIfColumn
  public let candidates: [WhatIfColumn]
  public let sweeps: [Sweep]

  public init(
    batch: String, title: String, programmes: [ProgrammeInfo], units: [String], own: WhatIfColumn,
    candidates: [WhatIfColumn], sweeps: [Sweep]
  ) {
    (self.batch, self.title, self.programmes, self.units) = (batch, title, programmes, units)
    (self.own, self.candidates, self.sweeps) = (own, candidates, sweeps)
  }

  /// Inclusive upper ends of the bands in which people are counted by what they get from a programme.
  public static let bandTops = [1000, 5000, 10_000, 20_000, 50_000].map { Money(fen: $0 * 100) }

  public static func band(of amount: Money) -> Int {
    bandTops.firstIndex { amount <= $0 } ?? bandTops.count
  }

  static func bandName(_ index: Int, _ language: Language) -> String {
    func whole(_ money: Money) -> String { String(money.grouped.dropLast(3)) }
    if index == 0 { return "0–" + whole(bandTops[0]) }
    if index == bandTops.count {
      return whole(bandTops[index - 1]) + Bilingual("以上", " and above").text(language)
    }
    return whole(bandTops[index - 1]) + "–" + whole(bandTops[index])
  }

  var columns: [WhatIfColumn] { [own] + candidates }
}

extension Money {
  /// With a plus sign if positive: `+1,250.00`.
  var signed: String { (fen > 0 ? "+" : "") + grouped }
}
