import AidModel

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

  /// Shares the code: {1} the number, {2} the place of the other.
  static let alikeKind = FindingKind(
    code: kind.code, severity: .hold, title: kind.title,
    message: Bilingual(
      "发票号 {1} 与 {2} 的只差前面的 0，可能是同一张",
      "Invoice {1} differs from the one at {2} by leading zeros only: it may be the same"),
    why: Bilingual("存成数字的发票号会丢掉前面的 0。", "A number cell drops leading zeros."), remedy: kind.remedy,
    example: "00012345 / 12345")

  static let otherKinds = [alikeKind]

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
    .flagged(
      ["staff_no": "00120001", "invoice_number": "00123456"],
      ["staff_no": "00120002", "invoice_number": "123456"]),
    .flagged(
      ["staff_no": "00120001", "invoice_number": "a00123456"],
      ["staff_no": "00120002", "invoice_number": "A00123456"]),
  ]

  /// Groups numbers without their leading zeros.
  private var sharing = TextGrouping()
  private var layout: Layout?
  /// `layout` has an invoice number column.
  private var asksForNumber = false

  init(facts: BatchFacts, persons: Persons) {}

  mutating func see(_ claim: Claim, number: Int) {
    let own = claim.source.layout
    if layout !== own { (layout, asksForNumber) = (own, own.index(of: .invoiceNumber) != nil) }
    if !asksForNumber { return }
    let key = InvoiceKey.of(claim)
    if !key.isEmpty { sharing.add(FNV.hash(InvoiceKey.bare(key)), number: number) }
  }

  /// Every row that uses the number waits: only whoever holds the original can say whose it is.
  func finish(_ claims: [Claim]) -> [Finding] {
    sharing.groups { InvoiceKey.bare(InvoiceKey.of(claims[$0])) }.flatMap { group in
      let keys = group.map { InvoiceKey.of(claims[$0]) }
      return group.indices.map { at in
        let claim = claims[group[at]]
        let same = group.indices.first { $0 != at && keys[$0].sameScalars(as: keys[at]) }
        let other = claims[group[same ?? (at == 0 ? 1 : 0)]]
        let (place, column) = InvoiceKey.place(claim)
        let index = claim.source.layout.index(of: column) ?? 0
        return Finding(
          same == nil ? Self.alikeKind : Self.kind, at: place, column: column,
          [claim.value(at: index).plain, "\(InvoiceKey.place(other).place)"])
      }
    }
  }
}
