public import AidModel

/// What one award asks of a fund.
public struct PoolClaim: Sendable {
  public let asked: Money
  public let least: Money?

  public init(asked: Money, least: Money?) {
    self.asked = asked
    self.least = least
  }
}

public enum PoolResult: Sendable, Equatable {
  case enough
  /// `stop`: so much is missing.
  case stopped(short: Money)
  /// Amounts in the order of the claims.
  case shared([Money])
  /// A scaled amount would lie below what its policy allows at least.
  case belowLeast(Int, share: Money)
}

/// Shares a fund that cannot pay everybody.
public enum Pool {
  /// - Parameters:
  ///   - claims: in record order, which breaks ties.
  ///   - order: their indexes in the order they are paid in; asked for by `priority` alone.
  public static func share(
    available: Money, among claims: [PoolClaim], rule: WhenShort, payPartial: Bool,
    order: () -> [Int] = { [] }
  ) -> PoolResult {
    let asked = claims.reduce(Money.zero) { $0 + $1.asked }
    if asked <= available { return .enough }
    let amounts: [Money]
    switch rule {
    case .stop: return .stopped(short: asked - available)
    case .proRata: amounts = proRata(available, claims, asked)
    case .priority: amounts = inOrder(available, claims, order(), payPartial)
    }
    for (index, (claim, amount)) in zip(claims, amounts).enumerated() {
      if let least = claim.least, amount.fen < least.fen, amount.fen > 0 || rule == .proRata {
        return .belowLeast(index, share: amount)
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

  private static func inOrder(
    _ available: Money, _ claims: [PoolClaim], _ order: [Int], _ payPartial: Bool
  ) -> [Money] {
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
}
