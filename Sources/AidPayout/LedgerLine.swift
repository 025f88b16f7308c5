import AidModel

/// One line of a ledger: its fields are checked, written and read back.
struct LedgerLine: ~Copyable {
  private let template: LedgerTemplate
  /// The raw fields, one after the other.
  private var fields = TextBuffer(capacity: 512)
  private var ends: [Int] = []
  private var plain = TextBuffer(capacity: 512)
  private var reader: LedgerLineReader

  init(_ template: LedgerTemplate) {
    self.template = template
    reader = LedgerLineReader(template)
  }

  mutating func removeAll() {
    fields.removeAll()
    ends.removeAll(keepingCapacity: true)
  }

  mutating func field(_ write: (inout TextBuffer) -> Void) {
    write(&fields)
    ends.append(fields.count)
  }

  private func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1])..<ends[field] }

  /// The line without its line end, before encoding.
  var text: String {
    mutating get {
      compose()
      return plain.text
    }
  }

  /// Appends the encoded line.
  /// - Returns: whether it reads back as the same fields.
  mutating func write(to out: inout TextBuffer) -> Bool {
    compose()
    let mark = out.count
    if template.encoding == .utf8 {
      out.append(plain)
    } else if !template.encoding.write(plain.text, to: &out) {
      return false
    }
    guard reader.read(out, from: mark) else { return false }
    return reader.equals(fields, ends)
  }

  private mutating func compose() {
    plain.removeAll()
    for i in ends.indices {
      if i > 0 { plain.append(template.separator) }
      let mark = plain.count
      fields.withBytes { plain.append(UnsafeRawBufferPointer(rebasing: $0[range(i)])) }
      if template.isQuoted { plain.closeField(from: mark, separator: template.separatorBytes[0]) }
    }
    if template.trailingSeparator { plain.append(template.separator) }
  }

  /// Whether a field contains a line break or what may be read as a separator. Of a longer separator its
  /// first character is enough: next to the real one it would be read as part of it.
  private func holdsSeparator(_ field: UnsafeRawBufferPointer.SubSequence) -> Bool {
    let first = template.separatorBytes[0]
    return field.contains { $0 == 10 || $0 == 13 || $0 == first }
  }

  // MARK: checks

  func problems(_ payment: Payment) -> [PayoutFailure.Problem] {
    var found: [PayoutFailure.Problem] = []
    for i in ends.indices where !isPlain(i) || template.columns[i].source == .field(.amount) {
      found += problems(template.columns[i], fields.text(range(i)), payment)
    }
    return found
  }

  /// Whether the field needs no closer check: not blank, and only characters that every ledger accepts.
  private func isPlain(_ i: Int) -> Bool {
    let column = template.columns[i]
    let range = range(i)
    return fields.withBytes { all in
      let bytes = all[range]
      guard let first = bytes.first else { return !column.required }
      if FormulaSign.mayBegin(with: first) { return false }
      let text = UnsafeRawBufferPointer(rebasing: bytes).assumingMemoryBound(to: UInt8.self)
      if !TextBytes.areOrdinary(text) { return false }
      if let limit = column.maxBytes, bytes.count > limit { return false }
      if !template.isQuoted, holdsSeparator(bytes) { return false }
      return template.encoding == .utf8 || bytes.allSatisfy { $0 < 128 }
    }
  }

  private func problems(
    _ column: LedgerTemplate.Column, _ text: String, _ payment: Payment
  ) -> [PayoutFailure.Problem] {
    var found: [PayoutFailure.Problem] = []
    func refuse(
      _ zh: String, _ en: String, _ remedy: Bilingual,
      _ finding: (kind: FindingKind, arguments: [String])? = nil
    ) {
      var problem = PayoutFailure.Problem(
        location: payment.shown, what: Bilingual("\(column.label)：\(zh)", "\(column.label): \(en)"),
        remedy: remedy)
      problem.finding = finding ?? (PayoutFindings.ledgerField, [column.label, zh, en])
      problem.column = column.source.column
      found.append(problem)
    }
    if column.required, text.isEmpty {
      refuse(
        "台账必填而没有值", "the ledger needs it and it is blank", Bilingual("请补填后重新运行。", "Fill it in and run again.")
      )
    }
    if column.source == .field(.amount), payment.amount <= .zero {
      refuse(
        "金额不大于 0", "the amount is not above 0",
        Bilingual("这是程序的错，请交给维护者。", "This is the program's fault; tell the maintainers."))
    }
    if let bad = text.firstUnfit {
      let code = "U+" + String(bad.value, radix: 16, uppercase: true)
      refuse(
        "TEXT-INVISIBLE 含有换行、控制字符或看不见的字符 \(code)",
        "TEXT-INVISIBLE holds a line break, control or invisible character \(code)",
        PayoutFindings.textInvisible.remedy, (PayoutFindings.textInvisible, [column.label, code]))
    }
    if case .field = column.source, FormulaSign.isIn(text) {
      refuse(
        "FORMULA-LIKE 以公式符号开头“\(text)”", "FORMULA-LIKE begins like a formula '\(text)'",
        Bilingual("请改正原表，去掉开头的符号。", "Correct the list; take the sign off."),
        (PayoutFindings.formulaLike, [column.label, text]))
    }
    if !template.isQuoted,
      text.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == template.separatorBytes[0] })
    {
      refuse("含有分隔符或换行", "holds a separator or line break", Bilingual("请改正原表。", "Correct the list."))
    }
    let encoding = template.encoding
    guard let bytes = encoding.encode(text) else {
      let bad = text.unicodeScalars.first { encoding.encode(String($0)) == nil }
      let code = bad.map { "\($0) U+\(String($0.value, radix: 16, uppercase: true))" } ?? text
      refuse(
        "NAME-UNENCODABLE \(code) 不能用 \(encoding.rawValue) 编码",
        "NAME-UNENCODABLE \(code) cannot be written in \(encoding.rawValue)",
        PayoutFindings.nameUnencodable.remedy, (PayoutFindings.nameUnencodable, [code, encoding.rawValue]))
      return found
    }
    if let limit = column.maxBytes, bytes.count > limit {
      refuse(
        "\(bytes.count) 字节，超过 \(limit)", "\(bytes.count) bytes, more than \(limit)",
        Bilingual("请缩短，或改用别的模板。", "Shorten it or use another template."))
    }
    return found
  }
}

/// Reads one line as its receiver would.
struct LedgerLineReader: ~Copyable {
  private let template: LedgerTemplate
  private var fields = TextBuffer(capacity: 512)
  private var ends: [Int] = []

  init(_ template: LedgerTemplate) { self.template = template }

  /// Reads what was written to `out` since its count was `mark`.
  /// - Returns: whether it is one complete line; anything after it would be read as the next one.
  mutating func read(_ out: borrowing TextBuffer, from mark: Int) -> Bool {
    fields.removeAll()
    ends.removeAll(keepingCapacity: true)
    if template.encoding == .utf8 {
      return out.withBytes { read(UnsafeRawBufferPointer(rebasing: $0[mark...])) }
    }
    let bytes = out.withBytes { Array($0[mark...]) }
    guard var text = template.encoding.decode(bytes) else { return false }
    return text.withUTF8 { read(UnsafeRawBufferPointer($0)) }
  }

  /// Whether the line has exactly these fields.
  func equals(_ wanted: borrowing TextBuffer, _ wantedEnds: [Int]) -> Bool {
    let count = ends.count - (template.trailingSeparator ? 1 : 0)
    guard count == wantedEnds.count else { return false }
    for i in 0..<count where ends[i] != wantedEnds[i] { return false }
    if template.trailingSeparator, ends.last != wanted.count { return false }
    return fields.withBytes { own in
      wanted.withBytes { wanted in
        guard own.count == wanted.count else { return false }
        // Without an early exit the loop can be vectorised.
        var differing: UInt8 = 0
        for i in 0..<own.count { differing |= own[i] ^ wanted[i] }
        return differing == 0
      }
    }
  }

  private mutating func read(_ line: UnsafeRawBufferPointer) -> Bool {
    let (separator, isQuoted) = (template.separatorBytes, template.isQuoted)
    let first = separator[0]
    var at = 0
    while true {
      if isQuoted, at < line.count, line[at] == 34 {
        guard let after = readQuoted(line, at + 1) else { return false }
        at = after
      } else {
        let start = at
        while at < line.count {
          let byte = line[at]
          if byte == first, isSeparator(line, at, separator) { break }
          // Programs disagree on a quotation mark inside an unquoted field.
          if byte == 10 || byte == 13 || (isQuoted && byte == 34) { return false }
          at += 1
        }
        fields.append(UnsafeRawBufferPointer(rebasing: line[start..<at]))
      }
      ends.append(fields.count)
      if at == line.count { return true }
      guard isSeparator(line, at, separator) else { return false }
      at += separator.count
    }
  }

  private func isSeparator(_ line: UnsafeRawBufferPointer, _ at: Int, _ separator: [UInt8]) -> Bool {
    line[at] == separator[0] && (separator.count == 1 || line[at...].starts(with: separator))
  }

  /// - Returns: the end of the closing quotation mark; nil if there is none.
  private mutating func readQuoted(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    var at = start
    while at < line.count {
      if line[at] == 34 {
        guard at + 1 < line.count, line[at + 1] == 34 else { return at + 1 }
        at += 1
      }
      fields.append(line[at])
      at += 1
    }
    return nil
  }
}
