public import AidModel

/// A value that orders claims on a short fund.
public struct PoolKey: Sendable {
  let value: EvaluatedValue
  let descending: Bool
}

/// What one award asks of a fund.
public struct PoolClaim: Sendable {
  /// Breaks ties of `priority`.
  public let staffNo: String
  public let asked: Money
  public let least: Money?
  public let keys: [PoolKey]

  public init(staffNo: String, asked: Money, least: Money?, keys: [PoolKey]) {
    self.staffNo = staffNo
    self.asked = asked
    self.least = least
    self.keys = keys
  }
}

public enum PoolResult: Sendable, Equatable {
  case enough
  /// `stop`: so much is missing.
  case stopped(short: Money)
  /// Amounts in the order of the claims.
  case shared([Money])
  /// A scaled amount would lie below what its policy allows at least.
  case belowLeast(Int)
}

/// Shares a fund that cannot pay everybody.
public enum Pool {
  /// - Parameter claims: in record order, which breaks ties.
  public static func share(
    available: Money, among claims: [PoolClaim], rule: WhenShort, payPartial: Bool
  ) -> PoolResult {
    let asked = claims.reduce(Money.zero) { $0 + $1.asked }
    if asked <= available { return .enough }
    let amounts: [Money]
    switch rule {
    case .stop: return .stopped(short: asked - available)
    case .proRata: amounts = proRata(available, claims, asked)
    case .priority: amounts = inOrder(available, claims, payPartial)
    }
    for (index, (claim, amount)) in zip(claims, amounts).enumerated() {
      if let least = claim.least, amount.fen < least.fen, amount.fen > 0 || rule == .proRata {
        return .belowLeast(index)
      }
    }
    return .shared(amounts)
  }

  /// Largest remainder in fen: everybody gets the whole fen of the exact share; the fen left go to the largest
  /// fractions, ties in record order. The sum is exactly the fund.
  private static func proRata(_ available: Money, _ claims: [PoolClaim], _ asked: Money) -> [Money] {
    let fund = max(available, .zero).fen
    var amounts: [Money] = []
    var remainders: [(index: Int, rest: Int128)] = []
    for (i, claim) in claims.enumerated() {
      let (share, rest) = (Int128(claim.asked.fen) * Int128(fund)).quotientAndRemainder(
        dividingBy: Int128(asked.fen))
      amounts.append(Money(fen: Int64(share)))
      remainders.append((i, rest))
    }
    let given = amounts.reduce(Int64(0)) { $0 + $1.fen }
    remainders.sort { $0.rest != $1.rest ? $0.rest > $1.rest : $0.index < $1.index }
    for (index, _) in remainders.prefix(Int(fund - given)) { amounts[index] += Money(fen: 1) }
    return amounts
  }

  private static func inOrder(_ available: Money, _ claims: [PoolClaim], _ payPartial: Bool) -> [Money] {
    let order = claims.indices.sorted { a, b in
      for (x, y) in zip(claims[a].keys, claims[b].keys) {
        let order = compare(x, y)
        if order != 0 { return order < 0 }
      }
      if !claims[a].staffNo.sameScalars(as: claims[b].staffNo) {
        return claims[a].staffNo.precedes(claims[b].staffNo)
      }
      return a < b
    }
    var amounts = [Money](repeating: .zero, count: claims.count)
    var left = max(available, .zero)
    for index in order {
      let asked = claims[index].asked
      if asked <= left {
        amounts[index] = asked
        left -= asked
      } else {
        // The money ends here: nobody further down may overtake.
        if payPartial { amounts[index] = left }
        break
      }
    }
    return amounts
  }

  /// Ascending unless the key says otherwise; unknown values last either way.
  private static func compare(_ a: PoolKey, _ b: PoolKey) -> Int {
    if a.value.isUnknown || b.value.isUnknown {
      return (a.value.isUnknown ? 1 : 0) - (b.value.isUnknown ? 1 : 0)
    }
    let order: Int
    if case .text(let x) = a.value, case .text(let y) = b.value {
      order = x.sameScalars(as: y) ? 0 : (x.precedes(y) ? -1 : 1)
    } else if case .flag(let x) = a.value, case .flag(let y) = b.value {
      order = x == y ? 0 : (x ? -1 : 1)
    } else if case .flag(true) = Scope.compare(.less, a.value, b.value) {
      order = -1
    } else if case .flag(true) = Scope.compare(.greater, a.value, b.value) {
      order = 1
    } else {
      order = 0
    }
    return a.descending ? -order : order
  }
}

extension Policy {
  /// The values of the policy's `priority` keys for one award.
  public func poolKeys(rows: [Claim], roster: Claim?, period: Period, payDate: CivilDate) -> [PoolKey] {
    var scope = Scope(
      rows: rows, layout: layout, roster: roster, paid: PaidBefore(), period: period, payDate: payDate)
    return priority.map { key in
      let value = (try? scope.value(of: key.value).0) ?? .unknown(name: key.value.source, place: nil)
      return PoolKey(value: value, descending: key.descending)
    }
  }
}
