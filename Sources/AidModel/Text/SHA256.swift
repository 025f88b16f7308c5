private import CCrypto

/// SHA-256 (FIPS 180-4), for hashes of inputs and record ids. Feed it in pieces; finish once.
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

  /// As `finish`, without memory for it: the bytes hold during the call.
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
public enum Base32 {
  public static func encode(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { encode($0, length: ($0.count * 8 + 4) / 5) }
  }

  /// The first `length` characters.
  static func encode(_ bytes: UnsafeRawBufferPointer, length: Int) -> String {
    String(unsafeUninitializedCapacity: length) { out in
      var count = 0
      func put(_ value: UInt32) {
        // The digits begin at 2.
        if count == length { return }
        out[count] = UInt8(value < 26 ? 97 + value : 24 + value)
        count += 1
      }
      var (buffer, bits) = (UInt32(0), 0)
      for byte in bytes {
        buffer = buffer << 8 | UInt32(byte)
        bits += 8
        while bits >= 5 {
          put(buffer >> UInt32(bits - 5) & 31)
          bits -= 5
        }
        buffer &= (1 << UInt32(bits)) - 1
      }
      if bits > 0 { put(buffer << UInt32(5 - bits) & 31) }
      return count
    }
  }
}
