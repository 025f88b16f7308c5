/// Reads a cell strictly as its column requires, once, and notes everything noticed.
///
/// Amounts and numbers share one decimal parser; nothing unreadable becomes zero.
public struct FieldReader: Sendable {
  private let dates: DateSystem
  private let zone: UTCOffset

  /// - Parameters:
  ///   - dates: the date system of the file's serial numbers.
  ///   - zone: the zone in which times with a zone are read as days.
  public init(dates: DateSystem, zone: UTCOffset = .china) { (self.dates, self.zone) = (dates, zone) }

  public func read(_ cell: RawCell, as column: Column) -> Field {
    switch cell.kind {
    case .blank: return blank(column)
    case .error: return Field(.unreadable, notes: .cellError, original: cell.text)
    case .formulaWithoutValue: return Field(.unreadable, notes: .formulaWithoutValue, original: "")
    case .text, .number, .date, .boolean: break
    }
    if cell.kind == .text, WhiteSpace.isBlank(cell.bytes) { return blank(column) }
    if cell.kind == .text, column.type == .text || column.type == .automatic,
      Placeholder.isNothing(cell.bytes, in: column)
    {
      // Someone without a staff number must be identified in another way.
      return column.role == .staffNumber
        ? Field(.blank, notes: .requiredBlank, original: cell.text) : blank(column)
    }
    if cell.bytes.count > Self.figureBytes, let field = Self.tooLong(cell, for: column) { return field }
    if let notes = standIn(cell, column) { return Field(.unreadable, notes: notes, original: cell.text) }
    switch column.type {
    case .money: return amount(cell)
    case .number: return number(cell, whole: false)
    case .integer: return number(cell, whole: true)
    case .date: return date(cell)
    case .text:
      if isMisfit(cell, column) { return Field(.unreadable, notes: .misfit, original: cell.text) }
      return column.role.isIdentifier ? identifier(cell, column.role) : text(cell, column)
    case .choice: return choice(cell, column)
    case .flag: return flag(cell)
    case .automatic: return automatic(cell, column)
    }
  }

  /// No amount, number, day or choice has more bytes, white space around it included, and nothing that names a person,
  /// a place or a payment.
  static let figureBytes = 4096

  /// What is no figure for its length alone; nil where the column takes texts.
  private static func tooLong(_ cell: RawCell, for column: Column) -> Field? {
    let notes: FieldNotes
    switch column.type {
    case .money, .number, .integer: notes = .amountFormat
    case .date: notes = .dateFormat
    case .choice, .flag: notes = .choiceUnknown
    case .text where column.isOfPerson || column.isLabel:
      // Spaces around it may be as many as they like.
      let beginning = cell.bytes.drop { $0 <= 0x20 }
      let end = beginning.lastIndex { $0 > 0x20 } ?? beginning.startIndex
      if end - beginning.startIndex < figureBytes { return nil }
      notes = .misfit
    case .text, .automatic: return nil
    }
    let beginning = String(decoding: cell.bytes.prefix(300), as: UTF8.self).unicodeScalars.prefix(40)
    return Field(.unreadable, notes: notes, original: String(String.UnicodeScalarView(beginning)) + "…")
  }

  private func blank(_ column: Column) -> Field {
    if let value = column.blank { return Field(value) }
    return column.required ? Field(.blank, notes: .requiredBlank, original: "") : Field(.blank)
  }

  /// Notes for a word that replaces a value. For columns other than text, the column's own reader reports the
  /// missing value; a choice may have any name.
  private func standIn(_ cell: RawCell, _ column: Column) -> FieldNotes? {
    guard cell.kind == .text, !column.isRemark, let standIn = StandIn(cell.bytes) else { return nil }
    let isText = column.type == .text
    switch standIn {
    case .failure:
      if column.type == .choice, case .text = choice(cell, column).value { return nil }
      return .placeholder
    case .elsewhere: return isText || column.type == .automatic ? .placeholder : nil
    case .truth: return isText ? .misfit : nil
    case .unknown: return isText && column.isOfPerson && column.role != .phone ? .misfit : nil
    }
  }

  /// Whether a text column cannot hold the cell: truth values in any such column, dates and numbers in
  /// columns of names.
  private func isMisfit(_ cell: RawCell, _ column: Column) -> Bool {
    let names = column.role == .personName || column.isOfPlaces
    switch cell.kind {
    case .text:
      if column.role == .personName, cell.bytes.allSatisfy({ $0 < 0x40 }) { return true }
      if names { return Self.isNumberOrDay(cell.text) }
      return (column.role == .account || column.role == .idNumber) && Self.isDay(cell.text)
    case .number: return names
    case .boolean: return !column.isRemark
    // A telephone number only gets a note. Spreadsheets turn `2023-12` into a date, which is no batch.
    default: return names || column.isLabel || (column.role.isIdentifier && column.role != .phone)
    }
  }

  /// Only digits, points and commas, or a date.
  private static func isNumberOrDay(_ text: String) -> Bool {
    let plain = TextCleaning.key(text)
    guard let first = plain.utf8.first, first &- 48 <= 9 else { return false }
    return plain.utf8.allSatisfy { $0 &- 48 <= 9 || $0 == 46 || $0 == 44 } || isDay(text)
  }

  /// A date with separators: eight bare digits may be anything.
  private static func isDay(_ text: String) -> Bool {
    // A date takes at least eight bytes, and bare digits are none.
    guard (8...64).contains(text.utf8.count), text.utf8.contains(where: { $0 &- 48 > 9 }) else {
      return false
    }
    var copy = text
    let reading = copy.withUTF8 { DateReading(RawCell(kind: .text, bytes: $0), .from1900, .utc) }
    switch reading {
    case .date, .moved, .counted: return true
    case .impossible, .unreadable: return false
    }
  }

  private func amount(_ cell: RawCell) -> Field {
    guard cell.kind == .text || cell.kind == .number else {
      return Field(.unreadable, notes: .amountFormat, original: cell.text)
    }
    if let plain = DecimalNumber(plain: cell.bytes), plain.scale <= 2, plain.mantissa >= 0,
      cell.bytes.count <= 16, cell.bytes[0] != UInt8(ascii: "-"), let money = Money(exactly: plain),
      money <= .cellMax
    {
      return Field(.money(money))
    }
    let notes: FieldNotes
    switch NumberReading(cell, places: 2, asMoney: true) {
    case .plain(let number), .repaired(let number):
      guard let money = Money(exactly: number), money <= .cellMax else {
        return Field(.unreadable, notes: .amountFormat, original: cell.text)
      }
      if case .plain = NumberReading(cell, places: 2, asMoney: true) { return Field(.money(money)) }
      return Field(.money(money), notes: .amountRepaired, original: cell.text)
    case .negative: notes = .amountNegative
    case .tooManyDecimals: notes = .amountDecimals
    case .unreadable: notes = .amountFormat
    }
    return Field(.unreadable, notes: notes, original: cell.text)
  }

  private func number(_ cell: RawCell, whole: Bool) -> Field {
    guard cell.kind == .text || cell.kind == .number else {
      return Field(.unreadable, notes: .amountFormat, original: cell.text)
    }
    switch NumberReading(cell, places: 10, asMoney: false) {
    case .plain(let number), .repaired(let number):
      if whole, number.mantissa(atScale: 0) == nil {
        return Field(.unreadable, notes: [.notWhole, .amountFormat], original: cell.text)
      }
      if case .plain = NumberReading(cell, places: 10, asMoney: false) { return Field(.number(number)) }
      return Field(.number(number), notes: .amountRepaired, original: cell.text)
    case .negative: return Field(.unreadable, notes: .amountNegative, original: cell.text)
    case .tooManyDecimals, .unreadable:
      return Field(.unreadable, notes: .amountFormat, original: cell.text)
    }
  }

  private func date(_ cell: RawCell) -> Field {
    switch DateReading(cell, dates, zone) {
    case .date(let date): return Field(.date(date))
    case .moved(let date): return Field(.date(date), notes: .dateMoved, original: cell.text)
    case .counted(let date): return Field(.date(date), notes: .dateCounted, original: cell.text)
    case .impossible: return Field(.unreadable, notes: .dateImpossible, original: cell.text)
    case .unreadable: return Field(.unreadable, notes: .dateFormat, original: cell.text)
    }
  }

  private func text(_ cell: RawCell, _ column: Column) -> Field {
    if cell.kind == .number {
      let digits = NumberReading.digits(cell.text)
      return LongNumber.isPastBinary(digits) && !column.isRemark
        ? Field(.unreadable, notes: .identifierAsNumber, original: cell.text) : Field(.text(digits))
    }
    if cell.kind != .text { return Field(.text(cell.text)) }
    let isName = column.role == .personName
    if TextCleaning.isClean(cell.bytes, asName: isName) {
      let notes = column.isRemark ? [] : LongNumber.notes(cell.bytes)
      return Field(.text(cell.text), notes: notes, original: notes.isEmpty ? nil : cell.text)
    }
    let cleaned =
      column.isFreeWords
      ? TextCleaning.cleanWords(cell.text) : TextCleaning.clean(cell.text, asName: isName)
    return Self.field(cleaned, cell.text)
  }

  private static func field(
    _ cleaned: (text: String, notes: FieldNotes), _ original: String, isID: Bool = false
  ) -> Field {
    var text = cleaned.text
    let notes = cleaned.notes.union(text.withUTF8 { LongNumber.notes($0, isID: isID) })
    return Field(
      text.isEmpty ? .blank : .text(text), notes: notes, original: notes.isEmpty ? nil : original)
  }

  private func identifier(_ cell: RawCell, _ role: ColumnRole) -> Field {
    if cell.kind == .number { return numericIdentifier(cell, role) }
    if cell.kind != .text { return Field(.text(cell.text)) }
    let isPlain = cell.bytes.allSatisfy {
      ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122 && role != .idNumber)
    }
    if isPlain, role != .staffNumber || IdentifierShape.isStaffNumber(cell.text) {
      let notes = LongNumber.notes(cell.bytes, isID: role == .idNumber)
      return Field(.text(cell.text), notes: notes, original: notes.isEmpty ? nil : cell.text)
    }
    var (text, notes) = TextCleaning.clean(cell.text, asName: false)
    let compact = TextCleaning.plainIdentifier(text, role)
    if !compact.sameScalars(as: text) {
      notes.insert(.identifierRepaired)
      // +86 before a phone number is not a formula.
      if let first = compact.utf8.first, first >= 48 { notes.remove(.formulaLike) }
    }
    text = compact
    // An accent on a digit makes a different number that looks the same.
    if text.unicodeScalars.contains(where: { $0.value > 0x2FF && $0.isCombining }) { notes.insert(.unfit) }
    if role != .phone, IdentifierShape.isScientific(text) {
      return Field(.unreadable, notes: .identifierAsNumber, original: cell.text)
    }
    if role == .staffNumber, !IdentifierShape.isStaffNumber(text) || IdentifierShape.hasSymbol(text) {
      return Field(.unreadable, notes: .misfit, original: cell.text)
    }
    return Self.field((text, notes), cell.text, isID: role == .idNumber)
  }

  /// Spreadsheets keep 15 digits of a number: the rest of a longer one is lost.
  private func numericIdentifier(_ cell: RawCell, _ role: ColumnRole) -> Field {
    if role != .idNumber, let shown = Self.withZeros(cell) {
      return Field(
        .text(shown), notes: role == .staffNumber ? .zerosOfFormat : .identifierRepaired,
        original: NumberReading.digits(shown))
    }
    let digits = NumberReading.digits(cell.text)
    let isWhole = !digits.isEmpty && digits.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    if isWhole, digits.utf8.count <= 15, role != .idNumber { return Field(.text(digits)) }
    return Field(.unreadable, notes: .identifierAsNumber, original: cell.text)
  }

  /// Digits with leading zeros, shown so by a number format.
  private static func withZeros(_ cell: RawCell) -> String? {
    guard cell.bytes.count > 1, cell.bytes[0] == 48, cell.bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
      return nil
    }
    return cell.bytes.drop { $0 == 48 }.count <= 15 ? cell.text : nil
  }

  private func choice(_ cell: RawCell, _ column: Column) -> Field {
    let text = cell.text
    for choice in column.choices where choice.sameScalars(as: text) { return Field(.text(choice)) }
    let key = TextCleaning.key(text)
    for choice in column.choices where TextCleaning.key(choice).sameScalars(as: key) {
      return Field(.text(choice))
    }
    return Field(.unreadable, notes: .choiceUnknown, original: text)
  }

  private func flag(_ cell: RawCell) -> Field {
    YesNo.value(cell.text).map { Field(.flag($0)) }
      ?? Field(.unreadable, notes: .choiceUnknown, original: cell.text)
  }

  private func automatic(_ cell: RawCell, _ column: Column) -> Field {
    if let number = DecimalNumber(plain: cell.bytes) { return Field(.number(number)) }
    if cell.kind == .number, case .plain(let number) = NumberReading(cell, places: 10, asMoney: false) {
      return Field(.number(number))
    }
    if cell.kind != .number {
      switch DateReading(cell, dates, zone) {
      case .date(let date): return Field(.date(date))
      case .moved(let date): return Field(.date(date), notes: .dateMoved, original: cell.text)
      case .counted, .impossible, .unreadable: break
      }
    }
    return text(cell, column)
  }
}
