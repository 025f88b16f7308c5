import AidModel

/// Group headings over columns about someone else: in 家属情况 / 银行卡号 the card is the relative's.
enum Relatives {
  private static let words = [
    "家属", "亲属", "家庭成员", "子女", "孩子", "配偶", "爱人", "父母", "父亲", "母亲", "遗属", "赡养", "抚养", "供养",
  ]
  /// May be the applicant, if 本人 is added.
  private static let perhaps = ["患者", "病人"]
  private static let spouses = ["配偶", "爱人"]

  static func isGroup(_ heading: String) -> Bool {
    let key = TextKey.of(heading)
    if words.contains(where: key.contains) { return true }
    return !key.contains("本人") && (key.hasPrefix("被") || perhaps.contains(where: key.contains))
  }

  /// The column that a heading means in such a group, if it means `found` on its own. A policy's own columns
  /// are unaffected (患者 / 自付金额); of the common ones, only a spouse's name and ID number have columns.
  static func column(_ found: Int, named last: String, under group: String, _ index: HeadingIndex) -> Int? {
    let key = TextKey.of(group)
    // 家属情况 / 姓名 matches a policy's heading 家属姓名.
    for word in words + perhaps where key.contains(word) {
      if let own = index.column(word + last) { return own }
    }
    if found >= index.firstOwn { return found }
    guard spouses.contains(where: key.hasPrefix) else { return nil }
    let own = [("name", "spouse_name"), ("id_number", "spouse_id")]
    return own.first { index.column($0.0) == found }.flatMap { index.column($0.1) }
  }
}
