import AidModel

/// The explanation `inspect` gives of a list: what was recognised, why, and what to write so that the rest is
/// recognised too.
struct InspectGuide {
  let report: FileReport
  let layout: Layout
  let language: Language

  /// An unknown heading, and the column it may mean.
  struct Suggestion {
    let column: Int32
    let heading: String
    /// The column's name, and the known heading it resembles.
    let name: String?
    let like: String?
  }

  var lines: [String] {
    var lines = [headingLine]
    if let separator = report.separator {
      lines.append(Bilingual("分隔符：\(separator)", "separator: \(separator)").text(language))
    }
    let index = HeadingIndex(layout)
    for column in report.columns {
      var line = "\(Place.letters(column.column)) \(Self.oneLine(column.heading)) → \(column.name ?? "?")"
      if let name = column.name, let at = layout.index(of: name) {
        line += " (\(layout.columns[at].type.rawValue))"
        if report.headerRow != nil, let why = why(column.heading, layout.columns[at], index) { line += why }
      }
      lines.append(line)
    }
    return lines + droppedLines + suggestionLines
  }

  private var headingLine: String {
    guard let row = report.headerRow else {
      return Bilingual(
        "没有表头：列由 xml 的 columns 指明", "no heading: the xml mapping says what each column is"
      ).text(language)
    }
    let known = report.columns.filter { $0.name != nil }.count
    let all = report.columns.count
    return Bilingual(
      "表头在第 \(row) 行：\(all) 列中认出 \(known) 列，是前面各行中认出最多的一行",
      "heading row \(row): \(known) of \(all) columns known, more than in any other row"
    ).text(language)
  }

  private func why(_ heading: String, _ column: Column, _ index: HeadingIndex) -> String? {
    let steps = heading.components(separatedBy: " / ")
    let last = steps.last ?? heading
    let known = [column.name] + column.headings
    let key = TextKey.of(heading)
    if known.contains(where: { TextKey.of($0).sameScalars(as: key) }) { return nil }
    if steps.count > 1 {
      return Bilingual("，按各级表头 \(steps.joined(separator: "·"))", ", by its path of headings").text(language)
    }
    let bare = HeadingMarks.withoutUnitOfMoney(
      HeadingMarks.stripped(HeadingMarks.withoutBrackets(HeadingMarks.stripped(TextKey.of(last)))))
    guard index.column(bare) != nil else { return nil }
    return Bilingual("，去掉标记、说明或单位后是“\(bare)”", ", '\(bare)' without marks, notes or unit").text(language)
  }

  private var droppedLines: [String] {
    report.dropped.map { row in
      let reason: Bilingual =
        switch row.reason {
        case .title: Bilingual("标题或说明", "title or note")
        case .heading: Bilingual("表头", "heading")
        case .blank: Bilingual("空行", "blank")
        case .total: Bilingual("合计", "total")
        case .signature: Bilingual("签字栏", "signatures")
        case .example: Bilingual("示例", "example")
        }
      return "\(row.row): \(row.reason.rawValue) \(reason.text(language))"
    }
  }

  var suggestions: [Suggestion] {
    var taken = Set(report.columns.compactMap { $0.name.map { ExactText($0) } })
    return report.columns.filter { $0.name == nil }.map { column in
      let (name, like) = Self.likely(
        column.heading, layout.columns.filter { !taken.contains(ExactText($0.name)) })
      // Suggest each column once: if two headings may mean it, a person must choose.
      if let name { taken.insert(ExactText(name)) }
      return Suggestion(column: column.column, heading: Self.trimmed(column.heading), name: name, like: like)
    }
  }

  /// Lines to add to `columns.yaml`, as a comment.
  private var suggestionLines: [String] {
    let suggestions = suggestions
    if suggestions.isEmpty { return [] }
    var lines = [
      Bilingual(
        "不认识的列若要使用，请在批次文件夹的 columns.yaml 中加入（? 改成列的英文名）：",
        "to use the unknown columns, add to columns.yaml in the batch folder (a column's name for ?):"
      ).text(language), suggestions.contains { $0.name != nil } ? "headings:" : "# headings:",
    ]
    for suggestion in suggestions {
      let steps = suggestion.heading.split(separator: " / ").map(String.init)
      // For 家属情况 / 姓名 the last step alone would be another column.
      let last = steps.last ?? ""
      let heading =
        steps.count > 1 && HeadingIndex(layout).column(last) != nil ? steps.joined(separator: "/") : last
      let quoted = heading.unicodeScalars.map { "\"\\".unicodeScalars.contains($0) ? "\\\($0)" : "\($0)" }
        .joined()
      // A line without a name is a comment, so the lines can be copied as they are.
      var line = "  \(suggestion.name ?? "# ?"): [\"\(quoted)\"]  # \(Place.letters(suggestion.column))"
      if let like = suggestion.like {
        line += Bilingual("，像“\(like)”，请核对", ", looks like '\(like)'; please check").text(language)
      }
      lines.append(line)
    }
    return lines
  }

  /// The heading on one line without invisible characters, which do not affect matching.
  private static func trimmed(_ text: String) -> String {
    let words = text.unicodeScalars.split { TextKey.of(String($0)).isEmpty }
    return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0 == "\"" ? " " : $0 }))
  }

  /// The only column whose heading has the longest substring in common, if there is just one.
  private static func likely(_ heading: String, _ columns: [Column]) -> (name: String?, like: String?) {
    let key = Array(
      HeadingMarks.stripped(HeadingMarks.withoutBrackets(TextKey.of(heading))).unicodeScalars)
    var best: (length: Int, name: String?, like: String?) = (1, nil, nil)
    for column in columns where fits(key, column) {
      var own = (length: 0, like: "")
      for known in column.headings + [column.name] {
        let length = common(key, Array(TextKey.of(known).unicodeScalars))
        let (shorter, longer) = (
          min(key.count, known.unicodeScalars.count), max(key.count, known.unicodeScalars.count)
        )
        // One contains the other, or they differ little: 自付金额 and 统筹支付金额 end alike but are different amounts.
        if length > own.length, length == shorter || length * 3 >= longer * 2 { own = (length, known) }
      }
      if own.length > best.length {
        best = (own.length, column.name, own.like)
      } else if own.length == best.length {
        (best.name, best.like) = (nil, nil)
      }
    }
    return (best.name, best.like)
  }

  /// An account number and an amount are never confused, however similar their headings.
  private static func fits(_ key: [Unicode.Scalar], _ column: Column) -> Bool {
    let text = String(String.UnicodeScalarView(key))
    let isNumber = ["号", "卡", "账户", "帐户", "户名", "编码", "代码"].contains { text.hasSuffix($0) }
    let isMoney = ["金额", "费", "费用", "元", "款", "额", "支付"].contains { text.hasSuffix($0) }
    switch column.type {
    case .money: return !isNumber
    case .text, .choice: return !isMoney
    default: return true
    }
  }

  private static func common(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var longest = 0
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var before = 0
      for j in b.indices {
        let here = row[j + 1]
        row[j + 1] = x == b[j] ? before + 1 : 0
        before = here
        longest = max(longest, row[j + 1])
      }
    }
    return longest
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
