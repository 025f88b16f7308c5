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
    .flagged(
      ["staff_no": "00120001", "invoice_number": "No.12345678"],
      ["staff_no": "00120002", "invoice_number": "12345678"]),
    .flagged(
      ["staff_no": "00120001", "invoice_number": "№12345678"],
      ["staff_no": "00120002", "invoice_number": "NO：12345678"]),
  ]

  private var sharing = Sharing()
  private var layout: Layout?
  /// `layout` has a column of invoice numbers.
  private var asksForNumber = false

  init(facts: BatchFacts, persons: Persons) {}

  mutating func see(_ claim: Claim, number: Int) {
    let own = claim.source.layout
    if layout !== own { (layout, asksForNumber) = (own, own.index(of: .invoiceNumber) != nil) }
    if !asksForNumber { return }
    let key = InvoiceKey.of(claim)
    if !key.isEmpty { sharing.add(FNV.hash(key), number: number) }
  }

  /// Every row that uses the number waits: nobody but the holder of the original can say whose it is.
  func finish(_ claims: [Claim]) -> [Finding] {
    sharing.groups { InvoiceKey.of(claims[$0]) }.flatMap { group in
      group.map { number in
        let claim = claims[number]
        let other = claims[number == group[0] ? group[1] : group[0]]
        let (place, column) = InvoiceKey.place(claim)
        let index = claim.source.layout.index(of: column) ?? 0
        return Finding(
          Self.kind, at: place, column: column,
          [claim.value(at: index).plain, "\(InvoiceKey.place(other).place)"])
      }
    }
  }
}
