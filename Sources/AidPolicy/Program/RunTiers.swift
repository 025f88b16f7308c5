import AidModel

/// A tier as it was worked out for an award.
struct FoundTier<Number: PolicyNumber> {
  /// Which of the policy's tiers.
  let index: Int
  let from: Number
  let to: Number?
  /// Worked out where an amount reaches the tier.
  let rate: Int32
}

/// The band an amount is in.
struct FoundBand<Number: PolicyNumber> {
  let index: Int
  let low: Number?
  let high: Number?
  /// The register of what it gives.
  let value: Int32
}

/// Tiers and bands whose figures are worked out for each award: first the edges, then what is reached.
extension ProgramRun {
  func findTiers(_ table: Int, _ site: Int) -> Bool {
    let r = registers
    tiersFound.removeAll(keepingCapacity: true)
    for (index, tier) in program.computedTiers[table].enumerated() {
      let (from, to) = (r[Int(tier.from)], tier.to < 0 ? nil : r[Int(tier.to)])
      // What ends before it begins holds nothing.
      if !tier.isFixed, let to, to.compare(from) <= 0 { continue }
      tiersFound.append(FoundTier(index: index, from: from, to: to, rate: tier.rate))
    }
    let meet = zip(tiersFound, tiersFound.dropFirst()).allSatisfy { low, high in
      low.to.map { $0.compare(high.from) == 0 } ?? false
    }
    if !meet { return holdUnsound(site) }
    tierLow = tiersFound.first?.from
    for tier in program.computedTiers[table] { registers[Int(tier.isReached)] = Number(false) }
    tiersFound.removeAll { amount.compare($0.from) <= 0 }
    for tier in tiersFound {
      registers[Int(program.computedTiers[table][tier.index].isReached)] = Number(true)
    }
    return true
  }

  func applyTiers() throws(TooWide) {
    var sum = Number.zero
    for tier in tiersFound {
      var top = amount
      if let to = tier.to, amount.compare(to) > 0 { top = to }
      sum = try sum + (top - tier.from) * registers[Int(tier.rate)]
    }
    amount = sum
  }

  func findBand(_ table: Int, _ site: Int, into target: Int) -> Bool {
    let r = registers
    let bands = program.computedBands[table]
    func end(_ register: Int32) -> Number? { register < 0 ? nil : r[Int(register)] }
    /// Bands that some amount can be in.
    let used = bands.indices.filter { i in
      guard !bands[i].isFixed, let low = end(bands[i].low), let high = end(bands[i].high) else { return true }
      let order = low.compare(high)
      return order < 0 || (order == 0 && bands[i].lowIncluded && bands[i].highIncluded)
    }
    let meet = zip(used, used.dropFirst()).allSatisfy { i, j in
      guard let high = end(bands[i].high), let low = end(bands[j].low) else { return false }
      return high.compare(low) == 0 && bands[i].highIncluded != bands[j].lowIncluded
    }
    if !meet { return holdUnsound(site) }
    bandLow = used.first.flatMap { first in end(bands[first].low).map { ($0, bands[first].clause) } }
    bandFound = nil
    for i in used {
      let (low, high) = (end(bands[i].low), end(bands[i].high))
      if let low, amount.compare(low) < (bands[i].lowIncluded ? 0 : 1) { continue }
      if let high, amount.compare(high) > (bands[i].highIncluded ? 0 : -1) { continue }
      bandFound = FoundBand(index: i, low: low, high: high, value: bands[i].value)
      break
    }
    r[target] = Number(Int64(bandFound?.index ?? -1))
    return true
  }

  /// Tiers that do not meet, or a window that ends before it begins.
  func holdUnsound(_ site: Int) -> Bool {
    hold(
      PolicyFindings.tiersUnsound, at: firstInputPlace(from: log.inputsBegin), [program.sites[site].source])
  }
}
