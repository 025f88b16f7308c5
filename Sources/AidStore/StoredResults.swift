public import AidModel
internal import Foundation
internal import GRDB

/// One result file of a posted batch, as stored.
public struct StoredFile: Sendable {
  /// Lines of explanations per block.
  public static let awardsInBlock = 256
  public static let explanations = "explanations.jsonl"

  let id: Int64
  /// Relative to the results' folder.
  public let path: String
  public let mode: UInt32
  public let sha256: String
  public let size: Int
}

/// One award of a posted batch.
public struct StoredAward: Sendable {
  public let record: String
  public let programme: ProgrammeInfo
  public let staffNo: String
  public let name: String
  public let idNumber: String
  public let unit: String
  public let outcome: RowOutcome
  public let amount: Money
  /// The line of explanations.jsonl, without its line break.
  public let explanation: String
}

/// Reads back what was posted.
extension Store {
  /// The files of a batch's results; only the explanations if an older version posted the batch.
  public func files(of batch: PostedBatch) throws(StoreFailure) -> [StoredFile] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, path, mode, sha256, size FROM file WHERE entry = ? ORDER BY id",
        arguments: [batch.entry]
      ).map {
        StoredFile(id: $0["id"], path: $0["path"], mode: $0["mode"], sha256: $0["sha256"], size: $0["size"])
      }
    }
  }

  /// Passes a file's bytes piece by piece.
  /// - Throws: `damaged` if a piece cannot be unpacked; rethrows errors of `body`.
  public func read(
    _ file: StoredFile, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try queue.read { database in
      let blocks = try RawStatement(database, "SELECT size, packed FROM block WHERE file = ? ORDER BY id")
      blocks.bind(1, file.id)
      while try blocks.step() {
        try unpacked(blocks.bytes(1), Int(blocks.int(0))).withUnsafeBytes(body)
      }
    }
  }

  private func unpacked(_ packed: UnsafeRawBufferPointer, _ size: Int) throws -> [UInt8] {
    guard size >= 0, size < 1 << 31, let text = Gzip.text(of: packed, size: size) else {
      throw StoreFailure.damaged(
        path, Bilingual("记录库里存的文件解不开", "a file kept in the store cannot be unpacked"))
    }
    return text
  }

  /// The awards of a batch that match a query, in record order.
  public func awards(
    of batch: PostedBatch, staffNo: String? = nil, record: String? = nil, name: String? = nil,
    programme: String? = nil
  ) throws(StoreFailure) -> [StoredAward] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT a.*, u.name AS unit_name, p.programme AS programme_name, p.policy, p.title, p.issuer, p.source, p.fund
          FROM award a JOIN programme p ON p.id = a.programme JOIN unit u ON u.id = a.unit
          WHERE a.entry = ?1 AND (?2 IS NULL OR a.staff_no = ?2) AND (?3 IS NULL OR a.record = ?3)
            AND (?4 IS NULL OR a.name = ?4) AND (?5 IS NULL OR p.programme = ?5)
          ORDER BY a.id
          """, arguments: [batch.entry, staffNo, record, name, programme])
      return try rows.map { row in
        StoredAward(
          record: row["record"],
          programme: ProgrammeInfo(
            programme: row["programme_name"], policy: row["policy"], title: row["title"],
            issuer: row["issuer"],
            source: row["source"], fund: row["fund"]),
          staffNo: row["staff_no"], name: row["name"], idNumber: row["id_number"], unit: row["unit_name"],
          outcome: RowOutcome(rawValue: row["outcome"]) ?? .held, amount: Money(fen: row["fen"]),
          explanation: try self.explanation(of: row["id"], in: batch, database))
      }
    }
  }

  private func explanation(of award: Int64, in batch: PostedBatch, _ database: Database) throws -> String {
    let block = try RawStatement(
      database,
      """
      SELECT size, packed, award FROM block
      WHERE entry = ? AND award <= ? AND award + awards > ? LIMIT 1
      """)
    block.bind(1, batch.entry)
    block.bind(2, award)
    block.bind(3, award)
    guard try block.step() else { return "" }
    let text = try unpacked(block.bytes(1), Int(block.int(0)))
    let lines = text.split(separator: 10, omittingEmptySubsequences: false)
    let line = Int(award - block.int(2))
    return lines.indices.contains(line) ? String(decoding: lines[line], as: UTF8.self) : ""
  }
}
