internal import AidModel
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// A hash chain over everything the store remembers.
///
/// Whatever one transaction adds is an *entry*: a posted batch, an imported list, a note that results are in
/// place. Every row names its entry. An entry's digest is the SHA-256 of the previous entry's digest, its
/// kind, and all its rows in the order of `StoreSchema.remembered`. Changing, adding or deleting a row in any
/// other way breaks the chain at its entry.
enum StoreChain {
  /// The last rows of the tables before an entry's rows were added.
  struct Mark {
    fileprivate let tables: [StoreSchema.Remembered]
    fileprivate let rows: [Int64]
  }

  static func mark(
    _ database: Database, _ tables: [StoreSchema.Remembered] = StoreSchema.remembered
  ) throws -> Mark {
    Mark(
      tables: tables,
      rows: try tables.map { table in
        try Int64.fetchOne(database, sql: "SELECT max(\(table.key)) FROM \(table.name)") ?? 0
      })
  }

  static func nextEntry(_ database: Database) throws -> Int64 {
    (try Int64.fetchOne(database, sql: "SELECT max(number) FROM entry") ?? 0) + 1
  }

  /// Closes an entry whose rows were added since `mark`.
  static func close(_ number: Int64, kind: String, since mark: Mark, _ database: Database) throws {
    var hash = SHA256()
    for (table, last) in zip(mark.tables, mark.rows) {
      var isFirst = true
      let rows = try RawStatement(
        database, table.rows(where: "\(table.key) > ? AND entry = ?"))
      rows.bind(1, last)
      rows.bind(2, number)
      var row = TextBuffer()
      while try rows.step() {
        if isFirst { hash.update(table.name) }
        isFirst = false
        feed(rows, through: &row, into: &hash)
      }
    }
    let before =
      try Data.fetchOne(database, sql: "SELECT digest FROM entry WHERE number = ?", arguments: [number - 1])
      ?? Data(count: 32)
    try database.execute(
      sql: "INSERT INTO entry (number, kind, digest) VALUES (?, ?, ?)",
      arguments: [number, kind, Data(link(Array(before), number, kind, hash.finish()))])
  }

  /// Recomputes every digest.
  /// - Returns: the first entry that was altered; nil if none was; 0 if rows belong to no entry.
  static func firstBroken(_ database: Database, _ tables: [StoreSchema.Remembered]) throws -> Int64? {
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM entry") ?? 0
    var hashes = [SHA256](repeating: SHA256(), count: count + 1)
    for table in tables {
      let rows = try RawStatement(database, table.rows(where: "1"))
      var last = Int64(-1)
      var row = TextBuffer()
      while try rows.step() {
        let number = rows.int(0)
        guard (1...Int64(max(count, 1))).contains(number), number <= count else { return 0 }
        if number != last { hashes[Int(number)].update(table.name) }
        last = number
        feed(rows, through: &row, into: &hashes[Int(number)])
      }
    }
    let entries = try Row.fetchAll(database, sql: "SELECT number, kind, digest FROM entry ORDER BY number")
    var before = [UInt8](repeating: 0, count: 32)
    for (index, entry) in entries.enumerated() {
      let number: Int64 = entry["number"]
      guard number == Int64(index + 1) else { return Int64(index + 1) }
      let digest = link(before, number, entry["kind"], hashes[index + 1].finish())
      guard Array(entry["digest"] as Data) == digest else { return number }
      before = digest
    }
    return nil
  }

  /// Recomputes all digests from the present rows. Only for a change of the tables themselves, after the
  /// chain was found intact.
  static func rebuild(_ database: Database, _ tables: [StoreSchema.Remembered]) throws {
    let entries = try Row.fetchAll(database, sql: "SELECT number, kind FROM entry ORDER BY number")
    try database.execute(sql: "DELETE FROM entry")
    let start = Mark(tables: tables, rows: tables.map { _ in 0 })
    for entry in entries { try close(entry["number"], kind: entry["kind"], since: start, database) }
  }

  private static func link(
    _ before: [UInt8], _ number: Int64, _ kind: String, _ rows: [UInt8]
  ) -> [UInt8] {
    var hash = SHA256()
    hash.update(before)
    hash.update("\(number)\u{1F}\(kind)\u{1F}")
    hash.update(rows)
    return hash.finish()
  }

  /// Hashes each value as type, length and bytes, so that different rows never give the same input.
  private static func feed(_ rows: RawStatement, through buffer: inout TextBuffer, into hash: inout SHA256) {
    buffer.removeAll()
    for column in 0..<rows.columns {
      let type = rows.type(column)
      buffer.append(UInt8(truncatingIfNeeded: type))
      switch type {
      case SQLITE_INTEGER: buffer.append(number: Int(rows.int(column)))
      case SQLITE_NULL: break
      default:
        let bytes = rows.bytes(column)
        buffer.append(number: bytes.count)
        buffer.append(UInt8(ascii: ":"))
        if bytes.count > 1 << 12 {
          buffer.withBytes { hash.update($0) }
          buffer.removeAll()
          hash.update(bytes)
        } else {
          buffer.append(bytes)
        }
      }
      buffer.append(UInt8(ascii: ";"))
    }
    buffer.withBytes { hash.update($0) }
  }
}
