public import AidModel
import Foundation

/// A posted explanation: one line of explanations.jsonl, parsed.
public struct PostedExplanation {
  private let object: [String: Any]

  /// Nil if the text is not a line of explanations.
  public init?(_ line: String) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
      return nil
    }
    self.object = object
  }

  private func list(_ key: String) -> [[String: Any]] { object[key] as? [[String: Any]] ?? [] }

  private static func text(_ object: [String: Any], _ key: String) -> String { object[key] as? String ?? "" }

  /// The same lines as `ExplanationText` writes.
  /// - Parameters:
  ///   - programme: as posted.
  ///   - idNumber: shown masked.
  public func text(programme: ProgrammeInfo, idNumber: String, language: Language) -> String {
    let zh = language == .zh
    func say(_ chinese: String, _ english: String) -> String { zh ? chinese : english + " " }
    func own(_ key: String) -> String { Self.text(object, key) }
    func outcome(_ object: [String: Any]) -> String {
      RowOutcome(rawValue: Self.text(object, "outcome")).map { Wording.outcome($0, language) } ?? ""
    }
    var lines = [
      "\(own("name"))  \(own("staff_no"))  \(own("unit"))"
        + (idNumber.isEmpty ? "" : "  \(Masking.idNumber(idNumber))"),
      say("项目：", "programme:") + "\(programme.title) (\(programme.programme))",
      say("办法：", "policy:") + "\(programme.policy)  \(programme.issuer)  \(programme.source)",
      say("记录号：", "record:") + own("record"),
      say("结果：", "outcome:") + "\(outcome(object))  \(Money(plain: own("amount"))?.grouped ?? own("amount"))"
        + (zh ? " 元" : " yuan"),
      zh ? "申请行：" : "rows:",
    ]
    for row in list("rows") {
      let place = Place(
        SourceSheet(file: Self.text(row, "file"), sheet: Self.text(row, "sheet")),
        row: Int32(row["row"] as? Int ?? 0))
      lines.append("  \(place)  \(outcome(row))")
    }
    if !list("steps").isEmpty { lines.append(zh ? "计算：" : "steps:") }
    for (index, step) in list("steps").enumerated() {
      let benefit = (step["benefit"] as? String).map { "[\($0)] " } ?? ""
      lines.append("  \(index + 1). \(benefit)\(Self.text(step, "text"))\(Self.clause(step, zh))")
    }
    if !list("reasons").isEmpty {
      let isPaid = own("outcome") == RowOutcome.paid.rawValue
      lines.append(zh ? (isPaid ? "附注：" : "原因：") : (isPaid ? "remarks:" : "reasons:"))
    }
    for reason in list("reasons") {
      lines.append("  \(Self.text(reason, "code"))  \(Self.text(reason, "text"))\(Self.clause(reason, zh))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func clause(_ object: [String: Any], _ zh: Bool) -> String {
    (object["clause"] as? String).map { zh ? "  〔依据：\($0)〕" : "  [clause \($0)]" } ?? ""
  }
}
