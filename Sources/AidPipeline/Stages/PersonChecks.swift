import AidChecks
import AidModel
import AidPolicy

/// Payments and decisions that may concern people but do not clearly identify them.
struct PersonChecks {
  let claims: [Claim]
  let persons: Persons
  let payments: [PastPayment]
  let decisions: DecisionBook
  let plan: Plan
  let hasRoster: Bool

  var findings: [Finding] {
    doubtfulPayments + doubtfulDecisions + namesakes + paidUnderOtherNumbers + tied + unknownSpouses
      + currentIDs
  }

  /// Payments that may have been this person's: until that is settled, the amount due is unknown.
  private var doubtfulPayments: [Finding] {
    var seen: Set<Int32> = []
    return persons.paymentDoubts.flatMap { doubt -> [Finding] in
      let payment = payments[doubt.payment]
      if !payment.counts { return [] }
      return rows(of: doubt.person, concernedBy: payment.programme).filter { seen.insert($0).inserted }.map {
        let claim = claims[Int($0)]
        switch doubt.reason {
        case .spelling:
          return finding(PipelineFindings.paymentUnsure, claim, payment, Persons.alikeDifference)
        case .otherID:
          return finding(
            PipelineFindings.paymentUnsure, claim, payment,
            Bilingual("工号相同，证件号不同", "the staff number is the same, the ID number another"))
        }
      }
    }
  }

  private func finding(
    _ kind: FindingKind, _ claim: Claim, _ payment: PastPayment, _ why: Bilingual
  ) -> Finding {
    Finding(
      kind, at: claim.place,
      [
        "\(payment.paidOn)", payment.amount.grouped,
        payment.staffNo.isEmpty ? Masking.idNumber(payment.idNumber) : payment.staffNo, why.zh, why.en,
      ])
  }

  /// The person's rows in programmes that look at payments of this one.
  private func rows(of person: Int, concernedBy programme: String) -> [Int32] {
    persons.rows(of: person).filter { number in
      let own = claims[Int(number)].source.layout.programme
      if own.sameScalars(as: programme) { return true }
      return plan.programmes.contains { one in
        one.info.programme.sameScalars(as: own)
          && (one.policy.exclusions.map(\.with) + one.policy.after).contains { $0.sameScalars(as: programme) }
      }
    }
  }

  private var doubtfulDecisions: [Finding] {
    decisions.unsure.flatMap { unsure in
      unsure.persons.flatMap { person in
        persons.rows(of: person).map { claims[Int($0)] }
          .filter { $0.source.layout.programme.sameScalars(as: unsure.decision.programme) }
          .map {
            Finding(
              PipelineFindings.decisionUnsure, at: $0.place,
              ["\(unsure.decision.decision.place)", unsure.decision.staffNo])
          }
      }
    }
  }

  /// If the applicant has one kind of number only and the payment the other, only the name connects them.
  private var namesakes: [Finding] {
    let applicants = (0..<persons.applicantCount).filter {
      persons.hasStaffNo($0) != persons.hasIDNumber($0)
    }
    if applicants.isEmpty { return [] }
    let strange = payments.indices.filter { number in
      let payment = payments[number]
      return payment.counts && payment.staffNo.isEmpty != payment.idNumber.isEmpty
        && persons.person(ofPayment: number) >= persons.applicantCount
    }
    return [true, false].flatMap { byStaffNo -> [Finding] in
      let mine = applicants.filter { persons.hasStaffNo($0) == byStaffNo }
      let theirs = strange.map { payments[$0] }.filter { $0.staffNo.isEmpty == byStaffNo }
      return mine.isEmpty || theirs.isEmpty ? [] : namesakes(mine, theirs)
    }
  }

  /// Without a roster nothing tells whether the same name with the same account, or the same telephone, under other
  /// numbers is another person: as within one batch, the rows wait.
  private var paidUnderOtherNumbers: [Finding] {
    if hasRoster { return [] }
    let ways: [(CommonColumn, (PastPayment) -> String, Bilingual)] = [
      (.account, \.account, Bilingual("姓名和账号相同，号码不同", "the same name and account under other numbers")),
      (.phone, \.phone, Bilingual("姓名和电话相同，号码不同", "the same name and telephone under other numbers")),
    ]
    var seen: Set<Int32> = []
    return ways.flatMap { column, text, why -> [Finding] in
      var paid: [UInt64: [Int]] = [:]
      for (number, payment) in payments.enumerated() where payment.counts {
        let contact = text(payment)
        if payment.name.isEmpty || contact.isEmpty { continue }
        paid[FNV.wideHash(payment.name) ^ FNV.wideHash(contact) &* 31, default: []].append(number)
      }
      if paid.isEmpty { return [] }
      return claims.indices.flatMap { row -> [Finding] in
        guard let name = claims[row].hash(of: .name), let contact = claims[row].hash(of: column),
          let alike = paid[name ^ contact &* 31]
        else { return [] }
        let person = persons.person(ofClaim: row)
        let others = alike.filter { number in
          persons.person(ofPayment: number) != person
            && payments[number].name.sameScalars(as: claims[row].text(.name))
            && text(payments[number]).sameScalars(as: claims[row].text(column))
        }
        for other in others {
          let concerned = rows(of: person, concernedBy: payments[other].programme)
          if concerned.isEmpty { continue }
          return concerned.filter { seen.insert($0).inserted }.map {
            finding(PipelineFindings.paymentUnsure, claims[Int($0)], payments[other], why)
          }
        }
        return []
      }
    }
  }

  private func namesakes(_ people: [Int], _ payments: [PastPayment]) -> [Finding] {
    var byName: [ExactText: [PastPayment]] = [:]
    for payment in payments where !payment.name.isEmpty {
      byName[ExactText(payment.name), default: []].append(payment)
    }
    let why = Bilingual(
      "姓名相同，一处只有工号，一处只有证件号", "the same name, once with a staff number alone, once with an ID number alone")
    var findings: [Finding] = []
    for person in people where !byName.isEmpty {
      guard
        let name = persons.rows(of: person).lazy.map({ claims[Int($0)].text(.name) }).first(where: {
          !$0.isEmpty
        })
      else { continue }
      for payment in byName[ExactText(name)] ?? [] {
        findings += rows(of: person, concernedBy: payment.programme).map {
          finding(PipelineFindings.paymentUnsure, claims[Int($0)], payment, why)
        }
      }
    }
    let nameless = payments.filter { payment in
      payment.name.isEmpty && people.contains { !rows(of: $0, concernedBy: payment.programme).isEmpty }
    }
    if let first = nameless.first, let row = people.first.flatMap({ persons.rows(of: $0).first }) {
      let written = first.staffNo.isEmpty ? Bilingual("证件号", "ID number") : Bilingual("工号", "staff number")
      let other = first.staffNo.isEmpty ? Bilingual("工号", "staff number") : Bilingual("证件号", "ID number")
      findings.append(
        Finding(
          PipelineFindings.paymentsUntied, at: Place(claims[Int(row)].source),
          ["\(nameless.count)", written.zh, "\(people.count)", other.zh, written.en, other.en]))
    }
    return findings
  }

  /// Spouse ID numbers that match no one, while some applicants have no known ID number: the household rule
  /// cannot see whether they are couples.
  private var unknownSpouses: [Finding] {
    plan.programmes.filter { $0.policy.hasHouseholdCap || $0.policy.isOnePerHousehold }.flatMap {
      unknownSpouses(in: $0.info.programme)
    }
  }

  private func unknownSpouses(in programme: String) -> [Finding] {
    let numbers = claims.indices.filter { claims[$0].source.layout.programme.sameScalars(as: programme) }
    let naming = numbers.filter { number in
      let spouse = claims[number].text(.spouseID)
      return !spouse.isEmpty
        && !(persons.person(idNumber: spouse).map { $0 < persons.applicantCount } ?? false)
    }
    let nameless = numbers.filter { !persons.hasIDNumber(persons.person(ofClaim: $0)) }
    guard let first = naming.first, !nameless.isEmpty else { return [] }
    var byName: [ExactText: [Int]] = [:]
    for number in nameless { byName[ExactText(claims[number].text(.name)), default: []].append(number) }
    var seen: Set<Int> = []
    let unsure = naming.flatMap { number -> [Finding] in
      let name = claims[number].text(.spouseName)
      let others = name.isEmpty ? [] : byName[ExactText(name)] ?? []
      return others.flatMap { [(number, $0), ($0, number)] }.filter { seen.insert($0.0).inserted }.map {
        Finding(PipelineFindings.spouseUnsure, at: claims[$0.0].place, ["\(claims[$0.1].place)"])
      }
    }
    if naming.allSatisfy({ !claims[$0].text(.spouseName).isEmpty }) { return unsure }
    return unsure + [
      Finding(
        PipelineFindings.spousesUnknown, at: Place(claims[first].source), column: "spouse_id",
        ["\(naming.count)", "\(nameless.count)"])
    ]
  }

  /// Rows whose ID number the ledger has in its 18-digit form.
  private var currentIDs: [Finding] {
    persons.currentIDs.rows.map { number in
      let claim = claims[number]
      let old = claim.text(.idNumber)
      return Finding(
        PipelineFindings.idInEighteenDigits, at: claim.place(ofColumn: CommonColumn.idNumber.rawValue),
        column: "id_number",
        [Masking.idNumber(old), Masking.idNumber(persons.currentIDs.current(old))])
    }
  }

  /// Payments matched by name and a staff number that lost its zeros.
  private var tied: [Finding] {
    persons.tiedByName.flatMap { number -> [Finding] in
      let payment = payments[number]
      guard let row = persons.rows(of: persons.person(ofPayment: number)).first else { return [] }
      return [
        Finding(
          PipelineFindings.paymentZeros, at: claims[Int(row)].place,
          ["\(payment.paidOn)", payment.amount.grouped, payment.staffNo])
      ]
    }
  }
}
