import AidModel

/// The shared strings of a BIFF8 workbook, as one run of UTF-8.
struct BiffSharedStrings: Sendable {
  private var bytes: [UInt8] = []
  /// Start offset of each string, plus the end.
  private var starts: [Int] = [0]
  private var runFonts: [(text: Int, fonts: [Int])] = []
  /// Indexes of strings with a struck-through part.
  private(set) var struck: Set<Int> = []

  /// Reads all strings. Some writers state a wrong count. Strings within the count must be intact; beyond it,
  /// the first invalid one ends the list.
  mutating func read(_ record: BiffRecords.Record, of records: BiffRecords) throws(KindFault) {
    let told = records.u32(record.start + 4)
    var reader = BiffStringReader(records, try records.segments(of: record, from: record.start + 8))
    bytes.reserveCapacity(record.count)
    while !reader.isAtEnd {
      let before = bytes.count
      do throws(KindFault) {
        let fonts = try reader.string(into: &bytes)
        if !fonts.isEmpty { runFonts.append((starts.count - 1, fonts)) }
        starts.append(bytes.count)
      } catch {
        if starts.count - 1 < told { throw error }
        bytes.removeLast(bytes.count - before)
        return
      }
    }
  }

  mutating func noteStruck(_ isStruck: (Int) -> Bool) {
    for run in runFonts where run.fonts.contains(where: isStruck) { struck.insert(run.text) }
  }

  /// A string by index; nil if there is none.
  @inline(__always)
  subscript(index: Int) -> ArraySlice<UInt8>? {
    index + 1 < starts.count ? bytes[starts[index]..<starts[index + 1]] : nil
  }
}
