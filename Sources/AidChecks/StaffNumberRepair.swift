public import AidModel

/// Puts back leading zeros that a number cell has eaten, where the roster leaves no doubt.
public enum StaffNumberRepair {
  public static let kind = FindingKind(
    code: "STAFF-NO-ZEROS", severity: .repaired,
    title: Bilingual("工号前面的 0 丢了", "Leading zeros of a staff number lost"),
    message: Bilingual(
      "工号“{1}”补零为“{2}”（名册中姓名一致）", "Staff number '{1}' became '{2}' (the roster has the same name)"),
    why: Bilingual("存成数字的工号会丢掉前面的 0。", "A number cell drops leading zeros."),
    remedy: Bilingual("不用处理；来年请把这一列设为文本。", "Nothing to do; format the column as text next time."),
    example: "120345 → 00120345")

  /// No staff number is longer.
  private static let lengthMax = 20

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

  /// The repaired claim, or nil where nothing is to repair. A differing name leaves the claim as it is.
  public static func repaired(_ claim: Claim, roster: Roster) -> (Claim, Finding)? {
    let staffNo = claim.text(.staffNo)
    guard !staffNo.isEmpty, roster.entry(staffNo: staffNo) == nil,
      let padded = candidate(staffNo, roster), let entry = roster.entry(staffNo: padded)
    else { return nil }
    let name = claim.text(.name)
    let isSame = !name.isEmpty && entry.text(named: "name").sameScalars(as: name)
    guard isSame else { return nil }
    let index = CommonColumn.staffNo.rawValue
    var values = claim.values
    values[index] = .text(padded)
    let fixed = Claim(source: claim.source, row: claim.row, values: values)
    return (fixed, Finding(kind, at: claim.place(ofColumn: index), column: "staff_no", [staffNo, padded]))
  }
}
