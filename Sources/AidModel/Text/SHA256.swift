private import CCrypto

/// SHA-256 (FIPS 180-4) for hashes of inputs and record ids. Call `update` as often as needed, `finish` once.
public struct SHA256: Sendable {
  private var state = SHA256_CTX()

  public init() { SHA256_Init(&state) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
  }

  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  public mutating func update(_ text: String) {
    var copy = text
    copy.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  public mutating func finish() -> [UInt8] { withDigest { Array($0) } }

  /// Like `finish`, but without allocating: the digest is valid only during the call.
  public mutating func withDigest<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var digest = InlineArray<32, UInt8>(repeating: 0)
    return withUnsafeMutableBytes(of: &digest) { bytes in
      SHA256_Final(bytes.baseAddress, &state)
      return body(UnsafeRawBufferPointer(bytes))
    }
  }

  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// Lower-case hexadecimal.
  public static func hex(_ digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// RFC 4648 base32, lower case, without padding.
enum Base32 {
  /// Writes the first `count` characters of the bytes in base 32.
  /// - Precondition: the bytes suffice for `count` characters, and `text` has room for them.
  static func encode(
    _ bytes: UnsafeRawBufferPointer, count: Int, into text: UnsafeMutableBufferPointer<UInt8>
  ) {
    var (buffer, bits, next) = (UInt32(0), 0, 0)
    for index in 0..<count {
      if bits < 5 {
        buffer = buffer << 8 | UInt32(bytes[next])
        (bits, next) = (bits + 8, next + 1)
      }
      bits -= 5
      let digit = UInt8(truncatingIfNeeded: buffer >> UInt32(bits) & 31)
      // a–z, then 2–7.
      text[index] = digit < 26 ? UInt8(ascii: "a") + digit : UInt8(ascii: "2") + digit - 26
    }
  }
}
