import AidIntake
import AidModel
import AidReview
import Glibc

/// `explain --letter`: writes the letter a member gets.
public enum LetterFile {
  /// - Returns: what was written, in words.
  /// - Throws: where an award waits, or the file is there and is no letter.
  public static func write(
    _ found: Explaining.Found, of request: RunRequest, to path: String
  ) throws(PipelineFailure) -> String {
    let awards = found.awards.compactMap(\.award)
    if let waiting = awards.first(where: \.isWaiting) {
      throw PipelineFailure(
        request.folder,
        Bilingual(
          "\(waiting.record)（\(waiting.programme.title)）还在等待处理，没有决定可以通知",
          "\(waiting.record) (\(waiting.programme.title)) still waits: there is no decision to tell"),
        remedy: Bilingual(
          "先处理完它再写通知书；同一人别的项目用 --programme 或 --record 指明。",
          "Settle it first; name another award of the person with --programme or --record."))
    }
    try refuseOther(path)
    let templates = try Templates(named: request.templates)
    let plan = try Plan(folder: request.folder, templates: templates, language: request.language)
    let facts = Letter.Facts(
      payDate: plan.file.payDate, isPosted: found.awards.allSatisfy(\.isPosted),
      objections: plan.file.objections)
    try Disk.write(Letter(facts, language: request.language).html(awards), to: path)
    return Bilingual(
      "已写好 \(path)：\(awards.count) 份通知书，每份一页 A4。",
      "\(path) is written: \(awards.count) letter(s), each one A4 page."
    ).text(request.language)
  }

  /// Only an earlier letter is written over.
  private static func refuseOther(_ path: String) throws(PipelineFailure) {
    if !Disk.isFolder(Disk.above(path)) {
      throw PipelineFailure(
        path, Bilingual("没有文件夹 \(Disk.above(path))", "there is no folder \(Disk.above(path))"),
        remedy: Bilingual("请先建好这个文件夹，或写到别处。", "Make the folder first, or write elsewhere."))
    }
    guard Disk.isThere(path) else { return }
    var info = stat()
    let isFile = lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    if isFile, let text = try? Disk.text(path, shown: path), text.prefix(400).contains(Letter.mark) { return }
    throw PipelineFailure(
      path,
      Bilingual(
        "这个名字已经有别的文件，不是以前的通知书，不敢覆盖", "another file has this name; it is no earlier letter and is left alone"),
      remedy: Bilingual("请换一个文件名。", "Choose another name."))
  }
}
