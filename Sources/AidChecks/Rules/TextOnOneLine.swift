public import AidModel

public struct TextOnOneLine: NotedRule {
  public static let kind = FindingKind(
    code: "TEXT-INVISIBLE", severity: .hold,
    title: Bilingual(
      "文字中间有换行或控制字符",
      "A line break or control character inside a text"),
    message: Bilingual(
      "“{1}”中间有换行、制表符或控制字符：“{2}”",
      "A line break, tab or control character stands inside '{1}': '{2}'"),
    why: Bilingual(
      "写进台账会多出一行；号码可能是两个粘在一起，或者看到的和存着的不一样。只是看不见、没有意义的字符会去掉并记录（repaired）。",
      "It would make another line of the ledger; a number may be two, or shown otherwise than it is stored. "
        + "Characters that only show nothing are taken out, and the change is logged (repaired)."),
    remedy: Bilingual(
      "请在原表这一格里重新输入，写在一行内。",
      "Type the cell again, on one line."),
    example: "“信息↵学院”")

  public static let examples: [RuleExample] = [
    .passes(["unit": "信息学院"]),
    .passes(["unit": "信息学院\n"]),
    .passes(["remark": "第一行\n第二行"]),
    .flagged(["unit": "信息\n学院"]),
    .flagged(["name": "张\u{2028}三"]),
    .flagged(["bank": "银行\t支行"]),
    .flagged(["staff_no": "1001\n1002"]),
    .flagged(["staff_no": "10\u{1B}01"]),
    .flagged(["staff_no": "10\u{301}01"]),
    .flagged(["account": "62000000\u{202E}0000"]),
  ]

  public static let note = FieldNotes.unfit
}
