import AidModel

/// A password-protected workbook: an OLE2 file with the encryption parameters and the encrypted package
/// ([MS-OFFCRYPTO] 2.3.4; ECMA-376 with agile or standard encryption).
struct EncryptedPackage {
  static let package = "EncryptedPackage"
  private static let info = "EncryptionInfo"
  /// A description takes a few kilobytes; certificates of many readers make it longer.
  private static let infoBytesMax = 1 << 18

  private let file: CompoundFile
  private let info: [UInt8]
  private let size: Int

  /// Nil if the file is not such a container.
  init?(_ bytes: FileBytes) throws(KindFault) {
    // Faults of the container itself are reported where such workbooks are opened.
    guard bytes.starts(with: CompoundFile.magic), let file = try? CompoundFile(bytes),
      let size = file.size(of: Self.package)
    else { return nil }
    guard let infoSize = file.size(of: Self.info) else {
      throw .locked("；是权限管理或别的加密，不支持 (rights management or another encryption, which is not supported)")
    }
    guard infoSize <= Self.infoBytesMax, size > 8, size <= bytes.count,
      let info = try file.stream(Self.info), info.count >= 8
    else { throw Self.damaged }
    (self.file, self.info, self.size) = (file, info, size)
  }

  static var damaged: KindFault {
    .damaged(Bilingual("加密信息不完整或已损坏", "the description of the encryption is incomplete or damaged"))
  }

  static func unsupported(_ what: String) -> KindFault {
    .locked("；加密方式 \(what) 不支持 (encryption \(what) is not supported)")
  }

  /// The package, decrypted with the first password that fits; the default password of spreadsheet programs
  /// is tried first. The result is in memory and no larger than the file.
  func opened(with passwords: Passwords, limits: IntakeLimits) throws(KindFault) -> FileBytes {
    let version = (Int(info[0]) | Int(info[1]) << 8, Int(info[2]) | Int(info[3]) << 8)
    let body = Array(info[4...])
    switch version {
    case (4, 4):
      let encryption = try AgileEncryption(body)
      let key = try Self.key(encryption.spinCount, passwords, limits, encryption.key)
      return try decrypted { bytes, size throws(KindFault) in
        try encryption.decrypt(bytes, size: size, key: key)
      }
    case (2...4, 2):
      let encryption = try StandardEncryption(body)
      let key = try Self.key(StandardEncryption.spinCount, passwords, limits, encryption.key)
      return try decrypted { bytes, size throws(KindFault) in
        encryption.decrypt(bytes, size: size, key: key)
      }
    case (3...4, 3): throw Self.unsupported("extensible")
    case (1, 1): throw Self.unsupported("RC4")
    default: throw Self.damaged
    }
  }

  /// The package key by the first password that fits.
  private static func key(
    _ spinCount: Int, _ passwords: Passwords, _ limits: IntakeLimits,
    _ key: (_ password: [UInt8]) -> [UInt8]?
  ) throws(KindFault) -> [UInt8] {
    guard spinCount <= limits.hashRoundsMax else {
      throw .limit("spinCount \(spinCount) > \(limits.hashRoundsMax)（\(hashRounds)）")
    }
    // Excel, WPS and LibreOffice open such a workbook without asking.
    if let found = key(Passwords.ofPrograms) { return found }
    if passwords.isEmpty { throw .encrypted() }
    var rounds = 0
    for password in passwords.encoded {
      rounds += max(spinCount, 1)
      guard rounds <= limits.hashRoundsMax else {
        throw .limit(
          "\(passwords.encoded.count) × spinCount \(spinCount) > \(limits.hashRoundsMax)（\(hashRounds)，"
            + "密码太多 too many passwords）")
      }
      if let found = key(password) { return found }
    }
    let count = passwords.encoded.count
    throw .encrypted("；给出的 \(count) 个密码都不对 (none of the \(count) passwords given opens it)")
  }

  private static let hashRounds = "密码散列次数 rounds of hashing a password"

  /// The stream in its own memory, starting with its size, decrypted in place.
  private func decrypted(
    _ decrypt: (_ stream: UnsafeMutableRawBufferPointer, _ size: Int) throws(KindFault) -> Void
  ) throws(KindFault) -> FileBytes {
    try FileBytes(memory: size) { stream throws(KindFault) in
      try file.copy(Self.package, into: stream)
      let told = stream.loadUnaligned(as: UInt64.self).littleEndian
      // The last block is padded.
      guard told > 0, let size = Int(exactly: told), size <= stream.count - 8,
        Self.wholeBlocks(size) <= stream.count - 8
      else {
        throw .damaged(Bilingual("加密内容的长度不符", "the encrypted content is not as long as it says"))
      }
      try decrypt(stream, size)
      return 8..<(8 + size)
    }
  }

  /// The size rounded up to whole blocks.
  static func wholeBlocks(_ size: Int) -> Int {
    (size + BlockCipher.blockSize - 1) / BlockCipher.blockSize * BlockCipher.blockSize
  }
}
