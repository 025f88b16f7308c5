public import AidModel

/// What an award asks of the places of its group.
public struct PlaceClaim: Sendable {
  /// Who asks: with `award_per: row` several claims of one person take one place.
  public let person: Int
  public let group: String
  /// How many persons of the group are paid; nil: as many as ask.
  public let count: Rational?
  /// How much money of the group is paid, in yuan; nil: whatever is asked.
  public let amount: Rational?
  public let asked: Money

  public init(person: Int, terms: PlaceTerms, asked: Money) {
    (self.person, self.asked) = (person, asked)
    (group, count, amount) = (terms.group, terms.count, terms.amount)
  }
}

/// What the policy's `places` come to for one award.
public struct PlaceTerms: Sendable {
  public let group: String
  public let count: Rational?
  public let amount: Rational?
}

/// What the places leave of an award.
public struct PlaceResult: Sendable, Equatable {
  /// The person's place among those of the group, from 1.
  public let rank: Int
  /// Zero: there is no place, or no money, for it.
  public let paid: Money

  public init(rank: Int, paid: Money) { (self.rank, self.paid) = (rank, paid) }
}

public enum PlaceSharing {
  private struct Group {
    let name: String
    var people: [Int] = []
    var seated: Set<Int> = []
    var paid = Money.zero
    /// The money of the group has ended: nobody further down overtakes.
    var hasEnded = false
  }

  /// - Parameter claims: in the order they are paid in.
  public static func share(_ claims: [PlaceClaim], payPartial: Bool) -> [PlaceResult] {
    var groups: [ExactText: Group] = [:]
    return claims.map { claim in
      var group = groups[ExactText(claim.group)] ?? Group(name: claim.group)
      defer { groups[ExactText(claim.group)] = group }
      if group.people.last != claim.person, !group.people.contains(claim.person) {
        group.people.append(claim.person)
      }
      let rank = (group.people.lastIndex(of: claim.person) ?? 0) + 1
      let paid = Self.paid(claim, in: &group, payPartial)
      return PlaceResult(rank: rank, paid: paid)
    }
  }

  private static func paid(_ claim: PlaceClaim, in group: inout Group, _ payPartial: Bool) -> Money {
    if group.hasEnded { return .zero }
    if !group.seated.contains(claim.person), let count = claim.count,
      Rational(Int64(group.seated.count)) >= count
    {
      return .zero
    }
    var paid = claim.asked
    if let amount = claim.amount {
      let room = Money(
        fen: max(0, ((try? Money(yuan: amount, rounding: .down)) ?? .zero).fen - group.paid.fen))
      if claim.asked > room {
        group.hasEnded = true
        paid = payPartial ? room : .zero
      }
    }
    if paid > .zero { group.seated.insert(claim.person) }
    group.paid += paid
    return paid
  }
}

extension Policy {
  /// What the places come to for an award.
  /// - Parameter rows: those of the award that count.
  /// - Returns: nil where the policy has no places, or something about them is not known; then the award waits already.
  public func placeTerms(_ person: PersonCase, rows: [Claim]) -> PlaceTerms? {
    guard places != nil else { return nil }
    var assessor = PersonAssessor(policy: self, person: person, rows: rows, paid: person.paid, decision: nil)
    return assessor.placeTerms()
  }

  public var placesClause: String? { places?.clause }

  /// Why an award without a place, or with less money than it asks, gets what it gets.
  public func reasonOfPlaces(_ result: PlaceResult, _ terms: PlaceTerms, language: Language) -> Reason {
    let group = terms.group.isEmpty ? "" : Masking.text(terms.group)
    var limits: [Bilingual] = []
    if let count = terms.count { limits.append(Bilingual("名额 \(count) 人", "places for \(count)")) }
    if let amount = terms.amount { limits.append(Bilingual("金额 \(amount) 元", "\(amount) yuan")) }
    let words = Bilingual(
      limits.map(\.zh).joined(separator: "、"), limits.map(\.en).joined(separator: " and "))
    let text = Bilingual(
      (group.isEmpty ? "" : "“\(group)”") + "\(words.zh)，排在第 \(result.rank)",
      (group.isEmpty ? "" : "'\(group)': ") + "\(words.en), this is number \(result.rank)")
    return Reason(code: "places", text: text.text(language), clause: places?.clause)
  }
}

extension PersonAssessor {
  /// Nil after holding the award for what is not known.
  mutating func placeTerms() -> PlaceTerms? {
    guard let places = policy.places else { return nil }
    var group = ""
    if let by = places.by {
      let (value, _) = scope.answer(to: by)
      if value.isUnknown {
        holdUnknown(value, in: by)
        return nil
      }
      group = Table.text(of: value)
    }
    var figures: [Rational?] = []
    for figure in [places.count, places.amount] {
      guard let figure else {
        figures.append(nil)
        continue
      }
      guard let value = number(figure) else { return nil }
      figures.append(value.amount)
    }
    return PlaceTerms(group: group, count: figures[0], amount: figures[1])
  }
}
