/// Passwords to try on protected workbooks. They are never displayed, not even in a dump of values.
public struct Passwords: Sendable, CustomStringConvertible, CustomReflectable {
  /// Encoded as the formats hash them: UTF-16, little-endian.
  let encoded: [[UInt8]]

  public static let none = Passwords(encoded: [])

  /// The default password of workbooks protected without a password of their own ([MS-OFFCRYPTO] 2.4.2.3; the
  /// same for all such workbooks, and public).
  static let ofPrograms: [UInt8] = "VelvetSweatshop".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }

  private init(encoded: [[UInt8]]) { self.encoded = encoded }

  /// One password per line, including blanks around it. Empty lines are skipped, duplicates removed.
  /// - Returns: nil if the bytes are not UTF-8.
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
