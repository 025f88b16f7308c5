public import AidModel
internal import GRDB
internal import GRDBSQLite

extension Store {
  /// The differences between a posted batch in the store and its recomputation, in awards and invoices.
  /// - Parameter draft: the recomputed awards.
  public func differences(
    _ batch: PostedBatch, programmes: [ProgrammeInfo], units: [String], _ draft: PostingDraft
  ) throws(StoreFailure) -> [Bilingual] {
    try read { database in
      var comparison = try AwardComparison(batch.entry, programmes, units, database)
      try draft.each { record, bytes in
        guard record == .piece else { return }
        var reader = ByteReader(PostingPiece.Parts(bytes).awards)
        while !reader.rest.isEmpty { try comparison.take(PackedAward(&reader)) }
      }
      return try comparison.finish()
    }
  }
}

/// Compares the awards of a batch with the recomputed ones, in order.
private struct AwardComparison {
  /// Further differences are counted but not listed.
  private static let toldMax = 20

  private let programmes: [ProgrammeInfo]
  private let units: [String]
  private let awards: RawStatement
  private let invoices: RawStatement
  private var invoiceIsThere: Bool
  private var found: [Bilingual] = []
  private var count = 0

  init(_ entry: Int64, _ programmes: [ProgrammeInfo], _ units: [String], _ database: Database) throws {
    (self.programmes, self.units) = (programmes, units)
    awards = try RawStatement(
      database,
      """
      SELECT a.id, a.record, a.fen, a.outcome, a.staff_no, a.name, a.id_number, a.account, u.name, p.programme,
        p.policy, p.fund, a.phone, a.said
      FROM award a JOIN programme p ON p.id = a.programme JOIN unit u ON u.id = a.unit
      WHERE a.entry = ? ORDER BY a.id
      """)
    awards.bind(1, entry)
    invoices = try RawStatement(
      database, "SELECT award, number FROM invoice WHERE entry = ? ORDER BY award, id")
    invoices.bind(1, entry)
    invoiceIsThere = try invoices.step()
  }

  mutating func take(_ now: PackedAward) throws {
    let record = String(decoding: now.record, as: UTF8.self)
    guard try awards.step() else {
      return tell(Bilingual("记录库里少了 \(record)", "the store lacks \(record)"))
    }
    let (programme, unit) = (programmes[now.programme], units[now.unit])
    var wrong: [Bilingual] = []
    if awards.int(2) != now.fen {
      let (kept, due) = (Money(fen: awards.int(2)), Money(fen: now.fen))
      wrong.append(
        Bilingual(
          "金额 \(kept.grouped)，应为 \(due.grouped)",
          "amount \(kept.grouped), not \(due.grouped)"))
    }
    func compare(_ column: Int32, _ text: UnsafeRawBufferPointer, _ name: Bilingual) {
      if !awards.bytes(column).elementsEqual(text) { wrong.append(name) }
    }
    func compare(_ column: Int32, _ text: String?, _ name: Bilingual) {
      if !awards.bytes(column).elementsEqual((text ?? "").utf8) { wrong.append(name) }
    }
    compare(1, now.record, Bilingual("记录号", "record"))
    compare(3, now.outcome, Bilingual("结果", "outcome"))
    compare(4, now.staffNo, Bilingual("工号", "staff number"))
    compare(5, now.name, Bilingual("姓名", "name"))
    compare(6, now.idNumber, Bilingual("证件号码", "ID number"))
    compare(7, now.account, Bilingual("账号", "account"))
    compare(8, unit, Bilingual("单位", "unit"))
    compare(9, programme.programme, Bilingual("项目", "programme"))
    compare(10, programme.policy, Bilingual("办法", "policy"))
    compare(11, programme.fund, Bilingual("基金", "fund"))
    // Older versions kept neither telephones nor what rows said.
    if awards.type(13) != SQLITE_NULL {
      compare(12, now.phone, Bilingual("电话", "telephone"))
      compare(13, now.said, Bilingual("各行内容", "what its rows say"))
    }
    if try !invoicesAgree(of: awards.int(0), now.invoices) { wrong.append(Bilingual("发票", "invoices")) }
    if wrong.isEmpty { return }
    tell(
      Bilingual(
        "记录库里 \(record) 不同：" + wrong.map(\.zh).joined(separator: "、"),
        "the store has \(record) otherwise: " + wrong.map(\.en).joined(separator: ", ")))
  }

  private mutating func invoicesAgree(of award: Int64, _ now: [UnsafeRawBufferPointer]) throws -> Bool {
    var (agree, next) = (true, 0)
    while invoiceIsThere, invoices.int(0) <= award {
      let isOwn = invoices.int(0) == award && next < now.count
      agree = agree && isOwn && invoices.bytes(1).elementsEqual(now[next])
      next += 1
      invoiceIsThere = try invoices.step()
    }
    return agree && next == now.count
  }

  private mutating func tell(_ difference: Bilingual) {
    count += 1
    if found.count < Self.toldMax { found.append(difference) }
  }

  mutating func finish() throws -> [Bilingual] {
    while try awards.step() {
      tell(Bilingual("记录库里多出 \(awards.string(1))", "the store has \(awards.string(1)) besides"))
    }
    if invoiceIsThere { tell(Bilingual("记录库里多出发票", "the store has invoices besides")) }
    if count > found.count {
      found.append(
        Bilingual("……共 \(count) 笔与重算结果不同", "… \(count) awards in all differ from what was computed again"))
    }
    return found
  }
}
