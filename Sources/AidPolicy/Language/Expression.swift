import AidModel

/// What an expression is about, known when the file is read.
enum ExpressionType: String {
  case money, number, text, date, span, flag, period, list
  /// A roster column of which only the name is known; its value tells at run time.
  case dynamic

  var words: Bilingual {
    switch self {
    case .money: Bilingual("金额", "money")
    case .number: Bilingual("数", "a number")
    case .text: Bilingual("文字", "text")
    case .date: Bilingual("日期", "a date")
    case .span: Bilingual("时间长度", "a span of time")
    case .flag: Bilingual("是否", "a condition")
    case .period: Bilingual("时段", "a period")
    case .list: Bilingual("列表", "a list")
    case .dynamic: Bilingual("名册值", "a roster value")
    }
  }
}

/// A length of time: whole months and days.
struct Span: Hashable {
  var months = 0
  var days = 0
}

enum Arithmetic: String { case add = "+", subtract = "-", multiply = "*", divide = "/" }
enum Comparison: String, CaseIterable {
  case equal = "=", unequal = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
}
enum Aggregate: String { case sum, count, min, max, any, all }
enum Function: String {
  case min, max, abs, floor, ceil, coalesce, days, months, years
  /// What this programme paid on a day or later, and how often.
  case paidSince = "paid_since"
  case timesSince = "times_since"
  /// How many full units an amount has: `each(x, 200元)`.
  case each
  case contains
  /// Full years at a day: of the person, or of whoever an ID number belongs to.
  case age
}
enum PastAmount: String { case year, lifetime }

/// A checked expression: columns are indexes, names are resolved, types agree. Every part carries its type.
struct Expression: Sendable {
  let node: Node
  let type: ExpressionType

  init(_ node: Node, _ type: ExpressionType) { (self.node, self.type) = (node, type) }

  indirect enum Node: Sendable {
    case number(Rational)
    case text(String)
    case date(CivilDate)
    case span(Span)
    case flag(Bool)
    case column(Int)
    case roster(String)
    case base
    /// The amount of the benefit before the step at hand.
    case soFar
    /// The day the person was born.
    case born
    /// A named value of the policy.
    case named(Int)
    /// A named table with the values of its keys.
    case lookup(Int, [Expression])
    case payDate
    case periodFrom
    case periodTo
    case paid(PastAmount)
    case timesPaid(PastAmount)
    /// How often the benefit at hand, or the group of it, was paid.
    case timesPaidHere(PastAmount)
    /// What earlier awards kept of a value, added up.
    case remembered(String, PastAmount)
    /// What another programme paid the person in earlier batches.
    case paidElsewhere(String, PastAmount)
    /// What the person gets from another programme in this batch.
    case awarded(String)
    /// A value whose type only the roster knows, read as the type of this node.
    case read(Expression)
    case negate(Expression)
    case not(Expression)
    case arithmetic(Arithmetic, Expression, Expression)
    case compare(Comparison, Expression, Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case inPeriod(Expression)
    case inList(Expression, [Expression])
    case isBlank(Expression)
    case choose(Expression, Expression, Expression)
    case aggregate(Aggregate, Expression?)
    case call(Function, [Expression])
  }

  /// Whether it looks at what the programme paid the person before.
  var looksBack: Bool {
    contains {
      switch $0.node {
      case .paid, .timesPaid, .timesPaidHere, .remembered: true
      case .call(.paidSince, let items), .call(.timesSince, let items): items.count == 1
      default: false
      }
    }
  }

  /// The other programme whose earlier payments this very node looks at.
  var otherProgramme: String? {
    switch node {
    case .paidElsewhere(let programme, _): return programme
    case .call(.paidSince, let items), .call(.timesSince, let items):
      if items.count == 2, case .text(let programme) = items[0].node { return programme }
      return nil
    default: return nil
    }
  }

  /// Whether any part satisfies the test.
  func contains(_ test: (Expression) -> Bool) -> Bool {
    if test(self) { return true }
    switch node {
    case .negate(let a), .not(let a), .inPeriod(let a), .isBlank(let a), .read(let a):
      return a.contains(test)
    case .arithmetic(_, let a, let b), .compare(_, let a, let b), .and(let a, let b), .or(let a, let b):
      return a.contains(test) || b.contains(test)
    case .inList(let a, let items): return a.contains(test) || items.contains { $0.contains(test) }
    case .choose(let a, let b, let c): return a.contains(test) || b.contains(test) || c.contains(test)
    case .aggregate(_, let a): return a?.contains(test) ?? false
    case .call(_, let items), .lookup(_, let items): return items.contains { $0.contains(test) }
    default: return false
    }
  }
}

/// An expression with its source text, as steps and reasons show it.
struct Compiled: Sendable {
  let source: String
  let expression: Expression
  /// The value of arithmetic on written figures: `50% * 3`.
  let constant: Rational?
  /// The same where named values with such figures take part.
  let known: Rational?

  /// - Parameter named: what named values are known to be.
  init(
    source: String, expression: Expression, named: (Int) -> Rational? = { _ in nil }
  ) {
    (self.source, self.expression) = (source, expression)
    constant = expression.closedNumber { _ in nil }
    known = expression.closedNumber(named)
  }

  static let zero = Compiled(source: "0", expression: Expression(.number(.zero), .money))

  var type: ExpressionType { expression.type }
}
