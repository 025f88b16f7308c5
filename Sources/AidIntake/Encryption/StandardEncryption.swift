import AidModel

/// "Standard encryption" ([MS-OFFCRYPTO] 2.3.4.5–2.3.4.9) of office programs before 2010: AES-ECB, SHA-1.
struct StandardEncryption {
  static let spinCount = 50_000
  private static let hash = HashFunction.sha1

  private let salt: [UInt8]
  private let keySize: Int
  private let verifier: [UInt8]
  private let verifierHash: [UInt8]

  /// - Parameter body: the description after its version.
  init(_ body: [UInt8]) throws(KindFault) {
    func little32(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(body[at + $1]) << (8 * $1) } }
    // Flags, the header's size, the header: flags, a reserved field, cipher, hash, key bits, and more.
    guard body.count >= 40 else { throw EncryptedPackage.damaged }
    let end = 8 + little32(4)
    // Then the salt's size, salt, verifier, the size of its hash, and the hash in whole blocks.
    guard end >= 40, end <= body.count - 72, little32(end) == 16 else { throw EncryptedPackage.damaged }
    let (cipher, function, bits) = (little32(16), little32(20), little32(24))
    let known = [0x660E: 128, 0x660F: 192, 0x6610: 256]
    guard let expected = known[cipher] else {
      let name = cipher == 0x6801 ? "RC4" : "0x\(String(cipher, radix: 16))"
      throw EncryptedPackage.unsupported(name)
    }
    guard function == 0 || function == 0x8004 else {
      throw EncryptedPackage.unsupported("AES, hash 0x\(String(function, radix: 16))")
    }
    guard bits == expected, little32(end + 36) == Self.hash.size else { throw EncryptedPackage.damaged }
    keySize = bits / 8
    salt = Array(body[(end + 4)..<(end + 20)])
    verifier = Array(body[(end + 20)..<(end + 36)])
    verifierHash = Array(body[(end + 40)..<(end + 72)])
  }

  /// The package key; nil for a wrong password.
  func key(_ password: [UInt8]) -> [UInt8]? {
    let spun = Self.hash.spun(salt: salt, password: password, rounds: Self.spinCount)
    let final = Self.hash.hash(spun, [0, 0, 0, 0])
    func half(_ filler: UInt8) -> [UInt8] {
      Self.hash.hash((0..<64).map { $0 < final.count ? final[$0] ^ filler : filler })
    }
    let key = Array((half(0x36) + half(0x5C)).prefix(keySize))
    let cipher = BlockCipher(key: key, chaining: .none)
    let hash = Self.hash.hash(cipher.decrypted(verifier))
    return cipher.decrypted(verifierHash).starts(with: hash) ? key : nil
  }

  /// Decrypts the first `size` bytes after the eight-byte header, up to the end of their last block.
  func decrypt(_ stream: UnsafeMutableRawBufferPointer, size: Int, key: [UInt8]) {
    let blocks = stream[8..<(8 + EncryptedPackage.wholeBlocks(size))]
    BlockCipher(key: key, chaining: .none).decrypt(UnsafeMutableRawBufferPointer(rebasing: blocks))
  }
}
