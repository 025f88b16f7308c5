public import AidModel

/// `validation.json` and `validation.html`: what was read, what was found, and what must be done.
public enum ValidationReport {
  public static func json(_ report: BatchReport, language: Language) -> [UInt8] {
    let files = report.files.map { file in
      JSONText.object([
        ("path", .string(file.path)), ("sheet", .string(file.sheet)), ("kind", .string(file.kind)),
        ("header_row", file.headerRow.map { .integer(Int($0)) } ?? .null), ("rows", .integer(file.rows)),
        ("dropped", DroppedRows.json(file.dropped)), ("dropped_by_reason", DroppedRows.counts(file.dropped)),
        ("purpose", .string(file.purpose)),
        (
          "columns",
          .array(
            file.columns.map {
              .object([
                ("column", .string(Place.letters($0.column))), ("heading", .string($0.heading)),
                ("name", .string($0.name)),
              ])
            })
        ),
      ])
    }
    let findings = report.findings.map { finding in
      JSONText.object([
        ("code", .string(finding.kind.code)), ("severity", .string(finding.kind.severity.rawValue)),
        ("file", .string(finding.place.file)), ("sheet", .string(finding.place.sheet)),
        ("cell", .string(finding.place.cell)),
        ("row", finding.place.row > 0 ? .integer(Int(finding.place.row)) : .null),
        ("column", .string(finding.column)), ("message", .string(finding.message(language))),
        ("hint", .string(finding.hint(language))),
      ])
    }
    let json = JSONText.object([
      ("batch", .string(report.batch)), ("files", .array(files)), ("findings", .array(findings)),
      ("totals", totals(report.totals)), ("received", received(report)),
      ("stage", .string(report.stage.rawValue)),
      ("stops", .array(report.stops.map { .string($0.what) })),
    ])
    return Array((json.text(indented: true) + "\n").utf8)
  }

  /// Every file received, what it was read as, and its number of rows.
  private static func received(_ report: BatchReport) -> JSONText {
    var rows: [ExactText: Int] = [:]
    for file in report.files { rows[ExactText(file.path), default: 0] += file.rows }
    return .array(
      report.received.map { file in
        .object([
          ("path", .string(file.path)), ("status", .string(file.fate.rawValue)),
          ("purpose", .string(file.purpose)), ("entry", .string(file.entry)),
          ("rows", rows[ExactText(file.path)].map { .integer($0) } ?? .null),
          ("reason", .string(file.reason)),
        ])
      })
  }

  static func totals(_ t: RowTotals) -> JSONText {
    .object([
      ("rows", .integer(t.rows)), ("paid", .integer(t.paid)), ("zero", .integer(t.zero)),
      ("refused", .integer(t.refused)), ("held", .integer(t.held)), ("not_counted", .integer(t.notCounted)),
      ("dropped", .integer(t.dropped)),
    ])
  }

  public static func html(_ report: BatchReport, language: Language) -> [UInt8] {
    let zh = language == .zh
    var page = HTMLPage(
      title: "\(report.batch) \(zh ? "核对报告" : "validation")", heading: report.title,
      subtitle:
        "\(zh ? "批次" : "batch") \(report.batch) · \(report.facts.period.from) – \(report.facts.period.to) · "
        + Wording.stage(report.stage, language),
      language: language)
    page.cards(TotalCards.rows(report.totals, language))
    page.paragraph(TotalCards.conservation(report.totals, language))
    if !report.stops.isEmpty {
      page.alert(zh ? "整批停止：没有发放任何款项" : "Stopped: nothing is paid", report.stops.map(\.text))
    }
    let needy = report.findings.filter { $0.kind.severity >= .hold }
    page.section(zh ? "需要有人决定（\(needy.count)）" : "Needs a decision (\(needy.count))")
    if needy.isEmpty { page.paragraph(zh ? "没有。" : "Nothing.") } else { findings(needy, &page, language) }
    let repaired = report.findings.filter { $0.kind.severity == .repaired }
    page.section(zh ? "已修正（\(repaired.count)）" : "Repaired (\(repaired.count))")
    if repaired.isEmpty {
      page.paragraph(zh ? "没有。" : "Nothing.")
    } else {
      findings(repaired, &page, language)
    }
    let notes = report.findings.filter { $0.kind.severity == .note }
    page.section(zh ? "提示（\(notes.count)）" : "Notes (\(notes.count))")
    if notes.isEmpty { page.paragraph(zh ? "没有。" : "Nothing.") } else { findings(notes, &page, language) }
    page.section(zh ? "读入的文件（\(report.files.count)）" : "Files read (\(report.files.count))")
    files(report.files, &page, language)
    unread(report.received, &page, language)
    return page.bytes
  }

  /// No one reads more lines than this; all are in the JSON.
  static let linesMax = 2000

  private static func findings(_ all: [Finding], _ page: inout HTMLPage, _ language: Language) {
    let zh = language == .zh
    let rows = all.prefix(linesMax).map { finding in
      [
        "\(finding.place.file)" + (finding.place.sheet.isEmpty ? "" : " › \(finding.place.sheet)"),
        finding.place.cell ?? (finding.place.row > 0 ? "\(finding.place.row)" : "—"),
        finding.kind.code, finding.message(language), finding.hint(language),
      ]
    }
    page.table(
      head: zh
        ? ["文件 › 工作表", "单元格", "代码", "问题", "怎么办"] : ["file › sheet", "cell", "code", "finding", "what to do"],
      rows: rows, codes: [2])
    if all.count > linesMax {
      page.paragraph(
        zh
          ? "其余 \(all.count - linesMax) 条见 validation.json。"
          : "\(all.count - linesMax) more in validation.json.")
    }
  }

  /// The files received but not read, with the reason.
  private static func unread(_ received: [ReceivedFile], _ page: inout HTMLPage, _ language: Language) {
    let zh = language == .zh
    let unread = received.filter { $0.fate != .read }
    if unread.isEmpty { return }
    page.section(zh ? "收到而没有读入的文件（\(unread.count)）" : "Files received and not read (\(unread.count))")
    page.table(
      head: zh ? ["文件", "怎样处理", "原因"] : ["file", "what became of it", "reason"],
      rows: unread.prefix(linesMax).map { [$0.path, Wording.fate($0.fate, language), $0.reason ?? ""] })
  }

  private static func files(_ files: [FileReport], _ page: inout HTMLPage, _ language: Language) {
    let zh = language == .zh
    let rows = files.prefix(linesMax).map { file in
      var counts: [(DropReason, Int)] = []
      for reason in DropReason.allCases {
        let count = file.dropped.filter { $0.reason == reason }.count
        if count > 0 { counts.append((reason, count)) }
      }
      return [
        file.path, file.sheet, file.kind, file.headerRow.map { "\($0)" } ?? "—", "\(file.rows)",
        "\(file.rows - file.dropped.count)",
        counts.map { "\(Wording.drop($0.0, language)) \($0.1)" }.joined(separator: zh ? "、" : ", "),
      ]
    }
    page.table(
      head: zh
        ? ["文件", "工作表", "种类", "表头行", "读入行", "数据行", "未用的行"]
        : ["file", "sheet", "kind", "heading row", "rows", "data rows", "rows not used"],
      rows: rows, numbers: [3, 4, 5])
  }
}

/// The totals at the top of every report.
enum TotalCards {
  static func rows(_ t: RowTotals, _ language: Language) -> [(String, String)] {
    let zh = language == .zh
    return [
      (zh ? "读入行" : "rows read", "\(t.rows)"), (zh ? "发放" : "paid", "\(t.paid)"),
      (zh ? "金额为零" : "zero", "\(t.zero)"), (zh ? "不予补助" : "refused", "\(t.refused)"),
      (zh ? "待处理" : "held", "\(t.held)"), (zh ? "不计入" : "not counted", "\(t.notCounted)"),
      (zh ? "非申请行" : "dropped", "\(t.dropped)"),
    ]
  }

  static func conservation(_ t: RowTotals, _ language: Language) -> String {
    let parts = "\(t.paid) + \(t.zero) + \(t.refused) + \(t.held) + \(t.notCounted) + \(t.dropped)"
    return language == .zh
      ? "守恒：读入 \(t.rows) 行 = 发放 + 零 + 不予 + 待处理 + 不计入 + 非申请行 = \(parts)"
      : "Conservation: \(t.rows) rows read = paid + zero + refused + held + not counted + dropped = \(parts)"
  }
}
