public import AidModel

/// The subject matter of an application row, to recognise it in another list: amounts, dates, choices and
/// texts of its programme's columns and the proposed amount; not the person, who is looked up separately, nor
/// unit, account, telephone, remark and rank.
public enum RowContents {
  public static func of(_ claim: Claim) -> RowContent {
    let columns = claim.source.layout.columns
    // Summed, so that the order of columns does not matter.
    var said: UInt64 = 0
    claim.forEachValue { index, value in
      let column = columns[index]
      if index < CommonColumn.allCases.count, index != CommonColumn.proposedAmount.rawValue { return }
      if column.role == .invoiceNumber || column.name.sameScalars(as: "serial_number") { return }
      let text: String
      switch value {
      case .blank: return
      case .text(let words): text = TextKey.of(words)
      case .money(let money): text = "\(money.yuan)"
      default: text = value.plain
      }
      // Column names and types come from the policy, not the row, so they are left out.
      said &+= FNV.hash(text, from: FNV.hash("="))
    }
    let invoice = InvoiceKey.of(claim)
    return RowContent(said: said, invoice: invoice.isEmpty ? 0 : FNV.hash(invoice))
  }

  /// The dates in a row.
  public static func days(_ claim: Claim) -> [CivilDate] {
    var days: [CivilDate] = []
    claim.forEachValue { _, value in if case .date(let day) = value { days.append(day) } }
    return days
  }
}
