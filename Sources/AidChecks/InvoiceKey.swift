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

  /// The key without the zeros in front that a number cell drops; as it is where nothing else is left.
  static func bare(_ key: String) -> String {
    let rest = key.utf8.drop { $0 == UInt8(ascii: "0") }
    return rest.isEmpty ? key : String(decoding: rest, as: UTF8.self)
  }

  /// Where the number stands.
  public static func place(_ claim: Claim) -> (place: Place, column: String) {
    let index = claim.source.layout.index(of: ColumnRole.invoiceNumber) ?? 0
    return (claim.place(ofColumn: index), claim.source.layout.columns[index].name)
  }
}
