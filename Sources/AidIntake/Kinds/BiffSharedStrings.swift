import AidModel

/// The shared strings of a BIFF8 workbook as one run of UTF-8.
struct BiffSharedStrings: Sendable {
  private var bytes: [UInt8] = []
  /// Where each string begins; one more at the end.
  private var starts: [Int] = [0]
  private var runFonts: [(text: Int, fonts: [Int])] = []
  /// Numbers of the strings with a part that is struck through.
  private(set) var struck: Set<Int> = []

  /// Reads all strings there are. How many the record says there are is wrong in the files of some writers; a string
  /// within that number must be whole, and behind it what is no string ends the list.
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

  /// One string; nil where there is none of that number.
  @inline(__always)
  subscript(index: Int) -> ArraySlice<UInt8>? {
    index + 1 < starts.count ? bytes[starts[index]..<starts[index + 1]] : nil
  }
}
