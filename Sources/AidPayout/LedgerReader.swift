/// Reads the records of a ledger, one after the other.
struct LedgerReader {
  private let bytes: [UInt8]
  private let encoding: LedgerEncoding
  private let mark: Unicode.Scalar
  private let isQuoted: Bool
  private var at: Int

  init(_ bytes: [UInt8], from start: Int, encoding: LedgerEncoding, separator: String, isQuoted: Bool) {
    self.bytes = bytes
    self.encoding = encoding
    self.isQuoted = isQuoted
    mark = separator.unicodeScalars.first ?? ","
    at = start
  }

  /// The fields of the next record; nil at the end, or where the bytes are not of the encoding.
  mutating func next() -> [String]? {
    guard at < bytes.count else { return nil }
    // Quotes and line breaks are never a part of a longer character in any of the encodings.
    var end = at
    var quoted = false
    while end < bytes.count, quoted || (bytes[end] != 10 && bytes[end] != 13) {
      if isQuoted, bytes[end] == 34 { quoted.toggle() }
      end += 1
    }
    guard let text = encoding.decode(Array(bytes[at..<end])) else { return nil }
    if end < bytes.count { end += bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10 ? 2 : 1 }
    at = end
    return fields(text)
  }

  private func fields(_ text: String) -> [String] {
    var record: [String] = []
    var field = String.UnicodeScalarView()
    var quoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var pending: Unicode.Scalar?
    while let scalar = pending ?? scalars.next() {
      pending = nil
      if quoted {
        guard scalar == "\"" else {
          field.append(scalar)
          continue
        }
        let following = scalars.next()
        if following == "\"" {
          field.append(scalar)
        } else {
          quoted = false
          pending = following
        }
      } else if isQuoted, scalar == "\"", field.isEmpty {
        quoted = true
      } else if scalar == mark {
        record.append(String(field))
        field = String.UnicodeScalarView()
      } else {
        field.append(scalar)
      }
    }
    return record + [String(field)]
  }
}
