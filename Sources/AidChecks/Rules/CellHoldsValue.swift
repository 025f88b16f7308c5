import AidModel

/// A failed value left by a spreadsheet or program is no value, nor is a word that refers elsewhere.
struct CellHoldsValue: NotedRule {
  static let kind = FindingKind(
    code: "PLACEHOLDER-TEXT", severity: .hold,
    title: Bilingual(
      "代替内容的字样",
      "Text in the place of a value"),
    message: Bilingual(
      "“{1}”是“{2}”，不是真正的内容",
      "'{1}' says '{2}', which is no value"),
    why: Bilingual(
      "公式或导出程序没有取到值会留下这样的字样，“同上”的内容在别的行；照抄进台账就成了银行、单位或户名。",
      "A formula or an export that found no value leaves such a word, and what 'ditto' stands for is in another row; "
        + "in a ledger it would be a bank, a unit or a name."),
    remedy: Bilingual(
      "请查原表填上真正的内容；本来就没有的，请清空这一格。",
      "Look it up and fill it in; where there is nothing to fill in, clear the cell."),
    example: "开户银行：#N/A")

  static let examples: [RuleExample] = [
    .passes(["bank": "工商银行"]), .passes(["name": "那英"]), .passes(["remark": "NULL"]),
    .flagged(["bank": "NULL"]), .flagged(["unit": "nan"]), .flagged(["name": "None"]),
    .flagged(["account": "＃N/A"]),
    .flagged(["staff_no": "<NA>"]), .flagged(["self_pay": "NaN"]), .flagged(["discharged": "NaT"]),
    .flagged(["staff_no": "同上"]), .flagged(["name": "〃"]), .flagged(["bank": "同上"]), .flagged(["unit": "同上"]),
    .flagged(["unit": "（同上）"]), .flagged(["category": "ditto"]), .passes(["remark": "同上"]),
    .passes(["unit": "同济医学院"]), .flagged(["branch": "undefined"]), .flagged(["id_number": "（NULL）"]),
    .flagged(["kind": "null"]),
  ]

  static let note = FieldNotes.placeholder
}
