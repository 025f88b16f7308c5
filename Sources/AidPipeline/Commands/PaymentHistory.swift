public import AidModel
import AidStore

/// `history`: payments of earlier batches, as the store remembers them.
public enum PaymentHistory {
  /// Posted batches and the number of imported payments, as text and as JSON.
  public static func list(
    store path: String, language: Language
  ) throws(PipelineFailure) -> (text: String, json: String) {
    do {
      let store = try Store.openIfPresent(path)
      let batches = try store?.batches() ?? []
      let imported =
        try Self.book(store).payments.count { $0.amount > .zero } - batches.reduce(0) { $0 + $1.paidCount }
      var lines = batches.map { batch in
        "\(batch.batch)  \(batch.payDate)  \(batch.paidCount)  \(batch.paidTotal.plain)  \(batch.title)"
      }
      if batches.isEmpty {
        lines = [Bilingual("还没有已入账的批次（\(path)）", "no batch has been posted yet (\(path))").text(language)]
      }
      if imported > 0 {
        lines.append(
          Bilingual("另有导入的以往发放 \(imported) 笔", "and \(imported) imported payments").text(language))
      }
      let json = JSONText.object([
        (
          "batches",
          .array(
            batches.map { batch in
              .object([
                ("batch", .string(batch.batch)), ("title", .string(batch.title)),
                ("pay_date", .string(batch.payDate.description)), ("payments", .integer(batch.paidCount)),
                ("amount", .string(batch.paidTotal.plain)),
              ])
            })
        ), ("imported", .integer(imported)),
      ])
      return (lines.joined(separator: "\n"), json.text(indented: true))
    } catch {
      throw PipelineFailure(error)
    }
  }

  /// All known payments, as updated by lists.
  private static func book(_ store: Store?) throws(StoreFailure) -> PaymentBook {
    let past = try store?.payments(before: "") ?? EarlierPayments()
    return KnownPayments(
      past: past, lists: [],
      around: .init(
        names: ProgrammeNames(plan: nil, known: past.names), statuses: .plain, tellsStrangers: false)
    ).book
  }

  private static let columns = [
    "batch", "programme", "staff_no", "id_number", "amount", "paid_on", "status", "record", "benefit", "of",
    "base", "remembered", "name", "account", "phone", "period_from", "period_to", "contents",
  ]

  /// One line per benefit of a payment, else one for the whole.
  private static func rows(_ payment: PastPayment) -> [[String]] {
    let head = [payment.batch, payment.programme, payment.staffNo, payment.idNumber]
    let tail = [
      payment.paidOn.description, payment.status.isEmpty ? payment.state.rawValue : payment.status,
      payment.record,
    ]
    let remembered =
      payment.breakdown?.remembered.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") ?? ""
    let person = [
      payment.name, payment.account, payment.phone, payment.term?.from.description ?? "",
      payment.term?.to.description ?? "",
    ]
    let parts = payment.breakdown?.parts ?? []
    if parts.isEmpty {
      return [head + [payment.amount.plain] + tail + ["", "", "", remembered] + person + [payment.said]]
    }
    return parts.enumerated().map { i, part in
      head + [part.amount.plain] + tail
        + [part.benefit, part.group, part.base?.plain ?? "", i == 0 ? remembered : ""] + person + [
          i == 0 ? payment.said : ""
        ]
    }
  }

  /// Every payment with the columns of a history list, as CSV or JSON.
  public static func export(store path: String, asJSON: Bool) throws(PipelineFailure) -> [UInt8] {
    do {
      let payments = try Self.book(try Store.openIfPresent(path)).payments
      let rows = payments.flatMap(Self.rows)
      if asJSON {
        let json = JSONText.array(
          rows.map { row in .object(zip(columns, row).map { ($0, .string($1)) }) })
        return Array((json.text(indented: true) + "\n").utf8)
      }
      var out = TextBuffer()
      for row in [columns] + rows { out.append(shownLine: row) }
      return out.bytes
    } catch {
      throw PipelineFailure(error)
    }
  }
}
