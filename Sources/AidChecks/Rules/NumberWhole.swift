import AidModel

/// A long number must still have the digits after its fifteenth.
struct NumberWhole: NotedRule {
  static let kind = FindingKind(
    code: "DIGITS-ZEROED", severity: .hold,
    title: Bilingual(
      "长号码的尾数成了 0",
      "The last digits of a long number are zeros"),
    message: Bilingual(
      "“{1}” {2} 第 15 位以后全是 0",
      "'{1}': all digits of {2} after the fifteenth are zero"),
    why: Bilingual(
      "表格软件只保留数字的前 15 位，后面补 0 再存成 CSV，几个人的卡号就成了同一个，钱会汇错。",
      "A spreadsheet keeps fifteen digits of a number and fills up with zeros; saved as CSV, several people's "
        + "cards become one, and the money goes astray."),
    remedy: Bilingual(
      "请对照银行卡、证件或原始材料；号码不同就请在设为文本格式的列中重填，确实如此的请由负责人决定。",
      "Compare with the card or document. If it differs, type it again in a column formatted as text; if the "
        + "number really ends so, a person must decide."),
    example: "6200000000000010000")

  /// Shares the code: a sixteen-digit card, which may have lost only its last digit.
  static let cutKind = FindingKind(
    code: kind.code, severity: kind.severity, title: kind.title,
    message: Bilingual(
      "“{1}” {2} 是 16 位，末位为 0，校验不符", "'{1}': {2} has sixteen digits, ends in 0, and its check digit is wrong"),
    why: kind.why, remedy: kind.remedy, example: "6200000000000010")

  /// Shares the code: an ID number that is right, in a list where digits were lost.
  static let alikeKind = FindingKind(
    code: kind.code, severity: kind.severity, title: kind.title,
    message: Bilingual(
      "“{1}” {2} 末三位是 000，同一名单里还有这样的号码",
      "'{1}': {2} ends in 000, and so do other numbers of this list"),
    why: kind.why,
    remedy: Bilingual(
      "请对照证件；不同的请在设为文本格式的列中重填。确实如此的，请在批次中给出会员名册：名册上有同一号码的不再等待。",
      "Compare with the document; if it differs, type it again in a column formatted as text. If it really ends so, "
        + "name a members' roster in the batch: a number that stands there too no longer waits."),
    example: "420100196009091000")

  static let otherKinds = [cutKind, alikeKind]

  static let examples: [RuleExample] = [
    .passes(["account": "6200000000000000013"]), .passes(["id_number": "420100199001011233"]),
    .passes(["id_number": "420100196009091000"]),
    .passes(["account": "6200000000000070"]),
    .flagged(["account": "6200000000000010000"]), .flagged(["account": "6200 0000 0000 0010 000"]),
    .flagged(["account": "0000000000000000000"]), .flagged(["id_number": "420100199001011000"]),
    .flagged(["invoice_number": "04200000000000100000"]),
  ]

  static let note = FieldNotes.digitsZeroed
}
