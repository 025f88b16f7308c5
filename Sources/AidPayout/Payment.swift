public import AidModel

/// One payment as a ledger sees it.
public struct Payment: Sendable {
  public let record: String
  public let programme: String
  public let programmeTitle: String
  public let staffNo: String
  public let name: String
  public let idType: String
  public let idNumber: String
  public let unit: String
  public let payee: Payee
  public let amount: Money

  public init(_ claimant: Claimant, record: String, programme: String, programmeTitle: String, amount: Money)
  {
    self.record = record
    self.programme = programme
    self.programmeTitle = programmeTitle
    self.amount = amount
    staffNo = claimant.staffNo
    name = claimant.name
    idNumber = claimant.idNumber
    idType = claimant.idType.isEmpty && claimant.idNumber.utf8.count == 18 ? "居民身份证" : claimant.idType
    unit = claimant.unit
    var payee = claimant.payee
    if payee.accountName.isEmpty { payee.accountName = claimant.name }
    self.payee = payee
  }

  /// Identifies the payment for people: the record, and who it is for.
  var shown: String {
    ShownText.line(Masking.text([record, name, staffNo].filter { !$0.isEmpty }.joined(separator: " ")))
  }
}

/// A ledger that cannot be written, or a template that cannot be used.
public struct PayoutFailure: Error, Sendable {
  public struct Problem: Sendable {
    /// `file:line:col` of the template, or the record.
    public let location: String
    public let what: Bilingual
    public let remedy: Bilingual
    /// If a ledger cannot hold a value: the finding about it.
    public var finding: (kind: FindingKind, arguments: [String])?
    /// The application column that the value may come from.
    public var column: CommonColumn?

    init(location: String, what: Bilingual, remedy: Bilingual) {
      (self.location, self.what, self.remedy) = (location, what, remedy)
    }
  }

  public let problems: [Problem]

  public init(_ problems: [Problem]) { self.problems = problems }

  init(_ location: String, _ what: Bilingual, _ remedy: Bilingual) {
    self.init([Problem(location: location, what: what, remedy: remedy)])
  }
}

public enum PayoutFindings {
  /// {1} the character; {2} the encoding.
  public static let nameUnencodable = FindingKind(
    code: "NAME-UNENCODABLE", severity: .hold,
    title: Bilingual("台账编码写不出的字", "A character the ledger's encoding lacks"),
    message: Bilingual("“{1}”不能用 {2} 编码", "'{1}' cannot be written in {2}"),
    why: Bilingual("换成别的字，银行会因户名不符退票。", "Replaced by another, the bank would return the payment."),
    remedy: Bilingual(
      "请改用 UTF-8 或 GB18030 的台账模板，或人工办理这一笔。",
      "Use a ledger template in UTF-8 or GB18030, or pay this one by hand."),
    example: "䶮 / GBK")

  /// {1} the ledger's column; {2} the reason in Chinese; {3} the reason in English.
  public static let ledgerField = FindingKind(
    code: "LEDGER-FIELD", severity: .hold,
    title: Bilingual("台账写不下的值", "A value a ledger cannot hold"),
    message: Bilingual("台账“{1}”{2}", "the ledger's '{1}' {3}"),
    why: Bilingual("银行或财务系统会拒收整份台账。", "The bank or the finance system would refuse the whole ledger."),
    remedy: Bilingual("请改正原表或名册，或改用别的台账模板。", "Correct the list or the roster, or use another template."),
    example: "户名超过 60 字节")

  public static let formulaLike = FindingKind(
    code: "FORMULA-LIKE", severity: .hold,
    title: Bilingual("文字以公式符号开头", "Text that begins like a formula"),
    message: Bilingual("“{1}”以公式符号开头：“{2}”", "'{1}' begins like a formula: '{2}'"),
    why: Bilingual("再用表格软件打开台账时会被当作公式执行。", "A spreadsheet program would run it when the ledger is opened."),
    remedy: Bilingual(
      "请去掉开头（或换行后）的 = + - @。", "Remove the = + - @ in front, or behind the line break."),
    example: "=cmd")

  /// {1} the ledger's column; {2} the code point.
  public static let textInvisible = FindingKind(
    code: "TEXT-INVISIBLE", severity: .hold,
    title: Bilingual("文字中间有换行或控制字符", "A line break or control character inside a text"),
    message: Bilingual(
      "台账“{1}”的值里有换行、控制字符或看不见的字符（{2}）",
      "the value for the ledger's '{1}' holds a line break, control or invisible character ({2})"),
    why: Bilingual(
      "写进台账会多出一行，或者看到的和存着的不一样。",
      "It would make another line of the ledger, or be shown otherwise than it is stored."),
    remedy: Bilingual("请在原表或名册里重新输入，写在一行内。", "Type it again in the list or roster, on one line."),
    example: "“信息↵学院”")

  public static let kinds = [nameUnencodable, formulaLike, textInvisible, ledgerField]
}
