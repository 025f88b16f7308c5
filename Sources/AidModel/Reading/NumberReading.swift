/// A cell read as a number.
enum NumberReading {
  /// Written plainly.
  case plain(DecimalNumber)
  /// Read after a harmless repair.
  case repaired(DecimalNumber)
  case negative
  case tooManyDecimals
  case unreadable

  /// - Parameter places: the decimals the column keeps. More decimals are floating-point noise if they are
  ///   within a ten-thousandth of the last kept place, else `tooManyDecimals`.
  init(_ cell: RawCell, places: UInt8, asMoney: Bool) {
    if cell.kind == .number {
      self = Self.stored(cell.text, places)
    } else {
      self = Self.written(cell.text, places, asMoney: asMoney)
    }
  }

  /// A number cell: digits, perhaps with an exponent.
  private static func stored(_ text: String, _ places: UInt8) -> NumberReading {
    if text.hasPrefix("-") { return .negative }
    guard let number = scientific(text) else { return .unreadable }
    let reading = fit(number, places)
    // `8097.6899999999996` is how a spreadsheet program writes the binary number nearest to 8097.69.
    if case .repaired(let short) = reading, StoredNumbers.areOne(number, short) { return .plain(short) }
    return reading
  }

  /// Text typed by a person.
  private static func written(_ text: String, _ places: UInt8, asMoney: Bool) -> NumberReading {
    let half = TextCleaning.halfWidth(text)
    var scalars = Array(half.unicodeScalars)[...]
    func trim() {
      while let first = scalars.first, WhiteSpace.contains(first) || WhiteSpace.isInvisible(first) {
        scalars.removeFirst()
      }
      while let last = scalars.last, WhiteSpace.contains(last) || WhiteSpace.isInvisible(last) {
        scalars.removeLast()
      }
    }
    trim()
    if asMoney {
      for prefix in ["¥", "RMB", "rmb", "人民币", "CNY"] where scalars.starts(with: prefix.unicodeScalars) {
        // Amounts in words begin with 人民币 too; their own parser removes it.
        scalars = scalars.dropFirst(prefix.unicodeScalars.count)
        trim()
      }
    }
    let bare = scalars
    if asMoney {
      for suffix in ["元整", "元正", "元", "圆"]
      where scalars.reversed().starts(with: suffix.unicodeScalars.reversed()) {
        scalars = scalars.dropLast(suffix.unicodeScalars.count)
        trim()
        break
      }
    }
    if isNegative(scalars) { return .negative }
    var multiplier: Int128 = 1
    var divisor: Int128 = 1
    switch scalars.last {
    case "万", "w", "W": multiplier = 10_000
    case "千": multiplier = 1000
    case "%" where !asMoney: divisor = 100
    default: break
    }
    if multiplier != 1 || divisor != 1 { scalars = scalars.dropLast() }
    guard let number = grouped(scalars) else {
      if asMoney, let fen = AmountInWords.fen(String(String.UnicodeScalarView(bare))) {
        return .repaired(DecimalNumber(mantissa: fen, scale: 2))
      }
      return .unreadable
    }
    var value = number
    if multiplier != 1 || divisor != 1 {
      guard let scaled = scale(number, by: multiplier, over: divisor) else { return .unreadable }
      value = scaled
    }
    let plainly =
      multiplier == 1 && divisor == 1 && String(String.UnicodeScalarView(scalars)).sameScalars(as: text)
      && !scalars.contains(",")
    switch fit(value, places) {
    case .plain(let number): return plainly ? .plain(number) : .repaired(number)
    case let other: return other
    }
  }

  private static func isNegative(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = scalars.first, let last = scalars.last else { return false }
    if first == "-" || first == "\u{2212}" { return grouped(scalars.dropFirst()) != nil }
    return first == "(" && last == ")" && grouped(scalars.dropFirst().dropLast()) != nil
  }

  /// Digits without commas, or with commas in the right places.
  private static func grouped(_ scalars: ArraySlice<Unicode.Scalar>) -> DecimalNumber? {
    var digits = ""
    if scalars.contains(",") {
      let whole = scalars.prefix { $0 != "." }
      let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
      guard let first = groups.first, (1...3).contains(first.count),
        groups.dropFirst().allSatisfy({ $0.count == 3 }), !scalars.dropFirst(whole.count).contains(",")
      else { return nil }
      digits.unicodeScalars.append(contentsOf: scalars.filter { $0 != "," })
    } else {
      digits.unicodeScalars.append(contentsOf: scalars)
    }
    guard let first = digits.utf8.first, first >= 48, first <= 57 else { return nil }
    return DecimalNumber(plain: digits)
  }

  private static func scale(_ number: DecimalNumber, by multiplier: Int128, over divisor: Int128)
    -> DecimalNumber?
  {
    if divisor == 100 {
      return number.scale <= 16 ? DecimalNumber(mantissa: number.mantissa, scale: number.scale + 2) : nil
    }
    let (value, overflow) = Int128(number.mantissa).multipliedReportingOverflow(by: multiplier)
    guard !overflow, let mantissa = Int64(exactly: value) else { return nil }
    return DecimalNumber(mantissa: mantissa, scale: number.scale)
  }

  private static func fit(_ number: DecimalNumber, _ places: UInt8) -> NumberReading {
    if number.scale <= places { return .plain(number) }
    if let mantissa = number.mantissa(atScale: places) {
      return .repaired(DecimalNumber(mantissa: mantissa, scale: places))
    }
    let unit = DecimalNumber.powerOfTen(number.scale - places)
    let (whole, rest) = Int128(number.mantissa).quotientAndRemainder(dividingBy: unit)
    let up = rest * 2 >= unit
    let distance = up ? unit - rest : rest
    // A small number must not be rounded to zero.
    guard distance * 10_000 <= unit, let mantissa = Int64(exactly: whole + (up ? 1 : 0)), mantissa != 0 else {
      return .tooManyDecimals
    }
    return .repaired(DecimalNumber(mantissa: mantissa, scale: places))
  }

  /// Parses `1.5E+3`. Digits after the 18th decimal are cut, though never to zero.
  static func scientific(_ text: String) -> DecimalNumber? {
    if let plain = DecimalNumber(plain: text) { return plain }
    let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard parts.count <= 2, let first = parts.first else { return nil }
    var exponent = 0
    if parts.count == 2 {
      let digits = parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]
      guard let value = Int(digits), abs(value) < 400 else { return nil }
      exponent = value
    }
    let pieces = first.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces.joined().utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    var digits = pieces.joined()
    var scale = (pieces.count == 2 ? pieces[1].count : 0) - exponent
    if scale < 0 {
      digits += String(repeating: "0", count: -scale)
      scale = 0
    }
    if scale > 18 {
      let isSome = digits.utf8.contains { $0 != 48 }
      digits = digits.count > scale - 18 ? String(digits.dropLast(scale - 18)) : "0"
      if isSome, digits.utf8.allSatisfy({ $0 == 48 }) { digits = "1" }
      scale = 18
    }
    guard let mantissa = Int64(digits) else { return nil }
    return DecimalNumber(mantissa: mantissa, scale: UInt8(scale))
  }

  /// The digits of a stored number without an exponent, for text columns.
  static func digits(_ text: String) -> String {
    if let number = scientific(text) { return number.description }
    return text
  }
}
