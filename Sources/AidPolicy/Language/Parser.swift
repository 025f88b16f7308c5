import AidModel

/// What names mean where an expression stands.
struct NameTable {
  let columns: [Column]
  /// Roster columns with a type; any other name after `roster.` is dynamic.
  let roster: [String: ExpressionType]
  /// `base` may be used: the benefit has computed it.
  var hasBase = false

  static func type(of column: Column) -> ExpressionType {
    switch column.type {
    case .money: .money
    case .number, .integer: .number
    case .date: .date
    case .text, .choice: .text
    case .flag: .flag
    case .automatic: .dynamic
    }
  }
}

/// Recursive descent over tokens; every node's type is checked as it is made.
struct Parser {
  private let tokens: [Token]
  let names: NameTable
  private var at = 0
  private(set) var rosterNames: [String] = []
  typealias Typed = (expression: Expression, type: ExpressionType)

  static func compile(
    _ text: String, names: NameTable, expecting wanted: [ExpressionType]
  ) throws(ExpressionFault) -> (compiled: Compiled, rosterNames: [String]) {
    let lexer = try Lexer(text, names: names.columns.map(\.name))
    var parser = Parser(tokens: lexer.tokens, names: names)
    var (expression, type) = try parser.disjunction()
    try parser.expectEnd()
    if type == .number, wanted.contains(.money), !wanted.contains(.number) { type = .money }
    if type != .dynamic, !wanted.contains(type) {
      let need = wanted.map(\.words)
      throw ExpressionFault(
        offset: 0,
        what: Bilingual(
          "这里要\(need.map(\.zh).joined(separator: "或"))，写的是\(type.words.zh)",
          "\(need.map(\.en).joined(separator: " or ")) is wanted here, this is \(type.words.en)"),
        remedy: Bilingual("请检查表达式。", "Check the expression."))
    }
    if case .negate(.number(let value)) = expression { expression = .number(-value) }
    return (Compiled(source: text, type: type, expression: expression), parser.rosterNames)
  }

  init(tokens: [Token], names: NameTable) {
    self.tokens = tokens
    self.names = names
  }

  // MARK: tokens

  private var token: Token { tokens[at] }

  private mutating func take(_ sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ sign: String) throws(ExpressionFault) {
    if take(sign) { return }
    throw fault(Bilingual("这里缺少“\(sign)”", "'\(sign)' is missing here"))
  }

  private func expectEnd() throws(ExpressionFault) {
    if token.kind == .end { return }
    throw fault(Bilingual("这里多出内容", "there is something more here"))
  }

  func fault(
    _ what: Bilingual, _ remedy: Bilingual = Bilingual("请检查表达式的写法。", "Check how the expression is written."),
    at offset: Int? = nil
  ) -> ExpressionFault {
    ExpressionFault(offset: offset ?? token.offset, what: what, remedy: remedy)
  }

  // MARK: grammar, loosest first

  private mutating func disjunction() throws(ExpressionFault) -> Typed {
    var left = try conjunction()
    while token.kind == .sign("or") {
      let offset = token.offset
      at += 1
      let right = try conjunction()
      try want(.flag, left, offset)
      try want(.flag, right, offset)
      left = (.or(left.expression, right.expression), .flag)
    }
    return left
  }

  private mutating func conjunction() throws(ExpressionFault) -> Typed {
    var left = try negation()
    while token.kind == .sign("and") {
      let offset = token.offset
      at += 1
      let right = try negation()
      try want(.flag, left, offset)
      try want(.flag, right, offset)
      left = (.and(left.expression, right.expression), .flag)
    }
    return left
  }

  private mutating func negation() throws(ExpressionFault) -> Typed {
    let offset = token.offset
    guard take("not") else { return try comparison() }
    let inner = try negation()
    try want(.flag, inner, offset)
    return (.not(inner.expression), .flag)
  }

  private mutating func comparison() throws(ExpressionFault) -> Typed {
    let left = try sum()
    let offset = token.offset
    if take("is blank") { return (.isBlank(left.expression), .flag) }
    if take("is") {
      guard token.kind == .name("blank") else {
        throw fault(Bilingual("is 后面只能是 blank", "only 'blank' may follow 'is'"))
      }
      at += 1
      return (.isBlank(left.expression), .flag)
    }
    if take("in") { return try membership(left, offset) }
    guard case .sign(let sign) = token.kind, let comparison = Comparison(rawValue: sign) else { return left }
    at += 1
    let right = try sum()
    try comparable(left, right, comparison, offset)
    return (.compare(comparison, left.expression, right.expression), .flag)
  }

  private mutating func membership(_ left: Typed, _ offset: Int) throws(ExpressionFault) -> Typed {
    if take("[") {
      var items: [Expression] = []
      repeat {
        let item = try sum()
        try comparable(left, item, .equal, offset)
        items.append(item.expression)
      } while take(",")
      try expect("]")
      return (.inList(left.expression, items), .flag)
    }
    if case .name(let word) = token.kind, Words.english(word, in: Words.names) == "period" {
      at += 1
      try want(.date, left, offset)
      return (.inPeriod(left.expression), .flag)
    }
    throw fault(
      Bilingual("in 后面应是 period 或 ['甲', '乙']", "'in' is followed by period or ['a', 'b']"),
      Bilingual("例如 discharged in period", "For example: discharged in period"))
  }

  private mutating func sum() throws(ExpressionFault) -> Typed {
    var left = try product()
    while case .sign(let sign) = token.kind, sign == "+" || sign == "-" {
      let offset = token.offset
      at += 1
      let right = try product()
      left = try added(left, right, sign == "+" ? .add : .subtract, offset)
    }
    return left
  }

  private mutating func product() throws(ExpressionFault) -> Typed {
    var left = try unary()
    while case .sign(let sign) = token.kind, sign == "*" || sign == "/" {
      let offset = token.offset
      at += 1
      let right = try unary()
      left = try multiplied(left, right, sign == "*" ? .multiply : .divide, offset)
    }
    return left
  }

  private mutating func unary() throws(ExpressionFault) -> Typed {
    let offset = token.offset
    if take("-") {
      let inner = try unary()
      guard [.money, .number, .dynamic].contains(inner.type) else {
        throw fault(Bilingual("负号只能用于数或金额", "a minus goes with numbers and money"), at: offset)
      }
      return (.negate(inner.expression), inner.type)
    }
    if take("if") {
      let condition = try disjunction()
      try want(.flag, condition, offset)
      try expect("then")
      let yes = try disjunction()
      try expect("else")
      let no = try disjunction()
      return (.choose(condition.expression, yes.expression, no.expression), try unified(yes, no, offset))
    }
    return try primary()
  }

  private mutating func primary() throws(ExpressionFault) -> Typed {
    let current = token
    at += 1
    switch current.kind {
    case .number(let value): return try spanOrNumber(value, current.offset)
    case .percent(let value):
      guard value.scale <= 16 else {
        throw fault(Bilingual("小数位太多", "too many decimals"), at: current.offset)
      }
      return (.number(Rational(DecimalNumber(mantissa: value.mantissa, scale: value.scale + 2))), .number)
    case .text(let text): return (.text(text), .text)
    case .date(let date): return (.date(date), .date)
    case .sign("true"): return (.flag(true), .flag)
    case .sign("false"): return (.flag(false), .flag)
    case .sign("("):
      let inner = try disjunction()
      try expect(")")
      return inner
    case .name(let name): return try named(name, current.offset)
    default:
      throw fault(Bilingual("这里应有一个值", "a value is expected here"), at: current.offset)
    }
  }

  private mutating func spanOrNumber(_ value: DecimalNumber, _ offset: Int) throws(ExpressionFault) -> Typed {
    if case .name(let word) = token.kind, value.scale == 0, value.mantissa < 10_000 {
      let count = Int(value.mantissa)
      switch word {
      case "year", "years", "年":
        at += 1
        return (.span(Span(months: 12 * count)), .span)
      case "month", "months", "个月", "月":
        at += 1
        return (.span(Span(months: count)), .span)
      case "day", "days", "天", "日":
        at += 1
        return (.span(Span(days: count)), .span)
      default: break
      }
    }
    return (.number(Rational(value)), .number)
  }

  // MARK: names

  private mutating func named(_ name: String, _ offset: Int) throws(ExpressionFault) -> Typed {
    let function = Words.english(name, in: Words.functions)
    if token.kind == .sign("("), Words.functions.contains(where: { $0.en == function }) {
      at += 1
      return try call(function, offset)
    }
    if let index = names.columns.firstIndex(where: { $0.name.sameScalars(as: name) }) {
      return (.column(index), NameTable.type(of: names.columns[index]))
    }
    let word = Words.english(name, in: Words.names)
    switch word {
    case "roster":
      try expect(".")
      guard case .name(let field) = token.kind else {
        throw fault(Bilingual("roster. 后面应是名册的列名", "a roster column must follow 'roster.'"))
      }
      at += 1
      if names.roster[field] == nil, !rosterNames.contains(field) { rosterNames.append(field) }
      return (.roster(field), names.roster[field] ?? .dynamic)
    case "period":
      try expect(".")
      let end = try member(["from", "to"])
      return (end == "from" ? .periodFrom : .periodTo, .date)
    case "pay_date": return (.payDate, .date)
    case "paid":
      try expect(".")
      let scope = try member(["year", "lifetime"])
      return (.paid(scope == "year" ? .year : .lifetime), .money)
    case "times_paid":
      try expect(".")
      let scope = try member(["year", "lifetime"])
      return (.timesPaid(scope == "year" ? .year : .lifetime), .number)
    case "base" where names.hasBase: return (.base, .money)
    case "awarded":
      throw fault(
        Bilingual("awarded() 尚不支持", "awarded() is not supported yet"),
        Bilingual("请分两个批次办理。", "Use two batches."), at: offset)
    default: throw unknownName(name, offset)
    }
  }

  private func unknownName(_ name: String, _ offset: Int) -> ExpressionFault {
    let known =
      names.columns.map(\.name) + ["roster", "period", "pay_date", "paid", "times_paid"]
      + (names.hasBase ? ["base"] : [])
    let near = Words.nearest(to: name, among: known)
    return fault(
      Bilingual("不认识的名称“\(name)”", "unknown name '\(name)'"),
      near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
        ?? Bilingual("请在 columns 中写明这一列。", "Declare the column under columns."),
      at: offset)
  }

  private mutating func member(_ allowed: [String]) throws(ExpressionFault) -> String {
    if case .name(let word) = token.kind {
      let english = Words.english(word, in: Words.names)
      if allowed.contains(english) {
        at += 1
        return english
      }
    }
    throw fault(
      Bilingual(
        "这里应是 \(allowed.joined(separator: " 或 "))", "\(allowed.joined(separator: " or ")) is expected here"))
  }

  private mutating func call(_ name: String, _ offset: Int) throws(ExpressionFault) -> Typed {
    var arguments: [Typed] = []
    if !take(")") {
      repeat { arguments.append(try disjunction()) } while take(",")
      try expect(")")
    }
    return try Signatures.check(name, arguments, self, offset)
  }
}
