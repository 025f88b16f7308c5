import Foundation

/// The project's own files, for the house rules.
enum Tree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// Paths below a folder, relative to the root, sorted; hidden folders are left out.
  static func files(under folder: String, ending suffixes: [String]) -> [String] {
    let base = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(atPath: base.path(percentEncoded: false)) else {
      return []
    }
    var found: [String] = []
    for case let name as String in walk where suffixes.contains(where: name.hasSuffix) {
      if !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        found.append(folder + "/" + name)
      }
    }
    return found.sorted()
  }

  static var swift: [String] {
    files(under: "Sources", ending: [".swift"]) + files(under: "Tests", ending: [".swift"])
  }

  static var documents: [String] {
    ["README.md", "README.zh-CN.md"] + files(under: "docs", ending: [".md"])
      + files(under: "SampleData", ending: [".md"])
  }

  static func lines(_ path: String) -> [Substring] {
    text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }
}
