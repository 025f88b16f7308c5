import AidModel
import CLibXML2

/// An OpenDocument spreadsheet, `.ods` (a package) or `.fods` (one XML file).
struct OpenDocument: SheetBook {
  let kind: FileKind
  private(set) var sheets: [SheetInfo] = []
  let dates = DateSystem.from1900
  private let document: DocumentBytes
  private let name: String
  private let limits: IntakeLimits

  init(
    _ document: DocumentBytes, kind: FileKind, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) {
    (self.document, self.kind, self.name, self.limits) = (document, kind, name, limits)
    do throws(KindFault) {
      sheets = try MarkupRows<OpenDocumentState>.sheets(of: document, limits: limits)
    } catch {
      throw error.failure(file: name)
    }
    if sheets.isEmpty {
      throw KindFault.kind("没有工作表的 OpenDocument 文件 (an OpenDocument file without sheets)").failure(file: name)
    }
  }

  /// Whether a package is marked as encrypted.
  static func isEncrypted(_ archive: ZipArchive, limits: IntakeLimits) throws(KindFault) -> Bool {
    guard let entry = archive.entry("META-INF/manifest.xml") else { return false }
    let found = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    found.initialize(to: false)
    defer { found.deallocate() }
    var sax = Markup.handler()
    sax.startElementNs = { context, local, _, _, _, _, _, _, _ in
      if MarkupName.equal(local, "encryption-data") {
        context!.assumingMemoryBound(to: Bool.self).pointee = true
      }
    }
    var markup = try Markup(.part(entry, of: archive), &sax, context: found)
    while !markup.isOver {
      do throws(KindFault) {
        try markup.advance()
      } catch {
        // Older programs write a DOCTYPE into the manifest, and only there. It is not needed.
        if case .doctype = error { return found.pointee }
        throw error
      }
    }
    return found.pointee
  }

  func open(sheet index: Int) throws(IntakeFailure) -> any SheetRows {
    do throws(KindFault) {
      return try MarkupRows<OpenDocumentState>(
        .init(document: document, name: name, sheet: index, expected: sheets, limits: limits))
    } catch {
      throw error.failure(file: name, sheet: sheets[index].name)
    }
  }
}
