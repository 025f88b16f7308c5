import AidModel

extension RowBuilder {
  /// Converts the bytes collected for a cell into its final value.
  mutating func finishValue() -> CellKind {
    let count = text.count &- valueStart
    if count == 0 {
      // A text may be present but empty; a formula may have no stored result.
      let isText = storage == .string || storage == .inline
      if storage == .error {
        text.append("#ERR!")
        return .error
      }
      if hasFormula, !hasValue || !isText { return .formulaWithoutValue }
      return isText && hasValue ? .text : .blank
    }
    switch storage {
    case .number: return finishNumber()
    case .shared: return finishShared()
    case .string, .inline:
      EscapedText.decode(&text, from: valueStart)
      return .text
    case .boolean: return finishBoolean()
    case .error: return .error
    case .isoDate: return finishISODay()
    }
  }

  private mutating func finishNumber() -> CellKind {
    trim()
    let count = text.count &- valueStart
    let digits = text.base + valueStart
    guard StoredNumber.isNumber(digits, count) else {
      refuse("数值单元格里不是数", "a number cell without a number")
      return .blank
    }
    guard style < formats.count, formats[style] != .number else { return .number }
    if let width = formats[style].zeros { return finishZeros(width) }
    guard let value = StoredNumber.value(digits, count) else { return .number }
    let end = text.count
    let isWritten =
      formats[style] == .elapsed
      ? StoredDate.writeElapsed(value, to: &text) : StoredDate.write(value, in: dates, to: &text)
    guard isWritten else {
      text.count = end
      return .number
    }
    moveDown(from: end)
    return .date
  }

  /// A whole number as displayed, with the zeros of its format.
  private mutating func finishZeros(_ width: Int) -> CellKind {
    let count = text.count &- valueStart
    let digits = UnsafeBufferPointer(start: text.base + valueStart, count: count)
    guard count < width, digits.allSatisfy({ $0 &- 48 <= 9 }) else { return .number }
    let end = text.count
    for _ in count..<width { text.append(UInt8(ascii: "0")) }
    for i in 0..<count { text.append(text.base[valueStart + i]) }
    moveDown(from: end)
    return .number
  }

  /// Replaces the cell's previous bytes with those from `end` on.
  private mutating func moveDown(from end: Int) {
    let count = text.count &- end
    (text.base + valueStart).update(from: text.base + end, count: count)
    text.count = valueStart &+ count
  }

  private mutating func trim() {
    while text.count > valueStart, text.base[text.count - 1] <= 32 { text.count -= 1 }
    var from = valueStart
    while from < text.count, text.base[from] <= 32 { from += 1 }
    if from > valueStart { moveDown(from: from) }
  }

  private mutating func finishShared() -> CellKind {
    trim()
    var index = 0
    for i in valueStart..<text.count {
      let digit = text.base[i] &- 48
      guard digit <= 9, index < 1 << 40 else {
        refuse("共享字符串的序号有误", "a wrong shared string number")
        return .blank
      }
      index = index &* 10 &+ Int(digit)
    }
    text.count = valueStart
    return appendShared(index)
  }

  @inline(__always)
  mutating func appendShared(_ index: Int) -> CellKind {
    guard index < shared.count else {
      refuse("共享字符串缺失", "a shared string is missing")
      return .blank
    }
    let found = shared[index]
    if let start = found.baseAddress { text.append(start, count: found.count) }
    return .text
  }

  private mutating func finishBoolean() -> CellKind {
    trim()
    let value = UnsafeBufferPointer(start: text.base + valueStart, count: text.count - valueStart)
    let isTrue = value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
    guard isTrue || value.elementsEqual("0".utf8) || value.elementsEqual("false".utf8) else {
      refuse("逻辑值有误", "a wrong boolean")
      return .blank
    }
    text.count = valueStart
    text.append(isTrue ? "TRUE" : "FALSE")
    return .boolean
  }

  private mutating func finishISODay() -> CellKind {
    trim()
    // Copied, because writing may move the bytes being read.
    let iso = Array(UnsafeBufferPointer(start: text.base + valueStart, count: text.count - valueStart))
    let end = text.count
    guard iso.withUnsafeBufferPointer({ StoredDate.write(iso: $0, to: &text) }) else {
      refuse("日期单元格里不是日期", "a date cell without a date")
      return .blank
    }
    moveDown(from: end)
    return .date
  }
}
