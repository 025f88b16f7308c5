import AidModel
import AidYAML
internal import Yams

extension YAMLReader {
  /// A reader of policy files: Chinese keys and values are known.
  static func ofPolicies() -> YAMLReader {
    YAMLReader(file: "", vocabulary: YAMLVocabulary(keys: Words.keys, values: Words.values))
  }

  /// The root of a policy, its expressions whole where YAML has cut them at a comma.
  mutating func policyRoot(_ text: String) -> Node? { root(text).map(FlowCommas.joined) }

  /// A plain non-negative decimal, `25%` read as 0.25; full-width digits are digits.
  mutating func number(_ node: Node?, of subject: String) -> Rational? {
    guard let node, let written = text(node, of: subject) else { return nil }
    let text = Lexer.half(written)
    let digits = text.hasSuffix("%") ? text.dropLast().filter { $0 != " " } : ""
    if let value = DecimalNumber(plain: digits), value.scale <= 16, value.mantissa >= 0 {
      return Rational(DecimalNumber(mantissa: value.mantissa, scale: value.scale + 2))
    }
    if let value = DecimalNumber(plain: text), value.mantissa >= 0 { return Rational(value) }
    refuse(
      node, Bilingual("\(subject) 不是数：\(written)", "\(subject) is not a number: \(written)"),
      Self.numberRemedy(text))
    return nil
  }

  private static func numberRemedy(_ text: String) -> Bilingual {
    if text.hasPrefix("-") {
      return Bilingual("办法中的数不小于 0。", "Figures of a policy are not below 0.")
    }
    if let figure = WrittenFigure.meant(by: text) {
      return Bilingual("写成 \(figure)。", "Write \(figure).")
    }
    if text.unicodeScalars.contains(where: {
      $0.properties.isAlphabetic || "+*/()".unicodeScalars.contains($0)
    }) {
      return Bilingual(
        "这里只能写数。表达式可以写在 base、rate、amount、at、times、minimum、window、分段各端和表格各格。",
        "Only a figure may stand here. Expressions may stand in base, rate, amount, at, times, minimum, window, the "
          + "edges of tiers and the cells of tables.")
    }
    return Bilingual("写成 20000、20000.00 或 25%。", "Write 20000, 20000.00 or 25%.")
  }
}
