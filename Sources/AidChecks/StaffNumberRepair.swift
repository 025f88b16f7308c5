public import AidModel

/// Puts back leading zeros that a number cell has eaten, where the roster leaves no doubt.
public enum StaffNumberRepair {
  public static let kind = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired,
    title: Bilingual("工号前面的 0 丢了", "Leading zeros of a staff number lost"),
    message: Bilingual(
      "工号“{1}”补零为“{2}”（{3}）", "Staff number '{1}' became '{2}' ({4})"),
    why: Bilingual("存成数字的工号会丢掉前面的 0。", "A number cell drops leading zeros."),
    remedy: Bilingual("不用处理；来年请把这一列设为文本。", "Nothing to do; format the column as text next time."),
    example: "120345 → 00120345")

  /// Of the same code, in a list without names: {1} as it stands, {2} as the roster has it.
  public static let namelessKind = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired, title: kind.title,
    message: Bilingual(
      "工号“{1}”补零为“{2}”（名册中只有这一个）", "Staff number '{1}' became '{2}' (the only one on the roster)"),
    why: kind.why, remedy: kind.remedy, example: kind.example)

  /// No staff number is longer.
  private static let lengthMax = 20

  /// The number with zeros in front that the roster knows; nil also where the number itself is known.
  /// - Parameter idNumber: of the same row; must not contradict the roster.
  public static func padded(_ staffNo: String, idNumber: String, _ roster: Roster) -> String? {
    guard roster.entry(staffNo: staffNo) == nil, let padded = candidate(staffNo, roster) else { return nil }
    let known = roster.entry(staffNo: padded)?.text(named: "id_number") ?? ""
    return idNumber.isEmpty || known.isEmpty || known.sameScalars(as: idNumber) ? padded : nil
  }

  /// The number with zeros in front that the roster knows.
  static func candidate(_ staffNo: String, _ roster: Roster) -> String? {
    guard !staffNo.isEmpty, staffNo.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    var padded = staffNo
    while padded.utf8.count < lengthMax {
      padded = "0" + padded
      if roster.entry(staffNo: padded) != nil { return padded }
    }
    return nil
  }

  /// Puts the number right and tells what is to be said of it; nil where nothing is to repair. A differing name leaves
  /// the row as it is.
  /// - Parameter cells: of one row, in the order of `source.layout.columns`.
  public static func repair(
    _ cells: FieldRow, of source: SourceSheet, row: Int32, roster: Roster
  ) -> Finding? {
    let index = CommonColumn.staffNo.rawValue
    guard case .text(let staffNo) = cells.value(at: index), !staffNo.isEmpty,
      roster.entry(staffNo: staffNo) == nil, let padded = candidate(staffNo, roster),
      let entry = roster.entry(staffNo: padded),
      case .text(let name) = cells.value(at: CommonColumn.name.rawValue), !name.isEmpty,
      entry.text(named: "name").sameScalars(as: name)
    else { return nil }
    let field = cells[index]
    cells[index] = Field(.text(padded), notes: field.notes, original: field.original)
    let place = Place(source, row: row, column: source.columns[index])
    return Finding(
      kind, at: place, column: "staff_no",
      [staffNo, padded, "名册中姓名一致", "the roster has the same name"])
  }
}
