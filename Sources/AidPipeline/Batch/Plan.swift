import AidIntake
import AidModel
import AidPayout
import AidPolicy

/// A batch folder with everything it names, parsed and checked before any list of people is opened.
struct Plan {
  struct Programme {
    let info: ProgrammeInfo
    let policy: Policy
    let files: [ListFile]
    /// An earlier policy of the programme exists.
    var hasPredecessor = false
  }

  /// A small input that affects the result, for the manifest.
  struct Ingredient {
    let path: String
    let sha256: String
  }

  let folder: Folder
  var file: BatchFile
  var programmes: [Programme]
  let ledgers: [LedgerTemplate]
  let headings: Headings
  /// The files received, and which entry reads each.
  let receipt: Receipt
  let policies: [Ingredient]
  /// Every policy the batch names, in force or not.
  let shelf: PolicyShelf
  let templates: [Ingredient]

  /// - Throws: all problems of batch.yaml, or of all policies, or of all templates, at once.
  init(folder path: String, templates: Templates, language: Language) throws(PipelineFailure) {
    folder = try Folder(path)
    let yaml = folder.absolute("batch.yaml")
    guard Disk.exists(yaml) else {
      throw PipelineFailure(
        path + "/batch.yaml", Bilingual("文件夹里没有 batch.yaml", "the folder has no batch.yaml"),
        remedy: Bilingual("新建批次用 aidledger init。", "`aidledger init` lays out a new batch."))
    }
    let document = try Disk.document(yaml, shown: "batch.yaml")
    file = try BatchFile(yaml: document.text, file: "batch.yaml")
    let office = try OfficeHeadings.read(in: folder.absolute("."))
    headings = try Headings(templates: templates, office: office, folder: folder.absolute("."))
    var ingredients = [Ingredient(path: "batch.yaml", sha256: document.sha256)]
    var used = [
      Ingredient(path: "columns.yaml", sha256: headings.sha256),
      Ingredient(path: Statuses.file, sha256: headings.statuses.sha256),
    ]
    shelf = try PolicyShelf(folder: folder, file: file, headings: headings, language: language)
    ingredients += shelf.ingredients
    receipt = try Receipt(folder: folder, file: file)
    programmes = try shelf.programmes(folder: folder, file: file, receipt: receipt)
    if let own = headings.statuses.ownSHA256 {
      ingredients.append(Ingredient(path: Statuses.own, sha256: own))
    }
    if !office.sha256.isEmpty { ingredients.append(Ingredient(path: "columns.yaml", sha256: office.sha256)) }
    try office.refuseUnknown(among: headings.names(with: programmes.map(\.policy.layout)))
    for case let schema? in file.applications.map(\.xml?.schema) {
      let bytes = try Disk.read(folder.absolute(schema), shown: schema)
      ingredients.append(Ingredient(path: schema, sha256: SHA256.hex(SHA256.hash(bytes))))
    }
    ledgers = try Self.ledgers(file: file, folder: folder, templates: templates, used: &used)
    policies = ingredients
    self.templates = used
  }

  var roster: [String] { receipt.roster }
  var history: [String] { receipt.history }
  var decisions: [String] { receipt.decisions }

  static func hash(_ text: String) -> String { SHA256.hex(SHA256.hash(Array(text.utf8))) }

  static func expand(
    _ patterns: [String], in folder: Folder, as key: String
  ) throws(PipelineFailure) -> [String] {
    var found: [String] = []
    for pattern in patterns {
      let files = try folder.expand(pattern, from: "batch.yaml (\(key))")
      if files.isEmpty {
        throw PipelineFailure(
          "batch.yaml (\(key))", Bilingual("没有文件符合 \(pattern)", "no file matches \(pattern)"),
          remedy: Bilingual("请检查文件夹和文件名，或删去这一项。", "Check folder and names, or remove the entry."))
      }
      for file in files where !found.contains(where: { $0.sameScalars(as: file) }) { found.append(file) }
    }
    return found
  }

  private static func ledgers(
    file: BatchFile, folder: Folder, templates: Templates, used: inout [Ingredient]
  ) throws(PipelineFailure) -> [LedgerTemplate] {
    var ledgers: [LedgerTemplate] = []
    for name in file.ledgers {
      let document: Disk.Document
      let shown: String
      if name.hasSuffix(".yaml") || name.contains("/") {
        let path = try folder.expand(name, from: "batch.yaml (ledgers)").first ?? name
        document = try Disk.document(folder.absolute(path), shown: path)
        shown = path
      } else {
        shown = "ledgers/\(name).yaml"
        guard let found = try templates.document(shown) else {
          let known = templates.names(under: "ledgers/").map { $0.dropFirst(8).dropLast(5) }
            .joined(separator: " ")
          throw PipelineFailure(
            "batch.yaml (ledgers)", Bilingual("没有台账模板“\(name)”", "no ledger template '\(name)'"),
            remedy: Bilingual("可用：\(known)，或写模板文件的路径。", "Known: \(known); or give a template's path."))
        }
        document = found
      }
      do {
        ledgers.append(try LedgerTemplate.load(yaml: document.text, file: shown))
      } catch {
        throw PipelineFailure(error)
      }
      used.append(Ingredient(path: shown, sha256: document.sha256))
    }
    let paying = ledgers.filter(\.pays)
    if paying.count > 1, !file.wantsCopies {
      let names = paying.map(\.id).joined(separator: " ")
      throw PipelineFailure(
        "batch.yaml (ledgers)",
        Bilingual(
          "有几份台账银行都能凭它付款（\(names)），每一份都是全部款项：都送出去就付了几遍",
          "several ledgers are ones a bank could pay from (\(names)), and each holds every payment: all of them sent "
            + "would pay several times"),
        remedy: Bilingual(
          "请只留一份；确实只是同一笔钱的几种副本时写 copies: true；银行不能凭它付款的模板写 pays: false。",
          "Keep one; where they are but copies of the same money write copies: true; say pays: false in a template no "
            + "bank pays from."))
    }
    return ledgers
  }
}
