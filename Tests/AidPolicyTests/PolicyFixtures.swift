import AidModel
import AidYAML
import Testing

@testable import AidPolicy

/// Policies and people for tests.
enum Fixture {
  static let common = CommonColumn.allCases.map {
    Column(name: $0.columnName, headings: $0 == .unit ? ["单位"] : [], type: $0.type, role: $0.role)
  }

  static func policy(_ yaml: String) throws(PolicyFailure) -> Policy {
    try Policy.load(yaml: yaml, file: "p.yaml", common: common, known: [], roleForHeading: { _ in nil })
  }

  static func problems(_ yaml: String) -> [YAMLProblem] {
    do {
      _ = try policy(yaml)
      return []
    } catch {
      return error.problems
    }
  }

  static let year = Period(from: CivilDate(iso: "2023-01-01")!, to: CivilDate(iso: "2023-12-31")!)!

  static func person(
    _ policy: Policy, _ rows: [[String: Value]], roster: [String: Value]? = nil,
    paid: PaidBefore = PaidBefore(),
    decision: Money? = nil
  ) -> PersonCase {
    let source = SourceSheet(
      file: "a.xlsx", sheet: "S", columns: policy.layout.columns.indices.map { Int32($0) },
      layout: policy.layout)
    let claims = rows.enumerated().map { i, cells in
      Claim(
        source: source, row: Int32(i + 2),
        values: policy.layout.columns.map { cells[$0.name] ?? $0.blank ?? .blank })
    }
    let names = (roster ?? [:]).keys.sorted()
    let layout = Layout(programme: "", columns: names.map { Column(name: $0, type: .automatic) })
    let entry = roster.map { values in
      Claim(
        source: SourceSheet(file: "r", sheet: "", layout: layout), row: 2,
        values: names.map { values[$0] ?? .blank })
    }
    return PersonCase(
      rows: claims, roster: entry, paid: paid,
      decisions: [
        decision.map {
          Decision(amount: $0, reason: "", decidedBy: "", decidedOn: nil, place: Place(file: "d.xlsx"))
        }
      ],
      period: year, payDate: year.to, language: .zh)
  }

  static func money(_ text: String) -> Value { .money(Money(plain: text)!) }

  /// A policy with one benefit over the money column `x`.
  static func plain(_ benefit: String, more: String = "") -> String {
    """
    policy: p
    programme: aid
    valid: {from: 2023-01-01}
    columns:
      - {name: x, type: money}
      - {name: kind, type: choice, choices: [甲, 乙]}
      - {name: d, type: date}
      - {name: n, type: integer}
    benefits:
      - \(benefit)
    \(more)
    """
  }

  /// What the policy pays for one row with this base.
  static func pays(_ policy: Policy, _ amount: String, paid: PaidBefore = PaidBefore()) -> String {
    let result = policy.assess(person(policy, [["x": money(amount)]], paid: paid))[0]
    return result.outcome == .paid || result.outcome == .zero
      ? Money(exactly: result.trace.result)!.plain : result.outcome.rawValue
  }
}
