import CCrypto
import Foundation

@testable import AidIntake

/// Protected workbooks built byte by byte. Salts and keys are fixed, so a test always gives the same bytes.
enum EncryptedFixture {
  typealias Kind = KindFixture

  static let package = TestWorkbook(
    rows: TestWorkbook.texts(1, ["工号", "姓名", "自付金额"]) + TestWorkbook.texts(2, ["1001", "张三", "12345.67"])
  ).bytes

  static let shown = "工号,姓名,自付金额\n1001,张三,12345.67\n"

  /// Deterministic bytes that look random.
  static func chance(_ count: Int, _ seed: UInt8) -> [UInt8] {
    var value = UInt32(seed) &* 2_654_435_761
    return (0..<count).map { _ in
      value = value &* 1_664_525 &+ 1_013_904_223
      return UInt8(value >> 24)
    }
  }

  static func hash(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 64)
    var count: UInt32 = 0
    precondition(EVP_Digest(bytes, bytes.count, &out, &count, EVP_get_digestbyname(name), nil) == 1)
    return Array(out.prefix(Int(count)))
  }

  /// AES of whole blocks, the last one padded with zeros.
  static func encrypt(_ bytes: [UInt8], key: [UInt8], start: [UInt8]? = nil) -> [UInt8] {
    let input = bytes + [UInt8](repeating: 0, count: (16 - bytes.count % 16) % 16)
    var out = [UInt8](repeating: 0, count: input.count + 16)
    var count: Int32 = 0
    let state = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(state) }
    let cipher = EVP_get_cipherbyname("aes-\(8 * key.count)-\(start == nil ? "ecb" : "cbc")")
    precondition(EVP_EncryptInit_ex(state, cipher, nil, key, start) == 1)
    EVP_CIPHER_CTX_set_padding(state, 0)
    precondition(EVP_EncryptUpdate(state, &out, &count, input, Int32(input.count)) == 1)
    return Array(out.prefix(Int(count)))
  }

  static func units(_ password: String) -> [UInt8] { password.utf16.flatMap { Kind.little(Int($0), 2) } }

  static func spun(_ name: String, salt: [UInt8], password: String, rounds: Int) -> [UInt8] {
    (0..<rounds).reduce(hash(name, salt + units(password))) { hash(name, Kind.little($1, 4) + $0) }
  }

  // MARK: Standard encryption

  struct Standard {
    static let password = "秘密 1"
    private static let salt = chance(16, 1)
    private static let spun = EncryptedFixture.spun("SHA1", salt: salt, password: password, rounds: 50_000)

    var keyBits = 128
    var cipher: Int?
    var function = 0x8004
    /// The package length stated in the description.
    var size: Int?
    var change: (inout [UInt8]) -> Void = { _ in }
    var changeInfo: (inout [UInt8]) -> Void = { _ in }

    func bytes(_ package: [UInt8] = EncryptedFixture.package) -> [UInt8] {
      let final = hash("SHA1", Self.spun + [0, 0, 0, 0])
      let halves = [UInt8(0x36), 0x5C].map { filler in
        hash("SHA1", (0..<64).map { $0 < 20 ? final[$0] ^ filler : filler })
      }
      let key = Array((halves[0] + halves[1]).prefix(keyBits / 8))
      let verifier = chance(16, 2)
      let named = cipher ?? [128: 0x660E, 192: 0x660F, 256: 0x6610][keyBits]!
      let provider = Array("Microsoft Enhanced RSA and AES Cryptographic Provider\0".utf16).flatMap {
        Kind.little(Int($0), 2)
      }
      let numbers = [0x24, 0, named, function, keyBits, 0x18, 0, 0].flatMap { Kind.little($0, 4) }
      let header = numbers + provider
      var info = Kind.little(4, 2) + Kind.little(2, 2) + Kind.little(0x24, 4) + Kind.little(header.count, 4)
      info += header + Kind.little(16, 4) + Self.salt + encrypt(verifier, key: key)
      info += Kind.little(20, 4) + encrypt(hash("SHA1", verifier), key: key)
      changeInfo(&info)
      var stream = Kind.little(size ?? package.count, 8) + encrypt(package, key: key)
      change(&stream)
      return CompoundFixture.file([("EncryptionInfo", info), ("EncryptedPackage", stream)])
    }
  }

  // MARK: Agile encryption

  struct Agile {
    var keyBits = 256
    var function = "SHA512"
    var password = "秘密 1"
    var spinCount = 1_000
    /// The stated value, if it is wrong.
    var spinCountTold: Int?
    var saltSize = 16
    var size: Int?
    /// Applied to the stream before and after its HMAC is computed.
    var changeUnseen: (inout [UInt8]) -> Void = { _ in }
    var change: (inout [UInt8]) -> Void = { _ in }
    var changeInfo: (String) -> String = { $0 }
    var changeInfoBytes: (inout [UInt8]) -> Void = { _ in }

    private func fitted(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
      Array((bytes + [UInt8](repeating: 0x36, count: count)).prefix(count))
    }

    func bytes(_ package: [UInt8] = EncryptedFixture.package) -> [UInt8] {
      let (salt, dataSalt) = (chance(saltSize, 3), chance(saltSize, 4))
      let key = chance(keyBits / 8, 5)
      var stream = Kind.little(size ?? package.count, 8)
      for (number, at) in stride(from: 0, to: package.count, by: 4096).enumerated() {
        let start = fitted(hash(function, dataSalt + Kind.little(number, 4)), 16)
        stream += encrypt(Array(package[at..<min(at + 4096, package.count)]), key: key, start: start)
      }
      changeUnseen(&stream)
      let hashSize = hash(function, []).count
      let secret = chance(hashSize, 6)
      var keyed = [UInt8](repeating: 0, count: hashSize)
      HMAC(
        EVP_get_digestbyname(function), secret, Int32(secret.count), stream, stream.count, &keyed, nil)
      change(&stream)
      func locked(_ value: [UInt8], _ purpose: [UInt8]) -> String {
        let start = fitted(hash(function, dataSalt + purpose), 16)
        return Data(encrypt(value, key: key, start: start)).base64EncodedString()
      }
      let spun = EncryptedFixture.spun(function, salt: salt, password: password, rounds: spinCount)
      func byPassword(_ value: [UInt8], _ purpose: [UInt8]) -> String {
        let key = fitted(hash(function, spun + purpose), keyBits / 8)
        return Data(encrypt(value, key: key, start: fitted(salt, 16))).base64EncodedString()
      }
      let verifier = chance(saltSize, 7)
      let parameters = { (salt: [UInt8]) in
        "saltSize=\"\(saltSize)\" blockSize=\"16\" keyBits=\"\(keyBits)\" hashSize=\"\(hashSize)\" "
          + "cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"\(function)\" "
          + "saltValue=\"\(Data(salt).base64EncodedString())\""
      }
      let office = "http://schemas.microsoft.com/office/2006"
      let xml = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <encryption xmlns="\(office)/encryption" xmlns:p="\(office)/keyEncryptor/password">\
        <keyData \(parameters(dataSalt))/>\
        <dataIntegrity encryptedHmacKey="\(locked(secret, [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6]))" \
        encryptedHmacValue="\(locked(keyed, [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33]))"/>\
        <keyEncryptors><keyEncryptor uri="\(office)/keyEncryptor/password">\
        <p:encryptedKey spinCount="\(spinCountTold ?? spinCount)" \(parameters(salt)) encryptedVerifierHashInput="\
        \(byPassword(verifier, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79]))" encryptedVerifierHashValue="\
        \(byPassword(hash(function, verifier), [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E]))" \
        encryptedKeyValue="\(byPassword(key, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6]))"/>\
        </keyEncryptor></keyEncryptors></encryption>
        """
      var info = Kind.little(4, 2) + Kind.little(4, 2) + Kind.little(0x40, 4) + Array(changeInfo(xml).utf8)
      changeInfoBytes(&info)
      return CompoundFixture.file([("EncryptionInfo", info), ("EncryptedPackage", stream)])
    }
  }
}

/// An OLE2 compound file with streams under its root; those under 4096 bytes are in the mini stream.
enum CompoundFixture {
  private static func words(_ values: [Int]) -> [UInt8] { values.flatMap { KindFixture.little($0, 4) } }

  private static func padded(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (size - bytes.count % size) % size)
  }

  private static func entry(
    _ name: String, _ type: UInt8, right: Int, child: Int, start: Int, size: Int
  ) -> [UInt8] {
    let units = name.utf16.flatMap { KindFixture.little(Int($0), 2) }
    return units + [UInt8](repeating: 0, count: 64 - units.count) + KindFixture.little(units.count + 2, 2)
      + [type, 1] + words([-1, right, child]) + [UInt8](repeating: 0, count: 36)
      + words([start]) + KindFixture.little(size, 8)
  }

  static func file(_ streams: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var sectors: [UInt8] = []
    var table: [Int] = []
    /// Writes bytes as a chain of sectors.
    func chain(_ bytes: [UInt8]) -> Int {
      let content = padded(bytes, 512)
      let start = table.count
      if content.isEmpty { return -2 }
      sectors += content
      for i in 1..<(content.count / 512 + 1) { table.append(i == content.count / 512 ? -2 : start + i) }
      return start
    }
    var small: [UInt8] = []
    var smallTable: [Int] = []
    var directory: [UInt8] = []
    for (i, stream) in streams.enumerated() {
      var start = -2
      if stream.bytes.count >= 4096 {
        start = chain(stream.bytes)
      } else if !stream.bytes.isEmpty {
        start = smallTable.count
        small += padded(stream.bytes, 64)
        let count = (stream.bytes.count + 63) / 64
        for k in 1...count { smallTable.append(k == count ? -2 : start + k) }
      }
      let right = i + 1 < streams.count ? i + 2 : -1
      directory += entry(stream.name, 2, right: right, child: -1, start: start, size: stream.bytes.count)
    }
    let smallAt = chain(small)
    let root = entry("Root Entry", 5, right: -1, child: 1, start: smallAt, size: small.count)
    let directoryAt = chain(root + directory)
    while smallTable.count % 128 != 0 { smallTable.append(-1) }
    let smallTableAt = chain(words(smallTable))
    let tableAt = table.count
    let tableCount = (tableAt + 126) / 127
    table += [Int](repeating: -3, count: tableCount)
    while table.count % 128 != 0 { table.append(-1) }
    precondition(tableCount <= 109, "a fixture this large is not foreseen")
    var header =
      CompoundFile.magic + [UInt8](repeating: 0, count: 16) + [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]
    header += [UInt8](repeating: 0, count: 10) + words([tableCount, directoryAt, 0, 4096])
    header += words([smallTableAt, smallTable.count / 128, -2, 0])
    header += words((0..<109).map { $0 < tableCount ? tableAt + $0 : -1 })
    return header + sectors + words(table)
  }
}
