import AidModel

extension TableFile {
  /// What parts the fields of a CSV: of all separators the one that shows most headings the layout knows, of equals the
  /// one its records look like. Nil where the file is no CSV.
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

  /// How many headings the best of the first rows shows.
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
