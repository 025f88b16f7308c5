import AidModel

/// What headings and the words of non-data rows mean; data, read from `columns.yaml` by whoever calls.
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

/// Finds the layout column of a heading. A policy's own headings win over the common vocabulary.
struct HeadingIndex {
  private var byKey: [ExactText: Int] = [:]

  init(_ layout: Layout) {
    // Later ones win: first the vocabulary's headings, then the policy's, then the names themselves.
    let common = CommonColumn.allCases.count
    let isApplication = !layout.programme.isEmpty
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

  /// The layout column a heading names, trying first the whole text, then without what stands in brackets.
  func column(_ heading: String) -> Int? {
    let key = Self.stripped(TextKey.of(heading))
    if let found = byKey[ExactText(key)] { return found }
    let bare = Self.stripped(Self.withoutBrackets(key))
    return bare.isEmpty ? nil : byKey[ExactText(bare)]
  }

  private static func stripped(_ key: String) -> String {
    var scalars = Array(key.unicodeScalars)[...]
    while let last = scalars.last, [":", "*", "、", "。", "."].contains(last) { scalars.removeLast() }
    while let first = scalars.first, ["*", "※"].contains(first) { scalars.removeFirst() }
    return String(String.UnicodeScalarView(scalars))
  }

  static func withoutBrackets(_ key: String) -> String {
    var out = String.UnicodeScalarView()
    var depth = 0
    for scalar in key.unicodeScalars {
      if ["(", "[", "【", "〔"].contains(scalar) { depth += 1 }
      if depth == 0 { out.append(scalar) }
      if [")", "]", "】", "〕"].contains(scalar), depth > 0 { depth -= 1 }
    }
    return String(out)
  }
}
