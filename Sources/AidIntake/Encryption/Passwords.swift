/// Passwords to try on workbooks that have one. They show nowhere, not even in a dump of values.
public struct Passwords: Sendable, CustomStringConvertible, CustomReflectable {
  /// Each as the formats hash it: UTF-16, little-endian.
  let encoded: [[UInt8]]

  public static let none = Passwords(encoded: [])

  /// The password of workbooks that are protected without anybody having chosen one, encoded as the others
  /// ([MS-OFFCRYPTO] 2.4.2.3: the same for every such workbook, and known to all).
  static let ofPrograms: [UInt8] = "VelvetSweatshop".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }

  private init(encoded: [[UInt8]]) { self.encoded = encoded }

  /// One password a line, blanks around it included; empty lines count for nothing, repeated ones once.
  /// - Returns: nil for bytes that are not UTF-8.
  public init?(lines bytes: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    var encoded: [[UInt8]] = []
    for var line in text.split(separator: UInt8(ascii: "\n")) {
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      guard let password = String(validating: line, as: UTF8.self) else { return nil }
      let units = password.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
      if !units.isEmpty, !encoded.contains(units) { encoded.append(units) }
    }
    self.encoded = encoded
  }

  public var isEmpty: Bool { encoded.isEmpty }
  public var description: String { "\(encoded.count) passwords" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
