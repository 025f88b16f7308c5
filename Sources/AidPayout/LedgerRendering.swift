public import AidModel

/// The payments of one ledger, fetched one by one from any thread.
public struct PaymentList: Sendable {
  public let count: Int
  let amount: @Sendable (Int) -> Money
  let payment: @Sendable (Int) -> Payment

  /// - Parameters:
  ///   - amount: the amount of `payment`, without creating it.
  ///   - payment: must return the same payment on every call.
  public init(
    count: Int, amount: @escaping @Sendable (Int) -> Money, payment: @escaping @Sendable (Int) -> Payment
  ) {
    self.count = count
    self.amount = amount
    self.payment = payment
  }
}

/// A ledger file: which payments are its lines, and their total.
public struct LedgerFile: Sendable {
  public let name: String
  public let payments: Range<Int>
  public let total: Money
}

/// Renders a batch's payments into one or more files of a template, in the given order. Several threads can
/// write parts of the lines; each line is read back and compared at once.
public struct LedgerRendering: Sendable {
  let template: LedgerTemplate
  let list: PaymentList
  let batch: String
  /// Without hyphens.
  let date: String
  public let files: [LedgerFile]

  /// - Parameter fund: the fund's name for the file names, if the batch has several.
  public init(
    _ template: LedgerTemplate, _ list: PaymentList, batch: String, payDate: CivilDate, fund: String?
  ) {
    self.template = template
    self.list = list
    self.batch = batch
    date = payDate.description.replacing("-", with: "")
    let size = template.maxRows > 0 ? template.maxRows : max(list.count, 1)
    let parts = max(1, (list.count + size - 1) / size)
    files = (0..<parts).map { part in
      var name = "\(batch)-\(template.id)"
      if let fund { name += "-" + fund }
      if parts > 1 { name += "-\(part + 1)" }
      let payments = (part * size)..<min((part + 1) * size, list.count)
      return LedgerFile(
        name: name + "." + template.fileExtension, payments: payments,
        total: payments.reduce(Money.zero) { $0 + list.amount($1) })
    }
  }

  /// Writes the byte order mark, head lines and headings.
  public func writeHead(of file: LedgerFile, to out: inout TextBuffer) throws(PayoutFailure) {
    if template.bom {
      for byte: UInt8 in [0xEF, 0xBB, 0xBF] { out.append(byte) }
    }
    var lines = template.head.map { fixed($0, file) }
    if template.hasHeading {
      var line = LedgerLine(template)
      for column in template.columns { line.field { $0.append(column.label) } }
      lines.append(line.text)
    }
    for (i, line) in lines.enumerated() { try write(fixed: line, isFirst: i == 0, to: &out) }
  }

  /// Writes the lines of some of a file's payments.
  /// - Returns: every value the ledger cannot hold, with its record; the output is then unusable.
  public func writeLines(_ payments: Range<Int>, of file: LedgerFile, to out: inout TextBuffer)
    -> [PayoutFailure.Problem]
  {
    var problems: [PayoutFailure.Problem] = []
    var line = LedgerLine(template)
    let startsFile = template.head.isEmpty && !template.hasHeading
    for number in payments {
      let payment = list.payment(number)
      line.removeAll()
      for column in template.columns {
        line.field { write(column, payment, number - file.payments.lowerBound + 1, to: &$0) }
      }
      precondition(
        payment.amount == list.amount(number), "a payment of another amount than the ledger adds up")
      problems += line.problems(payment)
      guard problems.isEmpty else { continue }
      if !(startsFile && number == file.payments.lowerBound) { out.append(template.newline) }
      if !line.write(to: &out) { problems.append(notReadBack(payment.record)) }
    }
    return problems
  }

  /// The values of a payment that a ledger of this template cannot hold.
  func problems(_ payment: Payment) -> [PayoutFailure.Problem] {
    var line = LedgerLine(template)
    for column in template.columns { line.field { write(column, payment, 1, to: &$0) } }
    return line.problems(payment)
  }

  /// Writes the tail lines and the last line end.
  public func writeTail(of file: LedgerFile, to out: inout TextBuffer) throws(PayoutFailure) {
    var isFirst = template.head.isEmpty && !template.hasHeading && file.payments.isEmpty
    for line in template.tail {
      try write(fixed: fixed(line, file), isFirst: isFirst, to: &out)
      isFirst = false
    }
    if template.finalNewline, !isFirst { out.append(template.newline) }
  }

  // MARK: values

  private func fixed(_ text: String, _ file: LedgerFile) -> String {
    text.replacing("{date}", with: date)
      .replacing("{total}", with: template.isFen ? "\(file.total.fen)" : file.total.plain)
      .replacing("{count}", with: "\(file.payments.count)").replacing("{batch}", with: batch)
  }

  private func write(fixed line: String, isFirst: Bool, to out: inout TextBuffer) throws(PayoutFailure) {
    if !isFirst { out.append(template.newline) }
    let mark = out.count
    if let bad = line.firstUnfit {
      throw PayoutFailure(
        template.id,
        Bilingual(
          "表头或固定文字含有换行、控制字符或看不见的字符 U+\(String(bad.value, radix: 16, uppercase: true))",
          "a heading or fixed text holds a line break, control or invisible character "
            + "U+\(String(bad.value, radix: 16, uppercase: true))"),
        Bilingual("请修改模板。", "Change the template."))
    }
    guard template.encoding.write(line, to: &out) else {
      throw PayoutFailure(
        template.id,
        Bilingual(
          "表头或固定文字不能用 \(template.encoding.rawValue) 编码",
          "a heading or fixed text cannot be written in \(template.encoding.rawValue)"),
        Bilingual("请修改模板。", "Change the template."))
    }
    var reader = LedgerLineReader(template)
    if !reader.read(out, from: mark) { throw PayoutFailure([notReadBack(template.id)]) }
  }

  private func write(
    _ column: LedgerTemplate.Column, _ payment: Payment, _ sequence: Int, to out: inout TextBuffer
  ) {
    let mark = out.count
    switch column.source {
    case .literal(let literal): out.append(literal)
    case .field(let field): write(field, payment, sequence, to: &out)
    }
    guard let pad = column.pad, out.count - mark < pad else { return }
    let text = out.text(from: mark)
    out.truncate(to: mark)
    for _ in text.utf8.count..<pad { out.append(UInt8(ascii: "0")) }
    out.append(text)
  }

  private func write(
    _ field: LedgerTemplate.Field, _ payment: Payment, _ sequence: Int, to out: inout TextBuffer
  ) {
    switch field {
    case .batch: out.append(batch)
    case .date: out.append(date)
    case .sequence: out.append(number: sequence)
    case .record: out.append(payment.record)
    case .staffNo: out.append(payment.staffNo)
    case .name: out.append(payment.name)
    case .idType: out.append(payment.idType)
    case .idNumber: out.append(payment.idNumber)
    case .unit: out.append(payment.unit)
    case .programme: out.append(payment.programme)
    case .programmeTitle: out.append(payment.programmeTitle)
    case .bank: out.append(payment.payee.bank)
    case .branch: out.append(payment.payee.branch)
    case .account: out.append(payment.payee.account)
    case .accountName: if !payment.payee.account.isEmpty { out.append(payment.payee.accountName) }
    case .amount:
      if template.isFen { out.append(number: Int(payment.amount.fen)) } else { out.append(payment.amount) }
    case .narrative: out.append(template.narrative)
    }
  }

  private func notReadBack(_ location: String) -> PayoutFailure.Problem {
    .init(
      location: location, what: Bilingual("写出的台账读回后不一致", "the ledger does not read back as it was written"),
      remedy: Bilingual(
        "没有写出台账。这是程序的错，请交给维护者。", "No ledger was written. This is the program's fault; tell the maintainers."))
  }
}
