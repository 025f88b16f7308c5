internal import GRDB
internal import GRDBSQLite

/// A prepared statement that binds and reads values as bytes in place: a million rows create no strings.
final class RawStatement {
  private let connection: OpaquePointer
  private let handle: OpaquePointer

  init(_ database: Database, _ sql: String) throws {
    guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    self.connection = connection
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
    guard code == SQLITE_OK, let handle else { throw Self.failure(code, connection) }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  private static func failure(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
  }

  /// Parameters are numbered from 1, columns from 0.
  func bind(_ index: Int32, _ number: Int64) { sqlite3_bind_int64(handle, index, number) }

  func bind(_ index: Int32, nullable number: Int64?) {
    if let number { bind(index, number) } else { sqlite3_bind_null(handle, index) }
  }

  /// The bytes must stay valid until the statement has been stepped.
  func bind(_ index: Int32, text: UnsafeRawBufferPointer) {
    if text.isEmpty {
      sqlite3_bind_text(handle, index, "", 0, nil)
    } else {
      sqlite3_bind_text(
        handle, index, text.assumingMemoryBound(to: CChar.self).baseAddress, Int32(text.count), nil)
    }
  }

  /// The bytes must stay valid until the statement has been stepped.
  func bind(_ index: Int32, blob: UnsafeRawBufferPointer) {
    sqlite3_bind_blob(handle, index, blob.baseAddress, Int32(blob.count), nil)
  }

  /// Returns whether there is a row.
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw Self.failure(code, connection)
  }

  /// Runs a statement without result rows and resets it for the next values.
  func run() throws {
    while try step() {}
    sqlite3_reset(handle)
  }

  var columns: Int32 { sqlite3_column_count(handle) }
  func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  func type(_ column: Int32) -> Int32 { sqlite3_column_type(handle, column) }

  /// The bytes of a text or blob; valid until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  func string(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
