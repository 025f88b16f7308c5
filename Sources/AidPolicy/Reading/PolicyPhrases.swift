public import AidModel

extension Policy {
  /// The policy's expressions, and the names of what they look at, in words.
  public var phrases: Phrases {
    let past = ["paid", "times_paid"].flatMap { name in ["year", "lifetime", "years"].map { "\(name).\($0)" }
    }
    let facts = past + ["period.from", "period.to", "pay_date", "born", "decision"]
    let roster = (names.roster.keys.sorted() + rosterNames).map { "roster." + $0 }
    let elsewhere =
      after.map { "awarded('\($0)')" }
      + programmesLookedAt.flatMap { ["paid('\($0)').year", "paid('\($0)').lifetime"] }
    let limits = (limits + benefits.flatMap(\.limits)).map { "\($0.source) < \($0.times.source)" }
    let said = (sources + facts + roster + elsewhere + limits).map {
      (source: $0, words: SpokenExpression.words($0, names))
    }
    let columns = names.columns.map { column in
      (
        source: column.name,
        words: Bilingual(
          SpokenNames(names, .zh).phrase(column.name, field: nil).text,
          SpokenNames(names, .en).phrase(column.name, field: nil).text)
      )
    }
    return Phrases(columns + said, loose: sources.filter { SpokenExpression.isLoose($0, names) })
  }
}
