/// CSV as every writer of the program writes it (RFC 4180).
extension TextBuffer {
  /// Ends a field that was written, as it is, since `count` was `mark`: puts it into quotation marks where it holds
  /// one, a line break or the separator.
  public mutating func closeField(from mark: Int, separator: UInt8 = UInt8(ascii: ",")) {
    let mustQuote = withBytes { all in
      for byte in all[mark...] where byte == 34 || byte == 10 || byte == 13 || byte == separator {
        return true
      }
      return false
    }
    guard mustQuote else { return }
    let field = withBytes { Array($0[mark...]) }
    truncate(to: mark)
    append(UInt8(ascii: "\""))
    for byte in field {
      if byte == 34 { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  /// The same for a list that people open in a spreadsheet program: a field it would run as a formula is made text by
  /// an apostrophe, and what shows nothing is written out. Not for ledgers, which refuse both.
  public mutating func closeShownField(from mark: Int) {
    let isOrdinary = withBytes { all in
      guard let base = all.baseAddress, all.count > mark else { return true }
      let field = base.assumingMemoryBound(to: UInt8.self) + mark
      return !FormulaSign.mayBegin(with: field[0]) && TextBytes.areOrdinary(field, all.count - mark)
    }
    if !isOrdinary {
      let field = text(from: mark)
      truncate(to: mark)
      if FormulaSign.isIn(field) { append(UInt8(ascii: "'")) }
      append(ShownText.line(field))
    }
    closeField(from: mark)
  }

  /// Appends one line of a list that people open in a spreadsheet program, with CRLF.
  public mutating func append(shownLine fields: [String]) {
    for (i, field) in fields.enumerated() {
      if i > 0 { append(UInt8(ascii: ",")) }
      let mark = count
      append(field)
      closeShownField(from: mark)
    }
    append("\r\n")
  }
}
