public import AidModel
internal import GRDB

/// Payments as the store remembers them.
extension Store {
  /// Payments of batches posted before this one (all of them while it is not posted), and imported ones of batches the
  /// store did not post itself.
  public func payments(before batch: String) throws(StoreFailure) -> EarlierPayments {
    try read { database in
      let own = try Int64.fetchOne(
        database, sql: "SELECT entry FROM batch WHERE batch = ?", arguments: [batch])
      let posted = try Row.fetchAll(
        database,
        sql: """
          SELECT b.batch, p.programme, a.staff_no, a.id_number, a.fen, b.pay_date AS paid_on, 'paid' AS status,
            b.period_from, b.period_to
          FROM award a JOIN batch b ON b.entry = a.entry JOIN programme p ON p.id = a.programme
          WHERE a.outcome = 'paid' AND a.entry < ?
          ORDER BY 6, 1, 2, 3, 4, 5
          """, arguments: [own ?? Int64.max])
      let imported = try Row.fetchAll(
        database,
        sql: """
          SELECT batch, programme, staff_no, id_number, fen, paid_on, status, NULL AS period_from,
            NULL AS period_to FROM history
          WHERE batch NOT IN (SELECT batch FROM batch)
          ORDER BY 6, 1, 2, 3, 4, 5
          """)
      let invoices = try Row.fetchAll(
        database,
        sql: """
          SELECT i.number, b.batch, a.staff_no
          FROM invoice i JOIN award a ON a.id = i.award JOIN batch b ON b.entry = a.entry
          WHERE a.entry < ?
          ORDER BY 1, b.entry, 3
          """, arguments: [own ?? Int64.max])
      return EarlierPayments(
        posted: posted.map(Self.payment), imported: imported.map(Self.payment),
        invoices: invoices.map {
          PaidInvoice(key: $0["number"], batch: $0["batch"], staffNo: $0["staff_no"])
        }, stamp: try Self.stamp(database))
    }
  }

  static func stamp(_ database: Database) throws -> StoreStamp {
    StoreStamp(
      batches: try Int.fetchOne(database, sql: "SELECT max(entry) FROM batch") ?? 0,
      imported: try Int.fetchOne(database, sql: "SELECT count(*) FROM history") ?? 0)
  }

  /// Whether payments of a batch were imported: it was paid, though not by this store.
  public func hasImported(batch: String) throws(StoreFailure) -> Bool {
    try read {
      try Int.fetchOne(
        $0, sql: "SELECT 1 FROM history WHERE batch = ? LIMIT 1", arguments: [batch]) != nil
    }
  }

  private static func payment(_ row: Row) -> PastPayment {
    let ends = [row["period_from"] as String?, row["period_to"] as String?].map {
      $0.flatMap(CivilDate.init(iso:))
    }
    return PastPayment(
      batch: row["batch"], programme: row["programme"], staffNo: row["staff_no"], idNumber: row["id_number"],
      amount: Money(fen: row["fen"]), paidOn: CivilDate(iso: row["paid_on"]) ?? CivilDate(dayNumber: 0),
      status: row["status"], term: ends[0].flatMap { from in ends[1].flatMap { Period(from: from, to: $0) } })
  }

  /// Adds payments made before the store existed; ones already there are left alone.
  /// - Returns: how many were new.
  public func importHistory(_ payments: [PastPayment]) throws(StoreFailure) -> Int {
    try write { database in
      var added = 0
      try Self.add("import", database) { number in
        var seen: [String: Int] = [:]
        for payment in payments {
          let key = [
            payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.plain,
            payment.paidOn.description,
          ].joined(separator: "\u{1F}")
          // Two rows of one person may have got the same amount.
          let ordinal = seen[key, default: 0]
          seen[key] = ordinal + 1
          try database.execute(
            sql: """
              INSERT OR IGNORE INTO history
                (entry, batch, programme, staff_no, id_number, fen, paid_on, status, ordinal)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
            arguments: [
              number, payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.fen,
              payment.paidOn.description, payment.status, ordinal,
            ])
          added += database.changesCount
        }
      }
      return added
    }
  }
}
