import AidModel

/// How texts are stored in a workbook's records: in UTF-16 with a width flag (BIFF8), or in the bytes of a
/// code page (BIFF5).
struct BiffTexts: Sendable {
  private let records: BiffRecords
  /// UTF-16, as in BIFF8.
  let isWide: Bool
  /// The code page number; nil if the workbook names none.
  var codePage: Int?

  init(_ records: BiffRecords, isWide: Bool) { (self.records, self.isWide) = (records, isWide) }

  /// A decoder for texts in bytes, for use on one thread.
  func decoder() throws(KindFault) -> CodePage {
    guard let decoder = CodePage(codePage) else {
      throw .damaged(
        Bilingual("不认识的代码页 \(codePage ?? 0)", "the code page \(codePage ?? 0) is not known here"))
    }
    return decoder
  }

  /// Appends the text at `start` in a record as UTF-8.
  /// - Parameters:
  ///   - lengthBytes: the size of the character count, in bytes.
  ///   - hasRuns: rich text runs follow (RSTRING).
  /// - Returns: the fonts of the runs.
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

  /// The text of a number format. Some writers use the BIFF5 layout in a BIFF8 workbook; the text then fits
  /// the record exactly in that layout, and does not in that of BIFF8.
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

  /// Whether a BIFF8 text at `start` fits its record.
  private func fits(_ start: Int, _ record: BiffRecords.Record) -> Bool {
    guard start + 3 <= record.end else { return false }
    let width = records.u8(start + 2) & 1 + 1
    return start + 3 + records.u16(start) * width <= record.end
  }
}
