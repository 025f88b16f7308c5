/// Packs rows into a `ClaimTable` one by one.
public struct ClaimTableBuilder: Sendable {
  private let source: SourceSheet
  private var count = 0
  /// Packed rows up to `used`, then free space.
  private var bytes: [UInt8] = []
  private var used = 0
  private var words = WordList(most: Self.wordsMax)
  /// Columns whose texts differ from row to row: interning them saves nothing.
  private let isVaried: [Bool]

  /// A column's number takes one byte.
  public static let columnsMax = 255

  /// A list with more distinct texts than this hardly repeats itself: no more are interned.
  private static let wordsMax = 10_000

  /// Largest cell other than text: a column, a tag and a value.
  private static let cellMax = 11
  private static let roomMin = 1 << 8

  /// - Precondition: the layout has at most `columnsMax` columns.
  public init(_ source: SourceSheet) {
    precondition(source.layout.columns.count <= Self.columnsMax, "layouts are limited where they are made")
    self.source = source
    isVaried = source.layout.columns.map {
      $0.role.isIdentifier || $0.role == .personName || $0.name == "serial_number"
    }
  }

  /// - Parameter values: in the order of the layout's columns.
  public mutating func append(row: Int32, values: some Sequence<Value>) {
    let fields = FieldRow(values.map { Field($0) })
    append(row: row, fields: fields)
  }

  /// - Precondition: the fields are in the order of the layout's columns.
  public mutating func append(row: Int32, fields: FieldRow) {
    precondition(fields.count <= isVaried.count, "a row has the columns of its layout")
    count += 1
    var room = ClaimTable.rowHead + fields.count * Self.cellMax
    for i in 0..<fields.count { room += Int(fields.slots[i].count) }
    if bytes.count - used < room {
      let more = max(room, bytes.count, Self.roomMin)
      bytes.reserveCapacity(bytes.count + more)
      bytes.append(contentsOf: repeatElement(0, count: more))
    }
    used = bytes.withUnsafeMutableBufferPointer { all in
      let start = all.baseAddress! + used
      var out = PackedBytes(start + ClaimTable.rowHead)
      for i in 0..<fields.count { Self.pack(fields.slots[i], i, isVaried[i], &words, &out) }
      var head = PackedBytes(start)
      head.append(row)
      head.append(UInt32(out.end - head.end - 4))
      return out.end - all.baseAddress!
    }
  }

  public func finish() -> ClaimTable {
    ClaimTable(source, count: count, rows: bytes[..<used], words: words)
  }

  /// - Precondition: `out` has room for `cellMax` bytes plus the text.
  @inline(__always)
  private static func pack(
    _ slot: FieldRow.Slot, _ column: Int, _ isVaried: Bool, _ words: inout WordList, _ out: inout PackedBytes
  ) {
    switch slot.kind {
    case .blank: return
    case .unreadable: out.begin(column, .unreadable)
    case .text:
      let text = UnsafeBufferPointer(start: slot.text, count: Int(slot.count))
      if !isVaried, let number = words.number(of: text) {
        out.begin(column, .word)
        out.append(number)
        return
      }
      out.begin(column, .text)
      out.append(UInt32(text.count))
      out.append(text)
    case .money:
      out.begin(column, .money)
      out.append(slot.number)
    case .number:
      out.begin(column, .number)
      out.append(slot.number)
      out.append(slot.scale)
    case .date:
      out.begin(column, .date)
      out.append(Int32(truncatingIfNeeded: slot.number))
    case .no: out.begin(column, .no)
    case .yes: out.begin(column, .yes)
    }
  }
}

/// Write position in a row. The caller ensures there is room.
private struct PackedBytes {
  var end: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) { end = start }

  @inline(__always)
  mutating func begin(_ column: Int, _ tag: ClaimTable.Tag) {
    end[0] = UInt8(truncatingIfNeeded: column)
    end[1] = tag.rawValue
    end += 2
  }

  @inline(__always)
  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
    UnsafeMutableRawPointer(end).storeBytes(of: number, as: Number.self)
    end += MemoryLayout<Number>.size
  }

  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let from = text.baseAddress else { return }
    end.update(from: from, count: text.count)
    end += text.count
  }
}
