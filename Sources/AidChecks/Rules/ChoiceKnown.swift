import AidModel

struct ChoiceKnown: NotedRule {
  static let kind = FindingKind(
    code: "CHOICE-UNKNOWN", severity: .hold,
    title: Bilingual(
      "不在可选范围内",
      "Not one of the choices"),
    message: Bilingual(
      "“{1}”的“{2}”不在可选范围内，可选：{3}",
      "'{2}' is not a choice of '{1}'; the choices are: {3}"),
    why: Bilingual(
      "类别决定能不能补、补多少。",
      "The class decides whether and how much is paid."),
    remedy: Bilingual(
      "请改成其中的一项。",
      "Use one of the choices."),
    example: "就诊类别：住院部（可选：门诊、住院）")

  /// Shares the code: {4} the nearest choice.
  static let nearKind = FindingKind(
    code: kind.code, severity: kind.severity, title: kind.title, message: kind.message, why: kind.why,
    remedy: Bilingual(
      "请改成其中的一项；最接近的是“{4}”。",
      "Use one of the choices; the nearest is '{4}'."),
    example: kind.example)

  static let otherKinds = [nearKind]

  static let examples: [RuleExample] = [
    .passes(["kind": "住院"]), .passes(["kind": "门 诊"]),
    .flagged(["kind": "住院部"]), .flagged(["kind": "体检"]), .flagged(["kind": "同上"]),
  ]

  static let note = FieldNotes.choiceUnknown

  /// A longer list of choices is not shown in full.
  private static let shownMax = 20

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    for i in 0..<row.cells.count where row.cells.notes(at: i).contains(note) {
      let column = row.columns[i]
      let written = row.original(i)
      let near = nearest(to: written, among: column.choices)
      findings.append(
        row.finding(
          near == nil ? kind : nearKind, column: i,
          [column.headings.first ?? column.name, written, shown(column)] + (near.map { [$0] } ?? [])))
    }
  }

  private static func shown(_ column: Column) -> String {
    if column.type == .flag { return YesNo.shown }
    let count = column.choices.count
    return column.choices.prefix(shownMax).joined(separator: "、") + (count > shownMax ? "…（\(count)）" : "")
  }

  /// The only choice that contains the text or is contained in it; else the one at the smallest edit
  /// distance.
  static func nearest(to text: String, among choices: [String]) -> String? {
    let key = TextKey.of(text)
    // A longer text is a sentence.
    guard !key.isEmpty, key.unicodeScalars.count <= 60 else { return nil }
    let holding = choices.filter { choice in
      let other = TextKey.of(choice)
      return !other.isEmpty && (key.contains(other) || other.contains(key))
    }
    if holding.count == 1 { return holding[0] }
    let near = (holding.isEmpty ? choices : holding).map { ($0, NearWord.distance(key, TextKey.of($0))) }
      .min { $0.1 < $1.1 }
    guard let near, near.1 < max(key.count, near.0.count), near.1 * 2 <= max(key.count, near.0.count) else {
      return nil
    }
    return near.0
  }
}
