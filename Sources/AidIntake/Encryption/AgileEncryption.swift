import AidModel

/// "Agile encryption" ([MS-OFFCRYPTO] 2.3.4.10–2.3.4.15), used by office programs since 2010: AES-CBC in
/// segments, with an HMAC over the whole.
struct AgileEncryption {
  private let data: AgileDescription.Parameters
  private let password: AgileDescription.Parameters
  /// The number of hash iterations for a password.
  let spinCount: Int
  private let verifierInput: [UInt8]
  private let verifierHash: [UInt8]
  private let keyValue: [UInt8]
  private let integrityKey: [UInt8]
  private let integrityValue: [UInt8]

  private static let segmentSize = 4096

  /// The format's constants from which keys and initialisation vectors are derived.
  private enum Purpose {
    static let verifierInput: [UInt8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79]
    static let verifierHash: [UInt8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E]
    static let keyValue: [UInt8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6]
    static let integrityKey: [UInt8] = [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6]
    static let integrityValue: [UInt8] = [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33]
  }

  /// - Parameter body: the description after its version: reserved bytes, then XML.
  init(_ body: [UInt8]) throws(KindFault) {
    let description = try AgileDescription(xml: Array(body.dropFirst(4)))
    data = try description.parameters("keyData")
    password = try description.parameters("encryptedKey")
    spinCount = try description.number("encryptedKey", "spinCount")
    verifierInput = try description.blocks("encryptedKey", "encryptedVerifierHashInput")
    verifierHash = try description.blocks("encryptedKey", "encryptedVerifierHashValue")
    keyValue = try description.blocks("encryptedKey", "encryptedKeyValue")
    // Without an HMAC, someone who does not know the password could have changed the package.
    integrityKey = try description.blocks("dataIntegrity", "encryptedHmacKey")
    integrityValue = try description.blocks("dataIntegrity", "encryptedHmacValue")
    guard verifierInput.count >= password.salt.count, verifierHash.count >= password.hash.size,
      keyValue.count >= data.keySize, integrityKey.count >= data.hash.size,
      integrityValue.count >= data.hash.size
    else { throw EncryptedPackage.damaged }
  }

  /// The package key; nil for a wrong password.
  func key(_ text: [UInt8]) -> [UInt8]? {
    let spun = password.hash.spun(salt: password.salt, password: text, rounds: spinCount)
    func opened(_ value: [UInt8], _ purpose: [UInt8]) -> [UInt8] {
      let key = Self.fitted(password.hash.hash(spun, purpose), to: password.keySize)
      return BlockCipher(key: key, chaining: .blocks).decrypted(
        value, from: Self.fitted(password.salt, to: BlockCipher.blockSize))
    }
    let input = opened(verifierInput, Purpose.verifierInput).prefix(password.salt.count)
    let hash = password.hash.hash(Array(input))
    guard opened(verifierHash, Purpose.verifierHash).starts(with: hash) else { return nil }
    return Array(opened(keyValue, Purpose.keyValue).prefix(data.keySize))
  }

  /// Verifies the stream's HMAC, then decrypts its first `size` bytes after the eight-byte header, up to the
  /// end of their last block.
  func decrypt(_ stream: UnsafeMutableRawBufferPointer, size: Int, key: [UInt8]) throws(KindFault) {
    let cipher = BlockCipher(key: key, chaining: .blocks)
    func opened(_ value: [UInt8], _ purpose: [UInt8]) -> [UInt8] {
      Array(cipher.decrypted(value, from: start(purpose)).prefix(data.hash.size))
    }
    let expected = opened(integrityValue, Purpose.integrityValue)
    let keyed = data.hash.keyed(opened(integrityKey, Purpose.integrityKey), UnsafeRawBufferPointer(stream))
    guard keyed == expected else {
      throw .damaged(
        Bilingual(
          "密码正确，但完整性校验不符：加密后被改动或损坏",
          "the password fits, but the integrity check fails: changed or damaged since it was encrypted"))
    }
    let end = 8 + EncryptedPackage.wholeBlocks(size)
    for (number, at) in stride(from: 8, to: end, by: Self.segmentSize).enumerated() {
      let segment = stream[at..<min(at + Self.segmentSize, end)]
      let index = (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
      cipher.decrypt(UnsafeMutableRawBufferPointer(rebasing: segment), from: start(index))
    }
  }

  /// The initialisation vector for a purpose or segment.
  private func start(_ purpose: [UInt8]) -> [UInt8] {
    Self.fitted(data.hash.hash(data.salt, purpose), to: BlockCipher.blockSize)
  }

  /// Truncated, or padded with the format's filler.
  private static func fitted(_ bytes: [UInt8], to size: Int) -> [UInt8] {
    bytes.prefix(size) + [UInt8](repeating: 0x36, count: max(0, size - bytes.count))
  }
}
