/// Finds out what stands between the fields of a CSV: a comma, a tab or a semicolon, told by its heading row. Counting
/// over the whole file would be misled by thousands commas and by sentences in titles.
enum CsvSeparator {
  /// A heading further down than this is not one.
  private static let recordsMax = 60
  /// Sixty records of real lists are far shorter.
  private static let bytesMax = 1 << 17

  /// `sep=;` in the first line, as spreadsheet programs write and obey it: the separator, and where the text goes on.
  static func declared(_ bytes: UnsafeRawBufferPointer) -> (separator: UInt8, after: Int)? {
    guard bytes.count >= 5, bytes.prefix(4).elementsEqual("sep=".utf8) else { return nil }
    let separator = bytes[4]
    guard [44, 59, 9, 124].contains(separator) else { return nil }
    var after = 5
    if after < bytes.count, bytes[after] == 13 { after += 1 }
    if after < bytes.count, bytes[after] == 10 { after += 1 }
    return after > 5 || bytes.count == 5 ? (separator, after) : nil
  }

  static func guess(_ bytes: UnsafeRawBufferPointer) -> UInt8 {
    var best: (separator: UInt8, score: Score) = (UInt8(ascii: ","), Score())
    for separator in [UInt8(ascii: ","), 9, UInt8(ascii: ";")] {
      let score = score(records(bytes, separator))
      if best.score < score { best = (separator, score) }
    }
    return best.separator
  }

  /// How well a separator explains the text: a heading with most rows of the same width under it.
  private struct Score: Comparable {
    var hasHeading = false
    var rows = 0
    var width = 1

    static func < (a: Score, b: Score) -> Bool {
      if a.hasHeading != b.hasHeading { return b.hasHeading }
      return (a.rows, a.width) < (b.rows, b.width)
    }
  }

  private struct Record {
    var width = 0
    var filled = 0
    /// No field begins with a digit, as amounts, dates and numbers do.
    var isWords = true
  }

  private static func score(_ records: [Record]) -> Score {
    var best = Score()
    for (i, record) in records.enumerated() where record.width >= 2 {
      let rows = records[i...].reduce(0) { $0 + ($1.width == record.width ? 1 : 0) }
      let score = Score(hasHeading: record.isWords && record.filled >= 2, rows: rows, width: record.width)
      if best < score { best = score }
    }
    return best
  }

  private static func records(_ bytes: UnsafeRawBufferPointer, _ separator: UInt8) -> [Record] {
    var records: [Record] = []
    var record = Record()
    var quoted = false
    var isEmpty = true
    func endField() {
      record.width += 1
      if !isEmpty { record.filled += 1 }
      isEmpty = true
    }
    for byte in bytes.prefix(bytesMax) {
      if byte == UInt8(ascii: "\"") {
        // A doubled quote toggles twice and changes nothing.
        if isEmpty || quoted { quoted.toggle() }
      } else if quoted {
        if isEmpty, byte >= 48, byte <= 57 { record.isWords = false }
        isEmpty = false
      } else if byte == separator {
        endField()
      } else if byte == 10 || byte == 13 {
        if isEmpty, record.width == 0 { continue }
        endField()
        records.append(record)
        record = Record()
        if records.count == recordsMax { return records }
      } else if byte != 32 {
        if isEmpty, byte >= 48 && byte <= 57 || byte == 45 { record.isWords = false }
        isEmpty = false
      }
    }
    if !isEmpty || record.width > 0 {
      endField()
      records.append(record)
    }
    return records
  }
}
