import AidModel

/// The same invoice twice.
struct InvoiceOnlyOnce: BatchRule {
  static let kind = FindingKind(
    code: "INVOICE-TWICE", severity: .hold,
    title: Bilingual(
      "同一发票号出现两次",
      "The same invoice twice"),
    message: Bilingual(
      "发票号 {1} 已在 {2} 使用",
      "Invoice {1} is already used at {2}"),
    why: Bilingual(
      "同一张发票会补两次。",
      "The same invoice would be paid twice."),
    remedy: Bilingual(
      "请核对发票原件。",
      "Check the original invoice."),
    example: "No 00012345")

  static let examples: [RuleExample] = [
    .passes(
      ["staff_no": "00120001", "invoice_number": "A1"], ["staff_no": "00120002", "invoice_number": "A2"]),
    .flagged(
      ["staff_no": "00120001", "invoice_number": "A1"], ["staff_no": "00120002", "invoice_number": "A1"]),
  ]

  private var sharing = Sharing()

  init(facts: BatchFacts) {}

  /// The number as a key; empty where there is none.
  private static func key(_ claim: Claim) -> String {
    guard let index = claim.source.layout.index(of: ColumnRole.invoiceNumber),
      case .text(let number) = claim.value(at: index)
    else { return "" }
    let key = TextKey.of(number)
    // A dash or slash stands for "none".
    return key.utf8.allSatisfy { $0 < 48 } ? "" : key
  }

  mutating func see(_ claim: Claim, number: Int) { sharing.add(Self.key(claim), number: number) }

  /// Every row that uses the number waits: nobody but the holder of the original can say whose it is.
  func finish(_ claims: [Claim]) -> [Finding] {
    sharing.groups { Self.key(claims[$0]) }.flatMap { group in
      group.map { number in
        let claim = claims[number]
        let other = claims[number == group[0] ? group[1] : group[0]]
        let index = claim.source.layout.index(of: ColumnRole.invoiceNumber) ?? 0
        let otherIndex = other.source.layout.index(of: ColumnRole.invoiceNumber) ?? 0
        return Finding(
          Self.kind, at: claim.place(ofColumn: index), column: claim.source.layout.columns[index].name,
          [claim.value(at: index).plain, "\(other.place(ofColumn: otherIndex))"])
      }
    }
  }
}
