import CCrypto

/// Hash functions used in workbook encryption.
enum HashFunction: Sendable, CaseIterable {
  case sha1, sha256, sha384, sha512

  /// - Parameter name: as in [MS-OFFCRYPTO], `SHA512`; ECMA-376 writes a hyphen.
  init?(named name: String) {
    let plain = name.filter { $0 != "-" }
    guard let found = Self.allCases.first(where: { $0.name == plain }) else { return nil }
    self = found
  }

  var name: String {
    switch self {
    case .sha1: "SHA1"
    case .sha256: "SHA256"
    case .sha384: "SHA384"
    case .sha512: "SHA512"
    }
  }

  /// The size of a hash in bytes.
  var size: Int {
    switch self {
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  fileprivate var algorithm: OpaquePointer {
    let found =
      switch self {
      case .sha1: EVP_sha1()
      case .sha256: EVP_sha256()
      case .sha384: EVP_sha384()
      case .sha512: EVP_sha512()
      }
    guard let found else { preconditionFailure("libcrypto has every SHA") }
    return found
  }

  func hash(_ parts: [UInt8]...) -> [UInt8] {
    let state = HashState(self)
    state.begin()
    for part in parts { part.withUnsafeBytes { state.update($0) } }
    return [UInt8](unsafeUninitializedCapacity: size) { out, count in
      state.finish(into: out.baseAddress!)
      count = size
    }
  }

  /// Hashes salt and password, then hashes the result `rounds` times, each time after the round number.
  func spun(salt: [UInt8], password: [UInt8], rounds: Int) -> [UInt8] {
    let state = HashState(self)
    var message = [0, 0, 0, 0] + hash(salt, password)
    message.withUnsafeMutableBytes { bytes in
      for round in 0..<rounds {
        bytes.storeBytes(of: UInt32(truncatingIfNeeded: round).littleEndian, as: UInt32.self)
        state.begin()
        state.update(UnsafeRawBufferPointer(bytes))
        state.finish(into: bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + 4)
      }
    }
    return Array(message[4...])
  }

  /// HMAC (RFC 2104).
  func keyed(_ key: [UInt8], _ message: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { out, count in
      let done = HMAC(
        algorithm, key, Int32(key.count), message.bindMemory(to: UInt8.self).baseAddress, message.count,
        out.baseAddress, nil)
      precondition(done != nil, "libcrypto computes a keyed hash")
      count = size
    }
  }
}

/// A reusable libcrypto hash state: creating one costs more than a short hash. Its owner frees it.
private struct HashState: ~Copyable {
  private let state: OpaquePointer

  init(_ function: HashFunction) {
    guard let state = EVP_MD_CTX_new() else { preconditionFailure("libcrypto has no memory for a hash") }
    self.state = state
    precondition(EVP_DigestInit_ex(state, function.algorithm, nil) == 1, "libcrypto knows the hash")
  }

  deinit { EVP_MD_CTX_free(state) }

  func begin() {
    // Passing the function again would look it up again.
    precondition(EVP_DigestInit_ex(state, nil, nil) == 1, "libcrypto begins a hash")
  }

  func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(EVP_DigestUpdate(state, bytes.baseAddress, bytes.count) == 1, "libcrypto hashes")
  }

  func finish(into out: UnsafeMutablePointer<UInt8>) {
    precondition(EVP_DigestFinal_ex(state, out, nil) == 1, "libcrypto ends a hash")
  }
}
