import Testing

@testable import AidIntake

/// Reads with the scanner and with libxml2 alone, and returns the common result.
enum BothReaders {
  enum Result: Equatable, CustomStringConvertible {
    case cells(String)
    case refused(String)

    var description: String {
      switch self {
      case .cells(let csv): csv
      case .refused(let what): "refused: \(what)"
      }
    }
  }

  static func read(
    _ bytes: [UInt8], _ limits: IntakeLimits = .standard, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Result {
    var (fast, slow) = (limits, limits)
    fast.reader = .scanner
    slow.reader = .libxml2
    let (a, b) = (try one(bytes, fast), try one(bytes, slow))
    #expect(a == b, "the readers differ", sourceLocation: sourceLocation)
    return a
  }

  private static func one(_ bytes: [UInt8], _ limits: IntakeLimits) throws -> Result {
    if let refused = try Reading.refusal(bytes, limits) { return .refused(refused) }
    return .cells(try Reading.csv(bytes, limits))
  }

  /// A row of cells below a plain row, so that the scanner is active.
  static func row(
    _ cells: String, shared: String? = nil, styles: String? = nil, book: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\">\(cells)</row>"
    let package = SheetPackage(rows, shared: shared, styles: styles, book: book)
    switch try read(package.bytes, sourceLocation: sourceLocation) {
    case .cells(let csv):
      return csv.split(separator: "\n", maxSplits: 1).last.map { String($0.dropLast()) } ?? ""
    case .refused(let what): return "refused: \(what)"
    }
  }
}

/// Cell formats for tests: format 0 is General, then one per code or built-in number.
enum Styles {
  static func codes(_ codes: [String]) -> String {
    let formats = codes.enumerated().map { "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\($1)\"/>" }
    return "<numFmts>\(formats.joined())</numFmts>" + cells(codes.indices.map { 164 + $0 })
  }

  static func builtIn(_ ids: [Int]) -> String { cells(ids) }

  private static func cells(_ ids: [Int]) -> String {
    let formats = ([0] + ids).map { "<xf numFmtId=\"\($0)\" xfId=\"0\"/>" }
    return "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(formats.joined())</cellXfs>"
  }
}
