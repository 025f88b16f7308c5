public import AidModel

/// The subject matter of an application row, to recognise it in another list: amounts, dates, choices and
/// texts of its programme's columns and the proposed amount; not the person, who is looked up separately, nor
/// unit, account, telephone, remark and rank.
public enum RowContents {
  public static func of(_ claim: Claim) -> RowContent {
    var text = TextBuffer(capacity: 128)
    append(claim, to: &text)
    guard let row = RowContent.rows(text.text(from: 0))?.first else {
      preconditionFailure("what is written here can be read")
    }
    return row
  }

  /// Appends a row as it is kept with its award.
  public static func append(_ claim: Claim, to out: inout TextBuffer) {
    let columns = claim.source.layout.columns
    claim.forEachValue { index, value in
      let column = columns[index]
      if isBeside(column, index) { return }
      switch value {
      case .blank, .unreadable: return
      case .date(let day): RowContent.append(day: day, of: column.name, to: &out)
      case .money(let amount):
        if amount != .zero { RowContent.append(amount: amount, of: column.name, to: &out) }
      case .number(let number):
        // A policy may count money as a number; a count of people is none.
        if column.type != .integer, let amount = Money(exactly: number) {
          if amount != .zero { RowContent.append(amount: amount, of: column.name, to: &out) }
        } else {
          RowContent.append(word: value.plain, of: column.name, to: &out)
        }
      case .text(let words): RowContent.append(word: TextKey.of(words), of: column.name, to: &out)
      case .flag, .figure: RowContent.append(word: value.plain, of: column.name, to: &out)
      }
    }
    let invoice = InvoiceKey.of(claim)
    if !invoice.isEmpty { RowContent.append(invoice: invoice, to: &out) }
    RowContent.endRow(&out)
  }

  private static func isBeside(_ column: Column, _ index: Int) -> Bool {
    if index < CommonColumn.allCases.count { return index != CommonColumn.proposedAmount.rawValue }
    return column.role == .invoiceNumber || column.name.sameScalars(as: "serial_number")
  }

  /// What stores kept of a row before they kept what it says.
  public static func digest(of claim: Claim) -> RowDigest {
    let columns = claim.source.layout.columns
    // Summed, so that the order of columns does not matter.
    var said: UInt64 = 0
    claim.forEachValue { index, value in
      if isBeside(columns[index], index) { return }
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
    return RowDigest(said: said, invoice: invoice.isEmpty ? 0 : FNV.hash(invoice))
  }

  /// The dates in a row.
  public static func days(_ claim: Claim) -> [CivilDate] {
    var days: [CivilDate] = []
    claim.forEachValue { _, value in if case .date(let day) = value { days.append(day) } }
    return days
  }
}
