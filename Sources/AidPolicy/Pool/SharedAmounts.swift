public import AidModel

/// What a short fund may do to an award that the policy's own last steps would not.
extension Policy {
  /// What is to be said of an amount that a short fund has left; nil where there is nothing.
  public func remark(onShared amount: Money) -> Bilingual? {
    guard amount > .zero else { return nil }
    var (zh, en): ([String], [String]) = ([], [])
    if amount.fen % rounding.unit != 0 {
      let unit = Money(fen: rounding.unit).plain
      zh.append("不是 \(unit) 元的整数倍")
      en.append("no multiple of \(unit)")
    }
    if let least = leastWritten, amount < least {
      zh.append("低于最低补助 \(least.plain) 元")
      en.append("below the minimum of \(least.plain)")
    }
    return zh.isEmpty ? nil : Bilingual(zh.joined(separator: "、"), en.joined(separator: ", "))
  }

  /// The largest `minimum` or `at_least` that is written out.
  private var leastWritten: Money? {
    benefits.flatMap(\.steps).compactMap { step in
      switch step {
      case .minimum(let least), .atLeast(let least): least.amount.constant.flatMap { Money(exactly: $0) }
      default: nil
      }
    }.max()
  }
}
