import AidModel

/// An Excel workbook in the binary format, `.xls` and WPS's `.et`: Excel 97–2003 (BIFF8) and 5.0/95 (BIFF5).
struct BiffWorkbook: SheetBook {
  let kind = FileKind.xls
  let sheets: [SheetInfo]
  let dates: DateSystem
  private let globals: BiffGlobals
  private let name: String
  private let limits: IntakeLimits

  /// - Parameter stream: the `Workbook` or `Book` stream, or a whole file that is a bare stream.
  init(_ stream: FileBytes, name: String, limits: IntakeLimits) throws(IntakeFailure) {
    do throws(KindFault) {
      globals = try BiffGlobals(BiffRecords(stream))
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

/// The data before the sheets: sheet names, shared strings, number formats.
struct BiffGlobals: Sendable {
  struct Sheet: Sendable {
    let name: String
    let isHidden: Bool
    /// The sheet's offset as stated by the workbook.
    let offset: Int
  }

  let records: BiffRecords
  private(set) var texts: BiffTexts
  private(set) var sheets: [Sheet] = []
  private(set) var dates = DateSystem.from1900
  private(set) var strings = BiffSharedStrings()
  /// For each cell format, how its numbers are read, and its marks besides the value.
  private(set) var meanings: [NumberMeaning] = []
  private(set) var marks: [FormatMarks] = []

  private var codes: [Int: String] = [:]
  private var fontsStruck: [Bool] = []
  private var formats: [(font: Int, code: Int)] = []
  private var hasOtherSheets = false

  init(_ records: BiffRecords) throws(KindFault) {
    self.records = records
    guard let version = records.version(at: 0), let first = try records.record(at: 0) else {
      throw BiffRecords.damaged
    }
    guard version.isRead else { throw .kind(version.title) }
    texts = BiffTexts(records, isWide: version == .biff8)
    var found: [BiffRecords.Record] = []
    var next = first.end
    while let record = try records.record(at: next), record.type != BiffRecords.end {
      if Self.isUsed(record.type) { found.append(record) }
      next = record.end
    }
    // Everything after it is encrypted.
    if let lock = found.first(where: { $0.type == 0x2F }) { throw .locked(encryption(lock)) }
    // Look for the code page first: some writers put it after the texts.
    if let page = found.first(where: { $0.type == 0x42 && $0.count >= 2 }) {
      texts.codePage = records.u16(page.start)
    }
    let decoder = version == .biff8 ? nil : try texts.decoder()
    for record in found { try take(record, decoder) }
    if sheets.isEmpty, hasOtherSheets { throw .noSheets }
    if sheets.isEmpty { throw .damaged(Bilingual("没有工作表", "no sheets")) }
    finish()
  }

  private mutating func finish() {
    meanings = formats.map { Self.meaning(code: $0.code, codes) }
    marks = zip(formats, meanings).map { format, meaning in
      FormatMarks(
        isStruck: isStruck(font: format.font),
        unit: meaning.isNumber ? codes[format.code].flatMap { MoneyWords.unit(ofFormat: $0) } : nil)
    }
    strings.noteStruck(isStruck)
  }

  /// Font index 4 does not exist.
  func isStruck(font: Int) -> Bool {
    let index = font > 4 ? font - 1 : font
    return index < fontsStruck.count && fontsStruck[index]
  }

  private static func isUsed(_ type: Int) -> Bool {
    switch type {
    case 0x2F, 0x22, 0x42, 0x31, 0xE0, 0x41E, 0x85, 0xFC: true
    default: false
    }
  }

  private mutating func take(_ record: BiffRecords.Record, _ decoder: CodePage?) throws(KindFault) {
    let (start, count) = (record.start, record.count)
    switch record.type {
    case 0x22 where count >= 2: if records.u16(start) == 1 { dates = .from1904 }
    case 0x31 where count >= 4: fontsStruck.append(records.u16(start + 2) & 8 != 0)
    case 0xE0 where count >= 4: formats.append((records.u16(start), records.u16(start + 2)))
    case 0x41E where count >= 3: codes[records.u16(start)] = try texts.format(record, decoder)
    case 0x85 where count >= 7:
      // Charts, macros and modules have no rows.
      guard records.u8(start + 5) == 0 else {
        hasOtherSheets = true
        return
      }
      var name: [UInt8] = []
      try texts.read(start + 6, of: record, lengthBytes: 1, decoder, into: &name)
      sheets.append(
        Sheet(
          name: String(decoding: name, as: UTF8.self), isHidden: records.u8(start + 4) & 3 != 0,
          offset: records.u32(start)))
    case 0xFC where count >= 8: try strings.read(record, of: records)
    default: break
    }
  }

  /// The encryption method of the workbook ([MS-XLS] 2.4.117).
  private func encryption(_ record: BiffRecords.Record) -> String {
    let method =
      switch (record.count, record.count >= 6 ? records.u16(record.start) : 0) {
      case (..<6, _), (_, 0): "XOR"
      default: records.u16(record.start + 2) == 1 ? "RC4" : "RC4 CryptoAPI"
      }
    return "；加密的 .xls（\(method)）程序打不开，给了密码也打不开 (\(method); encrypted .xls workbooks are not opened, "
      + "not even with the password)"
  }

  private static func meaning(code id: Int, _ codes: [Int: String]) -> NumberMeaning {
    codes[id].map { NumberMeaning(code: $0) } ?? NumberMeaning(builtIn: id)
  }

  // MARK: Where sheets begin

  /// A sheet is accepted if it begins at most this many bytes from the stated offset.
  private static let strayMost = 64

  /// The offset of a sheet's stream. Some writers state it a few bytes off; then the nearest stream is used,
  /// unless another sheet states that one exactly.
  func begin(of index: Int) throws(KindFault) -> Int {
    let told = sheets[index].offset
    if isBeginning(told) { return told }
    let taken = Set(sheets.map(\.offset).filter(isBeginning))
    let near = records.substreams().dropFirst().filter { abs($0 - told) <= Self.strayMost }
    guard let found = near.min(by: { abs($0 - told) < abs($1 - told) }), !taken.contains(found),
      near.filter({ abs($0 - told) == abs(found - told) }).count == 1,
      nearest(to: found, among: sheets.map(\.offset)) == told
    else { throw BiffRecords.damaged }
    return found
  }

  private func nearest(to place: Int, among offsets: [Int]) -> Int? {
    let sorted = offsets.sorted { abs($0 - place) < abs($1 - place) }
    guard let first = sorted.first else { return nil }
    let isOne = sorted.count == 1 || abs(sorted[1] - place) > abs(first - place)
    return isOne ? first : nil
  }

  private func isBeginning(_ offset: Int) -> Bool {
    guard let record = try? records.record(at: offset) else { return false }
    return record.type == BiffRecords.beginning
  }
}
