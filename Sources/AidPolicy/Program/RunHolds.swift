import AidModel

/// Why an award waits, in findings and reasons. Told only where steps are logged: amounts alone need no
/// words.
extension ProgramRun {
  /// - Returns: false: the award ends here.
  @discardableResult
  func hold(_ kind: FindingKind, at place: Place?, column: String? = nil, _ arguments: [String]) -> Bool {
    outcome = .held
    guard isLogging else { return false }
    let finding = Finding(
      kind, at: place ?? claims.first?.place ?? Place(file: policy.id), column: column, arguments)
    findings.append(finding)
    reasons.append(Reason(code: kind.code, text: finding.message(language)))
    return false
  }

  func holdUnknown(_ value: Number, _ site: Site, row: Int?) {
    guard isLogging else { return }
    let code = value.unknown
    if code.why == .notComputable {
      hold(PolicyFindings.notComputable, at: row.map { claims[number(ofRow: $0)].place }, [site.source])
      return
    }
    let unknown = told(code)
    if findings.contains(where: { $0.kind.code == "UNKNOWN-VALUE" && $0.column == unknown.name }) { return }
    hold(
      PolicyFindings.unknownValue, at: unknown.place, column: unknown.name,
      [unknown.name, unknown.words.zh, unknown.words.en])
  }

  /// The table of a benefit does not have the key.
  func holdForKey(_ key: String, _ table: TableCode) {
    hold(
      PolicyFindings.unknownValue, at: firstInputPlace(from: log.inputsBegin),
      column: program.sites[Int(table.site)].source,
      [table.name, "定额表中没有“\(key)”", "the table has no '\(key)'"])
  }

  func holdAsNotComputable() {
    let name = benefit < 0 ? policy.title : policy.benefits[benefit].name
    hold(PolicyFindings.notComputable, at: claims.first?.place, [name])
  }

  /// A cap leaves less than the committee decided.
  func holdOverCap(_ site: Int, mark: Instruction?) throws(TooWide) -> Bool {
    outcome = .held
    guard let mark, let cap = program.sites[site].cap else { return false }
    try self.mark(Int(mark.b), value: registers[Int(mark.a)])
    let words = cap.words(language)
    let left = amount.rational
    let room = Bilingual("\(words) 封顶余额 \(left)", "what the \(words) cap leaves, \(left)").text(language)
    let decided = facts.decision?.amount.yuan ?? .zero
    return hold(
      PolicyFindings.decisionRange, at: facts.decision?.place, column: "amount", ["\(decided)", room])
  }

  /// What is to be said of a value that is not known.
  private func told(_ code: UnknownCode) -> UnknownValue {
    switch code.origin {
    case .nowhere: return UnknownValue(name: "", place: nil, why: code.why)
    case .cell:
      let column = program.columns[code.index]
      return UnknownValue(
        name: layout.columns[column].name, place: claims[code.row].place(ofColumn: column), why: code.why)
    case .roster:
      let name = "roster." + program.rosterNames[code.index]
      guard let entry = roster.entry, let column = roster.column(code.index) else {
        return UnknownValue(
          name: name, place: roster.entry == nil ? firstPlace : roster.entry?.place, why: code.why)
      }
      let isKnown = entry.value(at: column).isKnown
      return UnknownValue(name: name, place: isKnown ? nil : entry.place(ofColumn: column), why: code.why)
    case .awarded:
      return UnknownValue(name: "awarded('\(program.awarded[code.index])')", place: firstPlace, why: code.why)
    case .word: return UnknownValue(name: program.words[code.index], place: nil, why: code.why)
    case .listed: return listedUnknowns[code.index]
    }
  }

  var layout: Layout { policy.layout }
}
