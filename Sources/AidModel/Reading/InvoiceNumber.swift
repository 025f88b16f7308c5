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
}
