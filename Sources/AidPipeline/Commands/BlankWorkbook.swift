internal import AidForms
internal import AidIntake
public import AidModel
import AidPolicy
import Glibc

/// `template`: the blank application workbook of a policy.
public enum BlankWorkbook {
  public struct Request: Sendable {
    /// A policy file's path, or the id or programme of a shipped policy.
    public var subject: String
    /// Nil for `<programme>.xlsx` in the working folder.
    public var out: String?
    public var replaces = false
    public var templates: String?
    public var language = Language.zh

    public init(subject: String) { self.subject = subject }
  }

  /// - Returns: a message saying what was written.
  public static func write(_ request: Request) throws(PipelineFailure) -> String {
    let templates = try Templates(named: request.templates)
    let found = try Source.find(request.subject, templates: templates)
    let out = request.out ?? found.policy.programme + ".xlsx"
    try write(found, to: out, replaces: request.replaces, language: request.language)
    var text = Bilingual(
      "已写好 \(out)：\(found.policy.id)（\(found.policy.title)）的空白申请表",
      "\(out) is written: the blank application of \(found.policy.id) (\(found.policy.title))"
    ).text(request.language)
    if !found.others.isEmpty {
      let names = found.others.joined(separator: " ")
      text += Bilingual("\n同一项目的其他办法：\(names)", "\nOther policies of the programme: \(names)")
        .text(request.language)
    }
    return text
  }

  static func write(
    _ source: Source, to out: String, replaces: Bool, language: Language
  ) throws(PipelineFailure) {
    if Disk.isThere(out), !replaces {
      throw PipelineFailure(
        out, Bilingual("文件已存在，不敢覆盖", "the file exists and is left alone"),
        remedy: Bilingual("请换一个文件名，或加 --force 覆盖。", "Choose another name, or replace it with --force."))
    }
    let folder = Disk.above(out)
    if !Disk.isFolder(folder) {
      throw PipelineFailure(
        out, Bilingual("没有文件夹 \(folder)", "there is no folder \(folder)"),
        remedy: Bilingual("请先建好这个文件夹，或用 -o 写到别处。", "Make the folder first, or write elsewhere with -o."))
    }
    // Written under a temporary name and renamed, so that no incomplete form gets the requested name.
    let beside = out + ".part-\(getpid())"
    do {
      try FormWriter.write(FormOfPolicy(source, language: language).form, to: beside)
    } catch {
      Disk.remove(beside)
      throw PipelineFailure(
        out, Bilingual("写不了工作簿（\(error.reason)）", "cannot write the workbook (\(error.reason))"),
        remedy: Bilingual("请检查文件夹、磁盘空间和权限。", "Check the folder, disk space and permissions."))
    }
    try Disk.rename(beside, to: out)
  }

  /// A policy and the hash of its text.
  struct Source {
    let policy: Policy
    let sha256: String
    /// Ids of the programme's other policies, if the programme was requested.
    var others: [String] = []

    static func read(
      _ document: Disk.Document, file: String, headings: Headings
    ) throws(PipelineFailure) -> Source {
      do {
        return Source(
          policy: try headings.policy(yaml: document.text, file: file), sha256: document.sha256)
      } catch {
        throw PipelineFailure(error)
      }
    }

    static func find(_ subject: String, templates: Templates) throws(PipelineFailure) -> Source {
      let headings = try Headings(templates: templates)
      if subject.hasSuffix(".yaml") || subject.hasSuffix(".yml") || subject.contains("/") {
        return try read(try Disk.document(subject, shown: subject), file: subject, headings: headings)
      }
      var shipped: [Source] = []
      for name in templates.names(under: "policies/") where name.hasSuffix(".yaml") {
        guard let document = try templates.document(name) else { continue }
        shipped.append(try read(document, file: "Templates/" + name, headings: headings))
      }
      if let exact = shipped.first(where: { $0.policy.id.sameScalars(as: subject) }) { return exact }
      // The policy with the latest start date; of equals, the first by file name.
      let same = shipped.filter { $0.policy.programme.sameScalars(as: subject) }
      guard var chosen = same.first else { throw unknown(subject, shipped) }
      for source in same where chosen.policy.validFrom < source.policy.validFrom { chosen = source }
      chosen.others = same.map(\.policy.id).filter { !$0.sameScalars(as: chosen.policy.id) }
      return chosen
    }

    private static func unknown(_ subject: String, _ shipped: [Source]) -> PipelineFailure {
      let names = shipped.map { "\($0.policy.programme) / \($0.policy.id)" }.joined(separator: "\n    ")
      return PipelineFailure(
        subject, Bilingual("没有这个项目或办法", "there is no such programme or policy"),
        remedy: Bilingual(
          "请写办法文件的路径，或下列之一（项目 / 办法）：\n    \(names)",
          "Give the path of a policy file, or one of these (programme / policy):\n    \(names)"))
    }
  }
}
