import AidModel

/// The cell's content must suit its column.
struct CellFitsColumn: NotedRule {
  static let kind = FindingKind(
    code: "CELL-MISFIT", severity: .hold,
    title: Bilingual(
      "填的不是这一列该有的内容",
      "Not what the column is for"),
    message: Bilingual(
      "“{1}”不能是“{2}”",
      "'{1}' cannot be '{2}'"),
    why: Bilingual(
      "日期、数字、TRUE 一类的内容不是姓名、单位或银行，照抄进台账会退票或发错人，照抄进公示表没有人看得懂。",
      "Days, numbers or TRUE name no person, unit or bank; in a ledger they are returned or pay the wrong person, in a "
        + "notice nobody understands them."),
    remedy: Bilingual(
      "请在每一行写全；日期样的工号请设为文本重填。",
      "Write it out in every row; format staff numbers as text and type them again."),
    example: "单位：TRUE")

  static let examples: [RuleExample] = [
    .passes(["staff_no": "A-01"]), .passes(["name": "张三"]), .passes(["bank": "工商银行"]),
    .flagged(["staff_no": "TRUE"]), .flagged(["staff_no": "2023-05-01"]),
    .flagged(["name": "‹5›"]),
    .flagged(["unit": "‹5›"]),
    .flagged(["unit": "2023-05-01"]), .flagged(["name": "TRUE"]), .flagged(["account": "2023-05-01"]),
    .passes(["unit": "同济医学院"]), .passes(["unit": "101 研究所"]), .passes(["remark": "同上"]),
  ]

  static let note = FieldNotes.misfit
}
