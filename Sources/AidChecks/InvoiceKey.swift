public import AidModel

/// By what two invoice numbers are the same.
public enum InvoiceKey {
  /// The number as a key; empty where there is none.
  public static func of(_ claim: Claim) -> String {
    guard let index = claim.source.layout.index(of: ColumnRole.invoiceNumber),
      case .text(let number) = claim.value(at: index)
    else { return "" }
    let key = InvoiceNumber.plain(TextKey.of(number))
    // A dash or slash stands for "none".
    return key.utf8.allSatisfy { $0 < 48 } ? "" : key
  }

  /// Where the number stands.
  public static func place(_ claim: Claim) -> (place: Place, column: String) {
    let index = claim.source.layout.index(of: ColumnRole.invoiceNumber) ?? 0
    return (claim.place(ofColumn: index), claim.source.layout.columns[index].name)
  }
}
