import AidModel
import AidPolicy

/// Pays the awards out of their funds; shares a short fund as the policies say.
struct FundSharing {
  let plan: Plan
  let assessor: Assessor
  let recordOrder: RecordOrder
  let threads: Int

  private var language: Language { assessor.language }

  /// Settles every fund.
  /// - Precondition: entries are in record order.
  /// - Returns: the funds, and why the run must stop.
  func settle(_ book: inout AwardBook) -> (funds: [FundReport], stops: [Stop]) {
    takePlaces(&book)
    var reports: [FundReport] = []
    var stops: [Stop] = []
    for fund in plan.file.funds {
      let own = plan.programmes.map { $0.policy.fund?.sameScalars(as: fund.name) == true }
      let members = book.entries.indices.filter {
        book.entries[$0].outcome == .paid && own[Int(book.entries[$0].programme)]
      }
      let asked = members.reduce(Money.zero) { $0 + book.entries[$1].due }
      let available = fund.amount + fund.carriedOver
      var rule: String?
      if asked > available,
        let policy = members.first.map({ plan.programmes[Int(book.entries[$0].programme)].policy })
      {
        rule = policy.whenShort.rawValue
        if let stop = share(fund.name, available, members, as: policy, &book) { stops.append(stop) }
      }
      let paid = members.reduce(Money.zero) { $0 + book.entries[$1].amount }
      reports.append(
        FundReport(
          fund: fund.name, amount: fund.amount, carriedOver: fund.carriedOver, asked: asked, paid: paid,
          shortRule: rule))
    }
    return (reports, stops)
  }

  /// Gives the places of each group to those who come first.
  private func takePlaces(_ book: inout AwardBook) {
    for (number, programme) in plan.programmes.enumerated() where programme.policy.hasPlaces {
      let members = book.entries.indices.filter {
        book.entries[$0].outcome == .paid && Int(book.entries[$0].programme) == number
      }
      if members.isEmpty { continue }
      let order = PayingOrder(assessor: assessor, recordOrder: recordOrder, threads: threads)
        .order(of: members, in: book)
      let inOrder = order.map { members[$0] }
      let claims = inOrder.map { index in
        let entry = book.entries[index]
        guard let terms = assessor.placeTerms(entry, of: book.award(entry)) else {
          preconditionFailure("an award whose place cannot be told waits")
        }
        return PlaceClaim(person: Int(entry.applicant), terms: terms, asked: entry.due)
      }
      let results = PlaceSharing.share(claims, payPartial: programme.policy.payPartial)
      for (index, result) in zip(inOrder, results) where result.paid != book.entries[index].due {
        book.entries[index].rank = Int32(result.rank)
        (book.entries[index].due, book.entries[index].amount) = (result.paid, result.paid)
        if result.paid == .zero { book.entries[index].outcome = .refused }
      }
    }
  }

  static let placesKey = "places"

  /// What the places left of an award.
  static func takePlaces(
    _ award: inout Award, _ entry: AwardEntry, _ policy: Policy, _ terms: PlaceTerms, language: Language
  ) {
    let result = PlaceResult(rank: Int(entry.rank), paid: entry.due)
    do {
      try award.trace.take(
        placesKey, clause: policy.placesClause,
        .places(result.paid, group: terms.group, rank: result.rank))
    } catch {
      preconditionFailure("setting an amount cannot overflow")
    }
    let reason = policy.reasonOfPlaces(result, terms, language: language)
    if result.paid == .zero {
      award.reasons = [reason]
      award.settle(as: .refused, because: reason)
    } else {
      award.reasons.append(reason)
    }
  }

  /// Shares a short fund; returns why the run must stop, if it must.
  private func share(
    _ fund: String, _ available: Money, _ members: [Int], as policy: Policy, _ book: inout AwardBook
  ) -> Stop? {
    let claims = members.map {
      PoolClaim(asked: book.entries[$0].due, least: book.entries[$0].leastAmount)
    }
    let result = Pool.share(
      available: available, among: claims, rule: policy.whenShort, payPartial: policy.payPartial
    ) {
      PayingOrder(assessor: assessor, recordOrder: recordOrder, threads: threads).order(of: members, in: book)
    }
    switch result {
    case .enough: return nil
    case .stopped(let short):
      return Stop(
        Bilingual(
          "基金“\(fund)”不足：可用 \(available.grouped)，应发比可用多 \(short.grouped)",
          "fund '\(fund)' is short: \(available.grouped) available, \(short.grouped) more is due"),
        remedy: Bilingual(
          "请增加基金，或在办法中写明 when_short（pro_rata 按比例，priority 按顺序）。",
          "Raise the fund, or say in the policy what happens (when_short: pro_rata or priority)."), language)
    case .belowLeast(let index, let share):
      let entry = book.entries[members[index]]
      let who = book.claimant(of: entry)
      let shown = [who.unit, who.name, who.staffNo].filter { !$0.isEmpty }.joined(separator: " ")
      let least = (entry.leastAmount ?? .zero).grouped
      return Stop(
        Bilingual(
          "基金“\(fund)”不足，分配后 \(shown) 得 \(share.grouped)，低于办法规定的最低额 \(least)",
          "fund '\(fund)' is short, and sharing it leaves \(shown) with \(share.grouped), below the least its policy "
            + "allows, \(least)"),
        remedy: Bilingual(
          "请增加基金，或由评审改定金额与人数。", "Raise the fund, or let the committee change amounts or people."), language)
    case .shared(let amounts):
      for (index, amount) in zip(members, amounts) where amount != book.entries[index].due {
        book.entries[index].amount = amount
        book.entries[index].isShared = true
        if amount == .zero { book.entries[index].outcome = .zero }
      }
      return nil
    }
  }

  /// What people really get from a short fund, for programmes that other policies look at.
  static func lookedAt(_ book: AwardBook, programmes: [Plan.Programme]) -> [ApplicantKey: Money] {
    let named = programmes.flatMap(\.policy.after).map { ExactText($0) }
    let isNamed = programmes.map { named.contains(ExactText($0.info.programme)) }
    func seat(_ entry: AwardEntry) -> ApplicantKey {
      ApplicantKey(programme: Int(entry.programme), applicant: Int(entry.applicant))
    }
    var shares: [ApplicantKey: Money] = [:]
    for entry in book.entries where (entry.isShared || entry.rank > 0) && isNamed[Int(entry.programme)] {
      shares[seat(entry)] = .zero
    }
    if shares.isEmpty { return shares }
    for entry in book.entries { shares[seat(entry)]? += entry.amount }
    return shares
  }

  static let stepKey = "pool"

  /// The step that shares a short fund, the same for everyone.
  static func form(of fund: String) -> StepForm {
    StepForm(key: stepKey, benefit: nil, variants: [StepForm.Variant(.pool(.zero, fund: fund), clause: nil)])
  }

  /// Why an award is another than the policy gives.
  static func reason(
    _ entry: AwardEntry, of fund: String, _ policy: Policy, language: Language
  ) -> Reason {
    let zh = language == .zh
    var text = TextBuffer(capacity: 256)
    text.append(zh ? "基金“" : "fund '")
    text.append(fund)
    text.append(zh ? "”不足：应发 " : "' is short: ")
    text.append(entry.due, grouping: true)
    text.append(zh ? "，实发 " : " due, ")
    text.append(entry.amount, grouping: true)
    if !zh { text.append(" paid") }
    if let remark = policy.remark(onShared: entry.amount) {
      text.append(zh ? "，" : ", ")
      text.append(remark.text(language))
    }
    return Reason(code: stepKey, text: text.text)
  }

  /// What became of an award after the policy had its say: its share of a short fund.
  static func share(
    _ award: inout Award, _ entry: AwardEntry, of fund: String, _ policy: Policy, language: Language
  ) {
    do {
      try award.trace.take(stepKey, clause: nil, .pool(entry.amount, fund: fund))
    } catch {
      preconditionFailure("setting an amount cannot overflow")
    }
    award.reasons.append(reason(entry, of: fund, policy, language: language))
    if entry.amount == .zero { award.settle(as: .zero) }
  }
}
