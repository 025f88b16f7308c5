import AidModel

/// One cell of an OpenDocument table while it is read.
struct OpenDocumentCell: ~Copyable {
  private var type: OpenDocumentType?
  /// The name of an unknown type.
  private var typeName = ""
  private var value = Growing<UInt8>(capacity: 64)
  private var hasValue = false
  private var hasFormula = false
  private(set) var repeated: Int32 = 1
  var marks = FormatMarks()
  private var text = Growing<UInt8>(capacity: 1 << 10)
  private var paragraphs = 0
  /// White space is collapsed; this says whether the next space counts.
  private var mayHaveSpace = false
  private var paragraphStart = 0

  mutating func begin(_ tag: OpenDocumentTag) {
    type = tag.type
    value.count = 0
    if let own = tag.value(of: type) {
      value.append(own)
      hasValue = true
    } else {
      hasValue = false
    }
    if type == .other { typeName = tag.typeName.map { String(decoding: $0, as: UTF8.self) } ?? "" }
    (hasFormula, repeated) = (tag.hasFormula, tag.repeated)
    marks = FormatMarks()
    text.count = 0
    paragraphs = 0
  }

  var isFilled: Bool { type != nil || text.count > 0 }

  mutating func beginParagraph() {
    if paragraphs > 0 { text.append(10) }
    paragraphs += 1
    paragraphStart = text.count
    mayHaveSpace = false
  }

  /// Appends text, dropping white space that is only XML layout. Once the text exceeds the limit of a cell, the rest
  /// is dropped: the cell is rejected anyway.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ most: Int) {
    if text.count > most + 1 { return }
    text.reserve(bytes.count)
    let start = text.base
    var end = text.count
    for byte in bytes {
      if byte > 32 {
        start[end] = byte
        end &+= 1
        mayHaveSpace = true
      } else {
        // The only XML characters up to the space are white space.
        if mayHaveSpace {
          start[end] = 32
          end &+= 1
        }
        mayHaveSpace = false
      }
    }
    text.count = end
  }

  /// `text:s`: explicit spaces.
  mutating func spaces(_ count: Int, _ most: Int) {
    if text.count > most + 1 { return }
    for _ in 0..<min(max(count, 0), most) { text.append(32) }
    mayHaveSpace = true
  }

  mutating func mark(_ byte: UInt8) {
    text.append(byte)
    mayHaveSpace = true
  }

  mutating func endParagraph() {
    if !mayHaveSpace, text.count > paragraphStart, text.base[text.count - 1] == 32 { text.count -= 1 }
  }

  /// - Parameter column: the first of its columns.
  func put(into builder: inout ChunkBuilder, column: Int32) {
    func add(_ kind: CellKind, _ bytes: some Sequence<UInt8>) {
      builder.add(kind, column: column, hasFormula: hasFormula, repeated: repeated, bytes)
    }
    let isBare = text.count == 0 && hasFormula
    switch type {
    case nil: isBare ? add(.formulaWithoutValue, []) : add(.text, text.buffer)
    case .error: add(.error, text.buffer)
    case .string: add(.text, hasValue ? value.buffer : text.buffer)
    case .number, .date, .time, .boolean, .other:
      if isBare, !hasValue { add(.formulaWithoutValue, []) } else { putValue(into: &builder, column: column) }
    }
  }

  /// Adds a cell whose type requires a value.
  private func putValue(into builder: inout ChunkBuilder, column: Int32) {
    func add(_ kind: CellKind, _ bytes: some Sequence<UInt8>) {
      builder.add(kind, column: column, hasFormula: hasFormula, repeated: repeated, bytes)
    }
    switch type {
    case .date where hasValue && PlainDigits.areDay(value.buffer): add(.date, value.buffer)
    case .date:
      guard hasValue, let moment = Moment(iso: stored), moment.day != nil else {
        return builder.refuse("日期单元格里不是日期", "a date cell without a date")
      }
      add(.date, moment.text.utf8)
    case .time:
      guard hasValue, let moment = Moment(duration: stored) else {
        return builder.refuse("时间单元格里不是时间", "a time cell without a time")
      }
      add(.date, moment.text.utf8)
    case .boolean:
      // An XML Schema boolean since OpenDocument 1.2; some programs write digits.
      switch hasValue ? stored : "" {
      case "true", "1": add(.boolean, "TRUE".utf8)
      case "false", "0": add(.boolean, "FALSE".utf8)
      default: builder.refuse("逻辑值有误", "a wrong boolean")
      }
    case .other: builder.refuse("不认识的单元格类型 \(typeName)", "an unknown type of cell \(typeName)")
    default:
      guard hasValue, PlainDigits.are(value.buffer) || Double(stored)?.isFinite == true else {
        return builder.refuse("数值单元格里不是数", "a number cell without a number")
      }
      add(.number, isPadded ? text.buffer : value.buffer)
    }
  }

  private var stored: String { String(decoding: value.buffer, as: UTF8.self) }

  /// Whether a zero-padding format shows more digits than are stored: 00000001.
  private var isPadded: Bool {
    let zeros = text.count - value.count
    return zeros > 0 && value.buffer.allSatisfy { $0 &- 48 <= 9 }
      && text.buffer.prefix(zeros).allSatisfy { $0 == UInt8(ascii: "0") }
      && text.buffer.dropFirst(zeros).elementsEqual(value.buffer)
  }
}
