/// How personal numbers and names are masked in documents that many people see.
public enum Masking {
  /// `4201**********0010`: the first and last four characters. Shorter numbers show at most a quarter at each
  /// end.
  public static func idNumber(_ text: String) -> String { mask(text, first: 4, last: 4, whole: 15) }

  /// The first six and last four characters: `620000*********0004`.
  public static func account(_ text: String) -> String { mask(text, first: 6, last: 4, whole: 15) }

  /// `138****0000`.
  public static func phone(_ text: String) -> String { mask(text, first: 3, last: 4, whole: 11) }

  /// `张*`, `张*三`, `欧**娜`; with middle dots, only the first character of each part.
  public static func name(_ text: String) -> String {
    if text.unicodeScalars.contains("\u{B7}") {
      let parts = text.split(separator: "\u{B7}", omittingEmptySubsequences: false)
      return parts.map { part in
        part.isEmpty ? "" : String(part.prefix(1)) + String(repeating: "*", count: part.count - 1)
      }.joined(separator: "\u{B7}")
    }
    let characters = Array(text)
    switch characters.count {
    case 0: return ""
    case 1: return "*"
    case 2: return "\(characters[0])*"
    default:
      let stars = String(repeating: "*", count: characters.count - 2)
      return "\(characters[0])\(stars)\(characters[characters.count - 1])"
    }
  }

  /// Masks every personal number in a free text, however it is written: ID numbers, accounts, telephone
  /// numbers. Dates and amounts are left alone.
  public static func text(_ text: String) -> String {
    var bytes = text
    guard bytes.withUTF8({ PersonalNumbers.mayHold($0) }) else { return text }
    var numbers = PersonalNumbers(text)
    return numbers.masked()
  }

  /// Also masks the row's own numbers, whatever their form.
  /// - Parameter own: the contents of the row's columns for ID numbers, accounts and telephones.
  public static func text(_ text: String, own: [String]) -> String {
    var masked = self.text(text)
    for number in own { masked = OwnNumber(number)?.masked(in: masked) ?? masked }
    return masked
  }

  /// - Parameter whole: the usual length of such a number; at least half of a shorter one is hidden.
  private static func mask(_ text: String, first: Int, last: Int, whole: Int) -> String {
    let characters = Array(text)
    var (first, last) = (first, last)
    if characters.count < whole {
      (first, last) = (min(first, characters.count / 4), min(last, characters.count / 4))
    }
    guard characters.count > first + last else {
      return String(repeating: "*", count: max(0, characters.count - 2)) + String(characters.suffix(2))
    }
    return String(characters.prefix(first))
      + String(repeating: "*", count: characters.count - first - last) + String(characters.suffix(last))
  }
}

extension ColumnRole {
  /// Masks the text of a cell in a column of this role.
  public func masked(_ text: String) -> String {
    switch self {
    case .idNumber: Masking.idNumber(text)
    case .account: Masking.account(text)
    case .phone: Masking.phone(text)
    default: Masking.text(text)
    }
  }
}

// MARK: bytes

extension Masking {
  /// Appends a name as `name` masks it.
  public static func write(name: UnsafeBufferPointer<UInt8>, to out: inout TextBuffer) {
    guard isHan(name) else { return out.append(self.name(String(decoding: name, as: UTF8.self))) }
    let count = name.count / 3
    if count > 1 { out.append(UnsafeBufferPointer(rebasing: name[..<3])) }
    for _ in 0..<max(1, count - 2) { out.append(UInt8(ascii: "*")) }
    if count > 2 { out.append(UnsafeBufferPointer(rebasing: name[(name.count - 3)...])) }
  }

  /// Whether the text is one or more characters of U+4000 to U+9FFF and nothing else.
  private static func isHan(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.isEmpty || text.count % 3 != 0 { return false }
    for i in stride(from: 0, to: text.count, by: 3) where !(0xE4...0xE9).contains(text[i]) { return false }
    return true
  }

  /// Whether a text may hold a number of its row; false is certain.
  public static func mayHoldOwnNumber(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { PersonalNumbers.mayHold($0, digits: 4) }
  }

  /// Appends a text as `text` masks it.
  public static func write(text: UnsafeBufferPointer<UInt8>, to out: inout TextBuffer) {
    guard PersonalNumbers.mayHold(text) else { return out.append(text) }
    out.append(self.text(String(decoding: text, as: UTF8.self)))
  }
}
