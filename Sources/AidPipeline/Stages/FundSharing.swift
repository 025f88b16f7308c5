import AidModel
import AidPolicy

/// Pays the awards out of their funds; where a fund is short, shares it as its policies say.
struct FundSharing {
  let plan: Plan
  let roster: Roster?
  let language: Language

  /// Settles every fund. Awards must be in record order.
  /// - Returns: the funds, and why the run must stop, if it must.
  func settle(_ awards: inout [Award]) -> (funds: [FundReport], stops: [String]) {
    var reports: [FundReport] = []
    var stops: [String] = []
    for fund in plan.file.funds {
      let members = awards.indices.filter {
        awards[$0].outcome == .paid && awards[$0].fund?.sameScalars(as: fund.name) == true
      }
      let asked = members.reduce(Money.zero) { $0 + awards[$1].amount }
      let available = fund.amount + fund.carriedOver
      var rule: String?
      if asked > available {
        let policy = plan.programmes.first { $0.policy.fund?.sameScalars(as: fund.name) == true }?.policy
        rule = (policy?.whenShort ?? .stop).rawValue
        if let stop = share(fund.name, available, members, &awards) { stops.append(stop) }
      }
      let paid = members.reduce(Money.zero) { $0 + awards[$1].amount }
      reports.append(
        FundReport(
          fund: fund.name, amount: fund.amount, carriedOver: fund.carriedOver, asked: asked, paid: paid,
          shortRule: rule))
    }
    return (reports, stops)
  }

  private func policy(of award: Award) -> Policy? {
    plan.programmes.first { $0.info.programme.sameScalars(as: award.programme) }?.policy
  }

  /// Shares a short fund; returns why the run must stop, if it must.
  private func share(
    _ fund: String, _ available: Money, _ members: [Int], _ awards: inout [Award]
  ) -> String? {
    guard let policy = members.first.flatMap({ policy(of: awards[$0]) }) else { return nil }
    let claims = members.map { index in
      let award = awards[index]
      let rows = award.rows.filter { $0.outcome == .paid }.map(\.claim)
      let entry = roster?.entry(staffNo: award.staffNo) ?? roster?.entry(idNumber: award.idNumber)
      return PoolClaim(
        record: award.record, staffNo: award.staffNo, asked: award.amount, least: award.leastAmount,
        keys: self.policy(of: award)?.poolKeys(
          rows: rows, roster: entry, period: plan.file.period, payDate: plan.file.payDate) ?? [])
    }
    switch Pool.share(
      available: available, among: claims, rule: policy.whenShort, payPartial: policy.payPartial)
    {
    case .enough: return nil
    case .stopped(let short):
      return Bilingual(
        "基金“\(fund)”不足：可用 \(available.grouped)，应发比可用多 \(short.grouped)",
        "fund '\(fund)' is short: \(available.grouped) available, \(short.grouped) more is due"
      ).text(language)
    case .belowLeast(let record):
      return Bilingual(
        "基金“\(fund)”不足，分配后 \(record) 低于办法规定的最低额",
        "fund '\(fund)' is short, and sharing it leaves \(record) below the least its policy allows"
      ).text(language)
    case .shared(let amounts):
      for (index, amount) in zip(members, amounts) where amount != awards[index].amount {
        reduce(&awards[index], to: amount, fund: fund)
      }
      return nil
    }
  }

  private func reduce(_ award: inout Award, to amount: Money, fund: String) {
    let before = award.amount
    do {
      try award.trace.take("pool", clause: nil, .pool(amount, fund: fund))
    } catch {
      preconditionFailure("setting an amount cannot overflow")
    }
    award.reasons.append(
      Reason(
        code: "pool",
        text: Bilingual(
          "基金“\(fund)”不足：应发 \(before.grouped)，实发 \(amount.grouped)",
          "fund '\(fund)' is short: \(before.grouped) due, \(amount.grouped) paid"
        ).text(language)))
    if amount == .zero {
      award.outcome = .zero
      for i in award.rows.indices where award.rows[i].outcome == .paid { award.rows[i].outcome = .zero }
    }
  }
}
