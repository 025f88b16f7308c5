import AidModel

struct NameEncodable: NotedRule {
  static let kind = FindingKind(
    code: "NAME-PRIVATE-USE", severity: .hold,
    title: Bilingual(
      "姓名含自造字、乱码或代替字的符号",
      "A private-use, broken or stand-in character in a name"),
    message: Bilingual(
      "“{2}”中有自造字、乱码或代替字的符号（? □ *）",
      "'{2}' holds a private-use or broken character, or one that stands for another (? □ *)"),
    why: Bilingual(
      "在别的电脑上不是这个字，银行会退票。",
      "It is another character elsewhere; the bank will return the payment."),
    remedy: Bilingual(
      "请用身份证上的字重新输入。",
      "Type the character of the ID card again."),
    example: "U+E863")

  static let examples: [RuleExample] = [
    .passes(["name": "张三"]),
    .flagged(["name": "张\u{E863}"]),
    .flagged(["name": "张?"]),
    .flagged(["name": "张□"]),
  ]

  static let note = FieldNotes.namePrivateUse
}
