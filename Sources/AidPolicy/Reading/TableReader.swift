import AidModel
import AidYAML
internal import Yams

/// Reads tables: of a benefit, and named ones that expressions look things up in.
extension PolicyReader {
  /// What the keys of one level stand for; nil: only the arguments of a look-up tell.
  private struct Level {
    let type: ExpressionType?
    let source: String
    /// Of a choice column, what may stand in it.
    let choices: [String]?
  }

  /// No rule has so many.
  private static let tablesMax = 32

  /// The table of a benefit, by one expression or a list of them.
  mutating func table(_ node: Node) -> Table? {
    let pairs = yaml.mapping(
      node, of: "table", allowed: ["by", "rows", "clause"], required: ["by", "rows"])
    var by: [Compiled] = []
    for item in pairs["by"].map({ $0.sequence.map(Array.init) ?? [$0] }) ?? [] {
      guard let key = expression(item, of: "by", [.text, .number, .money, .flag]) else { return nil }
      by.append(key)
    }
    if by.isEmpty { return nil }
    let levels = by.map { key in
      var choices: [String]?
      if case .column(let index) = key.expression.node, layout.columns[index].type == .choice {
        choices = layout.columns[index].choices
      }
      return Level(type: key.type == .money ? .number : key.type, source: key.source, choices: choices)
    }
    guard let rows = rows(pairs["rows"], under: node, levels[...], allowsRanges: true, [.money]) else {
      return nil
    }
    if by.count == 1 { noticeMissingKeys(levels[0], rows, pairs["rows"]) }
    return Table(by: by, rows: rows)
  }

  /// `tables`: each with a name, names for its keys, and rows.
  mutating func readTables(_ node: Node?) {
    let items = yaml.list(node, of: "tables")
    if items.count > Self.tablesMax {
      yaml.refuse(
        node, Bilingual("对照表超过 \(Self.tablesMax) 张", "more than \(Self.tablesMax) tables"),
        Bilingual("请合并成几张按多个键查的表。", "Join some of them into tables of several keys."))
      return
    }
    // Tables do not look things up in each other: a few that do so twice would never come to an end.
    var signatures: [NameTable.TableSignature] = []
    for item in items {
      let pairs = yaml.mapping(
        item, of: "tables", allowed: ["name", "by", "rows", "clause"], required: ["name", "by", "rows"])
      guard let name = freeName(pairs["name"]) else { continue }
      let parameters = yaml.texts(pairs["by"], of: "by")
      let levels = parameters.map { Level(type: nil, source: $0, choices: nil) }
      guard !levels.isEmpty,
        let rows = rows(
          pairs["rows"], under: item, levels[...], allowsRanges: false, [.money, .number, .text, .flag])
      else { continue }
      let types = Self.figures(rows).map(\.type)
      let isNumber = types.allSatisfy { [.money, .number].contains($0) }
      guard isNumber || types.allSatisfy({ $0 == types[0] }) else {
        yaml.refuse(
          pairs["rows"],
          Bilingual("对照表“\(name)”的值有几种类型", "table '\(name)' gives values of several types"),
          Bilingual("一张表只给一种值。", "A table gives values of one type."))
        continue
      }
      let type = isNumber ? (types.contains(.money) ? .money : .number) : types[0]
      draft.tables.append(
        NamedTable(
          name: name, parameters: parameters, rows: rows, type: type,
          clause: yaml.line(pairs["clause"], of: "clause")))
      if signatures.contains(where: { $0.name.sameScalars(as: name) }) {
        yaml.refuse(
          pairs["name"], Bilingual("“\(name)”定义了两次", "'\(name)' is defined twice"),
          Bilingual("请换名。", "Choose another name."))
      }
      signatures.append(
        NameTable.TableSignature(
          name: name, type: type, levels: parameters.indices.map { Self.hasRanges(rows, level: $0) }))
    }
    names.tables = signatures
  }

  /// Whether keys of a level are ranges of numbers.
  private static func hasRanges(_ rows: [TableRow], level: Int) -> Bool {
    rows.contains { row in
      if level == 0 {
        if case .range = row.key { return true }
        return false
      }
      if case .level(let inner) = row.cell { return hasRanges(inner, level: level - 1) }
      return false
    }
  }

  private static func figures(_ rows: [TableRow]) -> [Compiled] {
    rows.flatMap { row -> [Compiled] in
      switch row.cell {
      case .figure(let figure): [figure]
      case .range(let min, let max): [min, max]
      case .level(let inner): figures(inner)
      }
    }
  }

  private mutating func rows(
    _ node: Node?, under parent: Node, _ levels: ArraySlice<Level>, allowsRanges: Bool,
    _ wanted: [ExpressionType]
  ) -> [TableRow]? {
    guard let node, let mapping = node.mapping, !mapping.isEmpty, let level = levels.first else {
      yaml.refuse(
        node ?? parent, Bilingual("rows 应是“键: 金额”", "rows must map keys to amounts"),
        Bilingual("例如 {一类: 3000, 二类: [1000, 2000]}", "For example {a: 3000, b: [1000, 2000]}"))
      return nil
    }
    var rows: [TableRow] = []
    for (keyNode, value) in mapping {
      guard let key = key(keyNode, level, after: rows) else { continue }
      if value.mapping != nil, levels.count > 1 {
        guard
          let inner = self.rows(value, under: value, levels.dropFirst(), allowsRanges: allowsRanges, wanted)
        else { return nil }
        rows.append(TableRow(key: key, cell: .level(inner)))
      } else if let cell = cell(value, key.text, allowsRanges, wanted) {
        rows.append(TableRow(key: key, cell: cell))
      }
    }
    checkRanges(rows, node)
    return rows
  }

  private mutating func cell(
    _ value: Node, _ name: String, _ allowsRanges: Bool, _ wanted: [ExpressionType]
  ) -> TableCell? {
    guard let range = value.sequence else {
      return expression(value, of: name, wanted).map { .figure($0) }
    }
    let ends = range.compactMap { expression($0, of: name, [.money]) }
    guard range.count == 2, ends.count == 2, allowsRanges else {
      yaml.refuse(
        value, Bilingual("范围应是 [最低, 最高]", "a range is [min, max]"),
        Bilingual("例如 [1000, 3000]", "For example [1000, 3000]"))
      return nil
    }
    if let low = ends[0].known, let high = ends[1].known, high < low { refuseRange(value) }
    return .range(ends[0], ends[1])
  }

  private mutating func key(_ node: Node, _ level: Level, after rows: [TableRow]) -> TableKey? {
    let text = node.scalar?.string ?? ""
    if ["else", "否则"].contains(text) { return .otherwise }
    if let first = text.unicodeScalars.first, "<>≤≥＜＞".unicodeScalars.contains(first) {
      return range(text, node, level, after: rows)
    }
    if let choices = level.choices, !choices.contains(where: { $0.sameScalars(as: text) }) {
      yaml.refuse(
        node, Bilingual("“\(level.source)”没有选项“\(text)”", "'\(level.source)' has no choice '\(text)'"),
        Bilingual(
          "选项：\(choices.joined(separator: "、"))", "Choices: \(choices.joined(separator: ", "))"))
    }
    if !fits(text, level) {
      yaml.refuse(
        node,
        Bilingual("“\(text)”不会是“\(level.source)”的值", "'\(level.source)' is never '\(text)'"),
        level.type == .number
          ? Bilingual("键要写成数，例如 3，或范围，例如 '<10'。", "Write a number such as 3, or a range such as '<10'.")
          : Bilingual("键写成 是 或 否。", "Write the keys as 是 and 否."))
    }
    refuseSameKey(text, node, level, rows)
    return .exactly(text)
  }

  /// Whether a value of the level's type can be spelt so.
  private func fits(_ text: String, _ level: Level) -> Bool {
    switch level.type {
    case .number: DecimalNumber(plain: text) != nil
    case .flag: YesNo.word(text) != nil
    default: true
    }
  }

  /// One or two comparisons; an upper end alone begins where the key before ends.
  private mutating func range(
    _ text: String, _ node: Node, _ level: Level, after rows: [TableRow]
  ) -> TableKey? {
    guard level.type == nil || level.type == .number else {
      yaml.refuse(
        node, Bilingual("“\(level.source)”不是数，不能用范围", "'\(level.source)' is no number: it has no ranges"),
        Bilingual("键写成它的值。", "Write its values as keys."))
      return nil
    }
    guard let band = Self.band(text) else {
      yaml.refuse(
        node, Bilingual("读不懂范围“\(text)”", "the range '\(text)' cannot be read"),
        Bilingual("写成 '<10'、'>=10 <20' 或 '>=20'。", "Write '<10', '>=10 <20' or '>=20'."))
      return nil
    }
    guard band.low == nil, case .range(let last, _)? = rows.last?.key, let end = last.high else {
      return .range(band, text: text)
    }
    guard let top = band.high, top > end || (top == end && band.highIncluded && !last.highIncluded) else {
      yaml.refuse(
        node,
        Bilingual(
          "“\(text)”不大于前一个键的上端 \(end)，永远用不到",
          "'\(text)' ends at or below the key before (\(end)): it is never reached"),
        Bilingual("只写上端的键由小到大排。", "Keys with an upper end alone ascend."))
      return nil
    }
    let open = FixedBand(
      low: end, lowIncluded: !last.highIncluded, high: band.high, highIncluded: band.highIncluded,
      value: .zero,
      clause: nil)
    return .range(open, text: text)
  }

  private static func band(_ text: String) -> FixedBand? {
    var rest = Substring(Lexer.half(text).replacing("≤", with: "<=").replacing("≥", with: ">="))
    var (low, high): ((Rational, Bool)?, (Rational, Bool)?) = (nil, nil)
    while true {
      rest = rest.drop { $0 == " " || $0 == "," }
      guard let sign = rest.first else { break }
      guard sign == "<" || sign == ">" else { return nil }
      rest = rest.dropFirst()
      let included = rest.first == "="
      if included { rest = rest.dropFirst() }
      rest = rest.drop { $0 == " " }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      guard let number = DecimalNumber(plain: String(digits)) else { return nil }
      if sign == "<" {
        if high != nil { return nil }
        high = (Rational(number), included)
      } else {
        if low != nil { return nil }
        low = (Rational(number), included)
      }
    }
    let band = FixedBand(
      low: low?.0, lowIncluded: low?.1 ?? false, high: high?.0, highIncluded: high?.1 ?? false, value: .zero,
      clause: nil)
    return (low == nil && high == nil) || band.isEmpty ? nil : band
  }

  /// Ranges must not overlap, nor leave a hole unless there is an `else`.
  private mutating func checkRanges(_ rows: [TableRow], _ node: Node) {
    var bands: [FixedBand] = []
    var hasElse = false
    for row in rows {
      switch row.key {
      case .range(let band, _): bands.append(band)
      case .otherwise: hasElse = true
      case .exactly: continue
      }
    }
    // Those without a lower end come first.
    bands.sort { a, b in
      guard let low = a.low else { return b.low != nil }
      guard let other = b.low else { return false }
      return low < other || (low == other && a.lowIncluded && !b.lowIncluded)
    }
    for (one, next) in zip(bands, bands.dropFirst()) {
      let meets = one.high != nil && one.high == next.low && one.highIncluded != next.lowIncluded
      if meets { continue }
      let isHole =
        one.high.map { end in
          next.low.map { $0 > end || ($0 == end && !one.highIncluded && !next.lowIncluded) } ?? false
        } ?? false
      if isHole, hasElse { continue }
      yaml.refuse(
        node,
        isHole
          ? Bilingual(
            "\(one.text) 与 \(next.text) 之间有空当", "there is a hole between \(one.text) and \(next.text)")
          : Bilingual("\(one.text) 与 \(next.text) 重叠", "\(one.text) and \(next.text) overlap"),
        isHole
          ? Bilingual("请补上这一段，或写 else（否则）。", "Add what is missing, or an 'else'.")
          : Bilingual("相邻两段的边界数，一边含、一边不含。", "Of two neighbours one includes the edge."))
    }
  }

  /// `1` and `1.0` are one number, `是` and `有` one answer: the second row would never be used.
  private mutating func refuseSameKey(_ name: String, _ node: Node, _ level: Level, _ rows: [TableRow]) {
    let same = rows.first { row in
      guard case .exactly(let other) = row.key else { return false }
      switch level.type {
      case .number:
        guard let own = DecimalNumber(plain: name), let number = DecimalNumber(plain: other) else {
          return false
        }
        return Rational(own) == Rational(number)
      case .flag: return YesNo.word(other) == (YesNo.word(name) == true)
      default: return false
      }
    }
    guard let same else { return }
    yaml.refuse(
      node,
      Bilingual("“\(name)”与“\(same.key.text)”是同一个值", "'\(name)' and '\(same.key.text)' are the same value"),
      Bilingual("请保留一行。", "Keep one of the rows."))
  }

  /// A choice the table does not have makes its rows wait: allowed, and perhaps forgotten.
  private mutating func noticeMissingKeys(_ level: Level, _ rows: [TableRow], _ node: Node?) {
    guard let choices = level.choices else { return }
    let hasElse = rows.contains { if case .otherwise = $0.key { true } else { false } }
    let missing = choices.filter { choice in !rows.contains { $0.key.text.sameScalars(as: choice) } }
    if missing.isEmpty || hasElse { return }
    draft.notice(
      node,
      Bilingual(
        "定额表没有选项“\(missing.joined(separator: "、"))”：这样的申请会待处理",
        "the table does not have '\(missing.joined(separator: ", "))': such applications will be held"))
  }
}
