public import AidIntake
public import AidModel
import AidPolicy

/// `inspect`: what the importer sees in one file.
public enum Inspection {
  public struct Request: Sendable {
    public let file: String
    public var sheet: String?
    public var json = false
    public var raw = false
    public var unmasked = false
    /// A policy file whose columns to look for too.
    public var policy: String?
    public var templates: String?
    public var language = Language.zh
    /// Read every row of a workbook with libxml2.
    public var usesLibxml2Only = false
    /// Tried on an encrypted workbook.
    public var passwords = Passwords.none

    public init(file: String) { self.file = file }
  }

  public static func show(
    _ request: Request, to write: ([UInt8]) -> Void
  ) throws(PipelineFailure) {
    let name = request.file.split(separator: "/").last.map(String.init) ?? request.file
    guard Disk.exists(request.file) else { throw PipelineFailure.noFile(request.file) }
    do {
      var limits = IntakeLimits.standard
      if request.usesLibxml2Only { limits.reader = .libxml2 }
      limits.passwords = request.passwords
      let file = try InputFile(path: request.file, name: name, limits: limits)
      if request.raw {
        let sheet = try number(of: request.sheet, in: file, name: name)
        if request.json {
          try RawDump.json(file, sheet: sheet, to: write)
        } else {
          try RawDump.csv(file, sheet: sheet, to: write)
        }
        return
      }
      let headings = try Headings(
        templates: try Templates(named: request.templates), office: try Self.office(of: request.file))
      var layout = headings.commonLayout
      if let path = request.policy {
        do {
          let policy = try headings.policy(yaml: try Disk.text(path, shown: path), file: path)
          layout = headings.extended(policy.layout)
        } catch let error as PipelineFailure {
          throw error
        } catch {
          throw PipelineFailure(
            path, Bilingual("办法文件有误：\(error)", "the policy file is wrong: \(error)"),
            remedy: Bilingual(
              "先用 aidledger policy check 检查。", "Check it with `aidledger policy check` first."))
        }
      }
      let text = try InspectText.render(
        file, sheet: request.sheet, layout: layout, vocabulary: headings.vocabulary, json: request.json,
        unmasked: request.unmasked, language: request.language)
      write(Array(text.utf8))
    } catch let error as IntakeFailure {
      throw PipelineFailure(error)
    } catch let error as PipelineFailure {
      throw error
    } catch {
      preconditionFailure("intake fails as IntakeFailure")
    }
  }

  /// The headings of the batch folder that contains the file, if any.
  private static func office(of file: String) throws(PipelineFailure) -> OfficeHeadings {
    guard var folder = Disk.real(Disk.above(file)) else { return .none }
    while folder != "/" {
      if Disk.exists(folder + "/batch.yaml") { return try OfficeHeadings.read(in: folder) }
      folder = Disk.above(folder)
    }
    return .none
  }

  /// The index of the sheet with this name or number; the first sheet if none is given.
  private static func number(
    of sheet: String?, in file: InputFile, name: String
  ) throws(PipelineFailure) -> Int {
    guard let sheet else { return 0 }
    if let index = file.sheets.firstIndex(where: { $0.name.sameScalars(as: sheet) }) { return index }
    if let number = Int(sheet), (1...max(1, file.sheets.count)).contains(number) { return number - 1 }
    let known = file.sheets.map(\.name).joined(separator: "、")
    throw PipelineFailure(
      name, Bilingual("没有工作表“\(sheet)”", "there is no sheet '\(sheet)'"),
      remedy: Bilingual("工作表：\(known)", "Sheets: \(known)"))
  }
}
