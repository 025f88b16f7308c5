import AidModel

/// What names mean where an expression stands.
struct NameTable {
  let columns: [Column]
  /// Roster columns with a type; any other name after `roster.` is dynamic.
  let roster: [String: ExpressionType]
  /// The standard columns of the roster with their headings, by which they may be called too.
  var rosterColumns: [Column] = []
  /// `base` may be used: the benefit has computed it.
  var hasBase = false
  /// `so_far` may be used: a benefit has steps of its own, and one has been taken.
  var hasSoFar = false
  /// What a roster may call the birthday.
  static let birthdayColumns = ["born", "出生日期"]
  /// Programmes that come before this one: `awarded` may name them.
  var after: [String] = []
  /// Named values that have been read.
  var values: [ValueName] = []
  /// Names of all values of the policy.
  var valueNames: [String] = []
  var tables: [TableSignature] = []
  /// Names of the values that awards keep.
  var rememberedNames: [String] = []
  /// Inside a benefit that shares the programme with others, or with its own groups: how often means how often it.
  var timesAreOwn = false

  /// A named value, by its place among all of the policy's.
  struct ValueName {
    let name: String
    let type: ExpressionType
    let index: Int
    /// What it comes to, where that is known when the file is read.
    let known: Rational?
  }

  /// How a named table is called.
  struct TableSignature {
    let name: String
    let type: ExpressionType
    /// For each key whether it is looked up in ranges of numbers.
    let levels: [Bool]
  }

  /// The policy's own names, which may contain anything.
  var ownNames: [String] { valueNames + tables.map(\.name) }

  /// Chinese headings of the common columns: they are names too, where a policy has no column of its own so named.
  var spokenNames: [String] { columns.prefix(CommonColumn.allCases.count).flatMap(\.headings) }

  func column(_ name: String) -> Int? {
    columns.firstIndex { $0.name.sameScalars(as: name) }
      ?? columns.prefix(CommonColumn.allCases.count).firstIndex { column in
        column.headings.contains { $0.sameScalars(as: name) }
      }
  }

  /// The English name of a standard column of the roster, by whatever name it is called.
  func rosterColumn(_ word: String) -> String? {
    let english = Words.english(word, in: Words.rosterColumns)
    if roster[english] != nil { return english }
    return rosterColumns.first { column in column.headings.contains { $0.sameScalars(as: word) } }?.name
  }

  /// The standard name a word after `roster.` was probably meant to be. Short names are near to too many others.
  func rosterColumnNear(_ word: String) -> String? {
    guard word.count >= (word.utf8.count == word.count ? 5 : 3) else { return nil }
    let known = Words.rosterColumns.flatMap { [$0.en, $0.zh] } + rosterColumns.flatMap(\.headings)
    guard let near = NearWord.nearest(to: word, among: known), NearWord.distance(word, near) <= 2 else {
      return nil
    }
    return near
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
  let tokens: [Token]
  let names: NameTable
  var at = 0
  /// Roster columns beyond the standard ones.
  var rosterNames: [String] = []
  /// Indexes of the columns named.
  var used: Set<Int> = []
  /// How deep the place in hand is nested, and how many operators were read.
  private var depth = 0
  private var operators = 0
  typealias Typed = Expression

  /// Whoever reads a rule loses count long before. Expressions are read and computed by functions that call themselves,
  /// with a stack that ends.
  static let depthMax = 64
  static let operatorsMax = 200
  /// Characters; a page of text has two thousand.
  static let lengthMax = 20_000

  static func compile(
    _ text: String, names: NameTable, expecting wanted: [ExpressionType]
  ) throws(ExpressionFault) -> (compiled: Compiled, rosterNames: [String], columns: Set<Int>) {
    guard text.unicodeScalars.count <= lengthMax else {
      throw ExpressionFault(
        offset: 0,
        what: Bilingual("表达式超过 \(lengthMax) 字", "the expression has more than \(lengthMax) characters"),
        remedy: tooLarge)
    }
    let lexer = try Lexer(text, names: names.columns.map(\.name) + names.spokenNames + names.ownNames)
    var parser = Parser(tokens: lexer.tokens, names: names)
    var expression = try parser.disjunction()
    try parser.expectEnd()
    if expression.type == .number, wanted.contains(.money), !wanted.contains(.number) {
      expression = Expression(expression.node, .money)
    }
    if wanted.count == 1 { expression = Self.read(expression, as: wanted[0]) }
    let type = expression.type
    if type != .dynamic, !wanted.contains(type) {
      let need = wanted.map(\.words)
      throw ExpressionFault(
        offset: 0,
        what: Bilingual(
          "这里要\(need.map(\.zh).joined(separator: "或"))，写的是\(type.words.zh)",
          "\(need.map(\.en).joined(separator: " or ")) is wanted here, this is \(type.words.en)"),
        remedy: wanted == [.flag] && (type == .number || type == .money)
          ? Bilingual("写成一个条件，例如 base >= \(text)。", "Write a condition, such as base >= \(text).")
          : Bilingual("请检查表达式。", "Check the expression."))
    }
    if case .negate(let inner) = expression.node, case .number(let value) = inner.node {
      expression = Expression(.number(-value), expression.type)
    }
    let compiled = Compiled(source: text, expression: expression) { index in
      names.values.first { $0.index == index }?.known
    }
    return (compiled, parser.rosterNames, parser.used)
  }

  init(tokens: [Token], names: NameTable) {
    self.tokens = tokens
    self.names = names
  }

  // MARK: limits

  private static let tooLarge = Bilingual(
    "请拆成几个表达式、分段或对照表。", "Split it into several expressions, tiers or a table.")

  /// Reads what is nested one level deeper.
  private mutating func nested(
    _ inner: (inout Parser) throws(ExpressionFault) -> Typed
  ) throws(ExpressionFault) -> Typed {
    guard depth < Self.depthMax else {
      throw fault(
        Bilingual("嵌套超过 \(Self.depthMax) 层", "nested more than \(Self.depthMax) levels deep"), Self.tooLarge)
    }
    depth += 1
    defer { depth -= 1 }
    return try inner(&self)
  }

  /// One more operator: what stands left of it is one level deeper when it is computed.
  private mutating func countOperator() throws(ExpressionFault) {
    operators += 1
    if operators > Self.operatorsMax {
      throw fault(
        Bilingual("运算符超过 \(Self.operatorsMax) 个", "more than \(Self.operatorsMax) operators"), Self.tooLarge)
    }
  }

  // MARK: tokens

  var token: Token { tokens[at] }

  mutating func take(_ sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    at += 1
    return true
  }

  mutating func expect(_ sign: String) throws(ExpressionFault) {
    if take(sign) { return }
    throw fault(Bilingual("这里缺少“\(sign)”", "'\(sign)' is missing here"))
  }

  private func expectEnd() throws(ExpressionFault) {
    if token.kind == .end { return }
    throw Slips.leftOver(tokens, at) ?? fault(Bilingual("这里多出内容", "there is something more here"))
  }

  func fault(
    _ what: Bilingual, _ remedy: Bilingual = Bilingual("请检查表达式的写法。", "Check how the expression is written."),
    at offset: Int? = nil
  ) -> ExpressionFault {
    ExpressionFault(offset: offset ?? token.offset, what: what, remedy: remedy)
  }

  // MARK: grammar, loosest first

  mutating func disjunction() throws(ExpressionFault) -> Typed {
    try nested { (parser) throws(ExpressionFault) in try parser.alternatives() }
  }

  private mutating func alternatives() throws(ExpressionFault) -> Typed {
    var left = try conjunction()
    while token.kind == .sign("or") {
      let offset = token.offset
      try countOperator()
      at += 1
      let right = try conjunction()
      left = Expression(.or(try want(.flag, left, offset), try want(.flag, right, offset)), .flag)
    }
    return left
  }

  private mutating func conjunction() throws(ExpressionFault) -> Typed {
    var left = try negation()
    while token.kind == .sign("and") {
      let offset = token.offset
      try countOperator()
      at += 1
      let right = try negation()
      left = Expression(.and(try want(.flag, left, offset), try want(.flag, right, offset)), .flag)
    }
    return left
  }

  private mutating func negation() throws(ExpressionFault) -> Typed {
    let offset = token.offset
    guard take("not") else { return try comparison() }
    let inner = try nested { (parser) throws(ExpressionFault) in try parser.negation() }
    return Expression(.not(try want(.flag, inner, offset)), .flag)
  }

  private mutating func comparison() throws(ExpressionFault) -> Typed {
    let left = try sum()
    let offset = token.offset
    if take("is blank") { return Expression(.isBlank(left), .flag) }
    if take("is") {
      let isNot = take("not")
      guard token.kind == .name("blank") else {
        throw fault(Bilingual("is 后面只能是 blank 或 not blank", "only 'blank' or 'not blank' may follow 'is'"))
      }
      at += 1
      let blank = Expression(.isBlank(left), .flag)
      return isNot ? Expression(.not(blank), .flag) : blank
    }
    if take("in") { return try membership(left, offset) }
    if token.kind == .sign("not"), tokens[at + 1].kind == .sign("in") {
      throw fault(
        Bilingual("没有 not in 这种写法", "there is no 'not in'"),
        Bilingual("写成 not (x in ['甲', '乙'])。", "Write not (x in ['a', 'b'])."))
    }
    guard case .sign(let sign) = token.kind, let comparison = Comparison(rawValue: sign) else { return left }
    at += 1
    try refuseBareText(beside: left)
    let (a, b) = try comparable(left, try sum(), comparison, offset)
    if case .sign(let next) = token.kind, Comparison(rawValue: next) != nil {
      throw fault(
        Bilingual("一次只能比较两个值", "only two values are compared at a time"),
        Bilingual("写成 1 < x and x < 3。", "Write 1 < x and x < 3."))
    }
    return Expression(.compare(comparison, a, b), .flag)
  }

  private mutating func membership(_ left: Typed, _ offset: Int) throws(ExpressionFault) -> Typed {
    if take("[") {
      var items: [Expression] = []
      var value = left
      repeat {
        try refuseBareText(beside: left)
        let (own, item) = try comparable(left, try sum(), .equal, offset)
        items.append(item)
        value = own
      } while take(",")
      try expect("]")
      return Expression(.inList(value, items), .flag)
    }
    if case .name(let word) = token.kind, Words.english(word, in: Words.names) == "period" {
      at += 1
      return Expression(.inPeriod(try want(.date, left, offset)), .flag)
    }
    throw fault(
      Bilingual("in 后面应是 period 或 ['甲', '乙']", "'in' is followed by period or ['a', 'b']"),
      Bilingual("例如 discharged in period", "For example: discharged in period"))
  }

  private mutating func sum() throws(ExpressionFault) -> Typed {
    var left = try product()
    while case .sign(let sign) = token.kind, sign == "+" || sign == "-" {
      let offset = token.offset
      try countOperator()
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
      try countOperator()
      at += 1
      let right = try unary()
      left = try multiplied(left, right, sign == "*" ? .multiply : .divide, offset)
    }
    return left
  }

  private mutating func unary() throws(ExpressionFault) -> Typed {
    let offset = token.offset
    if take("-") {
      let inner = try nested { (parser) throws(ExpressionFault) in try parser.unary() }
      guard [.money, .number, .dynamic].contains(inner.type) else {
        throw fault(Bilingual("负号只能用于数或金额", "a minus goes with numbers and money"), at: offset)
      }
      let read = Self.read(inner, as: .number)
      return Expression(.negate(read), read.type)
    }
    if take("if") {
      let condition = try disjunction()
      let test = try want(.flag, condition, offset)
      try expect("then")
      let yes = try disjunction()
      try expect("else")
      let no = try disjunction()
      let type = try unified(yes.type, no.type, offset)
      return Expression(.choose(test, Self.read(yes, as: type), Self.read(no, as: type)), type)
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
      return Expression(
        .number(Rational(DecimalNumber(mantissa: value.mantissa, scale: value.scale + 2))), .number)
    case .text(let text): return Expression(.text(text), .text)
    case .date(let date): return Expression(.date(date), .date)
    case .sign("true"): return Expression(.flag(true), .flag)
    case .sign("false"): return Expression(.flag(false), .flag)
    case .sign("("):
      let inner = try disjunction()
      try expect(")")
      return inner
    case .name(let name): return try named(name, current.offset)
    default:
      let what = Bilingual("这里应有一个值", "a value is expected here")
      if let remedy = Slips.turnedSign(tokens, at - 2) { throw fault(what, remedy, at: current.offset) }
      throw fault(what, at: current.offset)
    }
  }

  private mutating func spanOrNumber(_ value: DecimalNumber, _ offset: Int) throws(ExpressionFault) -> Typed {
    if let slip = Slips.figure(value, tokens, at) { throw slip }
    if case .name(let word) = token.kind, value.scale == 0, value.mantissa < 10_000 {
      let count = Int(value.mantissa)
      switch word {
      case "year", "years", "年":
        at += 1
        return Expression(.span(Span(months: 12 * count)), .span)
      case "month", "months", "个月", "月":
        at += 1
        return Expression(.span(Span(months: count)), .span)
      case "day", "days", "天", "日":
        at += 1
        return Expression(.span(Span(days: count)), .span)
      default: break
      }
    }
    if case .name(let word) = token.kind, ["元", "yuan", "块"].contains(word) {
      at += 1
      return Expression(.number(Rational(value)), .money)
    }
    return Expression(.number(Rational(value)), .number)
  }
}
