import AidModel
import Foundation

/// `manifest.json`, parsed: the inputs and outputs of a run.
struct Manifest {
  struct File: Equatable {
    let path: String
    let sha256: String
  }

  static let name = "manifest.json"

  let sha256: String
  let batch: String
  /// A raw value of `RunStage`.
  let stage: String
  let language: Language
  let inputs: [File]
  let policies: [File]
  let templates: [File]
  let outputs: [File]
  /// Leftover files of programs beside the lists; they may come and go without changing the result. Nil if
  /// the manifest does not list them.
  let passedOver: [String]?

  var isPosted: Bool { stage == RunStage.posted.rawValue }

  /// Nil if the bytes are not a manifest of this program.
  init?(_ bytes: [UInt8]) {
    let object = try? JSONSerialization.jsonObject(with: Data(bytes))
    guard let object = object as? [String: Any], object["program"] as? String == "aidledger",
      let batch = object["batch"] as? String, let stage = object["stage"] as? String
    else { return nil }
    func files(_ key: String) -> [File] {
      (object[key] as? [[String: Any]] ?? []).compactMap { file in
        guard let path = file["path"] as? String, let sha256 = file["sha256"] as? String else { return nil }
        return File(path: path, sha256: sha256)
      }
    }
    sha256 = SHA256.hex(SHA256.hash(bytes))
    (self.batch, self.stage) = (batch, stage)
    language = object["language"] as? String == Language.en.rawValue ? .en : .zh
    (inputs, policies, templates) = (files("inputs"), files("policies"), files("templates"))
    outputs = files("outputs")
    passedOver = (object["received"] as? [String: Any])?["passed_over"] as? [String]
  }

  /// The manifest of a folder of results; nil if there is none.
  static func read(in folder: String) throws(PipelineFailure) -> Manifest? {
    let path = folder + "/" + name
    return Disk.exists(path) ? Manifest(try Disk.read(path, shown: path)) : nil
  }

  /// The inputs added, removed or changed since the batch was posted.
  func changes(_ calculation: Calculation) -> [Bilingual] {
    func compare(_ then: [File], _ now: [Plan.Ingredient], _ kind: Bilingual) -> [Bilingual] {
      var found: [Bilingual] = []
      for file in now {
        let before = then.filter { $0.path.sameScalars(as: file.path) }
        if before.isEmpty {
          found.append(Bilingual("\(kind.zh)多了 \(file.path)", "\(kind.en) \(file.path) was not there then"))
        } else if !before.contains(where: { $0.sha256 == file.sha256 }) {
          found.append(
            Bilingual("\(kind.zh) \(file.path) 在发放以后改过", "\(kind.en) \(file.path) has been changed since"))
        }
      }
      for file in then where !now.contains(where: { $0.path.sameScalars(as: file.path) }) {
        found.append(Bilingual("\(kind.zh)少了 \(file.path)", "\(kind.en) \(file.path) is not there any more"))
      }
      return found
    }
    return compare(inputs, calculation.inputs, Bilingual("表格", "list"))
      + compare(policies, calculation.plan.policies, Bilingual("批次文件或办法", "batch file or policy"))
      + compare(templates, calculation.plan.templates, Bilingual("模板", "template"))
  }
}
