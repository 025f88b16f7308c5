import AidModel
import Glibc

@testable import AidIntake

/// Lists for tests: files on disk, and sheets as rows of cells.
enum TableFixture {
  static let vocabulary = HeadingVocabulary(
    totals: ["合计", "小计", "总计", "本页合计", "累计", "共计", "total"],
    signatures: ["制表", "填表", "审核", "经办", "负责人", "签字", "盖章", "日期", "联系人", "复核"],
    examples: ["示例", "样例", "填写示例", "例"], notes: ["注", "说明", "填表说明", "以下空白"])

  private static let headings: [CommonColumn: [String]] = [
    .staffNo: ["工号", "人事号"], .name: ["姓名"], .idNumber: ["身份证号", "身份证号码"],
    .unit: ["所在单位", "单位"], .remark: ["备注"], .phone: ["联系电话"], .account: ["银行卡号"],
    .spouseID: ["配偶身份证号"],
  ]

  static let common = CommonColumn.allCases.map {
    Column(name: $0.columnName, headings: headings[$0] ?? [], type: $0.type, role: $0.role)
  }

  static let layout = Layout(
    programme: "aid",
    columns: common + [
      Column(name: "serial_number", headings: ["序号"], type: .text),
      Column(name: "self_pay", headings: ["自付金额", "住院自付金额"], type: .money, required: true),
      Column(name: "clinic", headings: ["门诊自付金额"], type: .money),
      Column(name: "discharged", headings: ["出院日期"], type: .date),
    ])

  /// Runs `body` with a temporary file of these bytes.
  static func withFile<R>(_ bytes: [UInt8], _ body: (String) throws -> R) rethrows -> R {
    guard let temporary = tmpfile() else { preconditionFailure("no temporary file") }
    defer { fclose(temporary) }
    let file = fileno(temporary)
    let path = "/proc/self/fd/\(file)"
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      precondition(written > 0, "the temporary file cannot be written")
      rest = rest.dropFirst(written)
    }
    return try body(path)
  }

  /// The output of `inspect --raw` for a file of these bytes, or the code and message of its refusal.
  static func raw(_ bytes: [UInt8], sheet: Int = 0, limits: IntakeLimits = .standard) -> String {
    withFile(bytes) { path in
      do throws(IntakeFailure) {
        let file = try InputFile(path: path, name: "x", limits: limits)
        var out: [UInt8] = []
        try RawDump.csv(file, sheet: sheet) { out += $0 }
        return String(decoding: out, as: UTF8.self)
      } catch {
        return error.finding.kind.code + ": " + error.finding.message(.en)
      }
    }
  }

  static func raw(_ text: String) -> String { raw(Array(text.utf8)) }

  struct Read {
    var rows: [TableRow] = []
    var report = FileReport(path: "")
    var findings: [Finding] = []
    var codes: [String] { findings.map(\.kind.code) }

    func texts(_ column: String) -> [String] {
      rows.map { $0.fields[TableFixture.layout.index(of: column)!].value.plain }
    }
    func dropped(_ reason: DropReason) -> [Int32] {
      report.dropped.filter { $0.reason == reason }.map(\.row)
    }
    func finding(_ code: String) -> Finding? { findings.first { $0.kind.code == code } }
  }

  /// Reads a file as a list.
  static func read(
    _ bytes: [UInt8], sheet: String? = nil, unit: MoneyUnit? = nil, isOwnUnit: Bool = true
  ) -> Read {
    withFile(bytes) { path in
      var read = Read()
      do throws(IntakeFailure) {
        let file = try InputFile(path: path, name: "x")
        (read.report, read.findings) = try TableFile.read(
          file, sheet: sheet, purpose: "aid", layout: layout, vocabulary: vocabulary, unit: unit,
          isOwnUnit: isOwnUnit, restart: { read.rows = [] }, rows: { read.rows += $1 })
      } catch {
        read.findings = [error.finding]
      }
      return read
    }
  }

  static func read(_ csv: String, unit: MoneyUnit? = nil) -> Read { read(Array(csv.utf8), unit: unit) }

  /// Reads rows of cells as a sheet: text, `=5` for a formula with that value, or `#5` for a number.
  static func read(rows: [[String]], merges: [MergedRange] = []) -> Read {
    var chunk = RowChunk()
    for (i, row) in rows.enumerated() {
      let first = chunk.cells.count
      for (column, cell) in row.enumerated() where !cell.isEmpty {
        let isPlain = !cell.hasPrefix("=") && !cell.hasPrefix("#")
        let bytes = Array((isPlain ? cell : String(cell.dropFirst())).utf8)
        chunk.cells.append(
          CellSlot(
            column: Int32(column), kind: isPlain ? .text : .number, hasFormula: cell.hasPrefix("="),
            start: Int32(chunk.bytes.count), count: Int32(bytes.count)))
        chunk.bytes += bytes
      }
      chunk.rows.append(
        RowSlot(
          number: Int32(i + 1), firstCell: Int32(first), cellCount: Int32(chunk.cells.count - first),
          isHidden: false))
    }
    var read = Read()
    var builder = TableBuilder(
      file: "x", sheet: "S", kind: "xlsx", purpose: "aid", layout: layout, vocabulary: vocabulary,
      dates: .from1900, merges: merges)
    builder.take(chunk, into: &read.rows)
    builder.finish(into: &read.rows)
    read.report = builder.report
    read.findings = builder.findings
    return read
  }

  static func merge(_ firstRow: Int32, _ lastRow: Int32, _ firstColumn: Int32, _ lastColumn: Int32)
    -> MergedRange
  {
    MergedRange(firstRow: firstRow, lastRow: lastRow, firstColumn: firstColumn, lastColumn: lastColumn)
  }
}
