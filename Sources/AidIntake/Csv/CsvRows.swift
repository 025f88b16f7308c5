import AidModel

/// The records of a CSV (RFC 4180, and what spreadsheet programs make of it): quoted fields may hold separators, line
/// breaks and doubled quotes. The separator is a comma, semicolon or tab, whichever the first lines have most.
final class CsvRows {
  private let text: DecodedText
  private let name: String
  private let limits: IntakeLimits
  private let separator: UInt8
  private var position = 0
  private var row: Int32 = 0
  private var line = 1

  init(_ text: DecodedText, name: String, limits: IntakeLimits) {
    self.text = text
    self.name = name
    self.limits = limits
    separator = text.withBytes(Self.separator)
  }

  private static func separator(_ bytes: UnsafeRawBufferPointer) -> UInt8 {
    var counts = [0, 0, 0]
    var quoted = false
    for byte in bytes.prefix(1 << 14) {
      switch byte {
      case UInt8(ascii: "\""): quoted.toggle()
      case UInt8(ascii: ",") where !quoted: counts[0] += 1
      case 9 where !quoted: counts[1] += 1
      case UInt8(ascii: ";") where !quoted: counts[2] += 1
      default: break
      }
    }
    if counts[1] > counts[0], counts[1] >= counts[2] { return 9 }
    return counts[2] > counts[0] ? UInt8(ascii: ";") : UInt8(ascii: ",")
  }

  func next() throws(IntakeFailure) -> RowChunk? {
    var chunk = RowChunk()
    let fault = text.withBytes { bytes -> IntakeFailure? in
      while position < bytes.count, chunk.rows.count < RowBuilder.chunkRows {
        if let fault = record(bytes, into: &chunk) { return fault }
      }
      return nil
    }
    if let fault { throw fault }
    return chunk.rows.isEmpty ? nil : chunk
  }

  private func record(_ bytes: UnsafeRawBufferPointer, into chunk: inout RowChunk) -> IntakeFailure? {
    row += 1
    if row > limits.rowsMax {
      return IntakeFailure(IntakeFindings.fileLimit, file: name, ["rows > \(limits.rowsMax)"])
    }
    let first = chunk.cells.count
    let startLine = line
    var column: Int32 = 0
    while true {
      let start = chunk.bytes.count
      guard let end = field(bytes, into: &chunk) else {
        return IntakeFailure(
          IntakeFindings.fileUnreadable, file: name, row: row,
          ["第 \(startLine) 行起的引号没有闭合 (the quote opened near line \(startLine) is never closed)"])
      }
      if end == .nul {
        return IntakeFailure(
          IntakeFindings.fileUnreadable, file: name, row: row,
          ["第 \(line) 行含有空字节，不是文本文件 (a NUL byte in line \(line): not a text file)"])
      }
      let count = chunk.bytes.count - start
      if count > limits.cellBytesMax || column >= limits.columnsMax {
        return IntakeFailure(IntakeFindings.fileLimit, file: name, row: row, ["cell or column in row \(row)"])
      }
      if count > 0 {
        chunk.cells.append(
          CellSlot(column: column, kind: .text, hasFormula: false, start: Int32(start), count: Int32(count)))
      }
      column += 1
      if end == .record { break }
    }
    chunk.rows.append(
      RowSlot(
        number: row, firstCell: Int32(first), cellCount: Int32(chunk.cells.count - first), isHidden: false))
    return nil
  }

  private enum End { case field, record, nul }

  /// Reads one field to its end; nil when its quote is never closed.
  private func field(_ bytes: UnsafeRawBufferPointer, into chunk: inout RowChunk) -> End? {
    var quoted = false
    let start = chunk.bytes.count
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if quoted {
        if byte == UInt8(ascii: "\"") {
          if position < bytes.count, bytes[position] == byte {
            chunk.bytes.append(byte)
            position += 1
          } else {
            quoted = false
          }
        } else {
          if byte == 0 { return .nul }
          if byte == 10 { line += 1 }
          chunk.bytes.append(byte)
        }
        continue
      }
      switch byte {
      case separator: return .field
      case 10, 13:
        if byte == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
        line += 1
        return .record
      case UInt8(ascii: "\"") where chunk.bytes.count == start: quoted = true
      // ="0012" is how a spreadsheet program is made to keep zeros.
      case UInt8(ascii: "=")
      where chunk.bytes.count == start && position < bytes.count && bytes[position] == UInt8(ascii: "\""):
        position += 1
        quoted = true
      case 0: return .nul
      default: chunk.bytes.append(byte)
      }
    }
    return quoted ? nil : .record
  }
}
