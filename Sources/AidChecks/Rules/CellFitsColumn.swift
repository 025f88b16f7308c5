import AidModel

/// What stands in a cell is of the kind its column is for.
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
      "同上、日期、TRUE 一类的内容认不出是谁，照抄进台账会退票或发错人。",
      "Ditto marks, dates or TRUE name nobody; in a ledger they are returned or pay the wrong person."),
    remedy: Bilingual(
      "请写全；日期样的工号请设为文本重填。",
      "Write it out; format staff numbers as text and type them again."),
    example: "工号：同上")

  static let examples: [RuleExample] = [
    .passes(["staff_no": "A-01"]), .passes(["name": "张三"]), .passes(["bank": "工商银行"]),
    .flagged(["staff_no": "同上"]), .flagged(["staff_no": "TRUE"]), .flagged(["staff_no": "2023-05-01"]),
    .flagged(["name": "〃"]), .flagged(["name": "‹5›"]), .flagged(["bank": "同上"]),
  ]

  static let note = FieldNotes.misfit
}
