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
