import AidModel

/// Opens files of the kinds that have their own reader here, and names unsupported kinds.
enum KindRecognition {
  /// Nil for a ZIP workbook or plain text, which have their own readers.
  static func open(
    _ bytes: FileBytes, name: String, limits: IntakeLimits, mapping: XMLMapping?
  ) throws(IntakeFailure) -> (any SheetBook)? {
    if let mapping {
      guard FileRecognition.looksLikeXML(bytes) else {
        throw kind(
          "不是 XML，但 batch.yaml 为它写了 xml: (not XML, though batch.yaml gives it an xml: mapping)", name)
      }
      return try MappedXML(.file(bytes), mapping: mapping, name: name, limits: limits)
    }
    if bytes.starts(with: CompoundFile.magic) { return try compound(bytes, name: name, limits: limits) }
    // A bare workbook stream without a container.
    if BiffVersion(bare: bytes) != nil { return try BiffWorkbook(bytes, name: name, limits: limits) }
    if FileRecognition.isArchive(bytes) { return try archive(bytes, name: name, limits: limits) }
    if FileRecognition.looksLikeXML(bytes) { return try xml(bytes, name: name, limits: limits) }
    return nil
  }

  private static func kind(_ what: String, _ name: String) -> IntakeFailure {
    KindFault.kind(what).failure(file: name)
  }

  // MARK: OLE2

  private static func compound(
    _ bytes: FileBytes, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) -> any SheetBook {
    let file: CompoundFile
    let workbook: FileBytes?
    do throws(KindFault) {
      file = try CompoundFile(bytes)
      if file.has(EncryptedPackage.package) {
        throw .locked("；解开后里面还是一个加密的工作簿 (and holds another one that is)")
      }
      let book = file.has("Workbook") ? "Workbook" : "Book"
      workbook = try file.bytes(of: book)
    } catch {
      if case .damaged = error { throw damaged(bytes, error, name) }
      throw error.failure(file: name)
    }
    if let workbook { return try BiffWorkbook(workbook, name: name, limits: limits) }
    throw kind(compoundKind(file), name)
  }

  /// What a damaged compound file was meant to be, judged by the names in its directory.
  private static func damaged(_ bytes: FileBytes, _ fault: KindFault, _ name: String) -> IntakeFailure {
    func names(_ text: String) -> Bool {
      var wanted: [UInt8] = []
      for unit in text.utf16 { wanted += [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] }
      wanted += [0, 0]
      let all = bytes.buffer
      // Directory entries begin at multiples of 128 bytes.
      return stride(from: 0, through: all.count - wanted.count, by: 128).contains { start in
        zip(all[start..<(start + wanted.count)], wanted).allSatisfy {
          Self.lowercased($0) == Self.lowercased($1)
        }
      }
    }
    if names(EncryptedPackage.package) {
      // No password can be tried.
      return KindFault.locked(
        "；而且文件不完整或已损坏，密码试不了 (and the file is incomplete or damaged: no password can be tried)"
      ).failure(file: name)
    }
    if names("Workbook") || names("Book") { return fault.failure(file: name) }
    return kind(unknownCompound, name)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  private static let unknownCompound =
    "没有工作簿的 OLE2 文件（旧版 Office、WPS 或其他程序的），读不出来；请在 Excel 或 WPS 中打开后另存为 .xlsx "
    + "(an OLE2 file of an older Office, WPS or another program, without a readable workbook; open it in Excel or "
    + "WPS and save it as .xlsx)"

  private static func compoundKind(_ file: CompoundFile) -> String {
    if file.has("WordDocument") { return "Word 97–2003 文档 .doc (Word document)" }
    if file.has("PowerPoint Document") { return "PowerPoint 97–2003 文档 .ppt (presentation)" }
    return unknownCompound
  }

  // MARK: Packages

  private static func archive(
    _ bytes: FileBytes, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) -> (any SheetBook)? {
    // Faults of the archive itself are reported where workbooks are opened.
    guard let archive = try? ZipArchive(bytes, limits: limits) else { return nil }
    if archive.entry("xl/workbook.bin") != nil {
      throw kind("Excel 二进制工作簿 .xlsb；请另存为 .xlsx (Excel binary workbook .xlsb; save it as .xlsx)", name)
    }
    guard archive.entry("[Content_Types].xml") == nil, let content = archive.entry("content.xml") else {
      return nil
    }
    do throws(KindFault) {
      if try OpenDocument.isEncrypted(archive, limits: limits) {
        throw .locked("；ODS 的加密不支持 (encrypted .ods workbooks are not opened)")
      }
    } catch {
      throw error.failure(file: name)
    }
    return try OpenDocument(.part(content, of: archive), kind: .ods, name: name, limits: limits)
  }

  // MARK: XML

  private static func xml(
    _ bytes: FileBytes, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) -> any SheetBook {
    let document = DocumentBytes.file(bytes)
    let root: MarkupRoot
    do throws(KindFault) {
      root = try MarkupRoot(document)
    } catch {
      throw error.failure(file: name)
    }
    if root.namespace == "urn:schemas-microsoft-com:office:spreadsheet", root.name == "Workbook" {
      return try SpreadsheetML(document, name: name, limits: limits)
    }
    if root.namespace == "urn:oasis:names:tc:opendocument:xmlns:office:1.0" {
      return try OpenDocument(document, kind: .fods, name: name, limits: limits)
    }
    if root.name.lowercased() == "html" { throw kind(FileRecognition.htmlPage, name) }
    throw kind(
      "XML 数据（根元素 \(root.name)）；批次导入请在 batch.yaml 该项写 xml: {row: …, columns: …} "
        + "(XML data with root \(root.name); give its entry in batch.yaml an xml: {row: …, columns: …})", name
    )
  }
}
