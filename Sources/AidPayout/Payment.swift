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
}

/// A ledger that cannot be written, or a template that cannot be used.
public struct PayoutFailure: Error, Sendable {
  public struct Problem: Sendable {
    /// `file:line:col` of the template, or the record.
    public let location: String
    public let what: Bilingual
    public let remedy: Bilingual
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

  public static let kinds = [nameUnencodable]
}
