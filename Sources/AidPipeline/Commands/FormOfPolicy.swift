import AidForms
import AidIntake
import AidModel
import AidPolicy

/// A policy's application form.
struct FormOfPolicy {
  let form: BlankForm

  /// Columns of every form.
  private static let always: [CommonColumn] = [
    .name, .staffNo, .idType, .idNumber, .sex, .unit, .category, .phone, .bank, .branch, .account,
    .accountName, .payeeRelation,
  ]

  init(_ source: BlankWorkbook.Source, language: Language) {
    let policy = source.policy
    let words = HeadingWords(policy.layout)
    let own = Set(policy.columns.compactMap { policy.layout.index(of: $0.name) })
    func column(_ index: Int) -> BlankForm.Column {
      Self.column(policy.layout.columns[index], heading: words.heading(of: index), language)
    }
    var columns: [BlankForm.Column] = []
    if let serial = policy.layout.index(of: "serial_number") { columns.append(column(serial)) }
    columns += Self.common(policy, own: own).map { column($0.rawValue) }
    columns += policy.columns.compactMap { policy.layout.index(of: $0.name) }
      .filter { $0 >= CommonColumn.allCases.count }.map(column)
    columns.append(column(CommonColumn.remark.rawValue))
    form = BlankForm(
      title: policy.title + Bilingual("申请表", " application").text(language),
      sheet: Bilingual("申请表", "Applications").text(language), columns: columns,
      meta: [
        (TableFile.formMark, AidLedgerVersion.current), ("policy", policy.id),
        ("programme", policy.programme), ("title", policy.title), ("template_version", source.sha256),
      ])
  }

  /// The common columns of the form: those of every form and those this policy uses; the remark comes last.
  private static func common(_ policy: Policy, own: Set<Int>) -> [CommonColumn] {
    let isAboutCouples = policy.isOnePerHousehold || policy.hasHouseholdCap
    let asked = CommonColumn.allCases.filter { column in
      if column == .remark || always.contains(column) { return false }
      if isAboutCouples, column == .spouseName || column == .spouseID { return true }
      if policy.needsDecision, column == .proposedAmount { return true }
      return own.contains(column.rawValue) || policy.columnsUsed.contains(column.rawValue)
    }
    return always + asked
  }

  private static func column(_ column: Column, heading: String, _ language: Language) -> BlankForm.Column {
    let rule = FormWording.rule(column)
    var parts = [rule.text(language)]
    // A payment needs a name.
    let isRequired = column.required || column.role == .staffNumber || column.name == "name"
    if isRequired { parts.append(Bilingual("必填。", "Required.").text(language)) }
    if let blank = column.blank, !isRequired {
      parts.append(
        Bilingual("不填视为“\(FormWording.words(blank))”。", "Blank means '\(FormWording.words(blank))'.")
          .text(language))
    }
    return BlankForm.Column(
      heading: heading, type: column.type, isIdentifier: column.role.isIdentifier,
      isRequired: isRequired,
      choices: column.type == .flag ? ["是", "否"] : column.choices,
      rule: parts.joined(separator: language == .zh ? "" : " "),
      complaint: FormWording.complaint(column).text(language))
  }
}

/// Column rules in words for applicants.
enum FormWording {
  static func words(_ value: Value) -> String {
    if case .flag(let flag) = value { return flag ? "是" : "否" }
    return value.plain
  }

  static func rule(_ column: Column) -> Bilingual {
    if let rule = byName(column.name) { return rule }
    if let rule = byRole(column.role) { return rule }
    switch column.type {
    case .money:
      return Bilingual("以元为单位，最多两位小数，不写单位和逗号，例如 12345.60。", "In yuan, at most two decimals, as 12345.60.")
    case .number: return Bilingual("填数字，不写单位。", "A number without a unit.")
    case .integer: return Bilingual("填整数。", "A whole number.")
    case .date: return Bilingual("年月日写全，例如 2024-03-05。", "A full date, as 2024-03-05.")
    case .choice:
      let list = column.choices.joined(separator: "、")
      return Bilingual("从下拉列表中选一项：\(list)。", "Choose one of the list: \(list).")
    case .flag: return Bilingual("从下拉列表中选“是”或“否”。", "Choose 是 (yes) or 否 (no).")
    case .text, .automatic: return Bilingual("填文字。", "Text.")
    }
  }

  private static func byName(_ name: String) -> Bilingual? {
    switch name {
    case "serial_number": Bilingual("从 1 起依次编号。", "Counted from 1.")
    case "category": Bilingual("如在编、合同制、退休。", "As 在编, 合同制, 退休.")
    case "bank": Bilingual("银行名称，例如中国工商银行。", "The bank's name.")
    case "branch": Bilingual("开户支行的全称，不清楚可不填。", "The branch, if known.")
    case "account_name": Bilingual("银行卡的户名，与本人姓名一致的可不填。", "The card's holder, if not the applicant.")
    case "payee_relation":
      Bilingual("户名不是本人时填写，例如配偶、子女。", "Where somebody else is the holder: 配偶, 子女 …")
    case "unit_rank": Bilingual("本单位的排序，1 为最先。", "The unit's own order, 1 first.")
    case "proposed_amount": Bilingual("单位建议的金额，以元为单位。", "What the unit proposes, in yuan.")
    case "remark": Bilingual("需要说明的情况。", "Whatever else should be known.")
    default: nil
    }
  }

  private static func byRole(_ role: ColumnRole) -> Bilingual? {
    switch role {
    case .staffNumber:
      Bilingual("工号原样填写，开头的 0 不能少（本列为文本格式）。", "As on the staff card, leading zeros kept (text).")
    case .idNumber:
      Bilingual("18 位号码填全，末位 X 大写（本列为文本格式）。", "All 18 characters, a final X in upper case (text).")
    case .account:
      Bilingual("银行卡号填全，不加空格（本列为文本格式）。", "The whole card number without spaces (text).")
    case .phone: Bilingual("11 位手机号，或区号加号码（本列为文本格式）。", "Mobile, or area code and number (text).")
    case .invoiceNumber: Bilingual("发票号原样填写（本列为文本格式）。", "As on the invoice (text).")
    case .personName:
      Bilingual("与身份证上一致，中间不加空格。", "As on the ID card, no spaces between characters.")
    case .idType: Bilingual("居民身份证可不填；护照等写明。", "Only for what is not an ID card, as 护照 (passport).")
    case .sex: Bilingual("填“男”或“女”。", "男 (male) or 女 (female).")
    case .unit: Bilingual("二级单位（工会）的全称。", "The unit's full name.")
    default: nil
    }
  }

  static func complaint(_ column: Column) -> Bilingual {
    switch column.type {
    case .money:
      Bilingual("请填不小于 0 的金额，以元为单位，只写数字。", "Give an amount of 0 or more, in yuan, digits only.")
    case .number: Bilingual("请填不小于 0 的数字。", "Give a number of 0 or more.")
    case .integer: Bilingual("请填不小于 0 的整数。", "Give a whole number of 0 or more.")
    case .date: Bilingual("请填完整的日期，例如 2024-03-05。", "Give a full date, as 2024-03-05.")
    case .choice, .flag: Bilingual("请从下拉列表中选一项。", "Choose from the list.")
    case .text, .automatic: rule(column)
    }
  }
}
