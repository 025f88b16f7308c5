import AidModel

/// The roster's columns a program looks at, of the person at hand.
final class RosterCells {
  private let reader: CellReader
  private let cells: UnsafeMutablePointer<CellReader.Cell>
  /// For each name its place among the cells, and its column; −1: the roster has no such column.
  private let slots: [Int]
  private let columns: [Int]
  private(set) var entry: Claim?

  init(_ program: PolicyProgram, _ layout: Layout?) {
    let found = program.rosterNames.map { layout?.index(of: $0) }
    reader = CellReader(columns: found.compactMap(\.self), texts: program.texts)
    var next = -1
    slots = found.map { index in
      if index == nil { return -1 }
      next += 1
      return next
    }
    columns = found.map { $0 ?? -1 }
    cells = .allocate(capacity: max(1, found.count))
  }

  deinit { cells.deallocate() }

  func read(_ entry: Claim?) {
    self.entry = entry
    if let entry { reader.read(entry, into: cells) }
  }

  /// The column of a name; nil: the person is not on the roster, or it has no such column.
  func column(_ name: Int) -> Int? { entry == nil || columns[name] < 0 ? nil : columns[name] }

  /// Blank where there is none.
  func cell(_ name: Int) -> CellReader.Cell { column(name) == nil ? .blank : cells[slots[name]] }
}

/// Numbers for texts, the same for the same text: those the policy names first.
struct TextNumbers {
  private var texts: [String]
  private var numbers: [ExactText: Int] = [:]
  private let named: Int

  /// A batch has fewer different texts in one column, as a rule; past it numbers are given anew.
  private static let ownMax = 10_000

  init(_ texts: [String]) {
    self.texts = texts
    named = texts.count
    for (number, text) in texts.enumerated() { numbers[ExactText(text)] = number }
  }

  subscript(number: Int) -> String { texts[number] }

  mutating func number(of text: String) -> Int {
    if let known = numbers[ExactText(text)] { return known }
    numbers[ExactText(text)] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  /// Forgets all texts but those the policy names, if there are too many.
  mutating func makeRoom() {
    if texts.count - named > Self.ownMax { self = TextNumbers(Array(texts[..<named])) }
  }
}

extension CivilDate {
  /// The day a span later.
  func adding(_ span: Span) -> CivilDate { adding(months: span.months).adding(days: span.days) }
}
