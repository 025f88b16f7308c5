import AidModel

/// Names and functions of expressions in words.
struct SpokenNames {
  private let names: NameTable
  private let language: Language

  init(_ names: NameTable, _ language: Language) { (self.names, self.language) = (names, language) }

  typealias Phrase = SpokenExpression.Phrase

  private func say(_ chinese: String, _ english: String) -> String { language == .zh ? chinese : english }

  /// - Parameter field: what stands behind a dot, if anything.
  func phrase(_ name: String, field: String?) -> Phrase {
    if field == nil, let index = names.column(name) {
      let column = names.columns[index]
      return Phrase(text: heading(of: column), type: NameTable.type(of: column))
    }
    if field == nil, let value = names.values.first(where: { $0.name.sameScalars(as: name) }) {
      return Phrase(text: name, type: value.type)
    }
    let field = field ?? ""
    switch Words.english(name, in: Words.names) {
    case "base": return Phrase(text: say("补助基数", "the base"), type: .money)
    case "so_far": return Phrase(text: say("至此的金额", "the amount so far"), type: .money)
    case "born": return Phrase(text: say("出生日期", "the birthday"), type: .date)
    case "pay_date": return Phrase(text: say("发放日", "the pay date"), type: .date)
    case "decision": return Phrase(text: say("评审决定", "decision"), type: .money)
    case "roster": return roster(field)
    case "period":
      let isStart = Words.english(field, in: Words.names) == "from"
      return Phrase(
        text: isStart
          ? say("核算期首日", "the first day of the period") : say("核算期末日", "the last day of the period"),
        type: .date)
    case "paid": return Phrase(text: past(field, say("已发金额", "paid")), type: .money)
    case "times_paid": return Phrase(text: past(field, say("已发次数", "times paid")), type: .number)
    default: return Phrase(text: field.isEmpty ? name : "\(name).\(field)")
    }
  }

  /// A Chinese heading where the column's name is English: the list's readers know no other.
  private func heading(of column: Column) -> String {
    func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { $0.properties.isIdeographic } }
    if language == .en || isChinese(column.name) { return column.name }
    return column.headings.first(where: isChinese) ?? column.name
  }

  private func roster(_ field: String) -> Phrase {
    let column = names.rosterColumn(field) ?? field
    let known = Words.rosterColumns.first { $0.en.sameScalars(as: column) }
    return Phrase(
      text: say("名册的\(known?.zh ?? field)", "roster \(column)"), type: names.roster[column])
  }

  private func past(_ field: String, _ what: String) -> String {
    switch Words.english(field, in: Words.names) {
    case "year": say("本年度\(what)", "\(what) this year")
    case "lifetime": say("历年\(what)", "\(what) in all years")
    case "years": say("近几年\(what)", "\(what) in these years")
    default: what
    }
  }

  func call(_ name: String, _ arguments: [Phrase], field: String?) -> Phrase? {
    let texts = arguments.map(\.text)
    if let table = names.tables.first(where: { $0.name.sameScalars(as: name) }) {
      return Phrase(text: name + listed(texts), type: table.type)
    }
    switch Words.english(name, in: Words.functions) {
    case "sum" where texts.count == 1:
      let what = arguments[0].text(in: language, atLeast: .product)
      return Phrase(text: say("\(what)合计", "the sum of \(what)"), type: arguments[0].type)
    case "count" where texts.isEmpty: return Phrase(text: say("行数", "the number of rows"), type: .number)
    case "count" where texts.count == 1:
      return Phrase(text: say("（\(texts[0])）的行数", "the number of rows where \(texts[0])"), type: .number)
    case "any" where texts.count == 1:
      return Phrase(text: say("有一行\(texts[0])", "in some row \(texts[0])"), type: .flag, strength: .not)
    case "all" where texts.count == 1:
      return Phrase(text: say("每一行都\(texts[0])", "in every row \(texts[0])"), type: .flag, strength: .not)
    case "min": return extreme(arguments, say("小", "smallest"))
    case "max": return extreme(arguments, say("大", "largest"))
    default: break
    }
    return ofOneRow(Words.english(name, in: Words.functions), name, arguments, field: field)
  }

  private func extreme(_ arguments: [Phrase], _ word: String) -> Phrase? {
    guard let first = arguments.first else { return nil }
    let texts = arguments.map { $0.text(in: language, atLeast: .sum) }
    let text =
      texts.count == 1
      ? say("各行中最\(word)的\(texts[0])", "the \(word) \(texts[0]) of all rows")
      : say(
        "（\(texts.joined(separator: "，"))）中最\(word)的", "the \(word) of (\(texts.joined(separator: ", ")))")
    return Phrase(text: text, type: arguments.contains { $0.type == .money } ? .money : first.type)
  }

  private func ofOneRow(
    _ function: String, _ name: String, _ arguments: [Phrase], field: String?
  ) -> Phrase? {
    let texts = arguments.map(\.text)
    func span(_ zh: String, _ en: String) -> Phrase {
      Phrase(
        text: say("\(texts[0])到\(texts[1])的\(zh)", "full \(en) from \(texts[0]) to \(texts[1])"),
        type: .number)
    }
    switch (function, texts.count) {
    case ("days", 2): return span("天数", "days")
    case ("months", 2): return span("满月数", "months")
    case ("years", 2): return span("满年数", "years")
    case ("age", 1): return Phrase(text: say("\(texts[0])时的年龄", "the age on \(texts[0])"), type: .number)
    case ("coalesce", 2):
      return Phrase(
        text: say("\(texts[0])（空白时为 \(texts[1])）", "\(texts[0]) (\(texts[1]) where blank)"),
        type: arguments[0].type)
    case ("contains", 2):
      return Phrase(
        text: say("\(texts[0])含有\(texts[1])", "\(texts[0]) contains \(texts[1])"), type: .flag,
        strength: .comparison)
    case ("paid_since", 1):
      return Phrase(text: say("\(texts[0])起已发金额", "paid since \(texts[0])"), type: .money)
    case ("times_since", 1):
      return Phrase(text: say("\(texts[0])起已发次数", "times paid since \(texts[0])"), type: .number)
    default: break
    }
    switch Words.english(name, in: Words.names) {
    case "awarded" where texts.count == 1:
      return Phrase(text: say("本批从\(texts[0])所得", "awarded from \(texts[0]) in this batch"), type: .money)
    case "paid" where texts.count == 1:
      return Phrase(text: "\(texts[0])" + say("", " ") + past(field ?? "", say("已发金额", "paid")), type: .money)
    default: break
    }
    let word = Words.functions.first { $0.en.sameScalars(as: function) }
    return Phrase(text: say(word?.zh ?? name, function) + listed(texts), type: arguments.first?.type)
  }

  private func listed(_ texts: [String]) -> String {
    say("（\(texts.joined(separator: "，"))）", "(\(texts.joined(separator: ", ")))")
  }
}
