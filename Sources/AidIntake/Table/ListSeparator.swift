import AidModel

extension TableFile {
  /// The separator of a CSV: the one that gives the most known headings; of equals, the one guessed from the
  /// records. Nil if the file is not a CSV.
  static func separator(of file: InputFile, _ layout: Layout) -> CsvSeparator.Mark? {
    guard let likely = file.likelySeparator else { return nil }
    if let declared = file.declaredSeparator { return declared }
    let index = HeadingIndex(layout)
    var best = (mark: likely, hits: hits(file, likely, index, layout))
    for mark in CsvSeparator.marks where mark != likely {
      let hits = hits(file, mark, index, layout)
      if hits > best.hits { best = (mark, hits) }
    }
    return best.mark
  }

  /// The largest number of known headings in any of the first rows.
  private static func hits(
    _ file: InputFile, _ mark: CsvSeparator.Mark, _ index: HeadingIndex, _ layout: Layout
  ) -> Int {
    do throws(IntakeFailure) {
      var reader = try file.open(sheet: 0, separator: mark)
      guard let chunk = try reader.next() else { return 0 }
      return chunk.rows.prefix(CsvSeparator.recordsMax).map { row in
        HeadingChoice.hits(LooseRow(row, of: chunk), index, isApplication: !layout.programme.isEmpty)
      }.max() ?? 0
    } catch {
      return 0
    }
  }
}
