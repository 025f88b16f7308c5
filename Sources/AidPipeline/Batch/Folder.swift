import AidModel

/// A batch folder: all paths in batch.yaml must stay inside it.
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

  /// The files and folders that match a pattern, sorted by bytes, relative to the folder. `*` and `?` match
  /// within one name. A pattern without wildcards names its file whether it exists or not. For policies and
  /// templates; lists of people are found by `Receipt`, which accounts for every file.
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
          where FilePattern.matches(FilePattern.folded(name), FilePattern.folded(part)) && Self.isList(name) {
            next.append(base.isEmpty ? name : base + "/" + name)
          }
        } else {
          next.append(base.isEmpty ? part : base + "/" + part)
        }
      }
      found = next
    }
    for relative in found { _ = try inside(relative, from: location) }
    return found.sorted { $0.precedes($1) }
  }

  /// The target of a path in the folder after resolving links; nil if nothing is there.
  /// - Throws: if it leads out of the folder.
  func inside(_ relative: String, from location: String) throws(PipelineFailure) -> String? {
    guard let real = Disk.real(absolute(relative)) else { return nil }
    if !(real + "/").hasPrefix(root + "/") { throw outside(relative, location) }
    return real
  }

  /// Office lock files and hidden files are never lists.
  private static func isList(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasPrefix("~$")
  }

  func outside(_ path: String, _ location: String) -> PipelineFailure {
    PipelineFailure(
      location, Bilingual("路径离开了批次文件夹：\(path)", "the path leaves the batch folder: \(path)"),
      remedy: Bilingual(
        "请把文件放进批次文件夹，并写相对路径。", "Put the file inside the batch folder and write a relative path."))
  }
}
