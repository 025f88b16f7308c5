import AidModel
import CIconv

/// Encodes and decodes a ledger's text strictly: an unsupported character is a failure, never replaced.
enum LedgerEncoding: String, CaseIterable {
  case utf8 = "utf-8"
  case gbk
  case gb18030

  private var iconvName: String {
    switch self {
    case .utf8: "UTF-8"
    case .gbk: "GBK"
    case .gb18030: "GB18030"
    }
  }

  /// Nil if a character cannot be encoded.
  func encode(_ text: String) -> [UInt8]? {
    if self == .utf8 || text.utf8.allSatisfy({ $0 < 128 }) { return Array(text.utf8) }
    return Self.convert(Array(text.utf8), from: "UTF-8", to: iconvName)
  }

  /// Appends the encoded text.
  /// - Returns: false if a character cannot be encoded.
  func write(_ text: String, to out: inout TextBuffer) -> Bool {
    guard let bytes = encode(text) else { return false }
    bytes.withUnsafeBufferPointer { out.append($0) }
    return true
  }

  func decode(_ bytes: [UInt8]) -> String? {
    if self == .utf8 { return String(validating: bytes, as: UTF8.self) }
    return Self.convert(bytes, from: iconvName, to: "UTF-8").flatMap { String(validating: $0, as: UTF8.self) }
  }

  private static func convert(_ bytes: [UInt8], from: String, to: String) -> [UInt8]? {
    guard let converter = iconv_open(to, from), converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    let room = output.count
    return input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var (from, to) = (source.baseAddress, target.baseAddress)
        var (left, space) = (source.count, room)
        let status = Int(bitPattern: UInt(bitPattern: Int(iconv(converter, &from, &left, &to, &space))))
        guard status == 0, left == 0 else { return nil }
        return target[0..<(room - space)].map { UInt8(bitPattern: $0) }
      }
    }
  }
}
