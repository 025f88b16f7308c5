import AidModel

/// How a workbook stores the texts in its records: in UTF-16 with the width of each (BIFF8), or in the bytes of a code
/// page (BIFF5).
struct BiffTexts: Sendable {
  private let records: BiffRecords
  /// UTF-16, as BIFF8 has it.
  let isWide: Bool
  /// The number of the code page; nil where the workbook names none.
  var codePage: Int?

  init(_ records: BiffRecords, isWide: Bool) { (self.records, self.isWide) = (records, isWide) }

  /// A decoder for the texts in bytes; it is used on one thread.
  func decoder() throws(KindFault) -> CodePage {
    guard let decoder = CodePage(codePage) else {
      throw .damaged(
        Bilingual("不认识的代码页 \(codePage ?? 0)", "the code page \(codePage ?? 0) is not known here"))
    }
    return decoder
  }

  /// Appends the text that begins at `start` in a record, as UTF-8.
  /// - Parameters:
  ///   - lengthBytes: how many bytes the count of characters has.
  ///   - hasRuns: fonts of parts of the text stand behind it (RSTRING).
  /// - Returns: those fonts.
  @discardableResult
  func read(
    _ start: Int, of record: BiffRecords.Record, lengthBytes: Int = 2, hasRuns: Bool = false,
    _ decoder: CodePage?, into out: inout [UInt8]
  ) throws(KindFault) -> [Int] {
    guard start + lengthBytes <= record.end else { throw BiffRecords.damaged }
    guard !isWide, let decoder else {
      var reader = BiffStringReader(records, try records.segments(of: record, from: start))
      var fonts = try reader.string(lengthBytes: lengthBytes, into: &out)
      if hasRuns, !reader.isAtEnd { fonts += try reader.fonts(try reader.number(2)) }
      return fonts
    }
    let count = lengthBytes == 1 ? records.u8(start) : records.u16(start)
    let from = start + lengthBytes
    guard from + count <= record.end else { throw BiffRecords.damaged }
    guard decoder.append(records.slice(from..<(from + count)), to: &out) else {
      throw .damaged(
        Bilingual(
          "有不是代码页 \(codePage ?? 936) 的字节",
          "there are bytes that mean nothing in code page \(codePage ?? 936)"))
    }
    let runs = from + count
    guard hasRuns, runs < record.end else { return [] }
    guard runs + 1 + 2 * records.u8(runs) <= record.end else { throw BiffRecords.damaged }
    return (0..<records.u8(runs)).map { records.u8(runs + 2 + 2 * $0) }
  }

  /// The text of a number format. Some writers lay it out as BIFF5 has it in a workbook of BIFF8; then it is as long as
  /// its record, and by the layout of BIFF8 it is not.
  func format(_ record: BiffRecords.Record, _ decoder: CodePage?) throws(KindFault) -> String {
    let start = record.start + 2
    var out: [UInt8] = []
    if isWide, !fits(start, record), record.count >= 3, 3 + records.u8(start) == record.count {
      let bytes = records.slice((start + 1)..<record.end)
      if CodePage(codePage == 1200 ? nil : codePage)?.append(bytes, to: &out) != true {
        out = bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
      }
    } else {
      try read(start, of: record, lengthBytes: isWide ? 2 : 1, decoder, into: &out)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether the text of BIFF8 at `start` has room in its record.
  private func fits(_ start: Int, _ record: BiffRecords.Record) -> Bool {
    guard start + 3 <= record.end else { return false }
    let width = records.u8(start + 2) & 1 + 1
    return start + 3 + records.u16(start) * width <= record.end
  }
}
