/// Normalises invoice numbers for comparison.
public enum InvoiceNumber {
  private static let labels = ["no", "№", "发票号码", "发票号", "票据号码", "票据号", "号"]

  /// `no.12345678` and `№12345678` become 12345678.
  /// - Parameter key: as made by `TextKey`.
  public static func plain(_ key: String) -> String {
    for label in labels where key.hasPrefix(label) {
      let rest = key.unicodeScalars.dropFirst(label.unicodeScalars.count)
        .drop { ".:。．#-".unicodeScalars.contains($0) }
      if let first = rest.first, (48...57).contains(first.value) { return String(rest) }
    }
    return key
  }

  /// Of several numbers in one cell, each has at least so many letters and digits.
  private static let fewest = 3

  /// The numbers in a cell, each by its letters and digits: `fp-100、fp101(复印件)` has fp100 and fp101.
  /// - Parameter key: as made by `TextKey`.
  public static func each(in key: String) -> [String] {
    if key.utf8.allSatisfy({ isPlain($0) }) { return key.isEmpty ? [] : [plain(key)] }
    var (numbers, depth): ([String], Int) = ([], 0)
    var part = String.UnicodeScalarView()
    var parts: [String.UnicodeScalarView] = []
    for scalar in key.unicodeScalars {
      switch scalar {
      case "(", "[", "【", "〔", "（", "［": depth += 1
      case ")", "]", "】", "〕", "）", "］": depth = max(0, depth - 1)
      case _ where depth > 0: continue
      case "、", ",", ";", "，", "；", "｡", "。":
        parts.append(part)
        part = String.UnicodeScalarView()
      default: part.append(scalar)
      }
    }
    parts.append(part)
    for part in parts {
      let number = lettersAndDigits(unlabelled(String(part)))
      if numbers.contains(where: number.sameScalars) { continue }
      if number.unicodeScalars.count >= fewest { numbers.append(number) }
    }
    if !numbers.isEmpty { return numbers }
    // Nothing but a short one, or all of it in brackets.
    let whole = lettersAndDigits(unlabelled(key))
    return whole.isEmpty ? [] : [whole]
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte)
  }

  /// A label goes before digits, or with a sign behind it before letters: `no.fp100`.
  private static func unlabelled(_ key: String) -> String {
    for label in labels where key.hasPrefix(label) {
      let rest = key.unicodeScalars.dropFirst(label.unicodeScalars.count)
      if let first = rest.first, ".:。．#-".unicodeScalars.contains(first) { return String(rest) }
    }
    return plain(key)
  }

  private static func lettersAndDigits(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
  }
}
