import AidModel

/// Findings about received files, before any is read.
enum ReceiptFindings {
  /// {1} what the file is.
  static let unmatched = FindingKind(
    code: "FILE-UNMATCHED", severity: .stop,
    title: Bilingual("收到的文件没有人读", "A received file that nothing reads"),
    message: Bilingual(
      "batch.yaml 没有哪一项读这个文件（{1}）", "no entry of batch.yaml reads this file ({1})"),
    why: Bilingual(
      "申请表没有读，表里的人就漏了；以往发放没有读，钱就可能发两次。",
      "The people of a list that is not read are left out; of earlier payments that are not read, money is paid twice."
    ),
    remedy: Bilingual(
      "是名单：让 batch.yaml 的一项包括它（写文件夹，如 files: [applications/]，就读其中全部文件）；"
        + "不是名单：在 batch.yaml 的 ignore 里写它的 file 与 reason（理由）。",
      "If it is a list, let one entry of batch.yaml hold it (a folder, as in files: [applications/], stands for all "
        + "its files); if it is none, list it under ignore with its file and the reason."),
    example: "applications/补报/图书馆.XLS")

  /// {1} what the file is. The same code for files outside `applications`.
  static let besideUnmatched = FindingKind(
    code: "FILE-UNMATCHED", severity: .note, title: unmatched.title, message: unmatched.message,
    why: unmatched.why,
    remedy: Bilingual(
      "要用的，在 batch.yaml 的 roster、history 或 decisions 写上；不用的，在 ignore 写明理由。",
      "Name it under roster, history or decisions of batch.yaml if it is to be used, else under ignore."),
    example: "roster/旧名册.xlsx")

  /// {1} the entries. Shares the code of files that would count twice.
  static let matchedTwice = FindingKind(
    code: "FILE-TWICE", severity: .stop,
    title: Bilingual("两项都写到同一个文件", "Two entries name one file"),
    message: Bilingual(
      "batch.yaml 有两项写到这个文件：{1}", "two entries of batch.yaml name this file: {1}"),
    why: Bilingual("不知道按哪一项读；都读会发两次。", "By which it is meant is not known; read by both it is paid twice."),
    remedy: Bilingual(
      "请改其中一项的 files，使每个文件只有一项读；例如各项目各用一个子文件夹。",
      "Change the files of one of them so that each file has one entry, a subfolder for each programme for instance."
    ),
    example: "applications/*.xlsx / applications/机械学院.xlsx")

  /// {1} how many, with their names.
  static let passedOver = FindingKind(
    code: "FILE-PASSED-OVER", severity: .note,
    title: Bilingual("略过的文件", "Files passed over"),
    message: Bilingual("略过程序留下的文件：{1}", "files that programs leave behind were passed over: {1}"),
    why: Bilingual(
      "锁文件、缩略图和隐藏文件不是名单。", "Lock files, thumbnails and hidden files are no lists."),
    remedy: Bilingual("名单若在其中，请改名。", "Rename it if a list is among them."),
    example: "Thumbs.db")

  /// {1} the pattern.
  static let ignoreUnused = FindingKind(
    code: "IGNORE-UNUSED", severity: .note,
    title: Bilingual("ignore 没有用上", "An ignore that meets no file"),
    message: Bilingual("ignore 的“{1}”没有符合的文件", "no file matches '{1}' of ignore"),
    why: Bilingual(
      "文件名可能写错，或文件已经移走。", "The name may be wrong, or the file is gone."),
    remedy: Bilingual("请改正或删去这一条。", "Correct it or remove it."),
    example: "applications/说明.docx")

  /// {1} the names.
  static let alike = FindingKind(
    code: "FILE-ALIKE", severity: .note,
    title: Bilingual("文件名看不出分别", "File names that look alike"),
    message: Bilingual(
      "这几个文件的名字只有字母大小写或编码不同：{1}；各读一次",
      "the names differ in the case of letters or in their encoding only: {1}; each was read once"),
    why: Bilingual("多半是同一份名单的两个版本。", "They are mostly two versions of one list."),
    remedy: Bilingual(
      "请核对；重复的在 ignore 写明，或删去。", "Check them; ignore or remove the one that is not meant."),
    example: "图书馆.xlsx / 图书馆.XLSX")

  static let kinds = [unmatched, besideUnmatched, matchedTwice, passedOver, ignoreUnused, alike]
}
