/// The signs that make a spreadsheet program treat a text as a formula. The only list of them.
public enum FormulaSign {
  /// Whether a text that begins with this character may be run as a formula: `=`, `+`, `-`, `@`, their
  /// full-width and small forms.
  public static func begins(with scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫": true
    default: false
    }
  }

  /// Whether a line or field of the text begins with such a sign, after any spaces and invisible characters.
  public static func isIn(_ text: String) -> Bool {
    var isStart = true
    for scalar in text.unicodeScalars {
      switch scalar.kind {
      case .lineEnd: isStart = true
      case .blank, .invisible, .unfit: continue
      case .visible:
        if isStart, begins(with: scalar) { return true }
        isStart = false
      }
    }
    return false
  }

  /// Whether a UTF-8 text with this first byte may begin like a formula; false is certain.
  @inline(__always)
  public static func mayBegin(with byte: UInt8) -> Bool {
    // The full-width and small forms begin with EF; a space may precede a sign.
    byte < 0x21 || byte == 0x2B || byte == 0x2D || byte == 0x3D || byte == 0x40 || byte == 0xEF
  }
}
