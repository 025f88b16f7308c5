public import AidModel

extension LedgerTemplate {
  /// Renders payments, in the order given, into one or more files; each is read back and compared before it is
  /// handed out.
  /// - Parameter fund: the fund's name in the file name, where the batch has several.
  /// - Throws: every value the ledger cannot hold, with its record.
  public func render(
    _ payments: some RandomAccessCollection<Payment>, batch: String, payDate: CivilDate, fund: String?
  ) throws(PayoutFailure) -> [LedgerFile] {
    let size = maxRows > 0 ? maxRows : max(payments.count, 1)
    let parts = max(1, (payments.count + size - 1) / size)
    var files: [LedgerFile] = []
    for part in 0..<parts {
      let slice = payments.dropFirst(part * size).prefix(size)
      var name = "\(batch)-\(id)"
      if let fund { name += "-" + fund }
      if parts > 1 { name += "-\(part + 1)" }
      files.append(try file(name + "." + fileExtension, slice, batch: batch, payDate: payDate))
    }
    return files
  }

  private func file(
    _ name: String, _ payments: some RandomAccessCollection<Payment>, batch: String, payDate: CivilDate
  ) throws(PayoutFailure) -> LedgerFile {
    let total = payments.reduce(Money.zero) { $0 + $1.amount }
    func fixed(_ text: String) -> String {
      text.replacing("{date}", with: compact(payDate)).replacing("{total}", with: amount(total))
        .replacing("{count}", with: "\(payments.count)").replacing("{batch}", with: batch)
    }
    func fields(_ payment: Payment, _ number: Int) -> [String] {
      columns.map { value($0, payment, number, batch, payDate) }
    }
    var problems: [PayoutFailure.Problem] = []
    var bytes: [UInt8] = bom && encoding == .utf8 ? [0xEF, 0xBB, 0xBF] : []
    var isFirst = true
    func append(_ line: String) throws(PayoutFailure) {
      guard let body = encoding.encode((isFirst ? "" : newline) + line) else { throw unencodable }
      bytes += body
      isFirst = false
    }
    for line in head { try append(fixed(line)) }
    if hasHeading { try append(joined(columns.map(\.label))) }
    for (i, payment) in payments.enumerated() {
      let row = fields(payment, i + 1)
      let found = zip(columns, row).flatMap { check($0, $1, payment) }
      problems += found
      if problems.isEmpty { try append(joined(row)) }
    }
    if !problems.isEmpty { throw PayoutFailure(problems) }
    for line in tail { try append(fixed(line)) }
    if finalNewline, !isFirst { bytes += newline.utf8 }
    guard readsBack(bytes, payments, fields: { fields($1, $0 + 1) }) else {
      throw PayoutFailure(
        name, Bilingual("写出的台账读回后不一致", "the ledger does not read back as it was written"),
        Bilingual(
          "没有写出台账。这是程序的错，请交给维护者。", "No ledger was written. This is the program's fault; tell the maintainers."
        ))
    }
    return LedgerFile(name: name, bytes: bytes, lines: payments.count, total: total)
  }

  private var unencodable: PayoutFailure {
    PayoutFailure(
      id,
      Bilingual(
        "表头或固定文字不能用 \(encoding.rawValue) 编码",
        "a heading or fixed text cannot be written in \(encoding.rawValue)"),
      Bilingual("请修改模板。", "Change the template."))
  }

  private func value(
    _ column: Column, _ payment: Payment, _ sequence: Int, _ batch: String, _ payDate: CivilDate
  ) -> String {
    let text: String
    switch column.source {
    case .literal(let literal): text = literal
    case .field("batch"): text = batch
    case .field("date"): text = compact(payDate)
    case .field("sequence"): text = "\(sequence)"
    case .field("record"): text = payment.record
    case .field("staff_no"): text = payment.staffNo
    case .field("name"): text = payment.name
    case .field("id_type"): text = payment.idType
    case .field("id_number"): text = payment.idNumber
    case .field("unit"): text = payment.unit
    case .field("programme"): text = payment.programme
    case .field("programme_title"): text = payment.programmeTitle
    case .field("bank"): text = payment.payee.bank
    case .field("branch"): text = payment.payee.branch
    case .field("account"): text = payment.payee.account
    case .field("account_name"): text = payment.payee.account.isEmpty ? "" : payment.payee.accountName
    case .field("amount"): text = amount(payment.amount)
    case .field("narrative"): text = narrative
    case .field: text = ""
    }
    guard let pad = column.pad, text.utf8.count < pad else { return text }
    return String(repeating: "0", count: pad - text.utf8.count) + text
  }

  private func amount(_ money: Money) -> String { isFen ? "\(money.fen)" : money.plain }

  private func compact(_ date: CivilDate) -> String { date.description.replacing("-", with: "") }

  private func check(_ column: Column, _ text: String, _ payment: Payment) -> [PayoutFailure.Problem] {
    var found: [PayoutFailure.Problem] = []
    func refuse(_ zh: String, _ en: String, _ remedy: Bilingual) {
      found.append(
        .init(
          location: payment.record, what: Bilingual("\(column.label)：\(zh)", "\(column.label): \(en)"),
          remedy: remedy))
    }
    if column.required, text.isEmpty {
      refuse(
        "台账必填而没有值", "the ledger needs it and it is blank", Bilingual("请补填后重新运行。", "Fill it in and run again.")
      )
    }
    if case .field("amount") = column.source, payment.amount <= .zero {
      refuse(
        "金额不大于 0", "the amount is not above 0",
        Bilingual("这是程序的错，请交给维护者。", "This is the program's fault; tell the maintainers."))
    }
    if case .field = column.source, let first = text.unicodeScalars.first,
      ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"].contains(first)
    {
      refuse(
        "FORMULA-LIKE 以公式符号开头“\(text)”", "FORMULA-LIKE begins like a formula '\(text)'",
        Bilingual("请改正原表，去掉开头的符号。", "Correct the list; take the sign off."))
    }
    if !isQuoted, holdsSeparator(text) {
      refuse("含有分隔符或换行", "holds a separator or line break", Bilingual("请改正原表。", "Correct the list."))
    }
    guard let bytes = encoding.encode(text) else {
      let bad = text.unicodeScalars.first { encoding.encode(String($0)) == nil }
      let code = bad.map { "\($0) U+\(String($0.value, radix: 16, uppercase: true))" } ?? text
      refuse(
        "NAME-UNENCODABLE \(code) 不能用 \(encoding.rawValue) 编码",
        "NAME-UNENCODABLE \(code) cannot be written in \(encoding.rawValue)",
        PayoutFindings.nameUnencodable.remedy)
      return found
    }
    if let limit = column.maxBytes, bytes.count > limit {
      refuse(
        "\(bytes.count) 字节，超过 \(limit)", "\(bytes.count) bytes, more than \(limit)",
        Bilingual("请缩短，或改用别的模板。", "Shorten it or use another template."))
    }
    return found
  }

  private func joined(_ fields: [String]) -> String {
    let quoted = fields.map { field in
      guard isQuoted, holdsSeparator(field) || field.utf8.contains(34) else { return field }
      return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
    return quoted.joined(separator: separator) + (trailingSeparator ? separator : "")
  }

  /// Whether a field holds the separator or a line break.
  private func holdsSeparator(_ field: String) -> Bool {
    field.utf8.contains { $0 == 10 || $0 == 13 || $0 == separator.utf8.first }
      && (separator.utf8.count == 1
        || field.utf8.contains { $0 == 10 || $0 == 13 } || field.contains(separator))
  }

  /// Reads the file as the receiver would, record by record, and compares every field.
  private func readsBack(
    _ bytes: [UInt8], _ payments: some RandomAccessCollection<Payment>, fields: (Int, Payment) -> [String]
  ) -> Bool {
    var reader = LedgerReader(
      bytes, from: bom && encoding == .utf8 ? 3 : 0, encoding: encoding, separator: separator,
      isQuoted: isQuoted)
    for _ in 0..<(head.count + (hasHeading ? 1 : 0)) where reader.next() == nil { return false }
    for (i, payment) in payments.enumerated() {
      guard var record = reader.next() else { return false }
      if trailingSeparator { record.removeLast() }
      let wanted = fields(i, payment)
      guard record.count == wanted.count, zip(record, wanted).allSatisfy({ $0.sameScalars(as: $1) }) else {
        return false
      }
    }
    for _ in tail where reader.next() == nil { return false }
    return reader.next() == nil
  }
}
