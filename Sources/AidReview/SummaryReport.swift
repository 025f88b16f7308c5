public import AidModel

/// Awards counted by outcome.
public struct AwardCounts: Sendable, Equatable {
  public init() {}

  var applied = 0
  var paid = 0
  var zero = 0
  var refused = 0
  var held = 0
  var notCounted = 0
  var amount = Money.zero

  public mutating func count(_ entry: AwardEntry) {
    applied += 1
    switch entry.outcome {
    case .paid: paid += 1
    case .zero: zero += 1
    case .refused: refused += 1
    case .held: held += 1
    case .notCounted: notCounted += 1
    }
    amount += entry.amount
  }

  var json: [(String, JSONText)] {
    [
      ("applied", .integer(applied)), ("paid", .integer(paid)), ("zero", .integer(zero)),
      ("refused", .integer(refused)), ("held", .integer(held)), ("not_counted", .integer(notCounted)),
      ("amount", .string(amount.plain)),
    ]
  }
}

/// `summary.json` and `summary.html`: the money by programme, unit and fund.
public enum SummaryReport {
  /// In the order of the report's programmes.
  static func byProgramme(_ report: BatchReport) -> [AwardCounts] {
    var counts = [AwardCounts](repeating: AwardCounts(), count: report.programmes.count)
    for entry in report.book.entries { counts[Int(entry.programme)].count(entry) }
    return counts
  }

  /// In the order of the book's units.
  static func byUnit(_ report: BatchReport) -> [AwardCounts] {
    var counts = [AwardCounts](repeating: AwardCounts(), count: report.book.units.count)
    for entry in report.book.entries { counts[Int(entry.unit)].count(entry) }
    return counts
  }

  public static func json(_ report: BatchReport, language: Language) -> [UInt8] {
    let programmes = zip(report.programmes, byProgramme(report)).map { info, counts in
      JSONText.object(
        [("programme", .string(info.programme)), ("policy", .string(info.policy))]
          + counts.json + [
            ("title", .string(info.title)), ("fund", .string(info.fund)),
          ])
    }
    let units = zip(report.book.units, byUnit(report)).map { unit, counts in
      JSONText.object([("unit", .string(Masking.text(unit)))] + counts.json)
    }
    let funds = report.funds.map { fund in
      JSONText.object([
        ("fund", .string(fund.fund)), ("amount", .string(fund.amount.plain)),
        ("carried_over", .string(fund.carriedOver.plain)), ("paid", .string(fund.paid.plain)),
        ("left", .string(fund.left.plain)), ("asked", .string(fund.asked.plain)),
        ("short_rule", .string(fund.shortRule)),
      ])
    }
    let json = JSONText.object([
      ("batch", .string(report.batch)), ("programmes", .array(programmes)), ("units", .array(units)),
      ("funds", .array(funds)), ("title", .string(report.title)), ("stage", .string(report.stage.rawValue)),
      ("totals", ValidationReport.totals(report.totals)),
      ("stops", .array(report.stops.map { .string($0.what) })),
    ])
    return Array((json.text(indented: true) + "\n").utf8)
  }

  public static func html(_ report: BatchReport, language: Language) -> [UInt8] {
    let zh = language == .zh
    var page = HTMLPage(
      title: "\(report.batch) \(zh ? "汇总报告" : "summary")", heading: report.title,
      subtitle:
        "\(zh ? "批次" : "batch") \(report.batch) · \(zh ? "发放日" : "pay date") \(report.facts.payDate) · "
        + Wording.stage(report.stage, language),
      language: language)
    let counts = byProgramme(report)
    page.cards(
      [
        (zh ? "发放合计（元）" : "paid (yuan)", counts.reduce(.zero) { $0 + $1.amount }.grouped),
        (zh ? "发放笔数" : "payments", "\(counts.reduce(0) { $0 + $1.paid })"),
      ] + TotalCards.rows(report.totals, language))
    page.paragraph(TotalCards.conservation(report.totals, language))
    if !report.stops.isEmpty {
      page.alert(zh ? "整批停止：没有发放任何款项" : "Stopped: nothing is paid", report.stops.map(\.text))
    }
    page.section(zh ? "基金" : "Funds")
    funds(report, &page, zh)
    people(zh ? "需要有人决定" : "Needs a decision", &page, report, zh) { $0.outcome == .held }
    page.section(zh ? "各项目" : "Programmes")
    programmes(report, counts, &page, zh)
    page.section(zh ? "各单位发放金额（元）" : "Paid by unit (yuan)")
    page.raw(Chart.svg(report, language: language))
    units(report, &page, zh)
    people(zh ? "不予补助、金额为零、不计入" : "Refused, zero, not counted", &page, report, zh) {
      $0.outcome == .refused || $0.outcome == .zero || $0.outcome == .notCounted
    }
    people(zh ? "封顶或按基金减发" : "Capped or reduced", &page, report, zh) {
      $0.outcome == .paid && ($0.isCapped || $0.isShared)
    }
    return page.bytes
  }

  private static func funds(_ report: BatchReport, _ page: inout HTMLPage, _ zh: Bool) {
    if report.funds.isEmpty { return page.paragraph(zh ? "没有设基金。" : "No funds.") }
    page.table(
      head: zh
        ? ["基金", "本年", "结转", "应发", "实发", "结余", "分配"]
        : ["fund", "amount", "carried over", "due", "paid", "left", "sharing"],
      rows: report.funds.map { fund in
        [
          fund.fund, fund.amount.grouped, fund.carriedOver.grouped, fund.asked.grouped, fund.paid.grouped,
          fund.left.grouped, Wording.shortRule(fund.shortRule, zh ? .zh : .en),
        ]
      }, numbers: [1, 2, 3, 4, 5])
  }

  private static func programmes(
    _ report: BatchReport, _ counts: [AwardCounts], _ page: inout HTMLPage, _ zh: Bool
  ) {
    page.table(
      head: zh
        ? ["项目", "依据", "申请", "发放", "零", "不予", "待处理", "不计入", "金额"]
        : ["programme", "source", "applied", "paid", "zero", "refused", "held", "not counted", "amount"],
      rows: zip(report.programmes, counts).map { info, c in
        [
          info.title, "\(info.issuer) \(info.source)", "\(c.applied)", "\(c.paid)", "\(c.zero)",
          "\(c.refused)", "\(c.held)", "\(c.notCounted)", c.amount.grouped,
        ]
      }, numbers: [2, 3, 4, 5, 6, 7, 8])
  }

  private static func units(_ report: BatchReport, _ page: inout HTMLPage, _ zh: Bool) {
    page.table(
      head: zh
        ? ["单位", "申请", "发放", "零", "不予", "待处理", "不计入", "金额"]
        : ["unit", "applied", "paid", "zero", "refused", "held", "not counted", "amount"],
      rows: zip(report.book.units, byUnit(report)).prefix(ValidationReport.linesMax).map { unit, c in
        [
          unit.isEmpty ? "—" : Masking.text(unit), "\(c.applied)", "\(c.paid)", "\(c.zero)",
          "\(c.refused)", "\(c.held)", "\(c.notCounted)", c.amount.grouped,
        ]
      }, numbers: [1, 2, 3, 4, 5, 6, 7])
  }

  /// A section listing the awards that satisfy `isMeant`, up to a readable number.
  private static func people(
    _ title: String, _ page: inout HTMLPage, _ report: BatchReport, _ zh: Bool,
    _ isMeant: (AwardEntry) -> Bool
  ) {
    var (entries, count) = ([AwardEntry](), 0)
    for entry in report.book.entries where isMeant(entry) {
      count += 1
      if entries.count < ValidationReport.linesMax { entries.append(entry) }
    }
    page.section(zh ? "\(title)（\(count)）" : "\(title) (\(count))")
    if entries.isEmpty { return page.paragraph(zh ? "没有。" : "Nobody.") }
    let rows = entries.map { entry in
      let award = report.book.award(entry)
      let info = report.programmes[Int(entry.programme)]
      let reasons = award.reasons.map { reason in
        "\(reason.text)" + (reason.clause.map { zh ? "〔依据：\($0)〕" : " [\($0)]" } ?? "")
      }
      var seen: [String] = []
      for reason in reasons where !seen.contains(reason) { seen.append(reason) }
      return [
        Masking.text(award.unit, own: report.book.ownNumbers(of: entry)),
        Masking.text("\(award.name) \(award.staffNo)"), info.title,
        Wording.outcome(award.outcome, zh ? .zh : .en), seen.joined(separator: "；"),
        award.outcome == .paid
          ? award.amount.grouped : (award.trace.steps.isEmpty ? "—" : Wording.yuan(award.trace.result)),
        award.rows.first.map { "\($0.claim.place)" } ?? "",
      ]
    }
    page.table(
      head: zh
        ? ["单位", "姓名 工号", "项目", "结果", "原因", "算得（元）", "来源"]
        : ["unit", "name, number", "programme", "outcome", "reason", "computed", "from"],
      rows: rows, numbers: [5], codes: [3])
    if count > entries.count {
      page.paragraph(zh ? "其余见 explanations.jsonl。" : "The rest is in explanations.jsonl.")
    }
  }
}
