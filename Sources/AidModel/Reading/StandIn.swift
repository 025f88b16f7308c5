/// A word that takes the place of a value and can never be one.
public enum StandIn: Sendable {
  /// Left by a spreadsheet or program when a value failed or was missing: `#N/A`, `#REF!`, `nan`, `NULL`.
  case failure
  /// Refers to a value elsewhere: 同上, 〃, ditto.
  case elsewhere
  /// A truth value as a word, which names nothing.
  case truth
  /// The value is unknown, or not known yet: 不详, 待补. This may be an answer for an illness, but not for a
  /// name, a number, a unit or a bank.
  case unknown

  /// Longer than any word of the table with brackets and blanks around it.
  private static let bytesMax = 40

  private static let failures: Set<String> = [
    "n/a", "na", "n.a", "n/d", "nan", "nat", "null", "nil", "none", "undefined", "void", "1.#ind", "1.#qnan",
    "1.#inf",
    "\\n", "objectobject", "invaliddate", "nonetype", "dbnull", "error",
    "infinity", "inf", "(空白)", "(blank)", "未找到", "找不到", "查无", "查无此人", "无匹配", "未匹配",
  ]
  private static let pointers: Set<String> = [
    "同上", "同前", "同左", "同右", "同下", "上同", "见上", "见前", "见下", "见左", "如上", "如前", "同上同上", "见附件", "见附表", "见备注",
    "详见附件", "详见附表", "详见备注", "〃", "々", "ditto", "do", "same", "sameasabove", "asabove", "\"", "\"\"", "″",
    "''", "``",
    "↑", "↓", "←", "→",
  ]
  private static let unknowns: Set<String> = [
    "不详", "未知", "待补", "待补充", "待定", "待查", "待填", "待核实", "暂缺", "缺", "tbd", "unknown", "?", "??", "???", "xxx",
    "xxxx",
  ]
  /// These still refer elsewhere with up to three more characters: 同上行, 见上一栏.
  private static let pointersGoingOn = ["同上", "同前", "同左", "见上", "见前", "如上", "如前"]
  private static let pointed = Set("行格列栏面条例人述表图项一单位户名银校院".unicodeScalars)

  /// Nil if the cell holds a value or nothing.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, Self.mayBe(base, bytes.count) else { return nil }
    let key = TextCleaning.key(String(decoding: bytes, as: UTF8.self))
    guard let found = Self.word(key) ?? Self.word(Self.bare(key)) else { return nil }
    self = found
  }

  /// Nil if the text is a value or empty.
  public init?(_ text: String) {
    var copy = text
    guard let found = copy.withUTF8({ StandIn($0) }) else { return nil }
    self = found
  }

  private static func word(_ key: String) -> StandIn? {
    if key.isEmpty { return nil }
    if key.sameScalars(as: "true") || key.sameScalars(as: "false") { return .truth }
    if isError(key) || failures.contains(where: key.sameScalars) { return .failure }
    if pointers.contains(where: key.sameScalars) { return .elsewhere }
    if unknowns.contains(where: key.sameScalars) { return .unknown }
    for word in pointersGoingOn where key.hasPrefix(word) {
      let rest = key.unicodeScalars.dropFirst(word.unicodeScalars.count)
      if rest.count <= 3, rest.allSatisfy(pointed.contains) { return .elsewhere }
    }
    return nil
  }

  /// `#n/a`, `#ref!`, `#name?`, `#getting_data` in any language of the program; `#####`, shown if a column is
  /// too narrow; `err:502`.
  private static func isError(_ key: String) -> Bool {
    let scalars = Array(key.unicodeScalars)
    if scalars[0] == "#" {
      let rest = scalars.dropFirst()
      if rest.allSatisfy({ $0 == "#" }) { return rest.count >= 2 }
      guard let last = rest.last, let first = rest.first, isLetter(first) else { return false }
      if last == "!" || last == "?" {
        return rest.dropLast().allSatisfy { isLetter($0) || "/_.0123456789".unicodeScalars.contains($0) }
      }
      return errorsWithoutMark.contains(where: key.sameScalars)
    }
    return key.hasPrefix("err:") && scalars.count > 4
      && scalars.dropFirst(4).allSatisfy { (48...57).contains($0.value) }
  }

  private static let errorsWithoutMark: Set<String> = [
    "#n/a", "#na", "#nv", "#n/d", "#n/an/a", "#getting_data", "#ref", "#name", "#value", "#div/0", "#null",
    "#num",
    "#spill", "#calc", "#error", "#err",
  ]

  /// A letter of a European language: `#BEZUG!`, `#VALEUR!`, `#ИМЯ?`.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x530 && scalar.properties.isAlphabetic
  }

  private static let around = Set("()[]<>{}【】《》〈〉〔〕「」'\"“”‘’.。,、:;*-–—".unicodeScalars)

  /// The key without surrounding brackets, quotation marks and stops.
  private static func bare(_ key: String) -> String {
    var rest = Substring(key).unicodeScalars
    while let first = rest.first, around.contains(first) { rest = rest.dropFirst() }
    while let last = rest.last, around.contains(last) { rest = rest.dropLast() }
    return String(rest)
  }

  /// A cheap test before the table look-up: false is certain. First and last bytes decide nearly every cell.
  @inline(__always)
  static func mayBe(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > 0, count <= bytesMax else { return false }
    let first = base[0]
    if first < 0x80 {
      // Identifiers and amounts begin or end with a digit.
      if base[count - 1] &- 48 <= 9 { return first | 0x20 == UInt8(ascii: "e") && count > 4 && base[3] == 58 }
      if first &- 48 <= 9 { return base[1] == UInt8(ascii: ".") }
      return base[count - 1] < 0x80 || first < 0x40
    }
    guard count >= 3 else { return false }
    switch (first, base[1]) {
    // 同 如 待 上 不 见 详 未 暂 查 无 找 缺
    case (0xE5, 0x90): return base[2] == 0x8C
    case (0xE5, 0xA6): return base[2] == 0x82
    case (0xE5, 0xBE): return base[2] == 0x85
    case (0xE4, 0xB8): return base[2] == 0x8A || base[2] == 0x8D
    case (0xE8, 0xA7): return base[2] == 0x81
    case (0xE8, 0xAF): return base[2] == 0xA6
    case (0xE6, 0x9C): return base[2] == 0xAA
    case (0xE6, 0x9A): return base[2] == 0x82
    case (0xE6, 0x9F): return base[2] == 0xA5
    case (0xE6, 0x97): return base[2] == 0xA0
    case (0xE6, 0x89): return base[2] == 0xBE
    case (0xE7, 0xBC): return base[2] == 0xBA
    case (0xE5, _), (0xE4, _), (0xE8, _), (0xE6, _), (0xE7, _), (0xE9, _): return false
    default: return true
    }
  }
}
