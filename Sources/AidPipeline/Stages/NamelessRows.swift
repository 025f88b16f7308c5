import AidModel

/// Rows that name no one, right below a person's row: they may be that person's, changing the amount.
enum NamelessRows {
  /// {1} the rows.
  static let kind = FindingKind(
    code: "PERSON-UNSURE", severity: .hold,
    title: Bilingual("下面的行可能也是此人的", "The row below may be this person's too"),
    message: Bilingual(
      "下面第 {1} 行没有写明是谁，可能也是此人的", "row {1} below does not say whose it is and may be this person's"),
    why: Bilingual(
      "一个人有几行费用时，下面的行常不再写工号姓名；只按一部分算，会少发或误判为不够条件。",
      "Where somebody has several rows the lower ones often name nobody; on a part of them the person is paid "
        + "too little or refused."),
    remedy: Bilingual(
      "请在下面的行写上工号或身份证号：是此人的写此人的，不是的写那个人的。",
      "Write a staff number or an ID number into the rows below, this person's or the other's."),
    example: "第 2 行 赵一鸣 15000，第 3 行只有 10000")

  private static func namesNobody(_ claim: Claim) -> Bool {
    claim.text(.staffNo).isEmpty && claim.text(.idNumber).isEmpty
  }

  /// Holds the persons above such rows; the rows themselves are held already.
  static func findings(_ claims: [Claim]) -> [Finding] {
    var rows: [(leader: Int, first: Int, last: Int)] = []
    for number in claims.indices.dropFirst() where namesNobody(claims[number]) {
      let (claim, above) = (claims[number], claims[number - 1])
      guard claim.source === above.source, claim.row == above.row + 1 else { continue }
      // The row above is such a row too: both follow the same person.
      let ongoing = rows.indices.last.flatMap { rows[$0].last == number - 1 ? $0 : nil }
      let leader = ongoing.map { rows[$0].leader } ?? number - 1
      if namesNobody(claims[leader]) { continue }
      let name = claim.text(.name)
      guard name.isEmpty || name.sameScalars(as: claims[leader].text(.name)) else { continue }
      if let ongoing { rows[ongoing].last = number } else { rows.append((leader, number, number)) }
    }
    return rows.map { leader, first, last in
      let text = first == last ? "\(claims[first].row)" : "\(claims[first].row)–\(claims[last].row)"
      return Finding(kind, at: claims[leader].place, [text])
    }
  }
}
