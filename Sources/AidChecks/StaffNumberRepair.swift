public import AidModel

/// Restores leading zeros lost in a number cell, if the roster leaves no doubt.
public enum StaffNumberRepair {
  public static let kind = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired,
    title: Bilingual("工号前面的 0 丢了", "Leading zeros of a staff number lost"),
    message: Bilingual(
      "工号“{1}”补零为“{2}”（{3}）", "Staff number '{1}' became '{2}' ({4})"),
    why: Bilingual("存成数字的工号会丢掉前面的 0。", "A number cell drops leading zeros."),
    remedy: Bilingual("不用处理；来年请把这一列设为文本。", "Nothing to do; format the column as text next time."),
    example: "120345 → 00120345")

  /// Shares the code, for a list without names: {1} the number as written, {2} as on the roster.
  public static let namelessKind = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired, title: kind.title,
    message: Bilingual(
      "工号“{1}”补零为“{2}”（名册中只有这一个）", "Staff number '{1}' became '{2}' (the only one on the roster)"),
    why: kind.why, remedy: kind.remedy, example: kind.example)

  /// Shares the code: {1} the number as written, {2} as on the roster.
  static let rosterKind = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired, title: kind.title,
    message: Bilingual(
      "工号“{1}”在名册中写作“{2}”，姓名一致，按同一人处理",
      "Staff number '{1}' is '{2}' on the roster, under the same name: taken for one person"),
    why: Bilingual("名册的工号存成数字，丢了前面的 0。", "The roster's number cells have dropped the leading zeros."),
    remedy: Bilingual("不用处理；请把名册的工号列设为文本并补齐 0。", "Nothing to do; mend the roster's column of staff numbers."),
    example: "00120345 / 120345")

  /// The number with the leading zeros it has on the roster; nil if there is none, or if the number itself is
  /// on the roster.
  /// - Parameter idNumber: from the same row; must not contradict the roster.
  public static func padded(_ staffNo: String, idNumber: String, _ roster: Roster) -> String? {
    guard roster.entry(staffNo: staffNo) == nil else { return nil }
    let id = PersonNumber.idNumber(idNumber)
    let found = roster.members(withOtherZerosThan: staffNo).filter { entry in
      let known = PersonNumber.idNumber(entry.text(named: "id_number"))
      return id.isBlank || known.isBlank || id == known
    }
    guard found.count == 1 else { return nil }
    let known = found[0].text(named: "staff_no")
    return known.utf8.count > staffNo.utf8.count ? known : nil
  }

  /// A number on the roster that differs only by leading zeros, whoever it belongs to.
  static func candidate(_ staffNo: String, _ roster: Roster) -> String? {
    roster.members(withOtherZerosThan: staffNo).first?.text(named: "staff_no")
  }

  /// Restores the zeros that the list has lost and returns the finding; nil if there is nothing to report. A
  /// different name or ID number leaves the row unchanged.
  /// - Parameter cells: of one row, in the order of `source.layout.columns`.
  public static func repair(
    _ cells: FieldRow, of source: SourceSheet, row: Int32, roster: Roster
  ) -> Finding? {
    let index = CommonColumn.staffNo.rawValue
    let own = cells.bytes(at: index)
    guard !own.isEmpty,
      let entry = roster.member(
        numberOf: Roster.Sought(
          staffNo: own, idNumber: cells.bytes(at: CommonColumn.idNumber.rawValue),
          name: cells.bytes(at: CommonColumn.name.rawValue)))
    else { return nil }
    let known = entry.text(named: "staff_no")
    let staffNo = String(decoding: own, as: UTF8.self)
    if known.sameScalars(as: staffNo) { return nil }
    let place = Place(source, row: row, column: source.columns[index])
    if known.utf8.count < staffNo.utf8.count {
      return Finding(rosterKind, at: place, column: "staff_no", [staffNo, known])
    }
    let field = cells[index]
    cells[index] = Field(.text(known), notes: field.notes, original: field.original)
    return Finding(
      kind, at: place, column: "staff_no",
      [staffNo, known, "名册中姓名一致", "the roster has the same name"])
  }
}
