public import AidModel
import Glibc

/// The kind of a file, determined by its content.
public enum FileKind: String, Sendable { case xlsx, xlsm, xls, xml, ods, fods, csv }

public struct SheetInfo: Sendable, Hashable {
  /// Empty for a CSV.
  public let name: String
  public let isHidden: Bool
}

/// An input file, opened and recognised. Its sheets are read on demand, any number of times.
public final class InputFile: Sendable {
  /// As shown in reports.
  public let name: String
  public let kind: FileKind
  public let sheets: [SheetInfo]
  public let dates: DateSystem
  /// The file as stored; `body` may come from its decrypted content.
  private let stored: FileBytes

  private enum Body: Sendable {
    case workbook(ZipArchive, Workbook, SharedStrings)
    case text(DecodedText)
    case book(any SheetBook)
  }

  private let body: Body
  let limits: IntakeLimits

  /// Where the rows of an XML export are; such a file has no heading.
  let mapping: XMLMapping?

  /// - Throws: FILE-MISSING, FILE-UNREADABLE, FILE-ENCRYPTED, FILE-KIND, FILE-LIMIT, XML-DOCTYPE, XML-SCHEMA.
  public init(
    path: String, name: String, limits: IntakeLimits = .standard, xml mapping: XMLMapping? = nil
  ) throws(IntakeFailure) {
    self.name = name
    self.mapping = mapping
    let stored: FileBytes
    do {
      stored = try FileBytes(path: path)
    } catch {
      throw error.failure(file: name)
    }
    if stored.count == 0 {
      throw IntakeFailure(IntakeFindings.fileUnreadable, file: name, ["空文件 (empty file)"])
    }
    self.stored = stored
    var limits = limits
    limits.fileBytes = stored.count
    self.limits = limits
    do throws(IntakeFailure) {
      (kind, sheets, dates, body) = try Self.recognised(stored, name: name, limits: limits, mapping: mapping)
    } catch {
      if stored.hasChanged { throw Self.changed(name) }
      throw error
    }
  }

  /// The file's kind and contents.
  private static func recognised(
    _ stored: FileBytes, name: String, limits: IntakeLimits, mapping: XMLMapping?
  ) throws(IntakeFailure) -> (FileKind, [SheetInfo], DateSystem, Body) {
    let bytes = try opened(stored, name: name, limits: limits)
    if let refused = FileRecognition.refusal(bytes, name: name) { throw refused }
    if let book = try KindRecognition.open(bytes, name: name, limits: limits, mapping: mapping) {
      return (book.kind, book.sheets, book.dates, .book(book))
    }
    if FileRecognition.isArchive(bytes) || ZipArchive.endsAsArchive(bytes) {
      let (archive, book, shared) = try openWorkbook(bytes, name: name, limits: limits)
      let sheets = book.sheets.map { SheetInfo(name: $0.name, isHidden: $0.isHidden) }
      return (book.isMacroEnabled ? .xlsm : .xlsx, sheets, book.dates, .workbook(archive, book, shared))
    }
    let text = try DecodedText(bytes, name: name)
    return (.csv, [SheetInfo(name: "", isHidden: false)], .from1900, .text(text))
  }

  /// SHA-256 of the whole file as stored, in hexadecimal; computed on each access.
  public var sha256: String { stored.sha256() }

  /// Call it after everything, including the hash, has been read.
  /// - Throws: FILE-UNREADABLE if the file was changed after opening.
  public func checkUnchanged() throws(IntakeFailure) {
    if stored.hasChanged { throw Self.changed(name) }
  }

  private static func changed(_ name: String) -> IntakeFailure {
    IntakeFailure(
      IntakeFindings.fileUnreadable, file: name,
      ["读取时文件被改动；请等保存或复制完成后重新运行 (changed while it was read; run again once it is saved or copied)"])
  }

  /// The decrypted package of a protected workbook; any other file unchanged.
  private static func opened(
    _ bytes: FileBytes, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) -> FileBytes {
    do throws(KindFault) {
      return try EncryptedPackage(bytes)?.opened(with: limits.passwords, limits: limits) ?? bytes
    } catch {
      throw error.failure(file: name)
    }
  }

  private static func openWorkbook(
    _ bytes: FileBytes, name: String, limits: IntakeLimits
  ) throws(IntakeFailure) -> (ZipArchive, Workbook, SharedStrings) {
    let archive: ZipArchive
    do {
      archive = try ZipArchive(bytes, limits: limits)
    } catch {
      switch error {
      case .encrypted:
        throw KindFault.locked("；ZIP 压缩包加密 (an encrypted ZIP archive)").failure(file: name)
      case .limit(let what): throw IntakeFailure(IntakeFindings.fileLimit, file: name, [what])
      case .damaged(let what):
        throw IntakeFailure(IntakeFindings.fileUnreadable, file: name, ["\(what.zh) \(what.en)"])
      }
    }
    let book: Workbook
    do {
      book = try Workbook(archive, limits: limits)
    } catch {
      switch error {
      case .noWorkbook:
        throw IntakeFailure(IntakeFindings.fileKind, file: name, [FileRecognition.archiveKind(archive)])
      case .noSheets: throw KindFault.noSheets.failure(file: name)
      case .missingPart(let part):
        throw IntakeFailure(IntakeFindings.fileUnreadable, file: name, ["缺少 \(part) (missing part)"])
      case .partTwice(let part):
        throw IntakeFailure(
          IntakeFindings.fileUnreadable, file: name, ["\(part) 是两张工作表 (a part that is two sheets)"])
      case .binary:
        throw IntakeFailure(IntakeFindings.fileKind, file: name, ["二进制工作簿 .xlsb (binary workbook)"])
      case .xml(let part, let fault): throw IntakeFailure.of(fault, file: name, part: part)
      }
    }
    // A link to a missing part matters only if a cell refers to one of its strings.
    guard let part = book.sharedStringsPart, let entry = archive.entry(part) else {
      return (archive, book, .none)
    }
    do {
      return (archive, book, try SharedStrings.read(entry, of: archive, limits: limits))
    } catch {
      throw IntakeFailure.of(error, file: name, part: part)
    }
  }

  /// - Precondition: `index` is an index of `sheets`.
  public func open(sheet index: Int) throws(IntakeFailure) -> SheetReader {
    switch body {
    case .workbook(let archive, let book, let shared):
      let sheet = book.sheets[index]
      guard let entry = archive.entry(sheet.part) else {
        throw IntakeFailure(
          IntakeFindings.fileUnreadable, file: name, sheet: sheet.name, ["缺少 \(sheet.part) (missing part)"])
      }
      return SheetReader(
        XlsxRows(
          file: name, sheet: sheet.name, entry: entry, archive: archive, shared: shared, book: book,
          limits: limits), of: self)
    case .text(let text):
      return SheetReader(CsvRows(text, name: name, limits: limits), of: self)
    case .book(let book):
      return SheetReader(try book.open(sheet: index), of: self)
    }
  }

  /// The separator that a CSV declares in its first line.
  var declaredSeparator: CsvSeparator.Mark? {
    guard case .text(let text) = body else { return nil }
    return text.withBytes { CsvSeparator.declared($0)?.separator }
  }

  /// The separator guessed from a CSV's records.
  var likelySeparator: CsvSeparator.Mark? {
    guard case .text(let text) = body else { return nil }
    return text.withBytes(CsvSeparator.guess)
  }

  /// - Parameter separator: the field separator of a CSV.
  func open(sheet index: Int, separator: CsvSeparator.Mark?) throws(IntakeFailure) -> SheetReader {
    guard case .text(let text) = body, let separator else { return try open(sheet: index) }
    return SheetReader(CsvRows(text, name: name, limits: limits, separator: separator), of: self)
  }

  /// Marked cells of a sheet whose reader does not report them.
  func markedCells(sheet index: Int) throws(IntakeFailure) -> [MarkedCell] {
    guard case .workbook(let archive, let book, let shared) = body else { return [] }
    do throws(KindFault) {
      return try MarkedCells.find(
        in: archive, sheet: book.sheets[index].part, formats: book.marks, shared: shared)
    } catch {
      throw error.failure(file: name, sheet: sheets[index].name)
    }
  }
}

/// The rows of one sheet, chunk by chunk.
public struct SheetReader: ~Copyable {
  private let xlsx: XlsxRows?
  private let csv: CsvRows?
  private let other: (any SheetRows)?
  private let file: InputFile

  init(_ rows: XlsxRows, of file: InputFile) { (xlsx, csv, other, self.file) = (rows, nil, nil, file) }
  init(_ rows: CsvRows, of file: InputFile) { (xlsx, csv, other, self.file) = (nil, rows, nil, file) }
  init(_ rows: any SheetRows, of file: InputFile) { (xlsx, csv, other, self.file) = (nil, nil, rows, file) }

  /// The next rows; nil at the end.
  public mutating func next() throws(IntakeFailure) -> RowChunk? {
    let chunk: RowChunk?
    do throws(IntakeFailure) {
      chunk = if let xlsx { try xlsx.next() } else if let other { try other.next() } else { try csv?.next() }
    } catch {
      // If the file was changed meanwhile, other errors are meaningless.
      try file.checkUnchanged()
      throw error
    }
    if chunk == nil { try file.checkUnchanged() }
    return chunk
  }

  /// Available after `next` has returned nil, like the properties below.
  public var mergedRanges: [MergedRange] { xlsx?.merges ?? other?.merges ?? [] }
  public var hiddenColumns: [ClosedRange<Int32>] { xlsx?.hiddenColumns ?? other?.hiddenColumns ?? [] }
  var markedCells: [MarkedCell] {
    (xlsx?.marked ?? other?.marked ?? []) + (xlsx?.formulas ?? other?.formulas ?? FormulaCells()).marked
  }
  /// Whether a filter is active and rows are hidden.
  public var isFiltered: Bool { xlsx?.isFiltered ?? other?.isFiltered ?? false }
}
