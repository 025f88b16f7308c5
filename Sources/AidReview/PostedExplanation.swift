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

  /// - Parameters:
  ///   - programme: as it was posted.
  ///   - idNumber: shown masked.
  ///   - language: the explanation's own.
  public func told(programme: ProgrammeInfo, idNumber: String, language: Language) -> ToldAward {
    ToldAward(self, programme: programme, idNumber: idNumber, language: language)
  }

  private func list(_ key: String) -> [[String: Any]] { object[key] as? [[String: Any]] ?? [] }

  private static func text(_ object: [String: Any], _ key: String) -> String { object[key] as? String ?? "" }

  private static func outcome(_ object: [String: Any]) -> RowOutcome? {
    RowOutcome(rawValue: text(object, "outcome"))
  }

  var record: String { Self.text(object, "record") }
  var staffNo: String { Self.text(object, "staff_no") }
  var name: String { Self.text(object, "name") }
  var unit: String { Self.text(object, "unit") }
  var outcome: RowOutcome { Self.outcome(object) ?? .held }
  var amount: Money { Money(plain: Self.text(object, "amount")) ?? .zero }

  var rows: [ToldAward.Row] {
    list("rows").map { row in
      let source = SourceSheet(file: Self.text(row, "file"), sheet: Self.text(row, "sheet"))
      let place = Place(source, row: Int32(row["row"] as? Int ?? 0))
      return ToldAward.Row(place: "\(place)", outcome: Self.outcome(row), reason: nil)
    }
  }

  var steps: [ToldAward.Step] {
    list("steps").map { step in
      ToldAward.Step(
        key: Self.text(step, "step"), clause: step["clause"] as? String, benefit: step["benefit"] as? String,
        group: step["of"] as? String,
        text: Self.text(step, "text"), value: Self.text(step, "value"))
    }
  }

  var reasons: [Reason] {
    list("reasons").map { reason in
      Reason(
        code: Self.text(reason, "code"), text: Self.text(reason, "text"), clause: reason["clause"] as? String)
    }
  }
}
