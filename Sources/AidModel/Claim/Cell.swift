/// The kind of content a file stores in a cell.
public enum CellKind: UInt8, Sendable, BitwiseCopyable {
  case blank
  case text
  /// Digits as stored: `12345.67`, `1.1010519120229E+17`.
  case number
  /// A number with a date format, already turned into ISO text: `2023-05-01` or `2023-05-01T08:30:00`.
  case date
  /// `TRUE` or `FALSE`.
  case boolean
  /// `#REF!` and the like.
  case error
  /// A formula whose result was never stored. The text is empty.
  case formulaWithoutValue
}

/// A cell as the file holds it. The bytes are UTF-8 and valid only during the call that passes them.
public struct RawCell {
  public let kind: CellKind
  public let hasFormula: Bool
  public let bytes: UnsafeBufferPointer<UInt8>

  public init(kind: CellKind, hasFormula: Bool = false, bytes: UnsafeBufferPointer<UInt8>) {
    self.kind = kind
    self.hasFormula = hasFormula
    self.bytes = bytes
  }

  public static var blank: RawCell { RawCell(kind: .blank, bytes: UnsafeBufferPointer(start: nil, count: 0)) }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The value of a cell once read as its column requires.
public enum Value: Sendable, Hashable {
  /// Empty: unknown, not zero.
  case blank
  /// Could not be read; a finding of severity `hold` says why.
  case unreadable
  case text(String)
  case money(Money)
  case number(DecimalNumber)
  case date(CivilDate)
  case flag(Bool)
  /// A figure worked out from others, which no cell holds. It is no money: it may be any fraction.
  case figure(Rational)

  public static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.blank, .blank), (.unreadable, .unreadable): true
    case (.text(let x), .text(let y)): x.sameScalars(as: y)
    case (.money(let x), .money(let y)): x == y
    case (.number(let x), .number(let y)): Rational(x) == Rational(y)
    case (.date(let x), .date(let y)): x == y
    case (.flag(let x), .flag(let y)): x == y
    case (.figure(let x), .figure(let y)): x == y
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .blank: hasher.combine(0)
    case .unreadable: hasher.combine(1)
    case .text(let x): ExactText(x).hash(into: &hasher)
    case .money(let x): hasher.combine(x)
    case .number(let x): hasher.combine(Rational(x))
    case .date(let x): hasher.combine(x)
    case .flag(let x): hasher.combine(x)
    case .figure(let x): hasher.combine(x)
    }
  }

  public var isKnown: Bool {
    switch self {
    case .blank, .unreadable: false
    default: true
    }
  }

  /// Plain text as printed by `inspect` and reports: money with two decimals, ISO dates, flags as 是/否, figures exact.
  public var plain: String {
    switch self {
    case .blank, .unreadable: ""
    case .text(let x): x
    case .money(let x): x.plain
    case .number(let x): x.description
    case .date(let x): x.description
    case .flag(let x): x ? "是" : "否"
    case .figure(let x): x.description
    }
  }

  /// The same with the personal numbers of a text masked. Figures are no such numbers.
  public var maskedPlain: String {
    if case .text(let text) = self { return Masking.text(text) }
    return plain
  }
}

/// What was noticed while reading one cell. The rules turn these notes into findings.
public struct FieldNotes: OptionSet, Sendable, BitwiseCopyable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Spaces, tabs or line breaks around the text were removed.
  public static let trimmed = FieldNotes(rawValue: 1 << 0)
  /// Invisible characters were removed.
  public static let invisible = FieldNotes(rawValue: 1 << 1)
  /// Spaces inside a Chinese name were removed.
  public static let nameSpaces = FieldNotes(rawValue: 1 << 2)
  /// A look-alike of the middle dot in a name became U+00B7.
  public static let nameDot = FieldNotes(rawValue: 1 << 3)
  /// An identifier in a number cell: zeros or digits may be lost.
  public static let identifierAsNumber = FieldNotes(rawValue: 1 << 4)
  /// Not an amount (or not a number) at all: `约5000`, `/`, `3,50.00`.
  public static let amountFormat = FieldNotes(rawValue: 1 << 5)
  /// More than two decimals, and not floating-point noise.
  public static let amountDecimals = FieldNotes(rawValue: 1 << 6)
  public static let amountNegative = FieldNotes(rawValue: 1 << 7)
  /// Read after a harmless repair: `¥`, `元`, thousands commas, full-width digits, floating-point noise.
  public static let amountRepaired = FieldNotes(rawValue: 1 << 8)
  public static let dateFormat = FieldNotes(rawValue: 1 << 9)
  public static let dateImpossible = FieldNotes(rawValue: 1 << 10)
  public static let choiceUnknown = FieldNotes(rawValue: 1 << 11)
  public static let cellError = FieldNotes(rawValue: 1 << 12)
  public static let formulaWithoutValue = FieldNotes(rawValue: 1 << 13)
  /// A line of the text begins like a formula (`FormulaSign`).
  public static let formulaLike = FieldNotes(rawValue: 1 << 14)
  /// Full-width digits or letters, or a lower-case x, in an identifier were normalised.
  public static let identifierRepaired = FieldNotes(rawValue: 1 << 15)
  /// Blank although the column is required.
  public static let requiredBlank = FieldNotes(rawValue: 1 << 16)
  /// A name contains a private-use character or a replacement for one that could not be typed: ? □ *
  public static let namePrivateUse = FieldNotes(rawValue: 1 << 17)
  /// A name contains a compatibility ideograph or radical.
  public static let nameCompatibility = FieldNotes(rawValue: 1 << 18)
  /// Not a whole number although the column requires one.
  public static let notWhole = FieldNotes(rawValue: 1 << 19)
  /// Unfit for the column: 同上, or a date or truth value where a personal name or number belongs.
  public static let misfit = FieldNotes(rawValue: 1 << 20)
  /// The leading zeros of a staff number came from the cell's number format.
  public static let zerosOfFormat = FieldNotes(rawValue: 1 << 21)
  /// A time in another zone, which falls on another day here.
  public static let dateMoved = FieldNotes(rawValue: 1 << 22)
  /// A spreadsheet's or program's mark for a failed or missing value (`#N/A`, `nan`, `NULL`), or a word that
  /// refers elsewhere (同上).
  public static let placeholder = FieldNotes(rawValue: 1 << 23)
  /// All digits of a long number after the fifteenth are zero: spreadsheets keep only 15 digits.
  public static let digitsZeroed = FieldNotes(rawValue: 1 << 24)
  /// A plain number was read as a count of days since 1900 (or 1904).
  public static let dateCounted = FieldNotes(rawValue: 1 << 25)
  /// A line break inside the text became a space, or a control character was removed; the intended text is
  /// unknown.
  public static let unfit = FieldNotes(rawValue: 1 << 27)
}

/// One cell as read: its value, the notes, and its original text if there are notes.
public struct Field: Sendable {
  public let value: Value
  public let notes: FieldNotes
  /// The cell's text as stored; kept only if `notes` is not empty.
  public let original: String?

  public init(_ value: Value, notes: FieldNotes = [], original: String? = nil) {
    self.value = value
    self.notes = notes
    self.original = original
  }
}
