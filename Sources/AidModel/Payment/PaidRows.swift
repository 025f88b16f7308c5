/// Finds application rows again that an earlier payment was for, whole, parted or joined.
public struct PaidRows {
  /// Rows that say what was paid.
  public struct Found {
    /// By their places: those that say it themselves, or that few others could be.
    public var rows: Set<Int> = []
    /// Those that may be part of it: among many rows, some add up by chance, and too many cannot be tried.
    public var possible: Set<Int> = []

    public init() {}
  }

  private let paid: [RowContent]
  private let first: CivilDate?

  /// - Parameters:
  ///   - paid: what the rows of one payment said.
  ///   - term: of the payment's batch. Days two years before it begins are of no event.
  public init(_ paid: [RowContent], term: Period?) {
    self.paid = paid
    first = term?.from.adding(days: -731)
  }

  /// Of so many rows every choice is tried one by one.
  private static let choicesMax = 8
  /// Of more than these some add up to nearly anything: only rows of the same day or invoice are added up, or without.
  private static let anyDayMax = 12

  /// The places of those rows of the same person and programme that say what was paid.
  public func found(among rows: [RowContent]) -> Found {
    var found = Found()
    found.rows = Set(
      rows.indices.filter { i in
        paid.contains { other in
          switch rows[i].relation(to: other, daysFrom: first) {
          case .same: true
          case .other: false
          case .open: rows[i].isAlike(other)
          }
        }
      })
    let left = rows.indices.filter { !found.rows.contains($0) && !rows[$0].amounts.isEmpty }
    if left.isEmpty { return found }
    var sums = SubsetSums()
    // Several rows for one, or for all, of those paid; then one row for several of those paid.
    for target in paid.count > 1 ? paid + [.together(paid)] : paid {
      let parts = parts(of: target, among: left, rows, &sums)
      found.rows.formUnion(parts.rows)
      found.possible.formUnion(parts.possible)
    }
    for i in left where !found.rows.contains(i) && !found.possible.contains(i) {
      let parts = parts(of: rows[i], among: Array(paid.indices), paid, &sums)
      if !parts.rows.isEmpty {
        found.rows.insert(i)
      } else if !parts.possible.isEmpty {
        found.possible.insert(i)
      }
    }
    found.possible.subtract(found.rows)
    return found
  }

  /// Two or more of some rows that together say what one does; none where there are no such.
  private func parts(
    of whole: RowContent, among places: [Int], _ rows: [RowContent], _ sums: inout SubsetSums
  ) -> Found {
    var found = Found()
    if places.count < 2 || whole.amounts.isEmpty { return found }
    func isRight(_ chosen: [Int]) -> Bool {
      let sum = RowContent.together(chosen.map { rows[$0] })
      return !sum.amounts.isEmpty && sum.isAlike(whole) && sum.relation(to: whole, daysFrom: first) != .other
    }
    if places.count <= Self.choicesMax {
      for choice in 1..<(1 << places.count) where choice.nonzeroBitCount > 1 {
        let chosen = places.indices.filter { choice >> $0 & 1 == 1 }.map { places[$0] }
        if isRight(chosen) {
          found.rows = Set(chosen)
          break
        }
      }
      return found
    }
    if isRight(places) {
      found.rows = Set(places)
      return found
    }
    for start in places.indices.dropLast() {
      for end in (start + 1)..<min(start + Self.choicesMax, places.count) {
        let chosen = Array(places[start...end])
        if isRight(chosen) {
          found.rows = Set(chosen)
          return found
        }
      }
    }
    found.possible = possible(whole, places, rows, &sums)
    return found
  }

  /// Some of many rows that add up to what one says, in every column that both have.
  private func possible(
    _ whole: RowContent, _ places: [Int], _ rows: [RowContent], _ sums: inout SubsetSums
  ) -> Set<Int> {
    var anchors = Set(places.filter { rows[$0].relation(to: whole, daysFrom: first) != .other })
    // Two rows of other days are other events, whatever they come to.
    if anchors.isEmpty { return [] }
    let places = places.count > Self.anyDayMax ? places.filter(anchors.contains) : places
    if places.count < 2 { return [] }
    let (names, of) = columns(of: whole, places.map { rows[$0] })
    anchors.formIntersection(places)
    var chosen: Set<Int> = []
    for name in names {
      let asked = places.map { rows[$0].sum(of: of ? name : nil) }
      let given = places.indices.filter { asked[$0] != 0 }
      let answer = sums.choice(
        of: given.map { asked[$0] }, sum: whole.sum(of: name),
        isAnchor: given.map { anchors.contains(places[$0]) })
      switch answer {
      case .none: return []
      case .some(let found): chosen.formUnion(found.map { places[given[$0]] })
      case .tooMany: chosen.formUnion(anchors)
      }
    }
    return chosen
  }

  /// The columns to add up; where they are called otherwise, whether by name is false, and all of a row is one.
  private func columns(of whole: RowContent, _ rows: [RowContent]) -> (names: [String], isByName: Bool) {
    var (own, theirs): ([String], [String]) = ([], [])
    for item in whole.amounts where !own.contains(where: item.column.sameScalars) { own.append(item.column) }
    for item in rows.flatMap(\.amounts) where !theirs.contains(where: item.column.sameScalars) {
      theirs.append(item.column)
    }
    let shared = own.filter { name in theirs.contains(where: name.sameScalars) }
    if shared.isEmpty { return own.count == 1 && theirs.count == 1 ? (own, false) : ([], false) }
    // One says all that the other does: a list may have a column more.
    return shared.count == min(own.count, theirs.count) ? (shared, true) : ([], true)
  }
}

extension RowContent {
  /// What a column says, or all of them, in fen.
  fileprivate func sum(of column: String?) -> Int64 {
    amounts.reduce(0) { sum, item in
      let isAsked = column.map(item.column.sameScalars) ?? true
      return isAsked ? sum.addingReportingOverflow(item.content.fen).partialValue : sum
    }
  }
}
