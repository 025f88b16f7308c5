import AidModel
import CLibXML2

/// The XML description of a package's encryption: its elements' attributes.
struct AgileDescription {
  /// Salt, cipher and hash of the package, or of its key.
  struct Parameters {
    let salt: [UInt8]
    let keySize: Int
    let hash: HashFunction
  }

  private struct Found {
    var elements: [String: [String: String]] = [:]
    var isRepeated = false
  }

  private let elements: [String: [String: String]]

  private static let names = "http://schemas.microsoft.com/office/2006/encryption"
  private static let passwordNames = "http://schemas.microsoft.com/office/2006/keyEncryptor/password"

  init(xml: [UInt8]) throws(KindFault) {
    let bytes = try FileBytes(memory: xml.count) { memory throws(KindFault) in
      memory.copyBytes(from: xml)
      return 0..<xml.count
    }
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, uri, _, _, count, _, attributes in
      guard let local, let uri, let context else { return }
      AgileDescription.take(
        String(cString: local), String(cString: uri), MarkupAttributes(attributes, count),
        into: &context.assumingMemoryBound(to: Found.self).pointee)
    }
    let found = try Markup.read(.file(bytes), into: Found(), sax)
    // Two elements of the same name are ambiguous.
    guard !found.isRepeated else { throw EncryptedPackage.damaged }
    elements = found.elements
    if elements["encryptedKey"] == nil, elements["keyData"] != nil {
      throw .locked("；只能用证书打开 (it opens with a certificate only)")
    }
  }

  private static func take(
    _ name: String, _ namespace: String, _ attributes: MarkupAttributes, into found: inout Found
  ) {
    let wanted = name == "encryptedKey" ? passwordNames : names
    guard ["keyData", "dataIntegrity", "encryptedKey"].contains(name), namespace.sameScalars(as: wanted)
    else { return }
    var values: [String: String] = [:]
    for i in 0..<attributes.count {
      guard let start = attributes.start else { break }
      let field = start + 5 * i
      guard field[2] == nil, let local = field[0] else { continue }
      values[String(cString: local)] = PushParser.value(start, i)
    }
    if found.elements.updateValue(values, forKey: name) != nil { found.isRepeated = true }
  }

  private func text(_ element: String, _ name: String) throws(KindFault) -> String {
    guard let text = elements[element]?[name] else { throw EncryptedPackage.damaged }
    return text
  }

  /// A whole number from 0 that fits 32 bits.
  func number(_ element: String, _ name: String) throws(KindFault) -> Int {
    guard let number = UInt32(try text(element, name)) else { throw EncryptedPackage.damaged }
    return Int(number)
  }

  func bytes(_ element: String, _ name: String) throws(KindFault) -> [UInt8] {
    guard let bytes = Base64.decoded(try text(element, name)) else { throw EncryptedPackage.damaged }
    return bytes
  }

  /// Bytes in whole cipher blocks.
  func blocks(_ element: String, _ name: String) throws(KindFault) -> [UInt8] {
    let bytes = try bytes(element, name)
    guard !bytes.isEmpty, bytes.count % BlockCipher.blockSize == 0 else { throw EncryptedPackage.damaged }
    return bytes
  }

  func parameters(_ element: String) throws(KindFault) -> Parameters {
    let (cipher, chaining) = (try text(element, "cipherAlgorithm"), try text(element, "cipherChaining"))
    let (name, bits) = (try text(element, "hashAlgorithm"), try number(element, "keyBits"))
    guard cipher == "AES", chaining == "ChainingModeCBC", let hash = HashFunction(named: name) else {
      throw EncryptedPackage.unsupported(
        "\(cipher.prefix(20)) \(chaining.prefix(20)) \(name.prefix(20))")
    }
    let salt = try bytes(element, "saltValue")
    guard BlockCipher.keySizes.contains(bits / 8), bits % 8 == 0, !salt.isEmpty,
      try number(element, "saltSize") == salt.count, try number(element, "hashSize") == hash.size,
      try number(element, "blockSize") == BlockCipher.blockSize
    else { throw EncryptedPackage.damaged }
    return Parameters(salt: salt, keySize: bits / 8, hash: hash)
  }
}

/// RFC 4648 base64, as used in XML.
enum Base64 {
  /// Nil unless the text consists of complete groups; white space between them is ignored.
  static func decoded(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    var (group, count, fillers) = (UInt32(0), 0, 0)
    for byte in text.utf8 where ![9, 10, 13, 32].contains(byte) {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 97 + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - 48 + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      case UInt8(ascii: "=") where count % 4 >= 2: (value, fillers) = (0, fillers + 1)
      default: return nil
      }
      guard fillers == 0 || byte == UInt8(ascii: "=") else { return nil }
      group = group << 6 | UInt32(value)
      count += 1
      if count % 4 == 0 {
        out += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
        group = 0
      }
    }
    guard count % 4 == 0, fillers <= 2 else { return nil }
    return out.dropLast(fillers)
  }
}
