import AidModel

/// `inspect --raw`: every cell of a sheet as stored, from A1, including blank rows and columns.
public enum RawDump {
  /// CSV with LF line ends, quoted where RFC 4180 requires it. The first of two passes finds the extent.
  public static func csv(
    _ file: InputFile, sheet: Int, to write: ([UInt8]) -> Void
  ) throws(IntakeFailure) {
    let (width, last) = try extent(file, sheet: sheet)
    var next: Int32 = 1
    var reader = try file.open(sheet: sheet)
    while let chunk = try reader.next() {
      var out = TextBuffer()
      for row in chunk.rows where row.number <= last {
        while next < row.number {
          for _ in 0..<max(0, width - 1) { out.append(UInt8(ascii: ",")) }
          out.append(10)
          next += 1
          if out.count > 1 << 20 {
            write(out.bytes)
            out.removeAll()
          }
        }
        next += 1
        append(row, of: chunk, width: width, to: &out)
      }
      write(out.bytes)
    }
  }

  /// The number of columns, and the last row that has a cell.
  private static func extent(
    _ file: InputFile, sheet: Int
  ) throws(IntakeFailure) -> (width: Int, lastRow: Int32) {
    var (width, last): (Int32, Int32) = (0, 0)
    var reader = try file.open(sheet: sheet)
    while let chunk = try reader.next() {
      for cell in chunk.cells { width = max(width, cell.column + 1) }
      for row in chunk.rows where row.cellCount > 0 { last = max(last, row.number) }
    }
    if Int(width) * Int(last) > file.limits.cellsMax {
      throw IntakeFailure(
        IntakeFindings.fileLimit, file: file.name, sheet: file.sheets[sheet].name,
        ["\(last) × \(width) > \(file.limits.cellsMax) cells"])
    }
    return (Int(width), last)
  }

  private static func append(_ row: RowSlot, of chunk: RowChunk, width: Int, to out: inout TextBuffer) {
    var column: Int32 = 0
    for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)] {
      while column < slot.column {
        out.append(UInt8(ascii: ","))
        column += 1
      }
      let mark = out.count
      out.append(text(slot, of: chunk))
      out.closeField(from: mark)
    }
    while column < width - 1 {
      out.append(UInt8(ascii: ","))
      column += 1
    }
    out.append(10)
  }

  private static func text(_ slot: CellSlot, of chunk: RowChunk) -> [UInt8] {
    let bytes = Array(chunk.bytes[Int(slot.start)..<Int(slot.start + slot.count)])
    switch slot.kind {
    case .number: return StoredNumber.shortest(bytes)
    // Spreadsheet programs show a time without its zone.
    case .date:
      let zone = MomentZone.length(bytes)
      let shown = bytes.dropLast(zone)
      return Array(zone > 0 && shown.suffix(9).elementsEqual("T00:00:00".utf8) ? shown.dropLast(9) : shown)
    default: return bytes
    }
  }

  /// The same cells as a JSON array of rows, each an array of strings.
  public static func json(
    _ file: InputFile, sheet: Int, to write: ([UInt8]) -> Void
  ) throws(IntakeFailure) {
    var rows: [JSONText] = []
    var next: Int32 = 1
    let (width, last) = try extent(file, sheet: sheet)
    var reader = try file.open(sheet: sheet)
    while let chunk = try reader.next() {
      for row in chunk.rows where row.number <= last {
        while next < row.number {
          rows.append(.array(Array(repeating: .string(""), count: width)))
          next += 1
        }
        next += 1
        var cells = [JSONText](repeating: .string(""), count: width)
        for slot in chunk.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)] {
          cells[Int(slot.column)] = .string(String(decoding: text(slot, of: chunk), as: UTF8.self))
        }
        rows.append(.array(cells))
      }
    }
    write(Array((JSONText.array(rows).text() + "\n").utf8))
  }
}
