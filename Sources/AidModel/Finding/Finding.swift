/// What a finding means for the payment.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  /// Shown; the value is kept.
  case note
  /// The value was repaired; the change is logged.
  case repaired
  /// The row is not paid until a person decides.
  case hold
  /// Nothing in this run is paid.
  case stop

  public static func < (a: Severity, b: Severity) -> Bool {
    func rank(_ s: Severity) -> Int { allCases.firstIndex(of: s) ?? 0 }
    return rank(a) < rank(b)
  }
}

/// Language of everything people read. Codes, ids and file names do not depend on it.
public enum Language: String, Sendable, CaseIterable { case zh, en }

/// The same text in both languages.
public struct Bilingual: Sendable, Hashable {
  public let zh: String
  public let en: String
  public init(_ zh: String, _ en: String) {
    self.zh = zh
    self.en = en
  }
  public func text(_ language: Language) -> String { language == .zh ? zh : en }
}

/// A finding's catalogue entry: everything that does not depend on the row.
public struct FindingKind: Sendable {
  /// Stable, e.g. `ID-CHECKSUM`.
  public let code: String
  public let severity: Severity
  public let title: Bilingual
  /// The sentence shown for one finding; `{1}`, `{2}` … are replaced by its arguments.
  public let message: Bilingual
  /// Why it matters to the money or the person.
  public let why: Bilingual
  /// What to do about it.
  public let remedy: Bilingual
  /// A cell or situation that causes it, for the reference page.
  public let example: String
  /// Rows that look like applications or payments were not read.
  public let leavesRowsUnread: Bool

  public init(
    code: String, severity: Severity, title: Bilingual, message: Bilingual, why: Bilingual,
    remedy: Bilingual, example: String, leavesRowsUnread: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.title = title
    self.message = message
    self.why = why
    self.remedy = remedy
    self.example = example
    self.leavesRowsUnread = leavesRowsUnread
  }

  /// The remedy for no particular finding, with an ellipsis for each argument.
  public var generalRemedy: Bilingual {
    let none = Array(repeating: "…", count: 9)
    return Bilingual(Finding.fill(remedy.zh, none), Finding.fill(remedy.en, none))
  }
}

/// One thing noticed at one place. Arguments that are personal numbers must be masked.
public struct Finding: Sendable {
  public let kind: FindingKind
  public let place: Place
  /// The heading or name of the column concerned, if any.
  public let column: String?
  public let arguments: [String]

  public init(_ kind: FindingKind, at place: Place, column: String? = nil, _ arguments: [String] = []) {
    self.kind = kind
    self.place = place
    self.column = column
    self.arguments = arguments
  }

  public func message(_ language: Language) -> String {
    Self.fill(kind.message.text(language), arguments)
  }

  public func hint(_ language: Language) -> String { Self.fill(kind.remedy.text(language), arguments) }

  /// A message shows this many characters of an argument; the cell holds the rest.
  private static let argumentMax = 1_000

  private static func shown(_ argument: String) -> String {
    if argument.utf8.count <= argumentMax { return ShownText.line(Masking.text(argument)) }
    // Masked with what follows, so that no number is cut in two before it is seen to be one.
    let beginning = String(argument.unicodeScalars.prefix(2 * argumentMax))
    let masked = Masking.text(beginning).unicodeScalars
    let text = ShownText.line(String(masked.prefix(argumentMax)))
    return masked.count > argumentMax ? text + "…" : text
  }

  static func fill(_ template: String, _ arguments: [String]) -> String {
    var out = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      if let n = Int(name), n >= 1, n <= arguments.count {
        out += shown(arguments[n - 1])
      }
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
