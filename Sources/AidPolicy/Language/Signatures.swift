import AidModel

/// Which types go together. Everything wrong is said where it stands.
extension Parser {
  func want(_ type: ExpressionType, _ typed: Typed, _ offset: Int) throws(ExpressionFault) {
    if typed.type == type || typed.type == .dynamic { return }
    throw fault(
      Bilingual(
        "这里要\(type.words.zh)，写的是\(typed.type.words.zh)",
        "\(type.words.en) is wanted here, this is \(typed.type.words.en)"),
      at: offset)
  }

  func added(_ a: Typed, _ b: Typed, _ operation: Arithmetic, _ offset: Int) throws(ExpressionFault) -> Typed
  {
    let node = Expression.arithmetic(operation, a.expression, b.expression)
    switch (a.type, b.type) {
    case (.money, .money), (.money, .number), (.number, .money), (.money, .dynamic), (.dynamic, .money):
      return (node, .money)
    case (.number, .number), (.number, .dynamic), (.dynamic, .number): return (node, .number)
    case (.date, .span), (.dynamic, .span): return (node, .date)
    case (.span, .span): return (node, .span)
    case (.dynamic, .dynamic): return (node, .dynamic)
    default: throw mismatch(a, b, operation.rawValue, offset)
    }
  }

  func multiplied(_ a: Typed, _ b: Typed, _ operation: Arithmetic, _ offset: Int) throws(ExpressionFault)
    -> Typed
  {
    let node = Expression.arithmetic(operation, a.expression, b.expression)
    switch (operation, a.type, b.type) {
    case (.multiply, .money, .number), (.multiply, .number, .money), (.divide, .money, .number),
      (.multiply, .money, .dynamic), (.multiply, .dynamic, .money), (.divide, .money, .dynamic):
      return (node, .money)
    case (_, .number, .number), (.divide, .money, .money), (_, .number, .dynamic), (_, .dynamic, .number):
      return (node, .number)
    case (_, .dynamic, .dynamic): return (node, .dynamic)
    case (.multiply, .money, .money):
      throw fault(
        Bilingual("金额不能乘金额", "money cannot be multiplied by money"),
        Bilingual("比例写成 25%。", "Write a rate as 25%."), at: offset)
    default: throw mismatch(a, b, operation.rawValue, offset)
    }
  }

  func comparable(_ a: Typed, _ b: Typed, _ comparison: Comparison, _ offset: Int) throws(ExpressionFault) {
    let ordered: Set<ExpressionType> = [.money, .number, .date, .span]
    if a.type == .dynamic || b.type == .dynamic { return }
    let same = a.type == b.type || (Set([a.type, b.type]) == [.money, .number])
    let isEquality = comparison == .equal || comparison == .unequal
    if same, ordered.contains(a.type) || (isEquality && (a.type == .text || a.type == .flag)) {
      try checkChoice(a, b, offset)
      return
    }
    throw mismatch(a, b, comparison.rawValue, offset)
  }

  /// A choice column compared with a text it can never be.
  private func checkChoice(_ a: Typed, _ b: Typed, _ offset: Int) throws(ExpressionFault) {
    for (x, y) in [(a, b), (b, a)] {
      guard case .column(let index) = x.expression, case .text(let text) = y.expression,
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

  func unified(_ a: Typed, _ b: Typed, _ offset: Int) throws(ExpressionFault) -> ExpressionType {
    if a.type == b.type || b.type == .dynamic { return a.type }
    if a.type == .dynamic { return b.type }
    if Set([a.type, b.type]) == [.money, .number] { return .money }
    throw mismatch(a, b, "else", offset)
  }

  private func mismatch(_ a: Typed, _ b: Typed, _ sign: String, _ offset: Int) -> ExpressionFault {
    fault(
      Bilingual(
        "\(a.type.words.zh)与\(b.type.words.zh)不能用“\(sign)”",
        "\(a.type.words.en) and \(b.type.words.en) do not go with '\(sign)'"),
      Bilingual("请检查两边的类型。", "Check the types on both sides."), at: offset)
  }
}

/// Arguments and results of functions.
enum Signatures {
  static func check(
    _ name: String, _ arguments: [Parser.Typed], _ parser: Parser, _ offset: Int
  ) throws(ExpressionFault) -> Parser.Typed {
    let expressions = arguments.map(\.expression)
    func wrong(_ zh: String, _ en: String) -> ExpressionFault {
      parser.fault(
        Bilingual(zh, en), Bilingual("见办法文件说明中的函数表。", "See the table of functions in POLICIES.md."),
        at: offset)
    }
    if let aggregate = Aggregate(rawValue: name), arguments.count == (aggregate == .count ? 0 : 1) {
      if expressions.contains(where: { $0.contains(isAggregate) }) {
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
        type = try parser.unified((argument.expression, type), argument, offset)
      }
      guard [.money, .number, .dynamic, .date].contains(type) else {
        throw wrong("\(name)() 要数或金额", "\(name)() takes numbers or money")
      }
      return (.call(name == "min" ? .min : .max, expressions), type)
    case "abs", "floor", "ceil":
      guard arguments.count == 1, [.money, .number, .dynamic].contains(arguments[0].type) else {
        throw wrong("\(name)() 要一个数或金额", "\(name)() takes one number or amount")
      }
      return (.call(Function(rawValue: name) ?? .abs, expressions), arguments[0].type)
    case "coalesce":
      guard arguments.count == 2 else { throw wrong("coalesce() 要两个参数", "coalesce() takes two arguments") }
      return (.call(.coalesce, expressions), try parser.unified(arguments[0], arguments[1], offset))
    case "days", "months", "years":
      guard arguments.count == 2 else { throw wrong("\(name)() 要两个日期", "\(name)() takes two dates") }
      for argument in arguments { try parser.want(.date, argument, offset) }
      return (.call(Function(rawValue: name) ?? .days, expressions), .number)
    default: throw wrong("\(name)() 的参数个数不对", "\(name)() has the wrong number of arguments")
    }
  }

  private static func overRows(
    _ aggregate: Aggregate, _ argument: Parser.Typed?, _ parser: Parser, _ offset: Int
  ) throws(ExpressionFault) -> Parser.Typed {
    guard let argument else { return (.aggregate(.count, nil), .number) }
    switch aggregate {
    case .any, .all:
      try parser.want(.flag, argument, offset)
      return (.aggregate(aggregate, argument.expression), .flag)
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
      return (.aggregate(aggregate, argument.expression), argument.type)
    }
  }

  private static func isAggregate(_ expression: Expression) -> Bool {
    if case .aggregate = expression { return true }
    return false
  }
}
