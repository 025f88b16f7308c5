import AidModel

/// What names mean, and what was probably meant by those nobody knows.
extension Parser {
  /// What a name means: a function, a column, or a word of the language.
  mutating func named(_ name: String, _ offset: Int) throws(ExpressionFault) -> Typed {
    let function = Words.english(name, in: Words.functions)
    if token.kind == .sign("(") {
      if let table = names.tables.firstIndex(where: { $0.name.sameScalars(as: name) }) {
        at += 1
        return try lookUp(table, offset)
      }
      if Words.functions.contains(where: { $0.en == function }) {
        at += 1
        return try call(function, offset)
      }
      if !["awarded", "paid", "remembered"].contains(Words.english(name, in: Words.names)) {
        throw unknownFunction(name, offset)
      }
    }
    if let index = names.column(name) {
      used.insert(index)
      return Expression(.column(index), NameTable.type(of: names.columns[index]))
    }
    // A value of the benefit hides one of the policy.
    if let value = names.values.last(where: { $0.name.sameScalars(as: name) }) {
      return Expression(.named(value.index), value.type)
    }
    let word = Words.english(name, in: Words.names)
    switch word {
    case "so_far" where names.hasSoFar: return Expression(.soFar, .money)
    case "born":
      lookForBirthdays()
      return Expression(.born, .date)
    case "roster":
      try expect(".")
      guard case .name(let field) = token.kind else {
        throw fault(Bilingual("roster. 后面应是名册的列名", "a roster column must follow 'roster.'"))
      }
      let column = try rosterColumn(field)
      at += 1
      if names.roster[column] == nil, !rosterNames.contains(column) { rosterNames.append(column) }
      let entry = Expression(.roster(column), .dynamic)
      return names.roster[column].map { Self.read(entry, as: $0) } ?? entry
    case "period":
      try expect(".")
      let end = try member(["from", "to"])
      return Expression(end == "from" ? .periodFrom : .periodTo, .date)
    case "pay_date": return Expression(.payDate, .date)
    case "paid":
      if token.kind == .sign("(") { return try paidElsewhere() }
      try expect(".")
      let scope = try member(["year", "lifetime"])
      return Expression(.paid(scope == "year" ? .year : .lifetime), .money)
    case "times_paid":
      try expect(".")
      let scope = try member(["year", "lifetime"])
      let past = scope == "year" ? PastAmount.year : .lifetime
      return Expression(names.timesAreOwn ? .timesPaidHere(past) : .timesPaid(past), .number)
    case "remembered": return try remembered()
    case "base" where names.hasBase: return Expression(.base, .money)
    case "awarded": return try awarded(offset)
    default: throw unknownName(name, offset)
    }
  }

  /// The roster's own birthday comes before what the ID number says.
  mutating func lookForBirthdays() {
    for name in NameTable.birthdayColumns where !rosterNames.contains(name) { rosterNames.append(name) }
  }

  /// A named table with an argument for each of its keys.
  private mutating func lookUp(_ index: Int, _ offset: Int) throws(ExpressionFault) -> Typed {
    let table = names.tables[index]
    var arguments: [Typed] = []
    if !take(")") {
      repeat { arguments.append(try disjunction()) } while take(",")
      try expect(")")
    }
    guard arguments.count == table.levels.count else {
      throw fault(
        Bilingual(
          "对照表“\(table.name)”要 \(table.levels.count) 个值",
          "table '\(table.name)' takes \(table.levels.count) values"),
        Bilingual("按 by 的顺序写。", "Give them in the order of its 'by'."), at: offset)
    }
    var keys: [Expression] = []
    for (argument, isRange) in zip(arguments, table.levels) {
      let isNumber = [.number, .money, .dynamic].contains(argument.type)
      guard isNumber || (!isRange && [.text, .flag].contains(argument.type)) else {
        throw fault(
          Bilingual(
            "对照表“\(table.name)”不能用\(argument.type.words.zh)来查",
            "table '\(table.name)' is not looked up by \(argument.type.words.en)"),
          Bilingual("请检查各个键的类型。", "Check the types of its keys."), at: offset)
      }
      keys.append(isRange ? Self.read(argument, as: .number) : argument)
    }
    return Expression(.lookup(index, keys), table.type)
  }

  /// `paid('p').year`, `paid('p').lifetime`: what another programme paid in earlier batches.
  private mutating func paidElsewhere() throws(ExpressionFault) -> Typed {
    try expect("(")
    guard case .text(let programme) = token.kind, !programme.isEmpty else {
      throw fault(
        Bilingual("paid(…) 里应是引号中的项目名", "paid(…) takes the name of a programme in quotes"),
        Bilingual(
          "例如 paid('hardship-grant').year；本项目自己的写 paid.year。",
          "For example paid('hardship-grant').year; for this programme itself write paid.year."))
    }
    at += 1
    try expect(")")
    try expect(".")
    let scope = try member(["year", "lifetime"])
    return Expression(.paidElsewhere(programme, scope == "year" ? .year : .lifetime), .money)
  }

  /// `remembered('days').year`, `.lifetime`: what earlier awards kept of a value.
  private mutating func remembered() throws(ExpressionFault) -> Typed {
    try expect("(")
    guard case .text(let name) = token.kind, !name.isEmpty else {
      throw fault(
        Bilingual("remembered(…) 里应是引号中的定义名", "remembered(…) takes the name of a value in quotes"),
        Bilingual("例如 remembered('days').year", "For example remembered('days').year"))
    }
    guard names.rememberedNames.contains(where: { $0.sameScalars(as: name) }) else {
      let near = NearWord.nearest(to: name, among: names.rememberedNames)
      throw fault(
        Bilingual("没有记住的定义“\(name)”", "no value '\(name)' is remembered"),
        near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
          ?? Bilingual(
            "在 values 中写 {name: \(name), value: …, remember: true}。",
            "Write {name: \(name), value: …, remember: true} under values."))
    }
    at += 1
    try expect(")")
    try expect(".")
    let scope = try member(["year", "lifetime"])
    return Expression(.remembered(name, scope == "year" ? .year : .lifetime), .number)
  }

  mutating func awarded(_ offset: Int) throws(ExpressionFault) -> Typed {
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
      let near = NearWord.nearest(to: programme, among: names.after)
      throw fault(
        Bilingual("项目“\(programme)”没有写在 after 中", "programme '\(programme)' does not stand under after"),
        near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
          ?? Bilingual(
            "请写 after: [\(programme)]，它就先算。", "Write after: [\(programme)]: it is then assessed first."),
        at: place)
    }
    return Expression(.awarded(programme), .money)
  }

  /// A standard column, or any other the roster may have; a standard one misspelt would hold every row.
  func rosterColumn(_ word: String) throws(ExpressionFault) -> String {
    if let column = names.rosterColumn(word) { return column }
    guard let near = names.rosterColumnNear(word) else { return word }
    throw fault(
      Bilingual("名册没有“\(word)”这一列", "the roster has no column '\(word)'"),
      Bilingual(
        "是不是“\(near)”？名册若确有自己的“\(word)”，请换一个不易混淆的列名。",
        "Did you mean '\(near)'? If the roster really has a '\(word)' of its own, give it another name."))
  }

  func unknownFunction(_ name: String, _ offset: Int) -> ExpressionFault {
    if let remedy = Slips.remedy(forPartOfDate: name) {
      return fault(Bilingual("没有函数“\(name)”", "there is no function '\(name)'"), remedy, at: offset)
    }
    let known = Words.functions + [(en: "awarded", zh: "本批已得")]
    let near = NearWord.nearest(to: name, among: known.flatMap { [$0.en, $0.zh] })
    let all = known.map { name.utf8.count == name.count ? $0.en : $0.zh }.joined(separator: " ")
    return fault(
      Bilingual("没有函数“\(name)”", "there is no function '\(name)'"),
      near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
        ?? Bilingual("可用的函数：\(all)", "Functions: \(all)"),
      at: offset)
  }

  func unknownName(_ name: String, _ offset: Int) -> ExpressionFault {
    let words = Words.standingAlone.filter { $0.en != "base" || names.hasBase }
    let known =
      names.columns.map(\.name) + names.spokenNames + names.ownNames + words.flatMap { [$0.en, $0.zh] }
    if names.valueNames.contains(where: { $0.sameScalars(as: name) }) {
      return fault(
        Bilingual("这里还没有“\(name)”", "'\(name)' is not known here"),
        Bilingual("定义的值在 count 之后才算出。", "Named values are worked out after 'count'."), at: offset)
    }
    if let word = Words.standingAlone.first(where: { $0.en == name || $0.zh == name }) {
      return fault(
        Bilingual("这里还没有“\(name)”", "'\(name)' is not known here"),
        Bilingual(
          "“\(name)”是\(word.meaning.zh)，写了 base（基数）的补助算过它之后才能用。",
          "'\(name)' is \(word.meaning.en): a benefit with a 'base' knows it once that is computed."),
        at: offset)
    }
    let near = NearWord.nearest(to: name, among: known)
    if Slips.isNumberInWords(name) {
      return fault(
        Bilingual("数写成了文字“\(name)”", "a number in words, '\(name)'"),
        Bilingual("用阿拉伯数字：比例写 50%，金额写 20000。", "Use digits: a rate as 50%, an amount as 20000."), at: offset)
    }
    if ["如果", "假如", "当", "如", "when"].contains(name) {
      return fault(
        Bilingual("不认识的词“\(name)”", "unknown word '\(name)'"),
        Bilingual("写成 若 条件 则 值 否则 值。", "Write: if CONDITION then VALUE else VALUE."), at: offset)
    }
    return fault(
      Bilingual("不认识的名称“\(name)”", "unknown name '\(name)'"),
      near.map { Bilingual("是不是“\($0)”？", "Did you mean '\($0)'?") }
        ?? Bilingual(
          "若是列，请在 columns 中写明；若是文字，请加引号：'\(name)'。",
          "Declare a column under columns; put a text in quotes: '\(name)'."),
      at: offset)
  }

  /// `kind = 住院`, `f = 是`: a text without quotes, or a word for what a flag already is.
  func refuseBareText(beside left: Typed) throws(ExpressionFault) {
    guard case .name(let word) = token.kind, names.column(word) == nil, tokens[at + 1].kind != .sign("("),
      !Words.standingAlone.contains(where: { $0.en == word || $0.zh == word })
    else { return }
    if left.type == .flag {
      throw fault(
        Bilingual("是否的值不写“\(word)”", "a yes or no is not written '\(word)'"),
        Bilingual(
          "直接写条件本身，否定写 not；或写 = true（真）、= false（假）。",
          "Write the condition alone, or 'not' before it; or '= true', '= false'."))
    }
    guard left.type == .text || left.type == .dynamic else { return }
    if case .column(let index) = left.node, names.columns[index].type == .choice,
      !names.columns[index].choices.contains(where: { $0.sameScalars(as: word) })
    {
      return
    }
    throw fault(
      Bilingual("文字“\(word)”没有加引号", "the text '\(word)' stands without quotes"),
      Bilingual("写成 '\(word)'。", "Write '\(word)'."))
  }

  mutating func member(_ allowed: [String]) throws(ExpressionFault) -> String {
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

  mutating func call(_ name: String, _ offset: Int) throws(ExpressionFault) -> Typed {
    var arguments: [Typed] = []
    if !take(")") {
      repeat { arguments.append(try disjunction()) } while take(",")
      try expect(")")
    }
    if name == "age", arguments.count == 1 { lookForBirthdays() }
    return try Signatures.check(name, arguments, self, offset)
  }
}
