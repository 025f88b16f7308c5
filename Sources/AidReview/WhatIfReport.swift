public import AidModel

/// The output of `simulate`: the same tables for a terminal, a page and as JSON.
public struct WhatIfReport {
  private let whatIf: WhatIf
  private let language: Language

  public init(_ whatIf: WhatIf, language: Language) {
    self.whatIf = whatIf
    self.language = language
  }

  private struct Table {
    let title: String
    let head: [String]
    let rows: [[String]]
  }

  private func say(_ zh: String, _ en: String) -> String { Bilingual(zh, en).text(language) }

  private var tables: [Table] {
    if whatIf.candidates.isEmpty { return [] }
    let head = whatIf.columns.map { $0.label(language) }
    func money(_ title: String, _ names: [String], _ figures: (WhatIfColumn) -> [WhatIfColumn.Figure])
      -> Table
    {
      let all = whatIf.columns.map(figures)
      let rows = names.indices.filter { i in all.contains { $0[i].people > 0 } }.map { i in
        [names[i], all[0][i].amount.grouped]
          + all.dropFirst().map { difference($0[i].amount, all[0][i].amount) }
      }
      return Table(title: title, head: [""] + head, rows: rows)
    }
    func count(_ title: String, _ value: (WhatIfColumn) -> Int) -> [String] {
      [title] + whatIf.columns.map { "\(value($0))" }
    }
    let totals = [
      [say("合计（元）", "total (yuan)"), whatIf.own.total.amount.grouped]
        + whatIf.candidates.map { difference($0.total.amount, whatIf.own.total.amount) },
      count(say("领取人数（各项目相加）", "people paid, by programme")) { $0.total.people },
      count(say("发放笔数", "payments")) { $0.outcomes.paid },
      count(say("算得为零", "zero")) { $0.outcomes.zero },
      count(say("不予补助", "refused")) { $0.outcomes.refused },
      count(say("待处理", "held")) { $0.outcomes.held },
      count(say("增加", "win")) { $0.shifts.win }, count(say("减少", "lose")) { $0.shifts.lose },
      count(say("新进入", "enter")) { $0.shifts.enter }, count(say("退出", "leave")) { $0.shifts.leave },
      count(say("不变", "unchanged")) { $0.shifts.same },
    ]
    let bands = whatIf.own.byBand.indices.map { WhatIf.bandName($0, language) }
    return [
      Table(title: say("总计", "Totals"), head: [""] + head, rows: totals),
      money(say("各项目（元）", "By programme (yuan)"), whatIf.programmes.map(\.title)) { $0.byProgramme },
      money(say("各单位（元）", "By unit (yuan)"), whatIf.units.map { $0.isEmpty ? "—" : Masking.text($0) }) {
        $0.byUnit
      },
      money(say("按每人金额（元）", "By what a person gets (yuan)"), bands) { $0.byBand },
      Table(
        title: say("按每人金额（人次）", "By what a person gets (people)"), head: [""] + head,
        rows: bands.indices.filter { i in whatIf.columns.contains { $0.byBand[i].people > 0 } }.map { i in
          count(bands[i]) { $0.byBand[i].people }
        }),
    ] + (whatIf.own.funds.isEmpty ? [] : [funds(head)])
  }

  private func difference(_ amount: Money, _ own: Money) -> String {
    amount == own ? amount.grouped : "\(amount.grouped) (\((amount - own).signed))"
  }

  private func funds(_ head: [String]) -> Table {
    Table(
      title: say("基金结余（元）", "Left in funds (yuan)"), head: [""] + head,
      rows: whatIf.own.funds.indices.map { i in
        [whatIf.own.funds[i].fund]
          + whatIf.columns.map { column in
            let fund = column.funds[i]
            return fund.left.grouped
              + (fund.shortRule.map { " (\(Wording.shortRule($0, language)))" } ?? "")
          }
      })
  }

  private var largest: [Table] {
    whatIf.candidates.filter { !$0.largest.isEmpty }.map { column in
      Table(
        title: say("变动最大：", "Largest changes: ") + column.policy,
        head: language == .zh
          ? ["单位", "姓名 工号", "项目", "现行", "改后", "差额"]
          : ["unit", "name, number", "programme", "own", "changed", "difference"],
        rows: column.largest.map { change in
          [
            change.unit.isEmpty ? "—" : change.unit, "\(change.name) \(change.staffNo)", change.programme,
            change.before.grouped, change.after.grouped, (change.after - change.before).signed,
          ]
        })
    }
  }

  private var sweeps: [Table] {
    whatIf.sweeps.map { sweep in
      Table(
        title: "\(sweep.name)" + say("（办法现为 \(sweep.own)）", " (the policy says \(sweep.own))"),
        head: language == .zh
          ? ["取值", "合计（元）", "与现行相差", "领取人次", "增加", "减少", "新进入", "退出", ""]
          : ["value", "total (yuan)", "difference", "people", "win", "lose", "enter", "leave", ""],
        rows: sweep.points.map { point in
          if let refused = point.refused {
            return [point.value, "—", "—", "—", "—", "—", "—", "—", refused.text(language)]
          }
          let s = point.shifts
          return [
            point.value, point.figure.amount.grouped,
            (point.figure.amount - whatIf.own.total.amount).signed, "\(point.figure.people)", "\(s.win)",
            "\(s.lose)", "\(s.enter)", "\(s.leave)",
            point.isStopped ? say("正式运行会停止", "a run would stop") : "",
          ]
        })
    }
  }

  private var warnings: [String] {
    whatIf.columns.flatMap { column in
      column.stops.map { "\(column.label(language)): \($0)" }
    }
  }

  private var missing: [String] {
    whatIf.candidates.flatMap { column in column.missing.map { "\(column.label(language)): \($0)" } }
  }

  private var lacking: String { say("名单缺少这些办法要用的列", "The lists lack columns these policies look at") }

  private var stopped: String {
    say("正式运行会停止（下面仍是应发金额）", "A run would stop (the figures are what would be due)")
  }
}

extension WhatIfReport {
  public var text: String {
    var lines = ["\(whatIf.title)  (\(whatIf.batch))", say("试算：什么也没有发放。", "What if: nothing is paid.")]
    for column in whatIf.candidates {
      lines.append("  \(column.policy) = \(column.file ?? "")  → \(column.programme)")
    }
    if !warnings.isEmpty { lines += [stopped] + warnings.map { "  " + $0 } }
    if !missing.isEmpty { lines += [lacking] + missing.map { "  " + $0 } }
    for table in tables + sweeps + largest {
      lines += ["", table.title]
      lines += Columns.aligned([table.head] + table.rows)
    }
    return lines.joined(separator: "\n")
  }

  public var html: [UInt8] {
    var page = HTMLPage(
      title: "\(whatIf.batch) " + say("试算", "what if"), heading: whatIf.title,
      subtitle: say("批次 \(whatIf.batch) · 换办法试算，什么也没有发放", "batch \(whatIf.batch) · what if: nothing is paid"),
      language: language)
    page.cards(whatIf.columns.map { ($0.label(language), $0.total.amount.grouped) })
    if !warnings.isEmpty { page.alert(stopped, warnings) }
    if !missing.isEmpty { page.alert(lacking, missing) }
    if !whatIf.candidates.isEmpty {
      page.raw(
        Bars.svg(
          whatIf.columns.map { ($0.label(language), $0.total.amount) },
          label: say("各方案的合计", "total by policy")))
    }
    for table in tables { show(table, on: &page, from: 1) }
    for (sweep, table) in zip(whatIf.sweeps, sweeps) {
      page.section(table.title)
      let bars = sweep.points.filter { $0.refused == nil }.map { ($0.value, $0.figure.amount) }
      page.raw(Bars.svg(bars, label: say("合计随 \(sweep.name) 的变化", "total against \(sweep.name)")))
      page.table(head: table.head, rows: table.rows, numbers: Set(1...7))
    }
    for table in largest { show(table, on: &page, from: 3) }
    return page.bytes
  }

  private func show(_ table: Table, on page: inout HTMLPage, from column: Int) {
    page.section(table.title)
    page.table(head: table.head, rows: table.rows, numbers: Set(column..<max(table.head.count, column + 1)))
  }
}

// MARK: JSON

extension WhatIfReport {
  public var json: String {
    JSONText.object([
      ("batch", .string(whatIf.batch)), ("title", .string(whatIf.title)), ("own", column(whatIf.own)),
      ("candidates", .array(whatIf.candidates.map(column))),
      ("sweeps", .array(whatIf.sweeps.map(sweep))),
    ]).text(indented: true)
  }

  private func figure(_ figure: WhatIfColumn.Figure, _ own: WhatIfColumn.Figure) -> [(String, JSONText)] {
    [
      ("people", .integer(figure.people)), ("amount", .string(figure.amount.plain)),
      ("difference", .string((figure.amount - own.amount).plain)),
    ]
  }

  private func shifts(_ shifts: WhatIfColumn.Shifts) -> [(String, JSONText)] {
    [
      ("win", .integer(shifts.win)), ("lose", .integer(shifts.lose)), ("enter", .integer(shifts.enter)),
      ("leave", .integer(shifts.leave)), ("unchanged", .integer(shifts.same)),
    ]
  }

  private func column(_ column: WhatIfColumn) -> JSONText {
    let own = whatIf.own
    let bands = column.byBand.indices.map { i in
      JSONText.object(
        [
          ("above", .string(i == 0 ? "0.00" : WhatIf.bandTops[i - 1].plain)),
          ("to", .string(i < WhatIf.bandTops.count ? WhatIf.bandTops[i].plain : nil)),
        ] + figure(column.byBand[i], own.byBand[i]))
    }
    return .object(
      [
        ("file", .string(column.file)), ("policy", .string(column.file == nil ? nil : column.policy)),
        ("programme", .string(column.file == nil ? nil : column.programme)),
      ] + figure(column.total, own.total) + [
        ("payments", .integer(column.outcomes.paid)), ("zero", .integer(column.outcomes.zero)),
        ("refused", .integer(column.outcomes.refused)), ("held", .integer(column.outcomes.held)),
      ] + shifts(column.shifts) + [
        (
          "programmes",
          .array(
            whatIf.programmes.indices.map { i in
              .object(
                [("programme", .string(whatIf.programmes[i].programme))]
                  + figure(column.byProgramme[i], own.byProgramme[i]))
            })
        ),
        (
          "units",
          .array(
            whatIf.units.indices.map { i in
              .object(
                [("unit", .string(Masking.text(whatIf.units[i])))] + figure(column.byUnit[i], own.byUnit[i]))
            })
        ),
        ("bands", .array(bands)),
        (
          "funds",
          .array(
            column.funds.map {
              .object([
                ("fund", .string($0.fund)), ("asked", .string($0.asked.plain)),
                ("paid", .string($0.paid.plain)),
                ("left", .string($0.left.plain)), ("short_rule", .string($0.shortRule)),
              ])
            })
        ),
        ("stops", .array(column.stops.map { .string($0) })),
        ("missing", .array(column.missing.map { .string($0) })),
        ("largest", .array(column.largest.map(change))),
      ])
  }

  private func change(_ change: WhatIfColumn.Change) -> JSONText {
    .object([
      ("programme", .string(change.programme)), ("unit", .string(change.unit)),
      ("staff_no", .string(change.staffNo)), ("name", .string(change.name)),
      ("before", .string(change.before.plain)), ("after", .string(change.after.plain)),
      ("difference", .string((change.after - change.before).plain)),
    ])
  }

  private func sweep(_ sweep: Sweep) -> JSONText {
    .object([
      ("parameter", .string(sweep.name)), ("own", .string(sweep.own)),
      (
        "points",
        .array(
          sweep.points.map { point in
            if let refused = point.refused {
              return .object([("value", .string(point.value)), ("refused", .string(refused.text(language)))])
            }
            return .object(
              [("value", .string(point.value))] + figure(point.figure, whatIf.own.total)
                + shifts(point.shifts) + [("stops", .bool(point.isStopped))])
          })
      ),
    ])
  }
}
