import AidModel

/// A batch folder: every path in batch.yaml is found inside it, and nowhere else.
struct Folder {
  /// As given on the command line, without a trailing slash.
  let path: String
  private let root: String

  init(_ path: String) throws(PipelineFailure) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let root = Disk.real(path), Disk.isFolder(root) else {
      throw PipelineFailure(
        path, Bilingual("没有这个批次文件夹", "there is no such batch folder"),
        remedy: Bilingual(
          "请检查路径；新建批次用 aidledger init \(path)。", "Check the path; `aidledger init \(path)` makes one."))
    }
    self.path = path
    self.root = root
  }

  func absolute(_ relative: String) -> String { root + "/" + relative }

  /// The files a pattern names, sorted by bytes, relative to the folder. `*` and `?` match within one name.
  /// A pattern without wildcards names its file whether it exists or not.
  func expand(_ pattern: String, from location: String) throws(PipelineFailure) -> [String] {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    if pattern.hasPrefix("/") || parts.contains("..") || pattern.contains("\\") || parts.isEmpty {
      throw outside(pattern, location)
    }
    var found: [String] = [""]
    for part in parts where part != "." {
      var next: [String] = []
      for base in found {
        if part.contains("*") || part.contains("?") {
          for name in Disk.names(in: absolute(base))
          where Self.matches(Array(name.unicodeScalars), Array(part.unicodeScalars)) && Self.isList(name) {
            next.append(base.isEmpty ? name : base + "/" + name)
          }
        } else {
          next.append(base.isEmpty ? part : base + "/" + part)
        }
      }
      found = next
    }
    for relative in found {
      if let real = Disk.real(absolute(relative)), !(real + "/").hasPrefix(root + "/") {
        throw outside(relative, location)
      }
    }
    return found.sorted { $0.precedes($1) }
  }

  /// Lock and hidden files that offices leave behind are never lists.
  private static func isList(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasPrefix("~$")
  }

  private func outside(_ path: String, _ location: String) -> PipelineFailure {
    PipelineFailure(
      location, Bilingual("路径离开了批次文件夹：\(path)", "the path leaves the batch folder: \(path)"),
      remedy: Bilingual(
        "请把文件放进批次文件夹，并写相对路径。", "Put the file inside the batch folder and write a relative path."))
  }

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
