/// Detects the separator of a CSV from its heading row. Counting characters in the whole file would be misled
/// by thousands commas and sentences in titles.
enum CsvSeparator {
  /// A field separator: a one-byte character, or a full-width one of three bytes.
  struct Mark: Sendable, Equatable {
    let bytes: [UInt8]
    /// In both languages, for messages.
    let name: String

    /// The character, for `sep=`.
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  static let comma = Mark(bytes: [UInt8(ascii: ",")], name: "逗号 (comma)")
  /// All separators; full-width characters and bars come last, since titles and remarks often contain them.
  static let marks =
    [
      comma, Mark(bytes: [9], name: "制表符 (tab)"), Mark(bytes: [UInt8(ascii: ";")], name: "分号 (semicolon)"),
    ] + rare
  private static let rare = [
    Mark(bytes: [UInt8(ascii: "|")], name: "竖线 | (bar)"),
    Mark(bytes: Array("，".utf8), name: "全角逗号 ， (full-width comma)"),
    Mark(bytes: Array("；".utf8), name: "全角分号 ； (full-width semicolon)"),
  ]

  /// The heading must be among the first records.
  static let recordsMax = 60
  /// Sixty records of real lists are much shorter.
  private static let bytesMax = 1 << 17

  /// Parses `sep=;` in the first line, as spreadsheet programs write and read it: the separator, and the
  /// offset after the line.
  static func declared(_ bytes: UnsafeRawBufferPointer) -> (separator: Mark, after: Int)? {
    guard bytes.count >= 5, bytes.prefix(4).elementsEqual("sep=".utf8),
      let mark = marks.first(where: { bytes.dropFirst(4).prefix($0.bytes.count).elementsEqual($0.bytes) })
    else { return nil }
    let end = 4 + mark.bytes.count
    var after = end
    if after < bytes.count, bytes[after] == 13 { after += 1 }
    if after < bytes.count, bytes[after] == 10 { after += 1 }
    return after > end || bytes.count == end ? (mark, after) : nil
  }

  static func guess(_ bytes: UnsafeRawBufferPointer) -> Mark {
    let usual = best(marks.filter { !rare.contains($0) }, bytes)
    if let usual, usual.score.rows > 1 { return usual.mark }
    return (best(rare, bytes).flatMap { $0.score.rows > 1 ? $0 : nil } ?? usual)?.mark ?? comma
  }

  private static func best(
    _ marks: [Mark], _ bytes: UnsafeRawBufferPointer
  ) -> (mark: Mark, score: Score)? {
    var best: (mark: Mark, score: Score)?
    for mark in marks {
      let score = score(records(bytes, mark))
      if score.width > 1, best.map({ $0.score < score }) ?? true { best = (mark, score) }
    }
    return best
  }

  /// How well a separator fits the text: a heading, with most rows below as wide as it is.
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
    /// Whether no field is an amount, a date or a number. 2023年自付 is a heading.
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

  private static func records(_ bytes: UnsafeRawBufferPointer, _ mark: Mark) -> [Record] {
    var records: [Record] = []
    var record = Record()
    var (quoted, isEmpty, isNumber) = (false, true, true)
    func endField() {
      record.width += 1
      if !isEmpty {
        record.filled += 1
        if isNumber { record.isWords = false }
      }
      (isEmpty, isNumber) = (true, true)
    }
    let text = bytes.prefix(bytesMax)
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      at += 1
      if byte == UInt8(ascii: "\"") {
        // A doubled quote toggles twice, without effect.
        if isEmpty || quoted { quoted.toggle() }
      } else if !quoted, byte == mark.bytes[0], text[(at - 1)...].starts(with: mark.bytes) {
        at += mark.bytes.count - 1
        endField()
      } else if !quoted, byte == 10 || byte == 13 {
        if isEmpty, record.width == 0 { continue }
        endField()
        records.append(record)
        record = Record()
        if records.count == recordsMax { return records }
      } else if byte != 32 || quoted {
        isEmpty = false
        // Digits and the punctuation of amounts, dates and times.
        if !(byte >= 48 && byte <= 58 || byte >= 43 && byte <= 47 || byte == 37 || byte == 32) {
          isNumber = false
        }
      }
    }
    if !isEmpty || record.width > 0 {
      endField()
      records.append(record)
    }
    return records
  }
}
