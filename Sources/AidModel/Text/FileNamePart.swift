/// A user-chosen name that becomes part of a file name: of a fund, a programme, a ledger template. The only
/// grammar for such names.
public enum FileNamePart {
  /// File systems allow 255 bytes; batch, template and part number are added to the name.
  public static let bytesMax = 96

  /// Why a name cannot be part of a file name; nil if it can.
  public static func fault(of name: String) -> Bilingual? {
    if name.isEmpty { return Bilingual("名称是空的", "the name is empty") }
    if let bad = name.firstUnfit {
      let code = "U+" + String(bad.value, radix: 16, uppercase: true)
      return Bilingual(
        "名称里有看不见的字符或换行（\(code)）", "the name holds an invisible character or line break (\(code))")
    }
    if let bad = name.unicodeScalars.first(where: isReserved) {
      return Bilingual("名称里有文件名不能用的“\(bad)”", "the name holds '\(bad)', which file names cannot")
    }
    if let first = name.unicodeScalars.first,
      first == "." || first == "-" || first == "~" || first.kind == .blank
    {
      return Bilingual("名称不能以“\(first)”开头", "the name begins with '\(first)'")
    }
    if let last = name.unicodeScalars.last, last == "." || last.kind == .blank {
      return Bilingual("名称不能以“\(last)”结尾", "the name ends with '\(last)'")
    }
    if name.utf8.count > bytesMax {
      return Bilingual("名称长于 \(bytesMax) 字节", "the name is longer than \(bytesMax) bytes")
    }
    return isDevice(name) ? Bilingual("“\(name)”在 Windows 上是设备名", "'\(name)' is a device on Windows") : nil
  }

  public static let remedy = Bilingual(
    "它会成为文件名：请用汉字、字母、数字，中间可用 - _ · 和空格，不用 / \\ : * ? \" < > |。",
    "It becomes a file name: use letters, digits and Chinese characters, with - _ · and spaces between them, without "
      + "/ \\ : * ? \" < > |.")

  private static func isReserved(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    // Including characters that some systems take for slashes.
    case "/", "\\", ":", "*", "?", "\"", "<", ">", "|", "∕", "⁄", "／", "＼": true
    default: false
    }
  }

  private static func isDevice(_ name: String) -> Bool {
    let stem = name.split(separator: ".", omittingEmptySubsequences: false)[0].lowercased()
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    return stem.utf8.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt"))
      && stem.utf8.last.map { $0 &- 48 <= 9 } == true
  }
}
