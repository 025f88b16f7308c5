public import AidIntake
public import AidModel
import AidStore

/// `history`: payments of earlier batches, as the store remembers them.
public enum PaymentHistory {
  /// The posted batches, and how many payments were imported; as text and as JSON.
  public static func list(
    store path: String, language: Language
  ) throws(PipelineFailure) -> (text: String, json: String) {
    do {
      let store = try Store.openIfPresent(path)
      let batches = try store?.batches() ?? []
      let imported = try store?.payments(before: "").imported.count ?? 0
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

  /// Reads lists with the history columns into the store.
  public static func importing(
    _ files: [String], store path: String, templates: String?, passwords: Passwords = .none,
    language: Language
  ) throws(PipelineFailure) -> String {
    let headings = try Headings(templates: try Templates(named: templates))
    var limits = IntakeLimits.standard
    limits.passwords = passwords
    var payments: [PastPayment] = []
    for file in files {
      guard Disk.exists(file) else { throw PipelineFailure.noFile(file) }
      let parts = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let folder = try Folder(parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : ".")
      var reader = ReferenceReader(folder: folder, headings: headings, limits: limits)
      payments += reader.history([parts.last ?? file], programmes: [])
      try reader.finish()
      if let stop = reader.findings.first(where: { $0.kind.severity == .stop }) {
        throw PipelineFailure(
          stop.place.description, stop.kind.title, remedy: stop.kind.remedy)
      }
    }
    do {
      let store = try Store(path: path)
      let added = try store.importHistory(payments)
      return Bilingual(
        "读入 \(payments.count) 笔，新增 \(added) 笔（已有的不重复计入）",
        "\(payments.count) payments read, \(added) new (known ones are not counted twice)"
      ).text(language)
    } catch {
      throw PipelineFailure(error)
    }
  }

  private static let columns = ["batch", "programme", "staff_no", "id_number", "amount", "paid_on", "status"]

  /// Every payment with the history columns, as CSV or JSON.
  public static func export(store path: String, asJSON: Bool) throws(PipelineFailure) -> [UInt8] {
    do {
      let payments = try Store.openIfPresent(path)?.payments(before: "").all ?? []
      let rows = payments.map { payment in
        [
          payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.plain,
          payment.paidOn.description, payment.status,
        ]
      }
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
