public import AidModel

/// The key by which invoice numbers are compared.
public enum InvoiceKey {
  /// The cell as it is kept; empty if it has no number.
  public static func of(_ claim: Claim) -> String {
    guard let index = claim.source.layout.index(of: ColumnRole.invoiceNumber),
      case .text(let number) = claim.value(at: index)
    else { return "" }
    let key = InvoiceNumber.plain(TextKey.of(number))
    // A dash or slash means "none".
    return key.utf8.allSatisfy { $0 < 48 } ? "" : key
  }

  /// The numbers in the cell, by which rows are compared: several of one cell each by itself.
  public static func numbers(_ claim: Claim) -> [String] { InvoiceNumber.each(in: of(claim)) }

  /// The key without leading zeros, which a number cell drops; unchanged if nothing else would be left.
  static func bare(_ key: String) -> String {
    let rest = key.utf8.drop { $0 == UInt8(ascii: "0") }
    return rest.isEmpty ? key : String(decoding: rest, as: UTF8.self)
  }

  /// The cell of the number.
  public static func place(_ claim: Claim) -> (place: Place, column: String) {
    let index = claim.source.layout.index(of: ColumnRole.invoiceNumber) ?? 0
    return (claim.place(ofColumn: index), claim.source.layout.columns[index].name)
  }
}
