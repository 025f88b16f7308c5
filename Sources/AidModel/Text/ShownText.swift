/// Text from outside as people are shown it: on a terminal, in a message, in a page.
///
/// A character that is not seen, or that a terminal would obey, is written as `\u{…}`; nothing else changes.
public enum ShownText {
  /// For a value inside a message: line ends are written out too, so that it cannot look like a line of its own.
  public static func line(_ text: String) -> String {
    isPlain(text) ? text : escaped(text, keepsLines: false, asJSON: false)
  }

  /// For a whole text: its line feeds and tabs stay.
  public static func lines(_ text: String) -> String {
    isPlain(text) ? text : escaped(text, keepsLines: true, asJSON: false)
  }

  /// For a JSON document, in which such characters can only stand inside strings: `\u009b`, which any reader of JSON
  /// turns back.
  public static func json(_ text: String) -> String {
    isPlain(text) ? text : escaped(text, keepsLines: true, asJSON: true)
  }

  private static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { TextBytes.areOrdinary($0) }
  }

  private static func escaped(_ text: String, keepsLines: Bool, asJSON: Bool) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.kind {
      case .visible, .blank: out.append(scalar)
      case .lineEnd where keepsLines && (scalar == "\n" || scalar == "\t"): out.append(scalar)
      case .lineEnd, .invisible, .unfit:
        if asJSON {
          for unit in String(scalar).utf16 {
            out.append(contentsOf: "\\u\(hex(UInt32(unit), digits: 4))".unicodeScalars)
          }
        } else {
          out.append(contentsOf: "\\u{\(hex(scalar.value, digits: 1))}".unicodeScalars)
        }
      }
    }
    return String(out)
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
