public import AidModel
internal import GRDB

/// Earlier payments: those of posted batches, and those in imported lists.
extension Store {
  /// The payments known when a batch was posted (or now, if it is not): from earlier batches and lists.
  /// - Parameter people: restricts the result to these people; nil for everyone.
  public func payments(
    before batch: String, of people: PeopleAtHand? = nil
  ) throws(StoreFailure) -> EarlierPayments {
    try read { database in
      let own = try Int64.fetchOne(
        database, sql: "SELECT entry FROM batch WHERE batch = ?", arguments: [batch])
      let asked = Asked(before: own ?? Int64.max, people: people)
      var earlier = EarlierPayments()
      earlier.posted = try Self.posted(database, asked)
      earlier.lists = try Self.lists(database, asked)
      if people?.hasInvoices ?? true { earlier.invoices = try Self.invoices(database, asked) }
      earlier.names = try Row.fetchAll(
        database,
        sql: """
          SELECT programme, programme AS name FROM programme WHERE entry < ?1
          UNION SELECT programme, policy FROM programme WHERE entry < ?1
          UNION SELECT programme, title FROM programme WHERE entry < ?1 AND title <> '' ORDER BY 1, 2
          """, arguments: [asked.entry]
      ).map { ProgrammeName(programme: $0["programme"], name: $0["name"]) }
      earlier.funds = try Row.fetchAll(
        database,
        sql: """
          SELECT f.fund, b.batch, f.fen, b.period_from, b.period_to FROM fund f JOIN batch b ON b.entry = f.entry
          WHERE f.entry < ? ORDER BY f.id
          """, arguments: [asked.entry]
      ).map {
        FundPaid(fund: $0["fund"], batch: $0["batch"], paid: Money(fen: $0["fen"]), term: Self.term($0))
      }
      earlier.batches = try String.fetchAll(
        database, sql: "SELECT batch FROM batch WHERE entry < ? ORDER BY entry", arguments: [asked.entry])
      earlier.stamp = try Self.stamp(database)
      return earlier
    }
  }

  /// The payments requested.
  private struct Asked {
    /// Only entries before this one.
    let entry: Int64
    /// JSON arrays; nil: everybody's.
    let keys: [String]?

    init(before entry: Int64, people: PeopleAtHand?) {
      self.entry = entry
      keys = people.map { [$0.staffNos, $0.idNumbers, $0.names, $0.accounts, $0.phones].map(Self.array) }
    }

    private static func array(_ texts: Set<ExactText>) -> String {
      JSONText.array(texts.sorted().map { .string($0.text) }).text(indented: false)
    }

    /// Restricts rows to the people requested, using the indexes on exactly these expressions.
    func condition(_ table: String) -> (sql: String, arguments: StatementArguments) {
      guard let keys else { return ("", []) }
      return (
        """
         AND (upper(ltrim(\(table).staff_no, '0')) IN (SELECT value FROM json_each(?))
              AND \(table).staff_no <> ''
            OR \(table).id_number IN (SELECT value FROM json_each(?))
            OR \(table).name IN (SELECT value FROM json_each(?))
              AND (\(table).staff_no = '' OR \(table).id_number = ''
                OR \(table).staff_no GLOB '*[OoIil|]*'
                OR \(table).account <> '' AND \(table).account IN (SELECT value FROM json_each(?))
                OR \(table).phone <> '' AND \(table).phone IN (SELECT value FROM json_each(?))))
        """, StatementArguments(keys)
      )
    }
  }

  private static func posted(_ database: Database, _ asked: Asked) throws -> [PastPayment] {
    let people = asked.condition("a")
    return try Row.fetchAll(
      database,
      sql: """
        SELECT b.batch, p.programme, a.staff_no, a.id_number, a.fen, a.name, b.pay_date AS paid_on, b.period_from,
          b.period_to, a.rows, a.record, a.breakdown, a.account, a.phone, a.said
        FROM award a JOIN batch b ON b.entry = a.entry JOIN programme p ON p.id = a.programme
        WHERE (a.outcome = 'paid' OR a.breakdown IS NOT NULL) AND a.entry < ?\(people.sql)
        ORDER BY 7, 1, 2, 3, 4, 5, a.id
        """, arguments: [asked.entry] + people.arguments
    ).map { row in
      var payment = PastPayment(
        batch: row["batch"], programme: row["programme"], staffNo: row["staff_no"],
        idNumber: row["id_number"], name: row["name"], amount: Money(fen: row["fen"]), paidOn: day(row),
        term: term(row), record: row["record"], breakdown: breakdown(row))
      (payment.account, payment.phone, payment.said) = (row["account"], row["phone"], row["said"] ?? "")
      payment.digests = RowDigests.rows(row["rows"])
      return payment
    }
  }

  /// Of posted batches, then of what lists tell was paid for.
  private static func invoices(_ database: Database, _ asked: Asked) throws -> [PaidInvoice] {
    let listed = try Row.fetchAll(
      database,
      sql: """
        SELECT said, batch, staff_no FROM history_line WHERE entry < ? AND instr(said, '!') > 0 ORDER BY list, id
        """, arguments: [asked.entry])
    return try posted(invoices: database, asked)
      + listed.flatMap { row in
        (RowContent.rows(row["said"]) ?? []).flatMap(\.invoices).map {
          PaidInvoice(key: $0, batch: row["batch"], staffNo: row["staff_no"])
        }
      }
  }

  private static func posted(invoices database: Database, _ asked: Asked) throws -> [PaidInvoice] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT i.number, b.batch, a.staff_no
        FROM invoice i JOIN award a ON a.id = i.award JOIN batch b ON b.entry = a.entry
        WHERE a.entry < ?
        ORDER BY 1, b.entry, 3
        """, arguments: [asked.entry]
    ).map { PaidInvoice(key: $0["number"], batch: $0["batch"], staffNo: $0["staff_no"]) }
  }

  private static func lists(_ database: Database, _ asked: Asked) throws -> [ListedPayments] {
    let people = asked.condition("h")
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT h.*, l.name AS list_name FROM history_line h JOIN history_list l ON l.id = h.list
        WHERE h.entry < ?\(people.sql) ORDER BY h.list, h.id
        """, arguments: [asked.entry] + people.arguments)
    var lists: [ListedPayments] = []
    var last: Int?
    for row in rows {
      let number: Int = row["list"]
      if number != last { lists.append(ListedPayments(name: row["list_name"])) }
      last = number
      var payment = PastPayment(
        batch: row["batch"], programme: row["programme"], staffNo: row["staff_no"],
        idNumber: row["id_number"], name: row["name"], amount: Money(fen: row["fen"]), paidOn: day(row),
        status: row["status"],
        state: (row["state"] as String?).flatMap(PaymentState.init(rawValue:)) ?? .partial, term: term(row),
        record: row["record"], breakdown: breakdown(row))
      (payment.account, payment.phone, payment.said) = (row["account"], row["phone"], row["said"])
      lists[lists.count - 1].lines.append(.init(payment, row: row["row"]))
    }
    return lists
  }

  private static func day(_ row: Row) -> CivilDate {
    CivilDate(iso: row["paid_on"]) ?? CivilDate(dayNumber: 0)
  }

  private static func breakdown(_ row: Row) -> PaymentBreakdown? {
    (row["breakdown"] as String?).map(PaymentBreakdown.init(text:))
  }

  private static func term(_ row: Row) -> Period? {
    let from = (row["period_from"] as String?).flatMap(CivilDate.init(iso:))
    let to = (row["period_to"] as String?).flatMap(CivilDate.init(iso:))
    return from.flatMap { from in to.flatMap { Period(from: from, to: $0) } }
  }

  /// Whether a list reported payments of a batch: it was paid, but not by this store.
  public func hasImported(batch: String) throws(StoreFailure) -> Bool {
    try read {
      try Int.fetchOne(
        $0, sql: "SELECT 1 FROM history_line WHERE batch = ? LIMIT 1", arguments: [batch]) != nil
    }
  }

  static func stamp(_ database: Database) throws -> StoreStamp {
    StoreStamp(
      batches: try Int.fetchOne(database, sql: "SELECT max(entry) FROM batch") ?? 0,
      imported: try Int.fetchOne(database, sql: "SELECT max(id) FROM history_list") ?? 0)
  }

  /// Stores lists of payments as they came, all or none.
  /// - Parameter seen: the state of the store when the lists were compared with it.
  public func keep(_ lists: [ListedPayments], seen: StoreStamp) throws(StoreFailure) {
    try write { database in
      guard try Self.stamp(database) == seen else {
        throw StoreFailure(
          .changed, path,
          Bilingual("对照期间记录库有了新的内容", "the store was written to while the lists were compared with it"),
          remedy: Bilingual("什么也没有导入。请重新导入。", "Nothing was imported. Import again."))
      }
      try Self.add("import", database) { entry in
        for (i, list) in lists.enumerated() {
          try Self.keep(list, as: Int64(seen.imported + 1 + i), entry, database)
        }
      }
    }
  }

  private static func keep(
    _ list: ListedPayments, as number: Int64, _ entry: Int64, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO history_list (id, entry, name) VALUES (?, ?, ?)",
      arguments: [number, entry, list.name])
    let statement = try database.makeStatement(
      sql: """
        INSERT INTO history_line (entry, list, row, batch, programme, staff_no, id_number, name, fen, paid_on, status,
          state, record, breakdown, account, phone, period_from, period_to, said)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for line in list.lines {
      let payment = line.payment
      try statement.execute(arguments: [
        entry, number, line.row, payment.batch, payment.programme, payment.staffNo, payment.idNumber,
        payment.name, payment.amount.fen, payment.paidOn.description, payment.status, payment.state.rawValue,
        payment.record, payment.breakdown?.text,
        payment.account, payment.phone, payment.term?.from.description, payment.term?.to.description,
        payment.said,
      ])
    }
  }
}
