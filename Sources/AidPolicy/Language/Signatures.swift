import AidModel

/// Which types go together. Everything wrong is said where it stands.
extension Parser {
  /// A roster value of unknown type, read as the type wanted.
  static func read(_ typed: Typed, as type: ExpressionType) -> Typed {
    guard typed.type == .dynamic, type != .dynamic else { return typed }
    return Expression(.read(typed), type)
  }

  @discardableResult
  func want(_ type: ExpressionType, _ typed: Typed, _ offset: Int) throws(ExpressionFault) -> Expression {
    if typed.type == type { return typed }
    if typed.type == .dynamic { return Self.read(typed, as: type) }
    throw fault(
      Bilingual(
        "这里要\(type.words.zh)，写的是\(typed.type.words.zh)",
        "\(type.words.en) is wanted here, this is \(typed.type.words.en)"),
      at: offset)
  }

  func added(_ a: Typed, _ b: Typed, _ operation: Arithmetic, _ offset: Int) throws(ExpressionFault) -> Typed
  {
    if operation == .subtract, a.type == .date, b.type == .dynamic {
      return try added(a, Self.read(b, as: .date), operation, offset)
    }
    if a.type == .dynamic, b.type != .dynamic {
      let type: ExpressionType = [.span, .date].contains(b.type) ? .date : .number
      return try added(Self.read(a, as: type), b, operation, offset)
    }
    if b.type == .dynamic { return try added(a, Self.read(b, as: .number), operation, offset) }
    let node = Expression.Node.arithmetic(operation, a, b)
    switch (a.type, b.type) {
    case (.money, .money), (.money, .number), (.number, .money): return Expression(node, .money)
    case (.number, .number): return Expression(node, .number)
    case (.date, .span): return Expression(node, .date)
    case (.date, .date) where operation == .subtract: return Expression(node, .span)
    case (.span, .span): return Expression(node, .span)
    default: throw mismatch(a.type, b.type, operation.rawValue, offset)
    }
  }

  func multiplied(_ a: Typed, _ b: Typed, _ operation: Arithmetic, _ offset: Int) throws(ExpressionFault)
    -> Typed
  {
    let (a, b) = (Self.read(a, as: .number), Self.read(b, as: .number))
    if operation == .divide, b.closedNumber({ _ in nil })?.isZero == true {
      throw fault(
        Bilingual("除以零", "division by zero"), Bilingual("请改正除数。", "Correct the divisor."), at: offset)
    }
    let node = Expression.Node.arithmetic(operation, a, b)
    switch (operation, a.type, b.type) {
    case (.multiply, .money, .number), (.multiply, .number, .money), (.divide, .money, .number):
      return Expression(node, .money)
    // A number stands for money: a count of yuan over yuan is a number.
    case (_, .number, .number), (.divide, .money, .money), (.divide, .number, .money):
      return Expression(node, .number)
    case (.multiply, .money, .money):
      throw fault(
        Bilingual("金额不能乘金额", "money cannot be multiplied by money"),
        Bilingual(
          "比例写成 25%；其中一个若是个数，除以 1元，例如 x / 1元。",
          "Write a rate as 25%; where one of them is a count divide it by 1 yuan, as in x / 1元."), at: offset)
    default: throw mismatch(a.type, b.type, operation.rawValue, offset)
    }
  }

  /// The two sides as they are compared.
  func comparable(
    _ a: Typed, _ b: Typed, _ comparison: Comparison, _ offset: Int
  ) throws(ExpressionFault) -> (Expression, Expression) {
    let ordered: Set<ExpressionType> = [.money, .number, .date, .span]
    let (a, b) = (Self.read(a, as: b.type), Self.read(b, as: a.type))
    if a.type == .dynamic { return (a, b) }
    let same = a.type == b.type || (Set([a.type, b.type]) == [.money, .number])
    let isEquality = comparison == .equal || comparison == .unequal
    if same, ordered.contains(a.type) || (isEquality && (a.type == .text || a.type == .flag)) {
      try checkChoice(a, b, offset)
      return (a, b)
    }
    throw mismatch(a.type, b.type, comparison.rawValue, offset)
  }

  /// A choice column compared with a text it can never be.
  private func checkChoice(_ a: Typed, _ b: Typed, _ offset: Int) throws(ExpressionFault) {
    for (x, y) in [(a, b), (b, a)] {
      guard case .column(let index) = x.node, case .text(let text) = y.node,
        names.columns[index].type == .choice,
        !names.columns[index].choices.contains(where: { $0.sameScalars(as: text) })
      else { continue }
      throw fault(
        Bilingual(
          "“\(names.columns[index].name)”没有选项“\(text)”",
          "'\(names.columns[index].name)' has no choice '\(text)'"),
        Bilingual(
          "选项：\(names.columns[index].choices.joined(separator: "、"))",
          "Choices: \(names.columns[index].choices.joined(separator: ", "))"),
        at: offset)
    }
  }

  func unified(
    _ a: ExpressionType, _ b: ExpressionType, _ offset: Int
  ) throws(ExpressionFault) -> ExpressionType {
    if a == b || b == .dynamic { return a }
    if a == .dynamic { return b }
    if Set([a, b]) == [.money, .number] { return .money }
    throw mismatch(a, b, "else", offset)
  }

  private func mismatch(
    _ a: ExpressionType, _ b: ExpressionType, _ sign: String, _ offset: Int
  ) -> ExpressionFault {
    fault(
      Bilingual(
        "\(a.words.zh)与\(b.words.zh)不能用“\(sign)”",
        "\(a.words.en) and \(b.words.en) do not go with '\(sign)'"),
      Set([a, b]) == [.span, .number] || Set([a, b]) == [.span, .money]
        ? Bilingual("时间长度要带单位，例如 180 days（180 天）、6 个月、1 年。", "A span has a unit: 180 days, 6 months, 1 year.")
        : Bilingual("请检查两边的类型。", "Check the types on both sides."), at: offset)
  }
}

/// Arguments and results of functions.
enum Signatures {
  static func check(
    _ name: String, _ arguments: [Parser.Typed], _ parser: Parser, _ offset: Int
  ) throws(ExpressionFault) -> Parser.Typed {
    func wrong(_ zh: String, _ en: String) -> ExpressionFault {
      parser.fault(
        Bilingual(zh, en), Bilingual("见办法文件说明中的函数表。", "See the table of functions in POLICIES.md."),
        at: offset)
    }
    if let aggregate = Aggregate(rawValue: name),
      arguments.count == 1 || (arguments.isEmpty && aggregate == .count)
    {
      if arguments.contains(where: { $0.contains(isAggregate) }) {
        throw wrong("\(name)() 里面不能再套按行的函数", "\(name)() cannot stand inside another function over rows")
      }
      return try overRows(aggregate, arguments.first, parser, offset)
    }
    switch name {
    case "min", "max":
      guard arguments.count >= 2 else {
        throw wrong("\(name)() 至少一个参数", "\(name)() takes at least one argument")
      }
      var type = arguments[0].type
      for argument in arguments.dropFirst() {
        type = try parser.unified(type, argument.type, offset)
      }
      guard [.money, .number, .dynamic, .date].contains(type) else {
        throw wrong("\(name)() 要数或金额", "\(name)() takes numbers or money")
      }
      let read = arguments.map { Parser.read($0, as: type) }
      return Expression(.call(name == "min" ? .min : .max, read), type)
    case "abs", "floor", "ceil":
      guard arguments.count == 1, [.money, .number, .dynamic].contains(arguments[0].type) else {
        throw wrong("\(name)() 要一个数或金额", "\(name)() takes one number or amount")
      }
      let argument = Parser.read(arguments[0], as: .number)
      return Expression(.call(Function(rawValue: name) ?? .abs, [argument]), argument.type)
    case "coalesce":
      guard arguments.count >= 2 else { throw wrong("coalesce() 要两个参数", "coalesce() takes two arguments") }
      var type = arguments[0].type
      for argument in arguments.dropFirst() {
        type = try parser.unified(type, argument.type, offset)
      }
      return Expression(.call(.coalesce, arguments.map { Parser.read($0, as: type) }), type)
    case "days", "months", "years":
      guard arguments.count == 2 else { throw wrong("\(name)() 要两个日期", "\(name)() takes two dates") }
      let dates = [
        try parser.want(.date, arguments[0], offset), try parser.want(.date, arguments[1], offset),
      ]
      return Expression(.call(Function(rawValue: name) ?? .days, dates), .number)
    case "each":
      guard arguments.count == 2, arguments.allSatisfy({ [.money, .number, .dynamic].contains($0.type) })
      else {
        throw wrong("each() 要一个数或金额和一个单位", "each() takes an amount and a unit")
      }
      return Expression(.call(.each, arguments.map { Parser.read($0, as: .number) }), .number)
    case "contains":
      guard arguments.count == 2 else { throw wrong("contains() 要两段文字", "contains() takes two texts") }
      let texts = [
        try parser.want(.text, arguments[0], offset), try parser.want(.text, arguments[1], offset),
      ]
      return Expression(.call(.contains, texts), .flag)
    case "age":
      guard arguments.count == 1 || arguments.count == 2 else {
        throw wrong("age() 要一个日期，或日期和证件号码", "age() takes a date, or a date and an ID number")
      }
      var read = [try parser.want(.date, arguments[0], offset)]
      if arguments.count == 2 { read.append(try parser.want(.text, arguments[1], offset)) }
      return Expression(.call(.age, read), .number)
    case "paid_since", "times_since":
      var items: [Expression] = []
      if arguments.count == 2, case .text(let programme) = arguments[0].node, !programme.isEmpty {
        items = [arguments[0]]
      } else if arguments.count != 1 {
        throw wrong(
          "\(name)() 要一个日期，别的项目的前面加引号中的项目名",
          "\(name)() takes one date, and before it another programme's name in quotes")
      }
      items.append(try parser.want(.date, arguments[arguments.count - 1], offset))
      return name == "paid_since"
        ? Expression(.call(.paidSince, items), .money) : Expression(.call(.timesSince, items), .number)
    default: throw wrong("\(name)() 的参数个数不对", "\(name)() has the wrong number of arguments")
    }
  }

  private static func overRows(
    _ aggregate: Aggregate, _ argument: Parser.Typed?, _ parser: Parser, _ offset: Int
  ) throws(ExpressionFault) -> Parser.Typed {
    guard let argument else { return Expression(.aggregate(.count, nil), .number) }
    switch aggregate {
    case .any, .all: return Expression(.aggregate(aggregate, try parser.want(.flag, argument, offset)), .flag)
    case .count: return Expression(.aggregate(.count, try parser.want(.flag, argument, offset)), .number)
    default:
      let orderable: [ExpressionType] =
        aggregate == .sum ? [.money, .number, .dynamic] : [.money, .number, .date, .dynamic]
      guard orderable.contains(argument.type) else {
        throw parser.fault(
          Bilingual(
            "\(aggregate.rawValue)() 不能用于\(argument.type.words.zh)",
            "\(aggregate.rawValue)() does not take \(argument.type.words.en)"),
          at: offset)
      }
      let read = aggregate == .sum ? Parser.read(argument, as: .number) : argument
      return Expression(.aggregate(aggregate, read), read.type)
    }
  }

  private static func isAggregate(_ expression: Expression) -> Bool {
    if case .aggregate = expression.node { return true }
    return false
  }
}
