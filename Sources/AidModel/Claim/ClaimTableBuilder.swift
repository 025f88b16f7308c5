/// Packs rows into a `ClaimTable`, one after the other.
public struct ClaimTableBuilder: Sendable {
  private let source: SourceSheet
  private var rows: [Int32] = []
  private var starts: [Int] = []
  /// Packed rows up to `used`, and room for more.
  private var bytes: [UInt8] = []
  private var used = 0
  private var words = WordList()
  /// Columns whose texts differ from row to row: keeping them once saves nothing.
  private let isVaried: [Bool]

  /// The number of a column is kept in one byte.
  public static let columnsMax = 255

  /// A tag, a column and the longest value that is no text.
  private static let cellMax = 11
  private static let roomMin = 1 << 8

  /// - Precondition: the layout has at most `columnsMax` columns.
  public init(_ source: SourceSheet) {
    precondition(source.layout.columns.count <= Self.columnsMax, "layouts are limited where they are made")
    self.source = source
    isVaried = source.layout.columns.map { $0.role.isIdentifier || $0.role == .personName }
  }

  /// - Parameter values: in the order of the layout's columns.
  public mutating func append(row: Int32, values: some Sequence<Value>) {
    let fields = FieldRow(values.map { Field($0) })
    append(row: row, fields: fields)
  }

  /// - Precondition: the fields are in the order of the layout's columns.
  public mutating func append(row: Int32, fields: FieldRow) {
    precondition(fields.count <= isVaried.count, "a row has the columns of its layout")
    rows.append(row)
    starts.append(used)
    var room = fields.count * Self.cellMax
    for i in 0..<fields.count { room += Int(fields.slots[i].count) }
    if bytes.count - used < room {
      bytes += [UInt8](repeating: 0, count: max(room, bytes.count, Self.roomMin))
    }
    used = bytes.withUnsafeMutableBufferPointer { all in
      var out = PackedBytes(all.baseAddress! + used)
      for i in 0..<fields.count { Self.pack(fields.slots[i], i, isVaried[i], &words, &out) }
      return out.end - all.baseAddress!
    }
  }

  public func finish() -> ClaimTable {
    ClaimTable(source, rows: rows, starts: starts + [used], bytes: Array(bytes[..<used]), words: words.texts)
  }

  /// - Precondition: behind `out` there is room for `cellMax` bytes and the text.
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

/// Where the next byte of a row goes. Whoever makes one has seen to the room.
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

/// Texts that come again and again, each kept once and found by its bytes.
private struct WordList: Sendable {
  private(set) var texts: [String] = []
  /// UTF-8 of all texts, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Hash table with open places: the upper half of the hash and the number plus one; 0 where nothing stands.
  private var places = [UInt64](repeating: 0, count: 256)

  /// Past so many different words a list is no longer repeating itself.
  private static let most = 10_000

  /// The number of a text, which is taken in if it is new; nil where the list is full.
  @inline(__always)
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let hash = Self.hash(text)
    let mask = places.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while places[at] != 0 {
      let place = places[at]
      let number = Int(truncatingIfNeeded: place & 0xFFFF_FFFF) - 1
      if place >> 32 == hash >> 32, isSame(number, text) { return UInt32(number) }
      at = (at + 1) & mask
    }
    return add(text, hash)
  }

  private func isSame(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == text.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      for i in 0..<text.count where all[start + i] != text[i] { return false }
      return true
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> UInt32? {
    guard texts.count < Self.most else { return nil }
    texts.append(String(decoding: text, as: UTF8.self))
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    if texts.count * 2 > places.count { rehash() }
    insert(hash, texts.count)
    return UInt32(texts.count - 1)
  }

  private mutating func rehash() {
    places = [UInt64](repeating: 0, count: places.count * 4)
    bytes.withUnsafeBufferPointer { all in
      for number in 0..<(texts.count - 1) {
        let start = number == 0 ? 0 : ends[number - 1]
        insert(Self.hash(UnsafeBufferPointer(rebasing: all[start..<ends[number]])), number + 1)
      }
    }
  }

  private mutating func insert(_ hash: UInt64, _ numberPlusOne: Int) {
    let mask = places.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while places[at] != 0 { at = (at + 1) & mask }
    places[at] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(numberPlusOne)
  }

  /// Eight bytes at a time; no output depends on it.
  @inline(__always)
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    var hash = UInt64(truncatingIfNeeded: text.count) &* prime
    let raw = UnsafeRawBufferPointer(text)
    var i = 0
    while i &+ 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)) &* prime
      hash ^= hash >> 29
      i &+= 8
    }
    while i < raw.count {
      hash = (hash ^ UInt64(raw[i])) &* prime
      i &+= 1
    }
    return hash ^ hash >> 32
  }
}
