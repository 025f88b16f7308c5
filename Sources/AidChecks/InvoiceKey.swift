public import AidModel

/// By what two invoice numbers are the same.
public enum InvoiceKey {
  /// The number as a key; empty where there is none.
  public static func of(_ claim: Claim) -> String {
    guard let index = claim.source.layout.index(of: ColumnRole.invoiceNumber),
      case .text(let number) = claim.value(at: index)
    else { return "" }
    let key = withoutLabel(TextKey.of(number))
    // A dash or slash stands for "none".
    return key.utf8.allSatisfy { $0 < 48 } ? "" : key
  }

  /// `No.12345678` and `№12345678` are 12345678.
  private static func withoutLabel(_ key: String) -> String {
    for label in ["no", "№", "发票号码", "发票号", "票据号码", "票据号", "号"] where key.hasPrefix(label) {
      let rest = key.unicodeScalars.dropFirst(label.unicodeScalars.count).drop {
        ".:。．#-".unicodeScalars.contains($0)
      }
      if let first = rest.first, (48...57).contains(first.value) { return String(rest) }
    }
    return key
  }

  /// Where the number stands.
  public static func place(_ claim: Claim) -> (place: Place, column: String) {
    let index = claim.source.layout.index(of: ColumnRole.invoiceNumber) ?? 0
    return (claim.place(ofColumn: index), claim.source.layout.columns[index].name)
  }
}
