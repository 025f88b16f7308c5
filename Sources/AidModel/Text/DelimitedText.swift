/// CSV (RFC 4180), as all outputs of the program write it.
extension TextBuffer {
  /// Ends the field written since `count` was `mark`: quotes it if it contains a quotation mark, a line break
  /// or the separator.
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

  /// The same for a list that people open in a spreadsheet program: an apostrophe keeps a field from running
  /// as a formula, and invisible characters are escaped. Not for ledgers, which reject both.
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

  /// Appends one line, ending in CRLF, of a list that people open in a spreadsheet program.
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
