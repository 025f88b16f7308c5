/// The spellings of yes and no: one table for lists, roster, policies and their examples.
public enum YesNo {
  private static let yes = ["是", "有", "√", "✓", "✔", "对", "y", "yes", "t", "true"]
  private static let no = ["否", "无", "×", "✗", "✘", "x", "错", "n", "no", "f", "false"]
  private static let (one, zero) = (["1", "1.0"], ["0", "0.0"])

  /// The value of a yes/no cell; nil if it is neither.
  public static func value(_ text: String) -> Bool? {
    let key = TextCleaning.key(text)
    return word(key: key) ?? (contains(one, key) ? true : contains(zero, key) ? false : nil)
  }

  /// The value of a word; nil for digits too, which are numbers in a column of any type.
  public static func word(_ text: String) -> Bool? { word(key: TextCleaning.key(text)) }

  private static func word(key: String) -> Bool? {
    contains(yes, key) ? true : contains(no, key) ? false : nil
  }

  private static func contains(_ words: [String], _ key: String) -> Bool {
    words.contains { $0.sameScalars(as: key) }
  }

  /// The accepted spellings, for messages.
  public static let shown = "是/否、有/无、√/×、对/错、Y/N、yes/no、true/false、1/0"
}
