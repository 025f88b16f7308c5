/// How the expressions of one policy are said in words, for people who do not write policies.
public struct Phrases: Sendable {
  private let words: [ExactText: Bilingual]
  private let loose: Set<ExactText>

  /// - Parameters:
  ///   - words: for each expression as the policy has it.
  ///   - loose: expressions that need parentheses before an equals sign: choices and conditions.
  public init(_ words: [(source: String, words: Bilingual)], loose: [String] = []) {
    self.loose = Set(loose.map { ExactText($0) })
    self.words = Dictionary(words.map { (ExactText($0.source), $0.words) }) { first, _ in first }
  }

  /// Every expression stays as it is written.
  public static let none = Phrases([])

  /// The expression in words; itself where there are none.
  public func text(_ source: String, _ language: Language) -> String {
    words[ExactText(source)]?.text(language) ?? source
  }

  /// The same as one side of an equation: what would run on into the other side stands in parentheses.
  public func term(_ source: String, _ language: Language) -> String {
    let text = text(source, language)
    guard loose.contains(ExactText(source)) else { return text }
    return language == .zh ? "（\(text)）" : "(\(text))"
  }
}
