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

  private var first: [ExactText: Place] = [:]
  private var findings: [Finding] = []

  init(facts: BatchFacts) {}

  mutating func see(_ claim: Claim) {
    guard let index = claim.source.layout.index(of: ColumnRole.invoiceNumber),
      case .text(let number) = claim.values[index]
    else { return }
    let key = ExactText(TextKey.of(number))
    if key.text.utf8.allSatisfy({ $0 < 48 }) { return }
    let place = claim.place(ofColumn: index)
    if let other = first[key] {
      findings.append(
        Finding(Self.kind, at: place, column: claim.source.layout.columns[index].name, [number, "\(other)"]))
    } else {
      first[key] = place
    }
  }

  func finish() -> [Finding] { findings }
}
