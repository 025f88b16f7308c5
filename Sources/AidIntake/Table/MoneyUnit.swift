import AidModel

/// A unit of money above the yuan that lists use. Amounts are converted only if the batch file says so.
public enum MoneyUnit: String, Sendable, CaseIterable {
  case tenThousand = "万元"
  case thousand = "千元"
  case hundred = "百元"

  var yuan: Int128 {
    switch self {
    case .tenThousand: 10_000
    case .thousand: 1000
    case .hundred: 100
    }
  }

  /// Reads an amount in this unit, exactly: `1.23456` 万元 is 12,345.60 yuan.
  func read(_ cell: RawCell, as column: Column, with reader: FieldReader) -> Field {
    // A cell that names a unit itself might be multiplied twice.
    let namesUnit =
      cell.kind == .text && cell.text.unicodeScalars.contains { "万千百wW元圆%¥￥％".unicodeScalars.contains($0) }
    if namesUnit { return Field(.unreadable, notes: .amountFormat, original: cell.text) }
    let field = reader.read(
      cell, as: Column(name: column.name, type: .number, required: column.required, blank: column.blank))
    guard case .number(let number) = field.value else { return field }
    guard let mantissa = Int64(exactly: Int128(number.mantissa) * yuan) else {
      return Field(.unreadable, notes: .amountFormat, original: cell.text)
    }
    guard let money = Money(exactly: DecimalNumber(mantissa: mantissa, scale: number.scale)) else {
      return Field(.unreadable, notes: .amountDecimals, original: cell.text)
    }
    if money > .cellMax { return Field(.unreadable, notes: .amountFormat, original: cell.text) }
    return Field(.money(money), notes: field.notes, original: field.original)
  }
}
