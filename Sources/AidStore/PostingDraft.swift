public import AidModel
import Glibc

/// Everything a posting adds to the store, collected on disk before the transaction begins, which then only
/// copies it. The file is nameless and vanishes with the process.
public final class PostingDraft {
  /// The kind of a record in the file; its length follows.
  enum Record: UInt8 { case file = 1, piece, fileEnd }

  private let path: String
  private let handle: Int32
  private var buffer = TextBuffer(capacity: 1 << 20)
  /// False if only awards are collected, for comparison.
  public let keepsFiles: Bool

  /// - Parameter folder: needs room for the draft, about 300 bytes per award.
  public init(in folder: String, keepsFiles: Bool = true) throws(StoreFailure) {
    path = folder
    self.keepsFiles = keepsFiles
    var file = open(folder, StoreFile.nameless | O_RDWR | O_CLOEXEC, 0o600)
    if file < 0 {
      let name = folder + "/.posting-\(getpid())"
      unlink(name)
      file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      unlink(name)
    }
    guard file >= 0 else { throw .system(folder) }
    handle = file
  }

  deinit { close(handle) }

  /// Begins a result file; its pieces follow.
  public func begin(file path: String, mode: UInt32) throws(StoreFailure) {
    guard keepsFiles else { return }
    var body = TextBuffer()
    body.append(word: Int(mode))
    body.append(path)
    try add(.file, body)
  }

  /// Adds a piece of the file, as written by `PostingPiece`.
  public func add(piece: borrowing TextBuffer) throws(StoreFailure) {
    if piece.count > 0 { try add(.piece, piece) }
  }

  /// Adds a piece of the file that is not packed yet.
  public func add(text: UnsafeRawBufferPointer) throws(StoreFailure) {
    guard keepsFiles, !text.isEmpty else { return }
    var piece = TextBuffer(capacity: text.count / 4 + 64)
    PostingPiece.write(text, to: &piece)
    try add(piece: piece)
  }

  public func endFile(sha256: String, size: Int) throws(StoreFailure) {
    guard keepsFiles else { return }
    var body = TextBuffer()
    body.append(word: size)
    body.append(sha256)
    try add(.fileEnd, body)
  }

  private func add(_ record: Record, _ body: borrowing TextBuffer) throws(StoreFailure) {
    buffer.append(record.rawValue)
    buffer.append(word: body.count)
    buffer.append(body)
    if buffer.count >= 1 << 20 { try flush() }
  }

  private func flush() throws(StoreFailure) {
    var rest = 0
    while rest < buffer.count {
      let count = buffer.withBytes { write(handle, $0.baseAddress! + rest, $0.count - rest) }
      if count < 0, errno != EINTR { throw .system(path) }
      rest += max(count, 0)
    }
    buffer.removeAll()
  }

  /// Reads back all records from the beginning.
  func each(_ body: (Record, UnsafeRawBufferPointer) throws -> Void) throws {
    try flush()
    var reader = DraftReader(handle)
    while let (record, bytes) = try reader.next(path) { try body(record, bytes) }
  }
}

/// Reads a draft's file record by record.
private struct DraftReader: ~Copyable {
  private let handle: Int32
  private var position: Int64 = 0
  private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 21, alignment: 16)
  private var filled = 0
  private var at = 0

  init(_ handle: Int32) { self.handle = handle }

  deinit { room.deallocate() }

  /// The next record; its bytes are valid until the next call.
  mutating func next(_ path: String) throws -> (PostingDraft.Record, UnsafeRawBufferPointer)? {
    guard try fill(9, path) else { return nil }
    let kind = room[at]
    let size = Int(UnsafeRawPointer(room.baseAddress! + at + 1).loadUnaligned(as: UInt64.self))
    at += 9
    guard let record = PostingDraft.Record(rawValue: kind), try fill(size, path) else {
      errno = EIO
      throw StoreFailure.system(path)
    }
    defer { at += size }
    return (record, UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[at..<(at + size)]))
  }

  /// Ensures that `count` bytes are buffered; false if the file ends before.
  private mutating func fill(_ count: Int, _ path: String) throws -> Bool {
    if filled - at >= count { return true }
    if at > 0 {
      room.baseAddress!.copyMemory(from: room.baseAddress! + at, byteCount: filled - at)
      (filled, at) = (filled - at, 0)
    }
    if room.count < count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * count, alignment: 16)
      larger.baseAddress!.copyMemory(from: room.baseAddress!, byteCount: filled)
      room.deallocate()
      room = larger
    }
    while filled < count {
      let more = pread(handle, room.baseAddress! + filled, room.count - filled, off_t(position))
      if more < 0, errno == EINTR { continue }
      if more < 0 { throw StoreFailure.system(path) }
      if more == 0 { return false }
      (filled, position) = (filled + more, position + Int64(more))
    }
    return true
  }
}

/// Packs pieces of files, on any thread.
public enum PostingPiece {
  /// Appends a piece: `count` awards (`PackedAward`) and the text that explains them, one line each.
  /// - Parameter keepsText: false if only the awards are wanted.
  public static func write(
    _ text: UnsafeRawBufferPointer, awards: borrowing TextBuffer, count: Int, keepsText: Bool = true,
    to piece: inout TextBuffer
  ) {
    piece.append(word: count)
    piece.append(word: awards.count)
    piece.append(word: text.count)
    piece.append(awards)
    if keepsText { Gzip.append(text, to: &piece) }
  }

  public static func write(_ text: UnsafeRawBufferPointer, to piece: inout TextBuffer) {
    write(text, awards: TextBuffer(), count: 0, to: &piece)
  }

  /// The components of a piece.
  struct Parts {
    let count: Int
    let awards: UnsafeRawBufferPointer
    let size: Int
    let packed: UnsafeRawBufferPointer

    init(_ piece: UnsafeRawBufferPointer) {
      var reader = ByteReader(piece)
      count = reader.word()
      let length = reader.word()
      size = reader.word()
      awards = reader.bytes(length)
      packed = reader.rest
    }
  }
}

/// One award as bytes, to become a row of the store.
public struct PackedAward {
  let programme: Int
  let unit: Int
  let outcome: UnsafeRawBufferPointer
  let fen: Int64
  let record: UnsafeRawBufferPointer
  let staffNo: UnsafeRawBufferPointer
  let name: UnsafeRawBufferPointer
  let idNumber: UnsafeRawBufferPointer
  let account: UnsafeRawBufferPointer
  let phone: UnsafeRawBufferPointer
  let invoices: [UnsafeRawBufferPointer]
  /// What its paid rows said (`RowContent`); empty of one that is not paid.
  let said: UnsafeRawBufferPointer
  /// What its benefits gave; empty where nothing is kept of it.
  let breakdown: UnsafeRawBufferPointer

  /// - Parameters:
  ///   - programme: index among the posting's programmes; `unit` among its units.
  ///   - invoices: keys of the invoices that are paid for.
  ///   - said: what the paid rows said.
  ///   - breakdown: what its benefits gave.
  public static func append(
    _ entry: AwardEntry, record: String, _ who: Claimant, phone: String = "", invoices: [String],
    said: borrowing TextBuffer = TextBuffer(), breakdown: PaymentBreakdown? = nil, to out: inout TextBuffer
  ) {
    out.append(word: Int(entry.programme))
    out.append(word: Int(entry.unit))
    out.append(word: Int(entry.amount.fen))
    for text in [
      entry.outcome.rawValue, record, who.staffNo, who.name, who.idNumber, who.payee.account, phone,
    ] {
      out.append(counted: text)
    }
    out.append(word: invoices.count)
    for number in invoices { out.append(counted: number) }
    out.append(word: said.count)
    out.append(said)
    out.append(counted: breakdown?.text ?? "")
  }

  init(_ reader: inout ByteReader) {
    programme = reader.word()
    unit = reader.word()
    fen = Int64(reader.word())
    outcome = reader.counted()
    record = reader.counted()
    staffNo = reader.counted()
    name = reader.counted()
    idNumber = reader.counted()
    account = reader.counted()
    phone = reader.counted()
    let count = reader.word()
    invoices = count == 0 ? [] : (0..<count).map { _ in reader.counted() }
    said = reader.counted()
    breakdown = reader.counted()
  }
}

/// Reads what `TextBuffer.append(word:)` and `append(counted:)` wrote.
struct ByteReader {
  private(set) var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  mutating func word() -> Int {
    let word = Int(rest.loadUnaligned(as: Int64.self))
    rest = UnsafeRawBufferPointer(rebasing: rest[8...])
    return word
  }

  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    let bytes = UnsafeRawBufferPointer(rebasing: rest[0..<count])
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    return bytes
  }

  mutating func counted() -> UnsafeRawBufferPointer {
    let count = word()
    return bytes(count)
  }
}

extension TextBuffer {
  mutating func append(word: Int) {
    withUnsafeBytes(of: Int64(word)) { append($0) }
  }

  mutating func append(counted text: String) {
    append(word: text.utf8.count)
    append(text)
  }
}
