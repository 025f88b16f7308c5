import AidModel

extension CheckedRow {
  /// The ID numbers of the row that were read, the applicant's and the spouse's, with what they say.
  var idNumbers: [(index: Int, id: IDNumber, text: String)] {
    [CommonColumn.idNumber, .spouseID].compactMap { column in
      let text = self.text(column)
      return text.isEmpty ? nil : (column.rawValue, IDNumber(text), text)
    }
  }

  /// Whether the ID number must be a citizen's: no other document is named.
  var isCitizen: Bool {
    let type = text(.idType)
    return type.isEmpty || ["居民身份证", "身份证", "二代身份证"].contains { $0.sameScalars(as: type) }
  }

  /// The member the row is about, by staff number, else by ID number.
  var rosterEntry: Claim? {
    facts.roster?.entry(staffNo: text(.staffNo)) ?? facts.roster?.entry(idNumber: text(.idNumber))
  }
}

/// 128 bits of the SHA-256 of a row's values: two rows with the same digest are the same row.
struct Digest: Hashable {
  private let high: UInt64
  private let low: UInt64

  /// Everything but serial number and remark.
  init(_ claim: Claim) {
    var hash = SHA256()
    hash.update(claim.source.layout.programme)
    for (i, value) in claim.values.enumerated() {
      let column = claim.source.layout.columns[i]
      if i == CommonColumn.remark.rawValue || column.name == "serial_number" { continue }
      hash.update("\u{1F}" + value.plain)
    }
    let bytes = hash.finish()
    high = bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
