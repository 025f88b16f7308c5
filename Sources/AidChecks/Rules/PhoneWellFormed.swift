import AidModel

struct PhoneWellFormed: RowRule {
  static let kind = FindingKind(
    code: "PHONE-FORMAT", severity: .note,
    title: Bilingual(
      "手机号不对",
      "Malformed phone number"),
    message: Bilingual(
      "手机号 {1} 不是 11 位、1 开头",
      "{1} is not an 11-digit mobile number"),
    why: Bilingual(
      "找不到本人时会耽误发放。",
      "Without it the person cannot be reached."),
    remedy: Bilingual(
      "请补正。",
      "Correct it."),
    example: "1380013800")

  static let examples: [RuleExample] = [
    .passes(["phone": "13000000000"]),
    .passes(["phone": "027-87000000"]),
    .flagged(["phone": "1380013800"]),
    .flagged(["phone": "1.39E+10"]),
  ]

  static func check(_ row: CheckedRow, into findings: inout [Finding]) {
    let digits = row.bytes(.phone)
    guard !digits.isEmpty else { return }
    let isMobile = digits.count == 11 && digits[0] == 49 && digits[1] >= 51 && digits.areDigits
    // Landlines: an area code with a leading zero, or seven or eight digits.
    let isLandline =
      digits.areDigits && ((digits[0] == 48 && digits.count >= 10) || (7...8).contains(digits.count))
    if isMobile || isLandline { return }
    findings.append(
      row.finding(Self.kind, column: CommonColumn.phone.rawValue, [Masking.phone(row.text(.phone))]))
  }
}
