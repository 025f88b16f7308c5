import AidModel
import Glibc

/// The data files shipped with the program: `columns.yaml`, `ledgers/…`, `policies/…`, `batch/…`.
///
/// Searched in `--templates`, beside the program (`Templates/`), under `../share/aidledger`, and finally in
/// the program itself.
public struct Templates: Sendable {
  /// Nil if only the built-in files are available.
  let folder: String?

  /// - Throws: if a folder is named but does not exist.
  public init(named folder: String?) throws(PipelineFailure) {
    if let folder {
      guard Disk.isFolder(folder) else {
        throw PipelineFailure(
          folder, Bilingual("没有这个模板文件夹", "there is no such template folder"),
          remedy: Bilingual("请检查 --templates 的路径。", "Check the path given to --templates."))
      }
      self.folder = folder
      return
    }
    var candidates: [String] = []
    if let program = Disk.real("/proc/self/exe") {
      let home = program.split(separator: "/").dropLast().joined(separator: "/")
      candidates = ["/\(home)/Templates", "/\(home)/../share/aidledger"]
    }
    self.folder = candidates.first { Disk.exists($0 + "/columns.yaml") }
  }

  /// The text of a template; nil if there is none of that name.
  func text(_ name: String) throws(PipelineFailure) -> String? { try document(name)?.text }

  /// A template with its hash; nil if there is none of that name.
  func document(_ name: String) throws(PipelineFailure) -> Disk.Document? {
    if let folder, Disk.exists(folder + "/" + name) {
      return try Disk.document(folder + "/" + name, shown: "Templates/" + name)
    }
    return BuiltInTemplates.all.first { $0.name == name }.map {
      Disk.Document(text: $0.text, sha256: Plan.hash($0.text))
    }
  }

  /// Names of all files below a folder (`ledgers/`, `policies/`), sorted.
  func names(under prefix: String) -> [String] {
    var names = Set(BuiltInTemplates.all.map(\.name).filter { $0.hasPrefix(prefix) })
    if let folder {
      names.formUnion(Disk.files(below: folder + "/" + prefix).map { prefix + $0 })
    }
    return names.sorted { $0.precedes($1) }
  }
}
