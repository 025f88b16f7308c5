public import AidModel

/// The meaning of headings and of words in non-data rows, as data that the caller reads from `columns.yaml`.
public struct HeadingVocabulary: Sendable {
  public let totals: [String]
  public let signatures: [String]
  public let examples: [String]
  public let notes: [String]

  public init(totals: [String], signatures: [String], examples: [String], notes: [String]) {
    self.totals = totals.map(TextKey.of)
    self.signatures = signatures.map(TextKey.of)
    self.examples = examples.map(TextKey.of)
    self.notes = notes.map(TextKey.of)
  }
}

/// Finds the layout column of a heading. A policy's own headings override the common vocabulary.
struct HeadingIndex {
  private var byKey: [ExactText: Int] = [:]
  /// Columns from this index on are the policy's own.
  let firstOwn: Int

  init(_ layout: Layout) {
    // Later entries win: first the vocabulary's headings, then the policy's, then the names themselves.
    let common = CommonColumn.allCases.count
    let isApplication = !layout.programme.isEmpty
    firstOwn = isApplication ? common : layout.columns.count
    for (i, column) in layout.columns.enumerated() where !isApplication || i < common {
      for heading in column.headings { byKey[ExactText(TextKey.of(heading))] = i }
    }
    if isApplication {
      for (i, column) in layout.columns.enumerated().reversed() where i >= common {
        for heading in column.headings { byKey[ExactText(TextKey.of(heading))] = i }
      }
    }
    for (i, column) in layout.columns.enumerated() { byKey[ExactText(TextKey.of(column.name))] = i }
  }

  /// The layout column of a heading: as written, else without marks, notes in brackets, numbering and units.
  func column(_ heading: String) -> Int? {
    let key = TextKey.of(heading)
    if key.isEmpty { return nil }
    if let found = byKey[ExactText(key)] { return found }
    let plain = HeadingMarks.stripped(key)
    if let found = lookUp(plain) { return found }
    let bare = HeadingMarks.stripped(HeadingMarks.withoutBrackets(plain))
    if let found = lookUp(bare) { return found }
    let unitless = HeadingMarks.withoutUnitOfMoney(bare)
    if let found = lookUp(unitless) { return found }
    return alternatives(unitless) ?? bilingual(unitless)
  }

  /// Whether a heading is known only by its Chinese half: 姓名_real_name.
  func isBilingual(_ heading: String) -> Bool {
    let key = HeadingMarks.withoutUnitOfMoney(
      HeadingMarks.stripped(HeadingMarks.withoutBrackets(HeadingMarks.stripped(TextKey.of(heading)))))
    return column(heading) != nil && lookUp(key) == nil && alternatives(key) == nil && bilingual(key) != nil
  }

  /// `姓名 Name`, `姓名_real_name`, `Name 姓名`: the same twice. Nil if the Latin half names another column.
  private func bilingual(_ key: String) -> Int? {
    let scalars = Array(key.unicodeScalars)
    let chinese = scalars.drop { $0.isASCII }.prefix { !$0.isASCII }
    let (before, after) = (scalars[..<chinese.startIndex], scalars[chinese.endIndex...])
    guard !chinese.isEmpty, before.isEmpty != after.isEmpty else { return nil }
    let latin = before.isEmpty ? after : before
    let letters = latin.filter { $0.properties.isAlphabetic }
    guard letters.count >= 2,
      latin.allSatisfy({ $0.properties.isAlphabetic || "_-./:'&".unicodeScalars.contains($0) })
    else { return nil }
    func text(_ part: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(part)) }
    guard let found = lookUp(text(chinese)) else { return nil }
    let trimmed = latin.drop { !$0.properties.isAlphabetic }
    return lookUp(text(trimmed)).map { $0 == found } ?? true ? found : nil
  }

  private func lookUp(_ key: String) -> Int? { key.isEmpty ? nil : byKey[ExactText(key)] }

  /// `工号/人事号`: two names of one column.
  private func alternatives(_ key: String) -> Int? {
    let parts = key.split(whereSeparator: { "/或、".contains($0) }).map(String.init)
    guard parts.count > 1 else { return nil }
    let found = parts.map { byKey[ExactText($0)] }
    guard let first = found[0], found.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}

/// The headings to write for rows that are to be read with a layout.
public struct HeadingWords {
  private let layout: Layout
  private let index: HeadingIndex

  public init(_ layout: Layout) {
    self.layout = layout
    index = HeadingIndex(layout)
  }

  /// The column's first heading that maps back to it; its name if other columns have taken them all.
  public func heading(of column: Int) -> String {
    let asked = layout.columns[column]
    return asked.headings.first { index.column($0) == column } ?? asked.name
  }
}

/// Decorations around headings.
enum HeadingMarks {
  private static let trailing: Set<Unicode.Scalar> = [
    ":", "*", "、", "。", ".", ",", ";", "★", "☆", "※", "●", "﹡",
  ]
  private static let leading: Set<Unicode.Scalar> = ["*", "※", "★", "☆", "●", "﹡", "#", "、", ".", "·"]
  private static let words = ["必填项", "必填", "选填", "必须填写", "可不填"]

  /// Removes marks of required columns, colons and numbering (`1.姓名`, `①姓名`, `*姓名`, `姓名 必填`).
  static func stripped(_ key: String) -> String {
    var scalars = Array(key.unicodeScalars)[...]
    var before = -1
    while scalars.count != before {
      before = scalars.count
      while let last = scalars.last, trailing.contains(last) { scalars.removeLast() }
      while let first = scalars.first, leading.contains(first) || isCircledNumber(first) {
        scalars.removeFirst()
      }
      let digits = scalars.prefix { $0.value >= 48 && $0.value <= 57 }
      if !digits.isEmpty, digits.count <= 2, let mark = scalars.dropFirst(digits.count).first,
        [".", "、", ")"].contains(mark), scalars.count > digits.count + 1
      {
        scalars = scalars.dropFirst(digits.count + 1)
      }
      for word in words where scalars.count > word.unicodeScalars.count {
        let count = word.unicodeScalars.count
        if scalars.suffix(count).elementsEqual(word.unicodeScalars) { scalars = scalars.dropLast(count) }
        if scalars.prefix(count).elementsEqual(word.unicodeScalars) { scalars = scalars.dropFirst(count) }
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func isCircledNumber(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x2460 && scalar.value <= 0x2473
  }

  static func withoutBrackets(_ key: String) -> String {
    var out = String.UnicodeScalarView()
    var depth = 0
    for scalar in key.unicodeScalars {
      if ["(", "[", "【", "〔", "<", "{", "《", "「"].contains(scalar) { depth += 1 }
      if depth == 0 { out.append(scalar) }
      if [")", "]", "】", "〕", ">", "}", "》", "」"].contains(scalar), depth > 0 { depth -= 1 }
    }
    return String(out)
  }

  static let largeUnits = ["万元", "千元", "百元"]

  /// Removes the unit from `自付金额/元`, `自付金额,单位:万元`.
  static func withoutUnitOfMoney(_ key: String) -> String {
    for word in largeUnits + ["人民币元", "元"] {
      guard key.hasSuffix(word), key.count > word.count else { continue }
      var rest = String(key.dropLast(word.count))
      for label in ["金额单位:", "单位:", "金额单位", "单位"] where rest.hasSuffix(label) && rest.count > label.count {
        rest = String(rest.dropLast(label.count))
        break
      }
      while let last = rest.unicodeScalars.last, ["/", ",", ":", "-", ";"].contains(last) {
        rest.unicodeScalars.removeLast()
      }
      return rest
    }
    return key
  }
}
