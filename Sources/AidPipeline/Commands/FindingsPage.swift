public import AidModel

/// `findings`: the catalogue, generated from the rules so that it is never out of date.
public enum FindingsPage {
  /// Nil if there is no such code.
  public static func text(code: String?, language: Language, json: Bool) -> String? {
    let kinds = PipelineFindings.catalogue
    if let code {
      guard let kind = kinds.first(where: { $0.code == code.uppercased() }) else { return nil }
      return json ? object(kind, language).text(indented: true) : page(kind, language)
    }
    if json { return JSONText.array(kinds.map { object($0, language) }).text(indented: true) }
    return kinds.map { kind in
      let code = kind.code + String(repeating: " ", count: max(1, 22 - kind.code.utf8.count))
      let severity = PipelineFindings.severities(of: kind).map(\.rawValue).joined(separator: "/")
      return code + severity + String(repeating: " ", count: max(1, 10 - severity.utf8.count))
        + kind.title.text(language)
    }.joined(separator: "\n")
  }

  public static func severityText(_ severity: Severity, _ language: Language) -> String {
    switch severity {
    case .note: Bilingual("提示：保留并显示，照常发放", "note: kept, shown, paid as usual").text(language)
    case .repaired: Bilingual("已修正：照修正后的值办理，留有记录", "repaired: kept, the change is logged").text(language)
    case .hold:
      Bilingual("待处理：有人决定之前这一行不发放", "hold: the row is not paid until a person decides").text(language)
    case .stop: Bilingual("停止：整批不发放", "stop: nothing in this run is paid").text(language)
    }
  }

  private static func page(_ kind: FindingKind, _ language: Language) -> String {
    let (severity, why, example, remedy) =
      language == .zh ? ("后果", "为什么", "例子", "怎么办") : ("severity", "why", "example", "remedy")
    func entry(_ kind: FindingKind) -> String {
      """
        \(severity)：\(severityText(kind.severity, language))
        \(why)：\(kind.why.text(language))
        \(example)：\(kind.example)
        \(remedy)：\(kind.generalRemedy.text(language))
      """
    }
    let head = "\(kind.code)  \(kind.title.text(language))\n"
    return head + ([kind] + told(beside: kind)).map(entry).joined(separator: "\n\n")
  }

  /// Kinds with the same code but another severity.
  public static func told(beside kind: FindingKind) -> [FindingKind] {
    var seen = [kind.severity]
    return PipelineFindings.others(of: kind).filter { other in
      if seen.contains(other.severity) { return false }
      seen.append(other.severity)
      return true
    }
  }

  private static func object(_ kind: FindingKind, _ language: Language) -> JSONText {
    .object([
      ("code", .string(kind.code)), ("severity", .string(kind.severity.rawValue)),
      (
        "severities", .array(PipelineFindings.severities(of: kind).map { .string($0.rawValue) })
      ),
      ("title", .string(kind.title.text(language))), ("why", .string(kind.why.text(language))),
      ("example", .string(kind.example)), ("remedy", .string(kind.generalRemedy.text(language))),
    ])
  }
}
