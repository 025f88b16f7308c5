import AidModel

/// Which rows wait for a person, and why.
struct WaitingRows: Sendable {
  private struct Sheet: Sendable {
    /// Why every row of the sheet waits.
    var all: [Reason] = []
    var byRow: [Int32: [Reason]] = [:]
  }

  private var sheets: [ObjectIdentifier: Sheet] = [:]

  /// - Parameter sources: the sheets whose rows will be looked up.
  init(_ findings: [Finding], sources: [SourceSheet], language: Language) {
    var byName: [ExactText: Sheet] = [:]
    for finding in findings where finding.kind.severity >= .hold {
      let place = finding.place
      let reason = Reason(code: finding.kind.code, text: finding.message(language))
      let key = Self.key(place.file, place.sheet)
      if place.row < 1 {
        byName[key, default: Sheet()].all.append(reason)
      } else {
        byName[key, default: Sheet()].byRow[place.row, default: []].append(reason)
      }
    }
    if byName.isEmpty { return }
    for source in sources {
      guard var sheet = byName[Self.key(source.file, source.sheet)] ?? byName[Self.key(source.file, "")]
      else { continue }
      // A finding about the whole file holds its sheets too.
      if !source.sheet.isEmpty, let file = byName[Self.key(source.file, "")] { sheet.all += file.all }
      sheets[ObjectIdentifier(source)] = sheet
    }
  }

  private static func key(_ file: String, _ sheet: String) -> ExactText { ExactText(file + "\u{1F}" + sheet) }

  var isEmpty: Bool { sheets.isEmpty }

  func contains(_ claim: Claim) -> Bool {
    guard let sheet = sheets[ObjectIdentifier(claim.source)] else { return false }
    return !sheet.all.isEmpty || sheet.byRow[claim.row] != nil
  }

  func reasons(for claim: Claim) -> [Reason] {
    guard let sheet = sheets[ObjectIdentifier(claim.source)] else { return [] }
    return sheet.all + (sheet.byRow[claim.row] ?? [])
  }
}
