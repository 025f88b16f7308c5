import AidModel

/// A file pattern in `batch.yaml`: `*` and `?` match within one name, `**` matches any number of folders,
/// even none. Case is ignored. A pattern that matches a folder matches every file in it.
struct FilePattern {
  /// The pattern as written.
  let text: String
  private let parts: [[Unicode.Scalar]]
  /// It ends in a slash and matches folders only.
  private let namesFolder: Bool

  /// Nil if the pattern leaves the folder or is empty.
  init?(_ text: String) {
    let names = text.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
      .filter { !$0.sameScalars(as: ".") }
    if text.hasPrefix("/") || text.contains("\\") || names.isEmpty { return nil }
    if names.contains(where: { $0.sameScalars(as: "..") }) { return nil }
    self.text = text
    parts = names.map(Self.folded)
    namesFolder = text.hasSuffix("/")
    path = names.joined(separator: "/")
  }

  /// The pattern as a path, without dots and double slashes.
  let path: String

  /// Whether it names a single file, existing or not.
  var isLiteral: Bool { !namesFolder && !parts.contains { $0.contains("*") || $0.contains("?") } }

  /// Whether it matches files in the folder itself, not below.
  var isOfTop: Bool { parts.count == 1 && !namesFolder || parts.first == Self.anyFolders }

  /// Whether the pattern may match something in a folder of this name.
  func reaches(into folder: String) -> Bool {
    guard let first = parts.first else { return false }
    return first == Self.anyFolders || Self.matches(Self.folded(folder), first)
  }

  /// Whether it names the top-level folder literally.
  var namesTop: Bool { !(parts.first ?? []).contains { $0 == "*" || $0 == "?" } }

  /// - Parameter names: the components of a file's path, case-folded.
  func matches(_ names: [[Unicode.Scalar]]) -> Bool { matches(names[...], parts[...]) }

  private func matches(_ names: ArraySlice<[Unicode.Scalar]>, _ rest: ArraySlice<[Unicode.Scalar]>) -> Bool {
    guard let part = rest.first else { return namesFolder ? !names.isEmpty : true }
    if part == Self.anyFolders {
      return (names.startIndex...names.endIndex).contains { matches(names[$0...], rest.dropFirst()) }
    }
    guard let name = names.first, Self.matches(name, part) else { return false }
    return matches(names.dropFirst(), rest.dropFirst())
  }

  private static let anyFolders = Array("**".unicodeScalars)

  /// A case-folded name, for `matches`.
  static func folded(_ name: String) -> [Unicode.Scalar] {
    name.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
  }

  /// The case-folded components of a path.
  static func names(of path: String) -> [[Unicode.Scalar]] {
    path.split(separator: "/").map { folded(String($0)) }
  }

  /// Whether a name matches one component of a pattern.
  static func matches(_ name: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
    var (n, p, star, mark) = (0, 0, -1, 0)
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        (star, mark) = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        n += 1
        p += 1
      } else if star >= 0 {
        mark += 1
        (p, n) = (star + 1, mark)
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == "*" { p += 1 }
    return p == pattern.count
  }
}
