import AidModel

struct IDWellFormed: RowRule {
  static let kind = FindingKind(
    code: "ID-FORMAT", severity: .hold,
    title: Bilingual(
      "证件号格式不对",
      "Malformed ID number"),
    message: Bilingual(
      "证件号 {1} 不是 18 位身份证号",
      "{1} is not an 18-digit ID number"),
    why: Bilingual(
      "付款和核对都靠它认人。",
      "It identifies the person to the bank and the roster."),
    remedy: Bilingual(
      "请与证件核对；其他证件请在“证件类型”列写明是什么（护照、港澳居民来往内地通行证、台胞证、香港身份证、军官证、出生医学证明等）。",
      "Check the card; for any other document say which it is in the column 证件类型 (id_type): passport, 香港身份证, 军官证, "
        + "出生医学证明 …"),
    example: "42010019900101")

  /// Shares the code: {2} the named document.
  static let otherKind = FindingKind(
    code: kind.code, severity: kind.severity, title: kind.title,
    message: Bilingual("证件号 {1} 不是“{2}”的号码", "{1} is no number of the document '{2}'"),
    why: kind.why,
    remedy: Bilingual(
      "请与证件核对号码和证件类型；是居民身份证的，证件类型请写居民身份证。",
      "Check the number and the type with the document; for a citizen's card write 居民身份证."),
    example: "护照：12")

  static let otherKinds = [otherKind]

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .passes(["id_number": "E12345678", "id_type": "护照"]),
    .passes(["id_number": "12345678", "id_type": "台湾居民来往大陆通行证"]),
    .passes(["id_number": "00000001", "id_type": "台胞证"]),
    .passes(["id_number": "H12345678", "id_type": "港澳居民来往内地通行证"]),
    .passes(["id_number": "A123456(7)", "id_type": "香港身份证"]),
    .passes(["id_number": "Z123456（A）", "id_type": "香港居民身份证"]),
    .passes(["id_number": "1234567(8)", "id_type": "澳门居民身份证"]),
    .passes(["id_number": "512345678", "id_type": "护照"]),
    .passes(["id_number": "军字第1234567号", "id_type": "军官证"]),
    .passes(["id_number": "O420123456", "id_type": "出生医学证明"]),
    .passes(["id_number": "公字第012345号", "id_type": "警官证"]),
    .passes(["id_number": "XYZ-2019/0123", "id_type": "驻外人员证"]),
    .passes(["id_number": "USA123456789012", "id_type": "外国人永久居留证"]), .passes(["spouse_id": "E12345678"]),
    .flagged(["id_number": "E12345678"]), .flagged(["id_number": "A123456", "id_type": "香港身份证"]),
    .flagged(["id_number": "42010019900101", "id_type": "身份证"]),
    .flagged(["id_number": "12", "id_type": "护照"]),
    .flagged(["spouse_id": "42010019900101"]),
    .flagged(["id_number": "42010019900101"]),
    .flagged(["id_number": "12345678"]), .flagged(["id_number": "1234567", "id_type": "台胞证"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    row.forEachID { index, id in
      guard id.kind == .unknown || id.kind == .document, !row.isOtherDocument(index, id.kind) else { return }
      if index == CommonColumn.idNumber.rawValue, row.document != .citizen {
        findings.append(row.findingOfID(Self.otherKind, column: index, [row.text(.idType)]))
      } else {
        findings.append(row.findingOfID(Self.kind, column: index))
      }
    }
  }
}
