/// How the expressions of one policy are said in words, for people who do not write policies.
public struct Phrases: Sendable {
  private let words: [ExactText: Bilingual]

  /// - Parameter words: for each expression as the policy has it.
  public init(_ words: [(source: String, words: Bilingual)]) {
    self.words = Dictionary(words.map { (ExactText($0.source), $0.words) }) { first, _ in first }
  }

  /// Every expression stays as it is written.
  public static let none = Phrases([])

  /// The expression in words; itself where there are none.
  public func text(_ source: String, _ language: Language) -> String {
    words[ExactText(source)]?.text(language) ?? source
  }
}
