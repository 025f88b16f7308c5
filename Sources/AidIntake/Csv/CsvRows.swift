import AidModel

/// The records of a CSV (RFC 4180, and the dialects of spreadsheet programs): quoted fields may contain
/// separators, line breaks and doubled quotes; `="0012"` is the text 0012.
final class CsvRows {
  private let text: DecodedText
  private let name: String
  private let limits: IntakeLimits
  private let separator: CsvSeparator.Mark
  /// The separator's first byte, and the number of bytes after it.
  private let lead: UInt8
  private var position = 0
  private var row: Int32 = 0
  private var line = 1
  /// Cells so far, not counting blank ones.
  private var cells = 0

  /// A chunk of this size is handed over even if incomplete, so that offsets in it stay small.
  private static let chunkBytesMax = 8 << 20

  /// - Parameter separator: nil to guess it from the records. `sep=` in the first line takes precedence.
  init(_ text: DecodedText, name: String, limits: IntakeLimits, separator asked: CsvSeparator.Mark? = nil) {
    self.text = text
    self.name = name
    self.limits = limits
    if let declared = text.withBytes(CsvSeparator.declared) {
      separator = declared.separator
      position = declared.after
      line = 2
    } else {
      separator = asked ?? text.withBytes(CsvSeparator.guess)
    }
    lead = separator.bytes[0]
  }

  func next() throws(IntakeFailure) -> RowChunk? {
    var chunk = RowChunk()
    let fault = text.withBytes { bytes -> IntakeFailure? in
      while position < bytes.count, chunk.rows.count < RowBuilder.chunkRows,
        chunk.bytes.count < Self.chunkBytesMax
      {
        if let fault = record(bytes, into: &chunk) { return fault }
      }
      return nil
    }
    if let fault { throw fault }
    return chunk.rows.isEmpty ? nil : chunk
  }

  private func record(_ bytes: UnsafeRawBufferPointer, into chunk: inout RowChunk) -> IntakeFailure? {
    row += 1
    if row > limits.rowsMax { return limit("\(limits.rowsMax) 行 (rows)") }
    let first = chunk.cells.count
    var column: Int32 = 0
    let rowStart = chunk.bytes.count
    while true {
      let (start, startLine) = (chunk.bytes.count, line)
      let end = field(bytes, into: &chunk)
      switch end {
      case .unclosed:
        return unreadable(
          "第 \(startLine) 行起的引号没有闭合 (the quote opened in line \(startLine) is never closed)")
      case .nul:
        return unreadable(
          "第 \(line) 行含有空字节，不是文本文件，或是没有 BOM 的 UTF-16 "
            + "(a NUL byte in line \(line): not a text file, or UTF-16 without BOM)")
      case .tooLong:
        return limit(
          "第 \(startLine) 行起的一格超过 \(limits.cellBytesMax) 字节，引号可能没有闭合 "
            + "(a field from line \(startLine) on is too long; its quote may not be closed)")
      case .field, .record: break
      }
      if column >= limits.columnsMax { return limit("\(limits.columnsMax) 列 (columns)") }
      if chunk.bytes.count - rowStart > limits.rowBytesMax {
        return limit("第 \(startLine) 行过长 (line too long)")
      }
      unwrap(&chunk.bytes, from: start)
      let count = chunk.bytes.count - start
      if count > 0 {
        chunk.cells.append(
          CellSlot(column: column, kind: .text, hasFormula: false, start: Int32(start), count: Int32(count)))
      }
      column += 1
      if end == .record { break }
    }
    cells += chunk.cells.count - first
    if cells > limits.cellsMax { return limit("\(limits.cellsMax) 格 (cells)") }
    chunk.rows.append(
      RowSlot(
        number: row, firstCell: Int32(first), cellCount: Int32(chunk.cells.count - first), isHidden: false,
        fieldCount: column))
    return nil
  }

  private func unreadable(_ what: String) -> IntakeFailure {
    IntakeFailure(IntakeFindings.fileUnreadable, file: name, row: row, [what])
  }

  private func limit(_ what: String) -> IntakeFailure {
    IntakeFailure(IntakeFindings.fileLimit, file: name, row: row, [what])
  }

  private enum End { case field, record, nul, unclosed, tooLong }

  /// Reads one field to its end, or until it exceeds the size limit.
  private func field(_ bytes: UnsafeRawBufferPointer, into chunk: inout RowChunk) -> End {
    var quoted = false
    let start = chunk.bytes.count
    while position < bytes.count {
      if chunk.bytes.count - start > limits.cellBytesMax { return .tooLong }
      let byte = bytes[position]
      position += 1
      if byte == 0 { return .nul }
      if quoted {
        if byte == UInt8(ascii: "\"") {
          if position < bytes.count, bytes[position] == byte {
            chunk.bytes.append(byte)
            position += 1
          } else {
            quoted = false
          }
          continue
        }
        if byte == 10 || byte == 13 && !(position < bytes.count && bytes[position] == 10) { line += 1 }
        chunk.bytes.append(byte)
        continue
      }
      switch byte {
      case lead where isSeparator(bytes, at: position - 1):
        position += separator.bytes.count - 1
        return .field
      case 10, 13:
        if byte == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
        line += 1
        return .record
      case UInt8(ascii: "\"") where chunk.bytes.count == start: quoted = true
      case UInt8(ascii: "\"") where opensAfterBlanks(bytes, chunk.bytes[start...]):
        chunk.bytes.removeSubrange(start...)
        quoted = true
      default: chunk.bytes.append(byte)
      }
    }
    return quoted ? .unclosed : .record
  }

  private func isSeparator(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    separator.bytes.count == 1 || bytes[place...].starts(with: separator.bytes)
  }

  /// In `"a", "b"` a quote after blanks opens a field, as a closing quote ends it. In `5 "x" 3` it is text.
  private func opensAfterBlanks(_ bytes: UnsafeRawBufferPointer, _ before: ArraySlice<UInt8>) -> Bool {
    guard before.allSatisfy({ $0 == 32 || $0 == 9 }) else { return false }
    var at = position
    let end = min(bytes.count, position + limits.cellBytesMax)
    while at < end {
      if bytes[at] == UInt8(ascii: "\"") {
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") {
          at += 2
          continue
        }
        at += 1
        while at < bytes.count, bytes[at] == 32 { at += 1 }
        return at >= bytes.count || bytes[at] == 10 || bytes[at] == 13
          || isSeparator(bytes, at: at) && bytes[at] == lead
      }
      at += 1
    }
    return false
  }

  /// `="0012"` is how zeros are kept in a spreadsheet program: a formula that is only a text.
  private func unwrap(_ bytes: inout [UInt8], from start: Int) {
    let quote = UInt8(ascii: "\"")
    let count = bytes.count - start
    guard count >= 3, bytes[start] == UInt8(ascii: "="), bytes[start + 1] == quote,
      bytes[bytes.count - 1] == quote,
      !bytes[(start + 2)..<(bytes.count - 1)].contains(quote)
    else { return }
    bytes.removeLast()
    bytes.removeSubrange(start..<(start + 2))
  }
}
