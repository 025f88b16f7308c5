/// A decimal number as written: `mantissa` × 10^−`scale`, exact, up to 18 digits.
public struct DecimalNumber: Hashable, Sendable {
  public let mantissa: Int64
  /// Digits after the point, 0…18.
  public let scale: UInt8

  public init(mantissa: Int64, scale: UInt8 = 0) {
    precondition(scale <= 18, "18 decimals are all that Int64 can hold")
    self.mantissa = mantissa
    self.scale = scale
  }

  static func powerOfTen(_ exponent: UInt8) -> Int128 {
    var value: Int128 = 1
    for _ in 0..<exponent { value *= 10 }
    return value
  }

  /// 10^`exponent`.
  /// - Precondition: `exponent` is at most 18.
  static func shortPowerOfTen(_ exponent: UInt8) -> Int64 {
    var value: Int64 = 1
    for _ in 0..<exponent { value &*= 10 }
    return value
  }

  /// The mantissa of the same number at scale `places`; nil if digits would be lost or it overflows.
  public func mantissa(atScale places: UInt8) -> Int64? {
    if scale <= places {
      return Int64(exactly: Int128(mantissa) * Self.powerOfTen(places - scale))
    }
    let (quotient, rest) = Int128(mantissa).quotientAndRemainder(dividingBy: Self.powerOfTen(scale - places))
    return rest == 0 ? Int64(exactly: quotient) : nil
  }

  /// Parses an optional minus, digits, and an optional point with digits on both sides. No spaces, `+`,
  /// commas, exponents or full-width digits: cell text goes through the field reader instead.
  public init?(plain text: String) {
    var copy = text
    let read = copy.withUTF8 { Self(plain: $0) }
    guard let read else { return nil }
    self = read
  }

  public init?(plain bytes: UnsafeBufferPointer<UInt8>) {
    var i = 0
    var negative = false
    if bytes.count > 0, bytes[0] == UInt8(ascii: "-") { (negative, i) = (true, 1) }
    var value: Int64 = 0
    var places: UInt8 = 0
    var seenPoint = false
    var digits = 0
    while i < bytes.count {
      let byte = bytes[i]
      if byte == UInt8(ascii: "."), !seenPoint, digits > 0, i + 1 < bytes.count {
        seenPoint = true
      } else if byte >= 48, byte <= 57 {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, more) = product.addingReportingOverflow(Int64(byte - 48))
        if overflow || more || places == 18 { return nil }
        value = sum
        digits += 1
        if seenPoint { places += 1 }
      } else {
        return nil
      }
      i += 1
    }
    if digits == 0 { return nil }
    self.init(mantissa: negative ? -value : value, scale: places)
  }
}

extension DecimalNumber: CustomStringConvertible {
  public var description: String { Rational(self).description }
}
