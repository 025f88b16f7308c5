import AidIntake
import AidModel
import AidYAML
internal import Yams

/// `batch.yaml`, parsed and checked. Paths are as written, relative to the folder.
struct BatchFile {
  struct Applications {
    let programme: String
    let files: [String]
    /// A sheet's name, or its number from 1; nil for the sheet that has headings.
    let sheet: String?
    let location: String
    /// Where the rows of an XML export are.
    var xml: XMLEntry?
    /// The unit of amounts if not yuan.
    var unit: MoneyUnit?
  }

  /// A pattern for files in the lists' folders that are not lists.
  struct Ignore {
    let file: String
    let reason: String
    let location: String
  }

  struct Fund {
    let name: String
    let amount: Money
    let carriedOver: Money
    /// The displayed name; `name` by default.
    var title: String
    /// The store's multi-batch account for this fund, if it has one.
    var account: String?
  }

  var batch = ""
  var title = ""
  var period = Period(day: CivilDate(dayNumber: 0))
  var payDate = CivilDate(dayNumber: 0)
  var policies: [String] = []
  var applications: [Applications] = []
  /// Files that are not lists, with the reason.
  var ignore: [Ignore] = []
  var roster: [String] = []
  var history: [String] = []
  var decisions: [String] = []
  var funds: [Fund] = []
  var ledgers: [String] = []
  /// The batch requests several ledgers that a bank could pay from, as copies of the same payments.
  var wantsCopies = false
  var notice = NoticeSettings()
  var objections = ObjectionSettings()
  var limits = IntakeLimits.standard

  static let keys = [
    "batch", "title", "period", "pay_date", "policies", "applications", "ignore", "roster", "history",
    "decisions", "funds", "ledgers", "copies", "reports", "limits", "timezone", "notice",
  ]

  /// - Throws: all problems of the file at once.
  init(yaml: String, file: String) throws(PipelineFailure) {
    var reader = YAMLReader(file: file)
    if let root = reader.root(yaml) { read(root, with: &reader) }
    if !reader.problems.isEmpty { throw PipelineFailure(reader) }
  }

  private mutating func read(_ root: Node, with reader: inout YAMLReader) {
    let top = reader.mapping(
      root, of: "batch.yaml", allowed: Self.keys,
      required: ["batch", "period", "pay_date", "policies", "applications"])
    readIdentity(top, with: &reader)
    policies = reader.texts(top["policies"], of: "policies")
    roster = reader.texts(top["roster"], of: "roster")
    history = reader.texts(top["history"], of: "history")
    decisions = reader.texts(top["decisions"], of: "decisions")
    ledgers = reader.texts(top["ledgers"], of: "ledgers")
    if top["ledgers"] == nil { ledgers = ["finance-office"] }
    if let text = reader.filled(top["copies"], of: "copies") {
      wantsCopies = text == "true"
      if !["true", "false"].contains(text) {
        reader.refuse(
          top["copies"], Bilingual("copies 不是“\(text)”", "copies is not '\(text)'"),
          Bilingual("写 copies: true 或 copies: false。", "Write copies: true or copies: false."))
      }
    }
    readApplications(top["applications"], with: &reader)
    readIgnore(top["ignore"], with: &reader)
    readFunds(top["funds"], with: &reader)
    readReports(top["reports"], with: &reader)
    readNotice(top["notice"], with: &reader)
    readLimits(top["limits"], with: &reader)
    readZone(top["timezone"], with: &reader)
  }

  /// The zone in which times with a zone are read as days.
  private mutating func readZone(_ node: Node?, with reader: inout YAMLReader) {
    guard let text = reader.filled(node, of: "timezone") else { return }
    if let zone = UTCOffset(text) {
      limits.zone = zone
    } else {
      reader.refuse(
        node, Bilingual("timezone 不合格：\(text)", "not a timezone: \(text)"),
        Bilingual("请写与 UTC 的时差，如 +08:00。", "Write the offset from UTC, such as +08:00."))
    }
  }

  /// Limits can be raised for unusually large lists; a file beyond a limit is a mistake or an attack.
  private mutating func readLimits(_ node: Node?, with reader: inout YAMLReader) {
    let settable: [(key: String, path: WritableKeyPath<IntakeLimits, Int>, most: Int)] = [
      ("inflated_bytes", \.inflatedBytesMax, 1 << 40), ("inflation_ratio", \.inflationRatioMax, 2000),
      ("rows", \.rowsMax, 100_000_000), ("columns", \.columnsMax, 16_384), ("cells", \.cellsMax, 1 << 34),
    ]
    let pairs = node.map { reader.mapping($0, of: "limits", allowed: settable.map(\.key)) } ?? [:]
    for (key, path, most) in settable {
      guard let text = reader.filled(pairs[key], of: key) else { continue }
      if let value = Int(text), value >= 1, value <= most {
        limits[keyPath: path] = value
      } else {
        reader.refuse(
          pairs[key], Bilingual("\(key) 不合格：\(text)", "not a value of \(key): \(text)"),
          Bilingual("请写 1 到 \(most) 的整数。", "Write a whole number from 1 to \(most)."))
      }
    }
  }

  private mutating func readIdentity(_ top: [String: Node], with reader: inout YAMLReader) {
    if let text = reader.filled(top["batch"], of: "batch") {
      let allowed = text.utf8.allSatisfy {
        ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 45
      }
      if allowed, text.utf8.count <= 32 {
        batch = text
      } else {
        reader.refuse(
          top["batch"], Bilingual("批次号不合格：\(text)", "not a batch name: \(text)"),
          Bilingual("只用字母、数字和连字符，最多 32 个。", "Letters, digits and hyphens, at most 32."))
      }
    }
    title = reader.line(top["title"], of: "title") ?? batch
    payDate = reader.date(top["pay_date"], of: "pay_date") ?? payDate
    guard let node = top["period"] else { return }
    let span = reader.mapping(node, of: "period", allowed: ["from", "to"], required: ["from", "to"])
    if let from = reader.date(span["from"], of: "from"), let to = reader.date(span["to"], of: "to") {
      if let period = Period(from: from, to: to) {
        self.period = period
      } else {
        reader.refuse(
          node, Bilingual("核算期的终点早于起点", "the period ends before it begins"),
          Bilingual("请调换 from 与 to。", "Swap from and to."))
      }
    }
  }

  private mutating func readApplications(_ node: Node?, with reader: inout YAMLReader) {
    guard let node else { return }
    guard let items = node.sequence, !items.isEmpty else {
      reader.refuse(
        node, Bilingual("applications 应是列表", "applications must be a list"),
        Bilingual(
          "写成 - {programme: 项目, files: [路径]}", "Write - {programme: NAME, files: [PATH]}"))
      return
    }
    applications = items.compactMap { reader.application($0) }
  }

  private mutating func readIgnore(_ node: Node?, with reader: inout YAMLReader) {
    guard let node else { return }
    guard let items = node.sequence else {
      reader.refuse(
        node, Bilingual("ignore 应是列表", "ignore must be a list"),
        Bilingual("写成 - {file: 文件, reason: 理由}", "Write - {file: PATTERN, reason: WHY}"))
      return
    }
    for item in items {
      let pairs = reader.mapping(
        item, of: "ignore", allowed: ["file", "reason"], required: ["file", "reason"])
      guard let file = reader.filled(pairs["file"], of: "file"),
        let reason = reader.filled(pairs["reason"], of: "reason")
      else { continue }
      ignore.append(Ignore(file: file, reason: reason, location: reader.location(of: item)))
    }
  }

  private mutating func readFunds(_ node: Node?, with reader: inout YAMLReader) {
    guard let node else { return }
    guard let mapping = node.mapping else {
      reader.refuse(
        node, Bilingual("funds 应是“基金: {amount: 金额}”", "funds must map names to {amount: …}"),
        Bilingual("写成 mutual-aid: {amount: 500000.00}", "Write mutual-aid: {amount: 500000.00}"))
      return
    }
    for (key, value) in mapping {
      let name = reader.fileNamePart(key, of: "funds") ?? ""
      // On case-insensitive disks such names are one file.
      if let other = funds.first(where: { $0.name.lowercased() == name.lowercased() }) {
        reader.refuse(
          key,
          Bilingual(
            "基金“\(name)”与“\(other.name)”只差大小写或写法",
            "the fund '\(name)' differs from '\(other.name)' only in case or form"),
          Bilingual("请改成看得出不同的名称。", "Give them names that differ visibly."))
      }
      let pairs = reader.mapping(
        value, of: "funds", allowed: ["title", "amount", "carried_over", "account"], required: ["amount"])
      guard let amount = reader.money(pairs["amount"], of: "amount") else { continue }
      let carried = reader.money(pairs["carried_over"], of: "carried_over") ?? .zero
      funds.append(
        Fund(
          name: name, amount: amount, carriedOver: carried,
          title: reader.filled(pairs["title"], of: "title") ?? name,
          account: pairs["account"] == nil ? nil : reader.filled(pairs["account"], of: "account")))
    }
    funds.sort { $0.name.precedes($1.name) }
  }

  /// How a member can object.
  private mutating func readNotice(_ node: Node?, with reader: inout YAMLReader) {
    guard let node else { return }
    let pairs = reader.mapping(node, of: "notice", allowed: ["contact", "days"])
    let contact = reader.texts(pairs["contact"], of: "contact")
    var days: Int?
    if let text = reader.text(pairs["days"], of: "days") {
      days = Int(text).flatMap { (1...365).contains($0) ? $0 : nil }
      if days == nil {
        reader.refuse(
          pairs["days"], Bilingual("days 不合格：\(text)", "not a value of days: \(text)"),
          Bilingual("请写 1 到 365 的整数。", "Write a whole number from 1 to 365."))
      }
    }
    objections = ObjectionSettings(contact: contact, days: days)
  }

  private mutating func readReports(_ node: Node?, with reader: inout YAMLReader) {
    guard let node else { return }
    let pairs = reader.mapping(node, of: "reports", allowed: ["notice"])
    guard let noticeNode = pairs["notice"] else { return }
    let settings = reader.mapping(noticeNode, of: "notice", allowed: ["mask", "show"])
    var mask = NoticeSettings.Mask.name
    if let text = reader.filled(settings["mask"], of: "mask") {
      if let known = NoticeSettings.Mask(rawValue: text) {
        mask = known
      } else {
        reader.refuse(
          settings["mask"], Bilingual("mask 不认识：\(text)", "unknown mask: \(text)"),
          Bilingual("可用：name none", "Use name or none."))
      }
    }
    var show: [String] = []
    let known = ["unit", "programme", "amount", "staff_no"]
    for (text, item) in reader.items(settings["show"], of: "show") {
      if known.contains(text) {
        show.append(text)
      } else {
        reader.refuse(
          item, Bilingual("公示表不能显示“\(text)”", "a notice cannot show '\(text)'"),
          Bilingual("可用：\(known.joined(separator: " "))", "Use: \(known.joined(separator: " "))"))
      }
    }
    notice = NoticeSettings(mask: mask, show: settings["show"] == nil ? NoticeSettings().show : show)
  }
}

extension YAMLReader {
  /// 1,000,000,000,000.00 元: small enough that a batch's funds can be summed without overflow.
  private static let fundMax = Money(fen: 100_000_000_000_000)

  mutating func money(_ node: Node?, of subject: String) -> Money? {
    guard let node, let text = filled(node, of: subject) else { return nil }
    if let money = Money(plain: text), money >= .zero, money <= Self.fundMax { return money }
    refuse(
      node, Bilingual("\(subject) 不是金额：\(text)", "\(subject) is not an amount: \(text)"),
      Bilingual("写成 500000.00，单位元，最多两位小数。", "Write yuan with at most two decimals: 500000.00"))
    return nil
  }
}
