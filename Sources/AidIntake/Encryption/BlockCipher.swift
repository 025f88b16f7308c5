import CCrypto

/// libcrypto's AES, decrypting 16-byte blocks in place. Its owner frees it.
struct BlockCipher: ~Copyable {
  enum Chaining { case none, blocks }

  static let blockSize = 16
  static let keySizes = [16, 24, 32]

  private let state: OpaquePointer

  /// - Precondition: the key size is one of `keySizes`.
  init(key: [UInt8], chaining: Chaining) {
    guard let state = EVP_CIPHER_CTX_new() else {
      preconditionFailure("libcrypto has no memory for a cipher")
    }
    self.state = state
    let cipher =
      switch (chaining, key.count) {
      case (.none, 16): EVP_aes_128_ecb()
      case (.none, 24): EVP_aes_192_ecb()
      case (.none, 32): EVP_aes_256_ecb()
      case (.blocks, 16): EVP_aes_128_cbc()
      case (.blocks, 24): EVP_aes_192_cbc()
      case (.blocks, 32): EVP_aes_256_cbc()
      default: preconditionFailure("a key has 16, 24 or 32 bytes")
      }
    precondition(EVP_DecryptInit_ex(state, cipher, nil, key, nil) == 1, "libcrypto takes a key")
    EVP_CIPHER_CTX_set_padding(state, 0)
  }

  deinit { EVP_CIPHER_CTX_free(state) }

  /// - Precondition: `bytes` is whole blocks; `start` has `blockSize` bytes with chaining, none without.
  func decrypt(_ bytes: UnsafeMutableRawBufferPointer, from start: [UInt8] = []) {
    precondition(bytes.count % Self.blockSize == 0, "ciphers take whole blocks")
    var offset = 0
    if !start.isEmpty {
      precondition(start.count == Self.blockSize && EVP_DecryptInit_ex(state, nil, nil, nil, start) == 1)
    }
    while offset < bytes.count {
      let count = min(bytes.count - offset, 1 << 24)
      let part = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + offset
      var written: Int32 = 0
      precondition(EVP_DecryptUpdate(state, part, &written, part, Int32(count)) == 1, "libcrypto decrypts")
      precondition(Int(written) == count, "whole blocks give whole blocks")
      offset += count
    }
  }

  func decrypted(_ bytes: [UInt8], from start: [UInt8] = []) -> [UInt8] {
    var copy = bytes
    copy.withUnsafeMutableBytes { decrypt($0, from: start) }
    return copy
  }
}
