/// One sheet of one input file, with the position of each known column. Shared by all places in the sheet.
public final class SourceSheet: Sendable {
  /// Path relative to the batch folder.
  public let file: String
  /// Empty for a file without sheets (CSV).
  public let sheet: String
  /// For each column of the layout, its zero-based column in the sheet, or −1.
  public let columns: [Int32]
  public let layout: Layout

  public init(file: String, sheet: String, columns: [Int32] = [], layout: Layout = .none) {
    self.file = file
    self.sheet = sheet
    self.columns = columns
    self.layout = layout
  }
}

/// A location: a file, a sheet, a row or a cell. Rows count from 1, columns from 0; −1 means none.
public struct Place: Sendable {
  public let source: SourceSheet
  public let row: Int32
  public let column: Int32

  public init(_ source: SourceSheet, row: Int32 = -1, column: Int32 = -1) {
    self.source = source
    self.row = row
    self.column = column
  }

  public init(file: String) { self.init(SourceSheet(file: file, sheet: "")) }

  public var file: String { source.file }
  public var sheet: String { source.sheet }

  /// `H17`; nil if the place is not a single cell.
  public var cell: String? { row > 0 && column >= 0 ? Self.letters(column) + "\(row)" : nil }

  /// `A` for 0, `AA` for 26.
  public static func letters(_ column: Int32) -> String {
    var n = Int(column) + 1
    var out: [UInt8] = []
    while n > 0 {
      out.append(UInt8(65 + (n - 1) % 26))
      n = (n - 1) / 26
    }
    return String(decoding: out.reversed(), as: UTF8.self)
  }
}

extension Place: Hashable {
  public static func == (a: Place, b: Place) -> Bool {
    a.row == b.row && a.column == b.column
      && (a.source === b.source || (a.file.sameScalars(as: b.file) && a.sheet.sameScalars(as: b.sheet)))
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(row)
    hasher.combine(column)
  }
}

extension Place: CustomStringConvertible {
  /// `机械学院.xlsx:汇总表!H17`, as far as known.
  public var description: String {
    var text = file
    if !sheet.isEmpty { text += ":" + sheet }
    if let cell { text += "!" + cell } else if row > 0 { text += "!\(row)" }
    return text
  }
}
