public import AidModel
import AidPolicy
import Glibc

/// `init`: creates a new batch folder to fill in.
public enum NewBatch {
  public static func lay(
    out path: String, templates folder: String?, language: Language
  ) throws(PipelineFailure) -> String {
    let templates = try Templates(named: folder)
    if Disk.exists(path), !Disk.names(in: path).isEmpty {
      throw PipelineFailure(
        path, Bilingual("文件夹不是空的，不敢改动", "the folder is not empty and is left alone"),
        remedy: Bilingual("请换一个新文件夹名。", "Choose a new folder."))
    }
    try Disk.makeFolder(path)
    let batch = BatchName(folder: path)
    let filled = BatchName.Filling(batch, template: try templates.text("batch/batch.yaml") ?? "")
    var written: [String] = []
    for name in templates.names(under: "batch/") {
      guard let text = try templates.text(name) else { continue }
      let file = String(name.dropFirst("batch/".count))
      try write(filled.text(text, of: file), to: path, as: file)
      written.append(file)
    }
    written += try writeForms(path, templates: templates, language: language)
    for name in ["policies", "applications", "roster", "history", "decisions"] {
      try Disk.makeFolder(path + "/" + name)
    }
    return
      ([
        Bilingual(
          "已建好 \(path)：\(written.joined(separator: " "))\n下一步见其中的 README.md。",
          "\(path) is laid out: \(written.joined(separator: " "))\nIts README.md tells the next steps.")
      ] + batch.remarks).map { $0.text(language) }.joined(separator: "\n")
  }

  /// Writes a blank application workbook for each policy of the folder.
  private static func writeForms(
    _ path: String, templates: Templates, language: Language
  ) throws(PipelineFailure) -> [String] {
    let headings = try Headings(templates: templates)
    var written: [String] = []
    try Disk.makeFolder(path + "/forms")
    for name in Disk.names(in: path + "/policies") where name.hasSuffix(".yaml") {
      let document = try Disk.document(path + "/policies/" + name, shown: "policies/" + name)
      let source = try BlankWorkbook.Source.read(document, file: "policies/" + name, headings: headings)
      let form = "forms/" + source.policy.programme + ".xlsx"
      try BlankWorkbook.write(source, to: path + "/" + form, replaces: false, language: language)
      written.append(form)
    }
    return written
  }

  private static func write(_ text: String, to folder: String, as name: String) throws(PipelineFailure) {
    let parts = name.split(separator: "/").map(String.init)
    var base = folder
    for part in parts.dropLast() {
      base += "/" + part
      try Disk.makeFolder(base)
    }
    guard let file = fopen(folder + "/" + name, "wx") else {
      throw Disk.failure(folder + "/" + name, "写不了文件", "cannot write the file")
    }
    let failed = fputs(text, file) < 0
    if fclose(file) != 0 || failed {
      throw Disk.failure(folder + "/" + name, "写文件失败", "cannot write the file")
    }
  }
}
