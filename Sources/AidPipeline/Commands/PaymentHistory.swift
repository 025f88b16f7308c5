public import AidIntake
public import AidModel
import AidStore

/// `history`: payments of earlier batches, as the store remembers them.
public enum PaymentHistory {
  public static func list(store path: String, language: Language) throws(PipelineFailure) -> String {
    do {
      let batches = try Store.openIfPresent(path)?.batches() ?? []
      if batches.isEmpty {
        return Bilingual("还没有已入账的批次（\(path)）", "no batch has been posted yet (\(path))").text(language)
      }
      return batches.map { batch in
        "\(batch.batch)  \(batch.payDate)  \(batch.paidCount)  \(batch.paidTotal.plain)  \(batch.title)"
      }.joined(separator: "\n")
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

  /// Every payment as CSV with the history columns.
  public static func export(store path: String) throws(PipelineFailure) -> [UInt8] {
    do {
      let payments = try Store.openIfPresent(path)?.payments(before: "").all ?? []
      var text = "batch,programme,staff_no,id_number,amount,paid_on,status\r\n"
      for payment in payments {
        let fields = [
          payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.plain,
          payment.paidOn.description, payment.status,
        ]
        text += fields.map(quoted).joined(separator: ",") + "\r\n"
      }
      return Array(text.utf8)
    } catch {
      throw PipelineFailure(error)
    }
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [34, 44, 10, 13].contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
