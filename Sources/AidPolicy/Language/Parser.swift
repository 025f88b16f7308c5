import AidModel

/// What names mean where an expression stands.
struct NameTable {
  let columns: [Column]
  /// Roster columns with a type; any other name after `roster.` is dynamic.
  let roster: [String: ExpressionType]
  /// `base` may be used: the benefit has computed it.
  var hasBase = false
  /// Programmes that come before this one: `awarded` may name them.
  var after: [String] = []

  /// Chinese headings of the common columns: they are names too, where a policy has no column of its own so named.
  var spokenNames: [String] { columns.prefix(CommonColumn.allCases.count).flatMap(\.headings) }

  func column(_ name: String) -> Int? {
    columns.firstIndex { $0.name.sameScalars(as: name) }
      ?? columns.prefix(CommonColumn.allCases.count).firstIndex { column in
        column.headings.contains { $0.sameScalars(as: name) }
      }
  }

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
  /// Roster columns beyond the standard ones.
  private(set) var rosterNames: [String] = []
  /// Indexes of the columns named.
  private(set) var used: Set<Int> = []
  typealias Typed = (expression: Expression, type: ExpressionType)

  static func compile(
    _ text: String, names: NameTable, expecting wanted: [ExpressionType]
  ) throws(ExpressionFault) -> (compiled: Compiled, rosterNames: [String], columns: Set<Int>) {
    let lexer = try Lexer(text, names: names.columns.map(\.name) + names.spokenNames)
    var parser = Parser(tokens: lexer.tokens, names: names)
    var (expression, type) = try parser.disjunction()
    try parser.expectEnd()
    if type == .number, wanted.contains(.money), !wanted.contains(.number) { type = .money }
    if type == .dynamic, wanted.count == 1 {
      (expression, type) = Self.read((expression, type), as: wanted[0])
    }
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
    let compiled = Compiled(source: text, type: type, expression: expression)
    return (compiled, parser.rosterNames, parser.used)
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
      left = (.or(try want(.flag, left, offset), try want(.flag, right, offset)), .flag)
    }
    return left
  }

  private mutating func conjunction() throws(ExpressionFault) -> Typed {
    var left = try negation()
    while token.kind == .sign("and") {
      let offset = token.offset
      at += 1
      let right = try negation()
      left = (.and(try want(.flag, left, offset), try want(.flag, right, offset)), .flag)
    }
    return left
  }

  private mutating func negation() throws(ExpressionFault) -> Typed {
    let offset = token.offset
    guard take("not") else { return try comparison() }
    return (.not(try want(.flag, try negation(), offset)), .flag)
  }

  private mutating func comparison() throws(ExpressionFault) -> Typed {
    let left = try sum()
    let offset = token.offset
    if take("is blank") { return (.isBlank(left.expression), .flag) }
    if take("is") {
      let isNot = take("not")
      guard token.kind == .name("blank") else {
        throw fault(Bilingual("is 后面只能是 blank 或 not blank", "only 'blank' or 'not blank' may follow 'is'"))
      }
      at += 1
      let blank = Expression.isBlank(left.expression)
      return (isNot ? .not(blank) : blank, .flag)
    }
    if take("in") { return try membership(left, offset) }
    guard case .sign(let sign) = token.kind, let comparison = Comparison(rawValue: sign) else { return left }
    at += 1
    let (a, b) = try comparable(left, try sum(), comparison, offset)
    return (.compare(comparison, a, b), .flag)
  }

  private mutating func membership(_ left: Typed, _ offset: Int) throws(ExpressionFault) -> Typed {
    if take("[") {
      var items: [Expression] = []
      var value = left.expression
      repeat {
        let (own, item) = try comparable(left, try sum(), .equal, offset)
        items.append(item)
        value = own
      } while take(",")
      try expect("]")
      return (.inList(value, items), .flag)
    }
    if case .name(let word) = token.kind, Words.english(word, in: Words.names) == "period" {
      at += 1
      return (.inPeriod(try want(.date, left, offset)), .flag)
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
      let test = try want(.flag, condition, offset)
      try expect("then")
      let yes = try disjunction()
      try expect("else")
      let no = try disjunction()
      let type = try unified(yes, no, offset)
      return (.choose(test, Self.read(yes, as: type).expression, Self.read(no, as: type).expression), type)
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
    if let index = names.column(name) {
      used.insert(index)
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
      let column = Words.english(field, in: Words.rosterColumns)
      if names.roster[column] == nil, !rosterNames.contains(column) { rosterNames.append(column) }
      return (.roster(column), names.roster[column] ?? .dynamic)
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
    case "awarded": return try awarded(offset)
    default: throw unknownName(name, offset)
    }
  }

  private mutating func awarded(_ offset: Int) throws(ExpressionFault) -> Typed {
    try expect("(")
    guard case .text(let programme) = token.kind else {
      throw fault(
        Bilingual("awarded 里应是引号中的项目名", "awarded takes the name of a programme in quotes"),
        Bilingual("例如 awarded('hardship-grant')", "For example awarded('hardship-grant')"))
    }
    let place = token.offset
    at += 1
    try expect(")")
    guard names.after.contains(where: { $0.sameScalars(as: programme) }) else {
      let near = Words.nearest(to: programme, among: names.after)
      throw fault(
        Bilingual("项目“\(programme)”没有写在 after 中", "programme '\(programme)' does not stand under after"),
        near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
          ?? Bilingual(
            "请写 after: [\(programme)]，它就先算。", "Write after: [\(programme)]: it is then assessed first."),
        at: place)
    }
    return (.awarded(programme), .money)
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
