/// Outside text as displayed to people: on a terminal, in a message, in a page.
///
/// Characters that are invisible or control a terminal become `\u{…}`; nothing else changes.
public enum ShownText {
  /// For a value inside a message: line ends are escaped too, so that it cannot imitate a line of its own.
  public static func line(_ text: String) -> String { shown(text, keepsLines: false, asJSON: false) }

  /// For a whole text: line feeds and tabs are kept.
  public static func lines(_ text: String) -> String { shown(text, keepsLines: true, asJSON: false) }

  /// For a JSON document, where such characters occur only inside strings: `\u009b`, which any parser
  /// decodes.
  public static func json(_ text: String) -> String { shown(text, keepsLines: true, asJSON: true) }

  private static func shown(_ text: String, keepsLines: Bool, asJSON: Bool) -> String {
    var text = text
    let changed: String? = text.withUTF8 { bytes in
      if TextBytes.areOrdinary(bytes) { return nil }
      var out = TextBuffer(capacity: bytes.count + 64)
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex { $0 == 10 || $0 == 9 } ?? bytes.count
        write(UnsafeBufferPointer(rebasing: bytes[start..<end]), asJSON, to: &out)
        if end < bytes.count {
          if keepsLines {
            out.append(bytes[end])
          } else {
            write(Unicode.Scalar(bytes[end]), asJSON, to: &out)
          }
        }
        start = end + 1
      }
      return out.text
    }
    return changed ?? text
  }

  /// Writes a piece that contains no line feeds or tabs.
  private static func write(_ piece: UnsafeBufferPointer<UInt8>, _ asJSON: Bool, to out: inout TextBuffer) {
    if TextBytes.areOrdinary(piece) { return out.append(piece) }
    for scalar in String(decoding: piece, as: UTF8.self).unicodeScalars {
      if scalar.kind == .visible || scalar.kind == .blank {
        out.append(String(scalar))
      } else {
        write(scalar, asJSON, to: &out)
      }
    }
  }

  private static func write(_ scalar: Unicode.Scalar, _ asJSON: Bool, to out: inout TextBuffer) {
    if asJSON {
      for unit in String(scalar).utf16 {
        let hex = String(unit, radix: 16)
        out.append("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
      }
    } else {
      out.append("\\u{" + String(scalar.value, radix: 16) + "}")
    }
  }
}
