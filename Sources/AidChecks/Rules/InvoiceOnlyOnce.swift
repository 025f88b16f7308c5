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
    .flagged(
      ["staff_no": "00120001", "invoice_number": "FP-100"],
      ["staff_no": "00120002", "invoice_number": "FP101、FP100"]),
    .flagged(
      ["staff_no": "00120001", "invoice_number": "12345678（复印件）"],
      ["staff_no": "00120002", "invoice_number": "12345678"]),
    .passes(
      ["staff_no": "00120001", "invoice_number": "FP100、FP101"],
      ["staff_no": "00120002", "invoice_number": "FP102"]),
  ]

  /// Groups numbers without their leading zeros.
  private var sharing = TextGrouping()
  /// Of each number its row, and which of the row's numbers it is.
  private var numbers: [(row: Int32, part: Int32)] = []
  private var layout: Layout?
  /// `layout` has an invoice number column.
  private var asksForNumber = false

  init(facts: BatchFacts, persons: Persons) {}

  mutating func see(_ claim: Claim, number: Int) {
    let own = claim.source.layout
    if layout !== own { (layout, asksForNumber) = (own, own.index(of: .invoiceNumber) != nil) }
    if !asksForNumber { return }
    for (part, invoice) in InvoiceKey.numbers(claim).enumerated() {
      sharing.add(FNV.hash(InvoiceKey.bare(invoice)), number: numbers.count)
      numbers.append((Int32(number), Int32(part)))
    }
  }

  /// Every row that uses the number waits: only whoever holds the original can say whose it is.
  func finish(_ claims: [Claim]) -> [Finding] {
    func invoice(_ at: Int) -> String {
      InvoiceKey.numbers(claims[Int(numbers[at].row)])[Int(numbers[at].part)]
    }
    return sharing.groups { InvoiceKey.bare(invoice($0)) }.flatMap { group -> [Finding] in
      let keys = group.map(invoice)
      return group.indices.compactMap { at -> Finding? in
        let row = numbers[group[at]].row
        let others = group.indices.filter { numbers[group[$0]].row != row }
        let same = others.first { keys[$0].sameScalars(as: keys[at]) }
        guard let otherAt = same ?? others.first else { return nil }
        let (claim, other) = (claims[Int(row)], claims[Int(numbers[group[otherAt]].row)])
        let (place, column) = InvoiceKey.place(claim)
        let index = claim.source.layout.index(of: column) ?? 0
        return Finding(
          same == nil ? Self.alikeKind : Self.kind, at: place, column: column,
          [claim.value(at: index).plain, "\(InvoiceKey.place(other).place)"])
      }
    }
  }
}
