/// What people write to mean "nothing".
enum Placeholder {
  /// A lone dash or slash in a text column; 无 in a column of names, numbers or banks; 退休 as a staff number.
  static func isNothing(_ bytes: UnsafeBufferPointer<UInt8>, in column: Column) -> Bool {
    guard bytes.count <= 24 else { return false }
    let key = TextCleaning.key(String(decoding: bytes, as: UTF8.self))
    if key.unicodeScalars.allSatisfy(isStroke) { return true }
    if column.role == .staffNumber, ["退休", "离休", "已退休", "无工号"].contains(where: { key.sameScalars(as: $0) }) {
      return true
    }
    return names(column) && ["无", "暂无"].contains { key.sameScalars(as: $0) }
  }

  /// Whether a payment depends on the column.
  private static func names(_ column: Column) -> Bool {
    column.role.isIdentifier || column.role == .personName || (column.isOfPlaces && column.role != .unit)
  }

  private static func isStroke(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2D, 0x2F, 0x5C, 0x2010...0x2015, 0x2212, 0x2500, 0x2501, 0x30FC, 0x4E28: true
    default: false
    }
  }
}

/// Whether a text has the form of an identifier.
enum IdentifierShape {
  /// `4.20100199001E+17`: a long number as a spreadsheet displays it, then saved as CSV.
  static func isScientific(_ text: String) -> Bool {
    let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard parts.count == 2, text.contains(".") || text.contains("+") else { return false }
    let exponent = parts[1].first == "+" ? parts[1].dropFirst() : parts[1]
    return areDigits(exponent) && parts[0].utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == 46 }
      && parts[0].utf8.first.map { $0 >= 48 && $0 <= 57 } ?? false
  }

  /// A staff number contains a digit and is not a date (spreadsheets turn `1-2` into one).
  static func isStaffNumber(_ text: String) -> Bool {
    guard text.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else { return false }
    let parts = text.split(whereSeparator: { "-/.年月日T:".contains($0) })
    return
      !(parts.count >= 3 && parts[0].utf8.count == 4 && parts.dropFirst().allSatisfy { $0.utf8.count <= 2 }
      && parts.allSatisfy(areDigits))
  }

  /// Whether there is a character that is no letter, digit, dash or bracket and not ASCII, such as `★` or U+303F: some
  /// cannot be seen, and nobody types them again.
  static func hasSymbol(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      if scalar.value < 0x80 { return false }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber, .letterNumber,
        .dashPunctuation, .openPunctuation, .closePunctuation:
        return false
      // Marks on a letter or digit have a note of their own.
      case .nonspacingMark, .spacingMark, .enclosingMark: return false
      default: return true
      }
    }
  }

  private static func areDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
  }
}
