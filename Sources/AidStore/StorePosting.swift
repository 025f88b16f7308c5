public import AidModel
internal import Foundation
internal import GRDB

extension Store {
  /// Stores a batch with its awards and files in one transaction. The seal stays broken until `markPlaced`.
  /// - Parameters:
  ///   - programmes: indexed by the draft's awards; `units` likewise.
  ///   - seen: the state of the store when the batch was calculated. If another batch was posted since, caps
  ///     and invoices were not checked against it.
  /// - Throws: `alreadyPosted`, `changed` or `contradicts` if nothing was added; `unusable` if unknown.
  public func post(
    _ batch: PostedBatch, programmes: [ProgrammeInfo], units: [String], _ draft: PostingDraft,
    seen: StoreStamp? = nil
  ) throws(StoreFailure) {
    try write(seals: false) { database in
      try self.refuse(batch, seen: seen, database)
      let mark = try StoreChain.mark(database)
      var writer = try PostingWriter(batch, programmes, units, database)
      try draft.each { record, bytes in try writer.take(record, bytes) }
      try writer.finish(batch, path)
      try StoreChain.close(writer.entry, kind: "batch", since: mark, database)
    }
  }

  private func refuse(_ batch: PostedBatch, seen: StoreStamp?, _ database: Database) throws {
    if try Self.posted(batch.batch, database) != nil {
      throw StoreFailure(
        .alreadyPosted, path,
        Bilingual("批次 \(batch.batch) 已经入账", "batch \(batch.batch) is already posted"),
        remedy: Bilingual("核对用 aidledger verify。", "Check it with `aidledger verify`."))
    }
    if let seen, try Self.stamp(database) != seen {
      throw StoreFailure(
        .changed, path,
        Bilingual("计算期间另一批次入了账", "another batch was posted while this one was calculated"),
        remedy: Bilingual(
          "没有发放任何款项。请重新运行，新的已发记录会计入。", "Nothing was paid. Run again: what was paid then counts."))
    }
  }

  /// Records that the results of a batch are in place.
  public func markPlaced(batch: String) throws(StoreFailure) {
    try write { database in
      guard let posted = try Self.posted(batch, database), !posted.isPlaced else { return }
      try Self.add("placed", database) { number in
        try database.execute(
          sql: "INSERT INTO placed (entry, batch) VALUES (?, ?)", arguments: [number, posted.entry])
      }
    }
  }
}

/// Writes a posting's rows within its transaction.
private struct PostingWriter {
  let entry: Int64
  private let programmeBase: Int64
  private let unitBase: Int64
  private var award: Int64
  private var file: Int64
  private let awards: RawStatement
  private let invoices: RawStatement
  private let blocks: RawStatement
  private let files: RawStatement
  private let database: Database
  private var begun: (path: String, mode: Int64) = ("", 0)
  private var (paidCount, paidFen) = (0, Int64(0))
  /// By programme.
  private var paidOf: [Int64]
  private let programmes: [ProgrammeInfo]
  /// Hashes of the record ids, to detect duplicates.
  private var records: [UInt64] = []

  init(_ batch: PostedBatch, _ programmes: [ProgrammeInfo], _ units: [String], _ database: Database) throws {
    (self.database, self.programmes) = (database, programmes)
    paidOf = programmes.map { _ in 0 }
    entry = try StoreChain.nextEntry(database)
    func last(_ table: String) throws -> Int64 {
      try Int64.fetchOne(database, sql: "SELECT max(id) FROM \(table)") ?? 0
    }
    (programmeBase, unitBase) = (try last("programme") + 1, try last("unit") + 1)
    (award, file) = (try last("award"), try last("file"))
    awards = try RawStatement(
      database,
      """
      INSERT INTO award (id, entry, programme, unit, record, staff_no, name, id_number, account, outcome, fen, phone,
        said, breakdown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    invoices = try RawStatement(database, "INSERT INTO invoice (entry, award, number) VALUES (?, ?, ?)")
    blocks = try RawStatement(
      database, "INSERT INTO block (entry, file, award, awards, size, packed) VALUES (?, ?, ?, ?, ?, ?)")
    files = try RawStatement(
      database, "INSERT INTO file (id, entry, path, mode, sha256, size) VALUES (?, ?, ?, ?, ?, ?)")
    try database.execute(
      sql: """
        INSERT INTO batch (entry, batch, title, pay_date, period_from, period_to, manifest_sha256, paid_count, paid_fen,
          out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        entry, batch.batch, batch.title, batch.payDate.description, batch.period?.from.description,
        batch.period?.to.description, batch.manifestSHA256, batch.paidCount, batch.paidTotal.fen, batch.out,
      ])
    for (index, info) in programmes.enumerated() {
      try database.execute(
        sql: """
          INSERT INTO programme (id, entry, programme, policy, title, issuer, source, fund)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          programmeBase + Int64(index), entry, info.programme, info.policy, info.title, info.issuer,
          info.source,
          info.fund,
        ])
    }
    for (index, name) in units.enumerated() {
      try database.execute(
        sql: "INSERT INTO unit (id, entry, name) VALUES (?, ?, ?)",
        arguments: [unitBase + Int64(index), entry, name])
    }
  }

  mutating func take(_ record: PostingDraft.Record, _ bytes: UnsafeRawBufferPointer) throws {
    var reader = ByteReader(bytes)
    switch record {
    case .file:
      file += 1
      let mode = Int64(reader.word())
      begun = (String(decoding: reader.rest, as: UTF8.self), mode)
    case .piece:
      try take(PostingPiece.Parts(bytes))
    case .fileEnd:
      let size = Int64(reader.word())
      files.bind(1, file)
      files.bind(2, entry)
      files.bind(4, begun.mode)
      files.bind(5, text: reader.rest)
      files.bind(6, size)
      let path = Array(begun.path.utf8)
      try path.withUnsafeBytes {
        files.bind(3, text: $0)
        try files.run()
      }
    }
  }

  private mutating func take(_ piece: PostingPiece.Parts) throws {
    if !piece.packed.isEmpty {
      blocks.bind(1, entry)
      blocks.bind(2, file)
      blocks.bind(3, nullable: piece.count > 0 ? award + 1 : nil)
      blocks.bind(4, Int64(piece.count))
      blocks.bind(5, Int64(piece.size))
      blocks.bind(6, blob: piece.packed)
      try blocks.run()
    }
    var reader = ByteReader(piece.awards)
    while !reader.rest.isEmpty { try add(PackedAward(&reader)) }
  }

  private mutating func add(_ packed: PackedAward) throws {
    award += 1
    awards.bind(1, award)
    awards.bind(2, entry)
    awards.bind(3, programmeBase + Int64(packed.programme))
    awards.bind(4, unitBase + Int64(packed.unit))
    awards.bind(5, text: packed.record)
    awards.bind(6, text: packed.staffNo)
    awards.bind(7, text: packed.name)
    awards.bind(8, text: packed.idNumber)
    awards.bind(9, text: packed.account)
    awards.bind(10, text: packed.outcome)
    awards.bind(11, packed.fen)
    awards.bind(12, text: packed.phone)
    awards.bind(13, text: packed.said)
    if packed.breakdown.isEmpty {
      awards.bind(14, nullable: nil)
    } else {
      awards.bind(14, text: packed.breakdown)
    }
    try awards.run()
    for number in packed.invoices {
      invoices.bind(1, entry)
      invoices.bind(2, award)
      invoices.bind(3, text: number)
      try invoices.run()
    }
    if packed.outcome.elementsEqual(RowOutcome.paid.rawValue.utf8) {
      (paidCount, paidFen) = (paidCount + 1, paidFen + packed.fen)
      paidOf[packed.programme] += packed.fen
    }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in packed.record { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    records.append(hash)
  }

  /// - Throws: `contradicts` if the rows do not match the batch's totals, or two have the same record id.
  mutating func finish(_ batch: PostedBatch, _ path: String) throws {
    if paidCount != batch.paidCount || paidFen != batch.paidTotal.fen {
      throw StoreFailure(
        .contradicts, path,
        Bilingual(
          "要入账的 \(paidCount) 笔、合计 \(Money(fen: paidFen)) 元，与台账的 \(batch.paidCount) 笔、合计 \(batch.paidTotal) "
            + "元不符",
          "\(paidCount) payments of \(Money(fen: paidFen)) were to be posted, the ledgers have "
            + "\(batch.paidCount) of \(batch.paidTotal)"),
        remedy: Bilingual(
          "没有入账。请把批次文件夹交给维护者。", "Nothing was posted. Hand the batch folder to the maintainers."))
    }
    try keepFunds()
    records.sort()
    if zip(records, records.dropFirst()).contains(where: ==), let twice = try twice() {
      throw StoreFailure(
        .contradicts, path,
        Bilingual("两笔补助得到同一个记录号 \(twice)", "two awards got the same record id \(twice)"),
        remedy: Bilingual(
          "没有入账。请换一个批次号再运行。", "Nothing was posted. Give the batch another name and run again."))
    }
  }

  /// Records what the batch paid out of each fund, in the order its programmes first name them.
  private func keepFunds() throws {
    var funds: [(name: String, fen: Int64)] = []
    for (info, fen) in zip(programmes, paidOf) {
      guard let fund = info.fund else { continue }
      if let known = funds.firstIndex(where: { $0.name.sameScalars(as: fund) }) {
        funds[known].fen += fen
      } else {
        funds.append((fund, fen))
      }
    }
    for fund in funds {
      try database.execute(
        sql: "INSERT INTO fund (entry, fund, fen) VALUES (?, ?, ?)", arguments: [entry, fund.name, fund.fen])
    }
  }

  private func twice() throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT record FROM award WHERE entry = ? GROUP BY record HAVING count(*) > 1",
      arguments: [entry])
  }
}
