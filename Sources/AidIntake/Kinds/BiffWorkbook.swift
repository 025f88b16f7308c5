import AidModel

/// An Excel 97–2003 workbook, `.xls` (BIFF8).
struct BiffWorkbook: SheetBook {
  let kind = FileKind.xls
  let sheets: [SheetInfo]
  let dates: DateSystem
  private let globals: BiffGlobals
  private let name: String
  private let limits: IntakeLimits

  /// - Parameter stream: the bytes of the `Workbook` stream.
  init(_ stream: [UInt8], name: String, limits: IntakeLimits) throws(IntakeFailure) {
    do throws(KindFault) {
      globals = try BiffGlobals(BiffRecords(bytes: stream))
    } catch {
      throw error.failure(file: name)
    }
    (self.name, self.limits) = (name, limits)
    sheets = globals.sheets.map { SheetInfo(name: $0.name, isHidden: $0.isHidden) }
    dates = globals.dates
  }

  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows {
    do throws(KindFault) {
      return try BiffRows(globals, sheet: index, name: name, limits: limits)
    } catch {
      throw error.failure(file: name, sheet: sheets[index].name)
    }
  }
}

/// What stands before the sheets: their names, the shared strings, how numbers read.
struct BiffGlobals: Sendable {
  struct Sheet: Sendable {
    let name: String
    let isHidden: Bool
    let offset: Int
  }

  let records: BiffRecords
  private(set) var sheets: [Sheet] = []
  private(set) var dates = DateSystem.from1900
  private(set) var texts: [UInt8] = []
  /// Where each shared string begins; one more at the end.
  private(set) var starts: [Int] = [0]
  /// For each cell format: how its numbers read, and what it says beside the value.
  private(set) var meanings: [NumberMeaning] = []
  private(set) var marks: [FormatMarks] = []
  /// Numbers of the shared strings with a run that is struck through.
  private(set) var struckTexts: Set<Int> = []

  private var codes: [Int: String] = [:]
  private var fontsStruck: [Bool] = []
  private var runFonts: [(text: Int, fonts: [Int])] = []
  private var formats: [(font: Int, code: Int)] = []

  init(_ records: BiffRecords) throws(KindFault) {
    self.records = records
    guard let first = try records.record(at: 0), first.type == 0x809, first.count >= 4 else {
      throw BiffRecords.damaged
    }
    guard records.u16(first.start) == 0x600 else {
      throw .kind("Excel 5.0/95 工作簿 .xls (Excel 5.0/95 workbook)")
    }
    var next = first.start + first.count
    while let record = try records.record(at: next) {
      next = record.start + record.count
      if record.type == 0x0A { break }
      try take(record)
    }
    if sheets.isEmpty { throw .damaged(Bilingual("没有工作表", "no sheets")) }
    meanings = formats.map { Self.meaning(code: $0.code, codes) }
    marks = zip(formats, meanings).map { format, meaning in
      FormatMarks(
        isStruck: isStruck(font: format.font),
        unit: meaning.isNumber ? codes[format.code].flatMap { MoneyWords.unit(ofFormat: $0) } : nil)
    }
    for run in runFonts where run.fonts.contains(where: isStruck) { struckTexts.insert(run.text) }
  }

  /// There is no font number 4.
  private func isStruck(font: Int) -> Bool {
    let index = font > 4 ? font - 1 : font
    return index < fontsStruck.count && fontsStruck[index]
  }

  private mutating func take(_ record: BiffRecords.Record) throws(KindFault) {
    let (start, count) = (record.start, record.count)
    switch record.type {
    case 0x2F: throw .locked("；.xls 的加密不支持 (encrypted .xls workbooks are not opened)")
    case 0x22 where count >= 2: if records.u16(start) == 1 { dates = .from1904 }
    case 0x31 where count >= 4: fontsStruck.append(records.u16(start + 2) & 8 != 0)
    case 0xE0 where count >= 4: formats.append((records.u16(start), records.u16(start + 2)))
    case 0x41E where count >= 5:
      codes[records.u16(start)] = try text(start + 2, of: record)
    case 0x85 where count >= 8:
      // Charts, macros and modules have no rows.
      guard records.u8(start + 5) == 0 else { return }
      sheets.append(
        Sheet(
          name: try text(start + 6, of: record, lengthBytes: 1), isHidden: records.u8(start + 4) & 3 != 0,
          offset: records.u32(start)))
    case 0xFC where count >= 8: try readStrings(record)
    default: break
    }
  }

  private func text(
    _ at: Int, of record: BiffRecords.Record, lengthBytes: Int = 2
  ) throws(KindFault) -> String {
    var bytes: [UInt8] = []
    var reader = BiffStringReader(records, [at..<(record.start + record.count)])
    try reader.string(lengthBytes: lengthBytes, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func readStrings(_ record: BiffRecords.Record) throws(KindFault) {
    let count = records.u32(record.start + 4)
    var reader = BiffStringReader(records, try records.segments(of: record))
    try reader.skip(8)
    for _ in 0..<count {
      let fonts = try reader.string(into: &texts)
      if !fonts.isEmpty { runFonts.append((starts.count - 1, fonts)) }
      starts.append(texts.count)
    }
  }

  func string(_ index: Int) -> ArraySlice<UInt8>? {
    index + 1 < starts.count ? texts[starts[index]..<starts[index + 1]] : nil
  }

  private static func meaning(code id: Int, _ codes: [Int: String]) -> NumberMeaning {
    codes[id].map { NumberMeaning(code: $0) } ?? NumberMeaning(builtIn: id)
  }
}
