internal import AidModel
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The SHA-256 of the whole file, stored in the file: reveals any byte changed by another program or a bad
/// disk, even outside the tables.
///
/// The digest skips the bytes that writing it changes: the digest itself (the last 32 bytes of the page of
/// the table `seal`), the file's change counter and its copy, and the schema counter, which SQLite's backup
/// increments. Every transaction first breaks the seal (zeros); a second transaction seals the result. If the
/// program is killed in between, the store is open, and its tables are checked one by one.
enum StoreSeal {
  enum State { case open, sound, broken }

  private static let size = 32

  static func breakOpen(_ database: Database) throws {
    try database.execute(sql: "UPDATE seal SET digest = zeroblob(32) WHERE id = 1")
  }

  /// Within a write transaction that has written nothing yet, so that no one else changes the file.
  static func close(_ database: Database) throws {
    let (_, digest) = try read(database)
    try database.execute(sql: "UPDATE seal SET digest = ? WHERE id = 1", arguments: [Data(digest)])
  }

  static func state(_ database: Database) throws -> State {
    let (seal, digest) = try read(database)
    if seal.allSatisfy({ $0 == 0 }) { return .open }
    return seal == digest ? .sound : .broken
  }

  /// The seal as stored, and as it should be.
  private static func read(_ database: Database) throws -> (seal: [UInt8], digest: [UInt8]) {
    // The first read takes the lock that keeps the file unchanged.
    guard let kept = try Data.fetchOne(database, sql: "SELECT digest FROM seal WHERE id = 1"),
      let root = try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'seal'"),
      let page = try Int.fetchOne(database, sql: "PRAGMA page_size")
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no seal") }
    let place = root * page - size
    let holes = [24..<28, 40..<44, 92..<96, place..<(place + size)]
    var hash = SHA256()
    var seal: [UInt8] = []
    try eachPiece(of: database) { piece, start in
      if piece.indices.contains(place - start) {
        seal = Array(piece[(place - start)..<min(place - start + size, piece.count)])
      }
      for hole in holes {
        for at in hole where piece.indices.contains(at - start) { piece[at - start] = 0 }
      }
      hash.update(UnsafeRawBufferPointer(piece))
    }
    // A seal in another place was not written by this program.
    return (seal == Array(kept) ? seal : [1], hash.finish())
  }

  /// A whole number of pages, so that the seal is never split.
  private static let pieceSize = 1 << 20

  /// Reads the file through the connection's own handle: opening and closing another would release the locks.
  private static func eachPiece(
    of database: Database, _ body: (UnsafeMutableRawBufferPointer, _ start: Int) -> Void
  ) throws {
    var file: UnsafeMutablePointer<sqlite3_file>?
    sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
    guard let file, let methods = file.pointee.pMethods else {
      throw DatabaseError(resultCode: .SQLITE_IOERR, message: "no file")
    }
    var length: Int64 = 0
    guard methods.pointee.xFileSize(file, &length) == SQLITE_OK else {
      throw DatabaseError(resultCode: .SQLITE_IOERR)
    }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { room.deallocate() }
    var start = 0
    while start < Int(length) {
      let count = min(pieceSize, Int(length) - start)
      guard methods.pointee.xRead(file, room.baseAddress, Int32(count), Int64(start)) == SQLITE_OK else {
        throw DatabaseError(resultCode: .SQLITE_IOERR)
      }
      body(UnsafeMutableRawBufferPointer(rebasing: room[0..<count]), start)
      start += count
    }
  }
}
