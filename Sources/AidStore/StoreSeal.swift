internal import AidModel
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The SHA-256 of the whole file, kept in the file: any byte that another program or a bad disk changes shows, also
/// where no table has anything.
///
/// The digest leaves out the places that writing it changes: the 32 bytes themselves, which are the last of the page
/// of the table `seal`, the file's change counter with its copy, and the schema's counter, which a copy made by
/// SQLite's own backup raises. Every transaction first breaks the seal (zeros); a second one seals what the first has
/// left. Killed between the two, the store is open: then its tables are checked one by one.
enum StoreSeal {
  enum State { case open, sound, broken }

  private static let size = 32

  static func breakOpen(_ database: Database) throws {
    try database.execute(sql: "UPDATE seal SET digest = zeroblob(32) WHERE id = 1")
  }

  /// Within a writing transaction that has written nothing yet: nobody else changes the file meanwhile.
  static func close(_ database: Database) throws {
    let (_, digest) = try read(database)
    try database.execute(sql: "UPDATE seal SET digest = ? WHERE id = 1", arguments: [Data(digest)])
  }

  static func state(_ database: Database) throws -> State {
    let (seal, digest) = try read(database)
    if seal.allSatisfy({ $0 == 0 }) { return .open }
    return seal == digest ? .sound : .broken
  }

  /// The seal as it stands, and as it should be.
  private static func read(_ database: Database) throws -> (seal: [UInt8], digest: [UInt8]) {
    // The first read takes the lock under which the file stays as it is.
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
    // A seal that stands elsewhere is none that was written here.
    return (seal == Array(kept) ? seal : [1], hash.finish())
  }

  /// A whole number of pages at a time, so that the seal is never cut.
  private static let pieceSize = 1 << 20

  /// Reads the file through the connection's own handle: to open it once more and close it would let go of the locks.
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
