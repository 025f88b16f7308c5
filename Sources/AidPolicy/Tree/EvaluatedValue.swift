import AidModel

/// A value while a policy computes. Money is yuan, exact.
enum EvaluatedValue: Sendable {
  /// Needed and not known; where it stands. Only what is blank can be stood in for by `coalesce`.
  case unknown(name: String, place: Place?, why: Why = .unclear)
  case number(Rational)
  case text(String)
  case date(CivilDate)
  case span(Span)
  /// The time between two days, which only a calendar can measure in months.
  case elapsed(from: CivilDate, to: CivilDate)
  case flag(Bool)

  /// Why a value is not known.
  enum Why: Sendable, Equatable {
    case blank
    /// The rows of the person say different things.
    case differs
    /// An award of another programme that is not settled.
    case waits
    /// A cell that cannot be read, or holds another kind of value.
    case unclear
    /// Divided by zero, or grown too large.
    case notComputable
    /// Nobody said which benefit an earlier payment was of.
    case benefitUnknown(PaidBefore.Dated)
    /// An earlier payment does not say what it kept of a value.
    case notRemembered(PaidBefore.Dated?)
    /// A table does not have the key.
    case noSuchKey(String)
  }

  /// In both languages, as the end of a sentence.
  static func words(_ why: Why) -> (zh: String, en: String) {
    switch why {
    case .blank: ("它是空白", "it is blank")
    case .differs: ("同一人的各行不一致", "the rows of the person differ")
    case .waits: ("它自己还在待处理", "it waits itself")
    case .unclear:
      ("它读不懂，或不是办法要的那种值", "it cannot be read, or is another kind of value than the policy expects")
    case .notComputable: ("它算不出来", "it cannot be computed")
    case .benefitUnknown(let payment):
      (
        "\(payment.day) 发的 \(payment.amount.grouped) 元没有写明是哪一项补助",
        "the payment of \(payment.amount.grouped) on \(payment.day) does not say which benefit it was of"
      )
    case .notRemembered(let payment):
      (
        payment.map { "\($0.day) 发的 \($0.amount.grouped) 元没有记下它" } ?? "以往发放没有记下它",
        payment.map { "the payment of \($0.amount.grouped) on \($0.day) did not keep it" }
          ?? "earlier payments did not keep it"
      )
    case .noSuchKey(let key): ("对照表中没有“\(key)”", "the table has no '\(key)'")
    }
  }

  static let notComputable = EvaluatedValue.unknown(name: "", place: nil, why: .notComputable)

  init(_ value: Value, name: String, place: Place?) {
    switch value {
    case .blank: self = .unknown(name: name, place: place, why: .blank)
    case .unreadable: self = .unknown(name: name, place: place)
    case .text(let text): self = .text(text)
    case .money(let money): self = .number(money.yuan)
    case .number(let number): self = .number(Rational(number))
    case .date(let date): self = .date(date)
    case .flag(let flag): self = .flag(flag)
    case .figure(let figure): self = .number(figure)
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// As an input of a step shows it; nil of what is not known.
  func shown(as type: ExpressionType) -> Value? {
    switch self {
    case .unknown: nil
    case .number(let number):
      if type == .money, let money = Money(exactly: number) {
        .money(money)
      } else {
        .figure(number)
      }
    case .text(let text): .text(text)
    case .date(let date): .date(date)
    case .flag(let flag): .flag(flag)
    case .span(let span):
      .text([(span.months, "个月"), (span.days, "天")].filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }.joined())
    case .elapsed(let from, let to): .text("\(to.dayNumber - from.dayNumber) 天")
    }
  }
}
