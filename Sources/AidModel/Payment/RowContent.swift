/// What an application row says of the matter itself: not who, where the money goes, or in which file it stands. By it
/// a paid row is known again under whatever file or batch it comes.
///
/// It is kept as text, in the store and in exported lists alike:
/// `self_pay=1000.00|discharged@2023-05-01|kind#9f3c21aa|!n123;`, for each row its amounts, its days, a hash of each of
/// its words, and the key of its invoice. Words may be an illness and are kept as hashes.
public struct RowContent: Sendable, Equatable {
  /// What stands in one column.
  public struct Item<Content: Sendable & Equatable>: Sendable, Equatable {
    public let column: String
    public let content: Content
  }

  /// None is zero.
  public private(set) var amounts: [Item<Money>] = []
  public private(set) var days: [CivilDate] = []
  /// Choices, texts, flags and counts, as hashes.
  public private(set) var words: [Item<String>] = []
  /// By which invoices are compared: a cell may name several.
  public private(set) var invoices: [String] = []

  init() {}

  // MARK: text

  private static let (itemEnd, rowEnd) = (UInt8(ascii: "|"), UInt8(ascii: ";"))

  /// Ends an item of the row that a buffer's text since a mark is.
  public static func append(amount: Money, of column: String, to out: inout TextBuffer) {
    append(column, UInt8(ascii: "="), to: &out)
    out.append(amount)
    out.append(itemEnd)
  }

  public static func append(day: CivilDate, of column: String, to out: inout TextBuffer) {
    append(column, UInt8(ascii: "@"), to: &out)
    out.append(day.description)
    out.append(itemEnd)
  }

  /// - Parameter word: by which two words are the same.
  public static func append(word: String, of column: String, to out: inout TextBuffer) {
    append(column, UInt8(ascii: "#"), to: &out)
    let hash = FNV.hash(word)
    let short = UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    for shift in stride(from: 28, through: 0, by: -4) {
      let digit = UInt8(short >> UInt32(shift) & 15)
      out.append(digit < 10 ? 48 + digit : 87 + digit)
    }
    out.append(itemEnd)
  }

  public static func append(invoice: String, to out: inout TextBuffer) {
    out.append(UInt8(ascii: "!"))
    append(plain: invoice, to: &out)
    out.append(itemEnd)
  }

  public static func endRow(_ out: inout TextBuffer) { out.append(rowEnd) }

  private static func append(_ column: String, _ sign: UInt8, to out: inout TextBuffer) {
    append(plain: column, to: &out)
    out.append(sign)
  }

  /// A name without the signs that part items.
  private static func append(plain text: String, to out: inout TextBuffer) {
    for byte in text.utf8 { out.append(isSign(byte) ? UInt8(ascii: "_") : byte) }
  }

  /// The key of an invoice as it is kept here.
  public static func plain(invoice: String) -> String {
    String(decoding: invoice.utf8.map { isSign($0) ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "!"), itemEnd, rowEnd: true
    default: byte <= 32 || byte == 127
    }
  }

  /// The rows of a text; nil where it is not one.
  public static func rows(_ text: String) -> [RowContent]? {
    var (rows, row) = ([RowContent](), RowContent())
    var start = text.utf8.startIndex
    for at in text.utf8.indices {
      switch text.utf8[at] {
      case itemEnd:
        guard row.take(text[start..<at]) else { return nil }
      case rowEnd:
        if start != at { return nil }
        rows.append(row)
        row = RowContent()
      default: continue
      }
      start = text.utf8.index(after: at)
    }
    return start == text.utf8.endIndex ? rows : nil
  }

  private mutating func take(_ item: Substring) -> Bool {
    guard let sign = item.utf8.firstIndex(where: { Self.isSign($0) }) else { return false }
    let column = String(item[..<sign])
    let rest = String(item[item.utf8.index(after: sign)...])
    switch item.utf8[sign] {
    case UInt8(ascii: "="):
      guard let amount = DecimalNumber(plain: rest).flatMap({ Money(exactly: $0) }) else { return false }
      amounts.append(Item(column: column, content: amount))
    case UInt8(ascii: "@"):
      guard let day = CivilDate(iso: rest) else { return false }
      days.append(day)
    case UInt8(ascii: "#"): words.append(Item(column: column, content: rest))
    case UInt8(ascii: "!"): invoices += InvoiceNumber.each(in: rest)
    default: return false
    }
    return true
  }

  // MARK: sameness

  /// What two rows tell of each other.
  enum Relation {
    case same
    /// They tell of two events: other invoices, other days.
    case other
    case open
  }

  /// - Parameter first: earlier days are of people, not of events: a birth, a first contribution.
  func relation(to other: RowContent, daysFrom first: CivilDate?) -> Relation {
    if !invoices.isEmpty, !other.invoices.isEmpty {
      return invoices.contains { own in other.invoices.contains { own.sameScalars(as: $0) } } ? .same : .other
    }
    let (mine, theirs) = (events(from: first), other.events(from: first))
    return mine.isEmpty || theirs.isEmpty || mine.contains(where: theirs.contains) ? .open : .other
  }

  private func events(from first: CivilDate?) -> [CivilDate] {
    guard let first else { return days }
    return days.filter { $0 >= first }
  }

  /// Whether both speak of the same money; where one names none, whether nothing else they say differs.
  func isAlike(_ other: RowContent) -> Bool {
    if amounts.isEmpty || other.amounts.isEmpty {
      return words.allSatisfy { word in
        other.words.allSatisfy {
          !$0.column.sameScalars(as: word.column) || $0.content.sameScalars(as: word.content)
        }
      }
    }
    return Self.agree(totals, other.totals)
  }

  /// What several rows say together.
  static func together(_ rows: [RowContent]) -> RowContent {
    var all = RowContent()
    for row in rows {
      all.amounts += row.amounts
      all.days += row.days
      all.invoices += row.invoices
    }
    return all
  }

  /// What is in each column, in ascending order: what the columns are called does not matter.
  private var totals: [Int64] {
    var sums: [(column: String, fen: Int64)] = []
    for item in amounts {
      if let known = sums.firstIndex(where: { $0.column.sameScalars(as: item.column) }) {
        sums[known].fen = sums[known].fen.addingReportingOverflow(item.content.fen).partialValue
      } else {
        sums.append((item.column, item.content.fen))
      }
    }
    return sums.map(\.fen).sorted()
  }

  /// Whether one says all the amounts of the other: a list may have a column more.
  private static func agree(_ a: [Int64], _ b: [Int64]) -> Bool {
    if a.isEmpty || b.isEmpty { return false }
    var (few, many) = a.count <= b.count ? (a[...], b[...]) : (b[...], a[...])
    while let next = few.first {
      guard let found = many.firstIndex(of: next) else { return false }
      many = many[(found + 1)...]
      few = few.dropFirst()
    }
    return true
  }
}
