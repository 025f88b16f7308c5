import AidModel

/// A pattern by which `batch.yaml` names files: `*` and `?` stand for letters of one name, `**` for any number of
/// folders or none. Letters match in either case. A pattern that matches a folder stands for every file in it.
struct FilePattern {
  /// As it is written.
  let text: String
  private let parts: [[Unicode.Scalar]]
  /// It ends in a slash: only a folder is meant.
  private let namesFolder: Bool

  /// Nil where the pattern leads out of the folder, or names nothing.
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

  /// The pattern as a path, without dots and doubled slashes.
  let path: String

  /// It names one file, there or not.
  var isLiteral: Bool { !namesFolder && !parts.contains { $0.contains("*") || $0.contains("?") } }

  /// Whether files of the folder itself are meant, not of one below it.
  var isOfTop: Bool { parts.count == 1 && !namesFolder || parts.first == Self.anyFolders }

  /// Whether the pattern may match something within a folder of this name.
  func reaches(into folder: String) -> Bool {
    guard let first = parts.first else { return false }
    return first == Self.anyFolders || Self.matches(Self.folded(folder), first)
  }

  /// It says by name which folder it reaches into.
  var namesTop: Bool { !(parts.first ?? []).contains { $0 == "*" || $0 == "?" } }

  /// - Parameter names: the names of a file's path, folded.
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

  /// A name without difference of case, for `matches`.
  static func folded(_ name: String) -> [Unicode.Scalar] {
    name.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
  }

  /// A path's names, folded.
  static func names(of path: String) -> [[Unicode.Scalar]] {
    path.split(separator: "/").map { folded(String($0)) }
  }

  /// Whether one name matches one part of a pattern.
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
