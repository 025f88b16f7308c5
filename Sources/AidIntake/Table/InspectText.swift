public import AidModel

/// The text that `inspect` prints about a list: how it was understood.
public enum InspectText {
  public static func render(
    _ file: InputFile, sheet: String?, layout: Layout, vocabulary: HeadingVocabulary, json: Bool,
    unmasked: Bool, language: Language
  ) throws(IntakeFailure) -> String {
    var rows: [TableRow] = []
    let (report, findings) = try TableFile.read(
      file, sheet: sheet, purpose: layout.programme, layout: layout, vocabulary: vocabulary,
      restart: { rows.removeAll() }, rows: { rows += $1 })
    let shown = layout.columns.indices.filter { index in
      report.columns.contains { $0.name?.sameScalars(as: layout.columns[index].name) == true }
    }
    func text(_ row: TableRow, _ index: Int) -> String {
      let plain = row.fields[index].value.plain
      if unmasked { return plain }
      return layout.columns[index].role.masked(plain)
    }
    if json {
      return object(file, report, findings, rows, shown, layout, language, text).text(indented: true) + "\n"
    }
    var out = "# \(ShownText.line("\(file.name) \(report.sheet) \(file.kind.rawValue)"))\n"
    for line in InspectGuide(report: report, layout: layout, language: language).lines {
      out += "# \(ShownText.line(line))\n"
    }
    for finding in findings {
      out += "# \(ShownText.line("\(finding.kind.code) \(finding.message(language))"))\n"
    }
    var table = TextBuffer()
    func line(_ fields: [String]) {
      for (i, field) in fields.enumerated() {
        if i > 0 { table.append(UInt8(ascii: ",")) }
        let mark = table.count
        table.append(ShownText.line(field))
        table.closeField(from: mark)
      }
      table.append(UInt8(ascii: "\n"))
    }
    line(["row"] + shown.map { layout.columns[$0].name })
    for row in rows { line(["\(row.number)"] + shown.map { text(row, $0) }) }
    return out + table.text
  }

  private static func object(
    _ file: InputFile, _ report: FileReport, _ findings: [Finding], _ rows: [TableRow], _ shown: [Int],
    _ layout: Layout, _ language: Language, _ text: (TableRow, Int) -> String
  ) -> JSONText {
    .object([
      ("file", .string(file.name)), ("sheet", .string(report.sheet)), ("kind", .string(file.kind.rawValue)),
      ("sha256", .string(file.sha256)),
      ("separator", .string(report.separator)),
      ("header_row", report.headerRow.map { .integer(Int($0)) } ?? .null),
      (
        "columns",
        .array(
          report.columns.map {
            .object([
              ("column", .string(Place.letters($0.column))), ("heading", .string($0.heading)),
              ("name", .string($0.name)),
            ])
          })
      ),
      (
        "suggestions",
        .array(
          InspectGuide(report: report, layout: layout, language: language).suggestions.map {
            .object([
              ("column", .string(Place.letters($0.column))), ("heading", .string($0.heading)),
              ("name", .string($0.name)),
            ])
          })
      ),
      (
        "dropped",
        .array(
          report.dropped.map {
            .object([("row", .integer(Int($0.row))), ("reason", .string($0.reason.rawValue))])
          })
      ),
      (
        "findings",
        .array(
          findings.map {
            .object([
              ("code", .string($0.kind.code)), ("cell", .string($0.place.cell)),
              ("message", .string($0.message(language))),
            ])
          })
      ),
      (
        "rows",
        .array(
          rows.map { row in
            .object(
              [("row", .integer(Int(row.number)))]
                + shown.map {
                  (layout.columns[$0].name, row.fields[$0].value.isKnown ? .string(text(row, $0)) : .null)
                })
          })
      ),
    ])
  }
}
