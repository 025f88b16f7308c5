import AidModel

/// A file name with invisible characters: two names that look the same may be two files.
enum OddFileName {
  /// {1} the name with such characters escaped.
  static let kind = FindingKind(
    code: "TEXT-INVISIBLE", severity: .note,
    title: Bilingual("文件名里有看不见的字符", "Invisible characters in a file's name"),
    message: Bilingual("文件名里有看不见的字符：“{1}”", "the file's name holds invisible characters: '{1}'"),
    why: Bilingual("看起来一样的两个名称可能是两个文件。", "Two names that look the same may be two files."),
    remedy: Bilingual("请改名后重新放入；先看是不是同一份名单放了两次。", "Rename it; see first whether one list is there twice."),
    example: "a\\u{200b}.xlsx")

  static func findings(_ file: InputFile) -> [Finding] {
    guard file.name.firstUnfit != nil else { return [] }
    return [Finding(kind, at: Place(file: file.name), [file.name])]
  }
}
