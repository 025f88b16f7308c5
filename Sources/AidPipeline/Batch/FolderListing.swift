import AidModel
import Glibc

/// All files in some folders of a batch and below. A folder that cannot be listed stops the run.
struct FolderListing {
  /// Relative to the batch folder, sorted by bytes.
  private(set) var files: [String] = []
  /// Leftovers of programs, not worth reading: lock files, thumbnails, hidden files and folders.
  private(set) var passedOver: [String] = []

  private let folder: Folder
  private let location: String

  /// - Parameter location: the requesting key of `batch.yaml`, for messages.
  /// - Throws: for a link that leaves the batch folder or forms a cycle, and for an unreadable folder.
  init(
    _ folder: Folder, reachedBy patterns: [FilePattern], from location: String
  ) throws(PipelineFailure) {
    (self.folder, self.location) = (folder, location)
    for name in try names("") {
      let isFolder = Disk.isFolder(folder.absolute(name))
      if isFolder {
        let reaching = patterns.filter { $0.reaches(into: name) }
        if reaching.isEmpty || Self.isPassedOver(name) { continue }
        if !reaching.contains(where: \.namesTop), isOwn(name) { continue }
        try walk(name, above: [])
      } else if patterns.contains(where: \.isOfTop) {
        try add(name)
      }
    }
    files.sort { $0.precedes($1) }
    passedOver.sort { $0.precedes($1) }
  }

  /// Only these names are passed over.
  static func isPassedOver(_ name: String) -> Bool {
    if name.hasPrefix(".") || name.hasPrefix("~$") { return true }
    let plain = name.lowercased()
    return plain.sameScalars(as: "thumbs.db") || plain.sameScalars(as: "desktop.ini")
  }

  /// Folders with contents other than applications, and a run's output.
  private func isOwn(_ name: String) -> Bool {
    ["policies", "roster", "history", "decisions", "forms", "returns", "review"].contains {
      name.sameScalars(as: $0)
    } || Disk.exists(folder.absolute(name) + "/manifest.json")
  }

  /// - Parameter above: the enclosing folders, links resolved.
  private mutating func walk(_ path: String, above: [String]) throws(PipelineFailure) {
    let real = try folder.inside(path, from: location) ?? path
    if above.contains(where: { $0.sameScalars(as: real) }) {
      throw PipelineFailure(
        path, Bilingual("链接绕回了上面的文件夹", "a link leads back to a folder above it"),
        remedy: Bilingual("请删去这个链接。", "Remove the link."))
    }
    for name in try names(path) {
      let child = path + "/" + name
      if Self.isPassedOver(name) {
        passedOver.append(child)
      } else if Disk.isFolder(folder.absolute(child)) {
        try walk(child, above: above + [real])
      } else {
        try add(child)
      }
    }
  }

  private mutating func add(_ path: String) throws(PipelineFailure) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if Self.isPassedOver(name) { return passedOver.append(path) }
    _ = try folder.inside(path, from: location)
    files.append(path)
  }

  /// The names in a folder, sorted by bytes.
  private func names(_ path: String) throws(PipelineFailure) -> [String] {
    let absolute = path.isEmpty ? folder.absolute(".") : folder.absolute(path)
    guard access(absolute, R_OK | X_OK) == 0 else {
      throw PipelineFailure(
        path.isEmpty ? folder.path : path,
        Bilingual(
          "打不开文件夹（\(String(cString: strerror(errno)))），不知道里面有什么",
          "the folder cannot be opened (\(String(cString: strerror(errno)))); what is in it is not known"),
        remedy: Bilingual("请检查权限。", "Check its permissions."))
    }
    return Disk.names(in: absolute)
  }
}
