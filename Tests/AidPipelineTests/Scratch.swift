import AidModel
import AidPipeline
import Foundation

/// A temporary folder for one test.
final class Scratch {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "aidledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a text file, creating its folders.
  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func text(_ name: String) -> String {
    (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? ""
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  /// A run of `batch` (a folder) that writes everything into this folder.
  func request(_ batch: String, _ depth: RunRequest.Depth = .post) -> RunRequest {
    var request = RunRequest(folder: batch)
    request.out = path + "/out"
    request.store = path + "/store.sqlite"
    request.depth = depth
    return request
  }

  /// Every file below a folder: relative path and bytes, sorted.
  func files(under folder: String = "out") -> [(path: String, bytes: Data)] {
    let base = path + "/" + folder
    let all = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return all.sorted().compactMap { name in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: base + "/" + name, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return nil }
      return FileManager.default.contents(atPath: base + "/" + name).map { (name, $0) }
    }
  }
}

enum Project {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// A copy of the sample batch without what a trial run has left in it.
  static let sample: String = {
    let files = FileManager.default
    let source = root.appending(path: "SampleData/2023-12")
    let copy = files.temporaryDirectory.appending(
      path: "aidledger-sample-\(ProcessInfo.processInfo.processIdentifier)/2023-12")
    do {
      try files.createDirectory(at: copy, withIntermediateDirectories: true)
      for item in try files.contentsOfDirectory(atPath: source.path(percentEncoded: false))
      where !["out", "posted.jsonl"].contains(item) {
        try files.copyItem(at: source.appending(path: item), to: copy.appending(path: item))
      }
    } catch {
      preconditionFailure("the sample batch cannot be copied: \(error)")
    }
    return copy.path(percentEncoded: false)
  }()
}

extension Project {
  /// A file of Templates/.
  static func template(_ name: String) -> String? {
    try? String(contentsOf: root.appending(path: "Templates/" + name), encoding: .utf8)
  }
}
