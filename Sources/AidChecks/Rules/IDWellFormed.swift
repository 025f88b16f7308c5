import AidModel

/// Malformed ID number.
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
      "请与证件核对；其他证件请写明证件类型。",
      "Check the card; for other documents give the type."),
    example: "42010019900101")

  static let examples: [RuleExample] = [
    .passes(["id_number": "420100199001011233"]),
    .passes(["id_number": "E12345678", "id_type": "护照"]),
    .passes(["id_number": "12345678", "id_type": "台湾居民来往大陆通行证"]),
    .passes(["id_number": "00000001", "id_type": "台胞证"]),
    .passes(["id_number": "H12345678", "id_type": "港澳居民来往内地通行证"]),
    .flagged(["id_number": "42010019900101"]),
    .flagged(["id_number": "12345678"]), .flagged(["id_number": "1234567", "id_type": "台胞证"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    row.forEachID { index, id in
      if (id.kind == .unknown && !row.isTaiwanPermit(index)) || (id.kind == .document && row.isCitizen) {
        findings.append(row.findingOfID(Self.kind, column: index))
      }
    }
  }
}
