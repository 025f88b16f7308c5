import AidModel
import Testing

@testable import AidIntake

/// Formulas that are computed only when the workbook is opened: their 0 is a placeholder, not an amount.
@Suite struct StaleFormulas {
  typealias Kind = KindFixture

  private static func text(_ text: String) -> String { "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }

  /// A list whose second row ends with the given cells, in the columns 自付金额 and 出院日期.
  private static func book(_ cells: String, workbook: String = "", after: String = "", styles: String? = nil)
    -> [UInt8]
  {
    let heading = ["序号", "工号", "姓名", "自付金额", "出院日期"].map(text).joined()
    let row = text("1") + text("1001") + text("张三") + cells
    return TestWorkbook(
      rows: "<row r=\"1\">\(heading)</row><row r=\"2\">\(row)</row>", styles: styles, workbook: workbook,
      after: after
    ).bytes
  }

  private static let onLoad = "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>"

  /// Severities and cells of the findings about formulas; both readers must find the same.
  private static func found(_ bytes: [UInt8]) -> [String] {
    let found = SheetReading.allCases.map { reader -> [String] in
      var limits = IntakeLimits.standard
      limits.reader = reader
      return TableFixture.withFile(bytes) { path in
        guard let file = try? InputFile(path: path, name: "x", limits: limits),
          let (_, findings) = try? TableFile.read(
            file, sheet: nil, purpose: "aid", layout: TableFixture.layout,
            vocabulary: TableFixture.vocabulary,
            rows: { _, _ in })
        else { return ["refused"] }
        return findings.filter { $0.kind.code == "FORMULA-STALE" }.map {
          "\($0.kind.severity) \($0.arguments[0])"
        }
      }
    }
    #expect(found.allSatisfy { $0 == found[0] }, "\(found)")
    return found[0]
  }

  /// Spellings of the placeholder in a money cell.
  static let placeholders = [
    "<c><f>A1</f><v>0</v></c>", "<c><f>A1</f><v>0.0</v></c>", "<c><f>A1</f><v>-0</v></c>",
    "<c><f>A1</f><v>0E0</v></c>", "<c t=\"n\"><f>A1</f><v>0</v></c>", "<c t=\"str\"><f>A1</f><v></v></c>",
    "<c><f t=\"shared\" si=\"0\"/><v>0</v></c>", "<c s=\"1\"><f>A1</f><v>0</v></c>",
    "<c r=\"D2\"><v>0</v><f>A1</f></c>",
  ]

  static let marks: [(workbook: String, after: String)] = [
    (onLoad, ""), ("<calcPr fullCalcOnLoad=\"true\"/>", ""), ("<calcPr calcCompleted=\"0\"/>", ""),
    ("<calcPr calcCompleted=\"false\" calcMode=\"manual\"/>", ""),
    ("", "<sheetCalcPr fullCalcOnLoad=\"1\"/>"),
    ("", "<sheetCalcPr fullCalcOnLoad=\"true\"/>"),
  ]

  private static let zeros = "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>"

  @Test func aPlaceholderWaits() {
    for cell in Self.placeholders {
      for mark in Self.marks {
        let book = Self.book(cell, workbook: mark.workbook, after: mark.after, styles: Self.zeros)
        #expect(Self.found(book) == ["hold D2"], "\(cell), \(mark)")
      }
      for workbook in [
        "", "<calcPr calcId=\"191029\"/>", "<calcPr fullCalcOnLoad=\"0\" calcCompleted=\"1\"/>",
      ] {
        #expect(
          Self.found(Self.book(cell, workbook: workbook, styles: Self.zeros)).isEmpty, "\(cell), \(workbook)")
      }
    }
  }

  @Test func anotherValueIsNoted() {
    for value in ["5000", "0.01", "1E-3", "-1"] {
      #expect(Self.found(Self.book("<c><f>A1</f><v>\(value)</v></c>", workbook: Self.onLoad)) == ["note D2"])
    }
    #expect(Self.found(Self.book("<c t=\"str\"><f>A1</f><v>5</v></c>", workbook: Self.onLoad)) == ["note D2"])
  }

  /// Cells that are no formulas, unused cells, and cells with a code of their own.
  @Test func theRestStaysClean() {
    let cells = [
      "<c><v>0</v></c>", "<c><f>A1</f></c>", "<c><f>A1</f><v/></c>", "<c t=\"e\"><f>A1</f><v>#N/A</v></c>",
      "<c><v>5</v></c><c/><c><f>A1</f><v>0</v></c>",
    ]
    for cell in cells { #expect(Self.found(Self.book(cell, workbook: Self.onLoad)).isEmpty, "\(cell)") }
    let serial = TestWorkbook(
      rows: "<row r=\"1\">" + ["序号", "工号", "姓名", "自付金额"].map(Self.text).joined()
        + "</row><row r=\"2\"><c><f>ROW()-1</f><v>0</v></c>" + ["1001", "张三", "5"].map(Self.text).joined()
        + "</row>",
      workbook: Self.onLoad)
    #expect(Self.found(serial.bytes).isEmpty, "the number of a line pays nobody")
  }

  @Test func manyRowsAreToldRowByRowAndNotesByColumn() {
    func rows(_ count: Int, _ value: Int) -> [UInt8] {
      let heading = "<row r=\"1\">" + ["工号", "姓名", "自付金额"].map(Self.text).joined() + "</row>"
      return TestWorkbook(
        rows: heading
          + (2..<(2 + count)).map {
            "<row r=\"\($0)\">\(Self.text("\(1000 + $0)"))\(Self.text("张三"))<c><f>1</f><v>\(value)</v></c></row>"
          }.joined(), workbook: Self.onLoad
      ).bytes
    }
    #expect(Self.found(rows(3, 0)) == ["hold C2", "hold C3", "hold C4"])
    #expect(Self.found(rows(3, 7)) == ["note C2…C4"])
  }

  // MARK: Binary workbooks

  /// A list with one formula in the amounts, and another in a row that is no application.
  private static func binary(
    _ value: [UInt8], flags: Int, before: [UInt8] = [], total: [UInt8]? = nil, _ version: BiffVersion
  ) -> [UInt8] {
    var fixture = BiffFixture(version: version)
    let cells = ["工号", "姓名", "自付金额"].enumerated().flatMap { Kind.cell(0x204, 0, $0, fixture.text($1)) }
    let row = Kind.cell(0x204, 1, 0, fixture.text("1001")) + Kind.cell(0x204, 1, 1, fixture.text("张三"))
    var formulas = BiffFixture.formula(row: 1, column: 2, value, flags: flags)
    if let total { formulas += BiffFixture.formula(row: 3, column: 2, total, flags: flags) }
    fixture.sheets = [("表", before + cells + row + formulas)]
    return fixture.file
  }

  private static let blank: [UInt8] = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]

  @Test func binaryWorkbooksThatWereNeverComputed() {
    let uncomputed = Kind.record(0x5E, [0, 0])
    for version in BiffFixture.bothVersions {
      for (flags, before) in [(2, []), (3, []), (0, uncomputed), (1, uncomputed)] as [(Int, [UInt8])] {
        for value in [Kind.stored(0), Kind.stored(-0.0), Self.blank] {
          for total in [nil, Kind.stored(0)] {
            let book = Self.binary(value, flags: flags, before: before, total: total, version)
            #expect(Self.found(book) == ["hold C2"], "\(flags)")
          }
        }
      }
      #expect(Self.found(Self.binary(Kind.stored(5), flags: 0, before: uncomputed, version)) == ["note C2"])
      // Volatile functions are recomputed whenever anything is, and were computed before saving.
      for flags in [0, 1, 8, 9] {
        #expect(Self.found(Self.binary(Kind.stored(0), flags: flags, version)).isEmpty, "\(flags)")
      }
    }
    #expect(IntakeFindings.formulaStale.remedy.en.contains("save it"))
  }

  /// OpenOffice and LibreOffice compute every formula but flag each as still to be computed.
  @Test func binaryWorkbooksOfProgramsThatCompute() {
    for version in BiffFixture.bothVersions {
      #expect(Self.found(Self.binary(Kind.stored(5000), flags: 2, total: Kind.stored(5000), version)).isEmpty)
      for value in [Kind.stored(0), Self.blank] {
        #expect(Self.found(Self.binary(value, flags: 2, total: Kind.stored(7), version)) == ["note C2"])
      }
    }
  }
}
