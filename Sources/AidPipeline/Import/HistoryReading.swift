import AidChecks
import AidIntake
import AidModel
import AidPolicy

/// A list of earlier payments as read; programmes are named as in the list.
struct HistoryList {
  struct Line {
    let payment: PastPayment
    let claim: Claim

    var place: Place { claim.place }
    func place(of column: String) -> Place {
      claim.place(ofColumn: claim.source.layout.index(of: column) ?? 0)
    }
  }

  let path: String
  var lines: [Line] = []

  /// The file name without its folders.
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// Lines that repeat an earlier line exactly, each with the first such line.
  var repeated: [(line: Line, first: Line)] {
    var seen: [ExactText: Int] = [:]
    return lines.indices.compactMap { i in
      let payment = lines[i].payment
      let key = ExactText(
        [
          payment.batch, payment.programme, payment.staffNo, payment.idNumber, payment.amount.plain,
          "\(payment.paidOn)", payment.state.rawValue,
        ].joined(separator: "\u{1F}"))
      if let first = seen[key] { return (lines[i], lines[first]) }
      seen[key] = i
      return nil
    }
  }
}

extension ReferenceReader {
  /// The payments in history lists, list by list. Unreadable lines are problems; an unknown status is a
  /// `stop` finding.
  mutating func history(_ paths: [String], roster: Roster? = nil) -> [HistoryList] {
    var lists: [HistoryList] = []
    for path in paths {
      let claims = claims([path], purpose: "history", layout: headings.historyLayout)
      if let list = payments(path, claims, roster) { lists.append(list) }
    }
    for i in lists.indices { lists[i].joinParts() }
    for list in lists {
      guard let first = list.repeated.first else { continue }
      findings.append(
        Finding(
          HistoryFindings.lineTwice, at: first.line.place,
          ["\(list.repeated.count)", "\(first.first.place)"]))
    }
    return lists
  }

  /// The payments of one list; nil where it has none.
  private mutating func payments(_ path: String, _ claims: [Claim], _ roster: Roster?) -> HistoryList? {
    var list = HistoryList(path: path)
    var statuses = StatusColumns(claims, words: headings.statuses.words, asked: headings.historyLayout)
    findings += statuses.findings
    for claim in claims {
      let programme = claim.text(named: "programme")
      guard case .money(let amount) = claim.value("amount"), case .date(let day) = claim.value("paid_on"),
        !programme.isEmpty,
        !claim.text(named: "staff_no").isEmpty || !claim.text(named: "id_number").isEmpty
      else {
        problems.append(
          .init(
            claim.place.description,
            Bilingual(
              "已发记录缺少项目、人员、金额或日期", "the payment record lacks programme, person, amount or date"),
            remedy: Bilingual(
              "请补齐这一行（programme、staff_no 或 id_number、amount、paid_on）。",
              "Complete the row (programme, staff_no or id_number, amount, paid_on).")))
        continue
      }
      let status = statuses.status(of: claim)
      var payment = PastPayment(
        batch: claim.text(named: "batch"), programme: programme, staffNo: staffNo(claim, roster),
        idNumber: claim.text(named: "id_number"), name: claim.text(named: "name"), amount: amount,
        paidOn: day, status: status.word, state: status.state, term: term(claim),
        record: claim.text(named: "record"), breakdown: breakdown(claim, amount))
      (payment.account, payment.phone) = (claim.text(named: "account"), claim.text(named: "phone"))
      payment.said = said(claim)
      list.lines.append(HistoryList.Line(payment: payment, claim: claim))
    }
    findings += statuses.doubts
    return list.lines.isEmpty ? nil : list
  }
}

extension ReferenceReader {
  /// What a line says about a single benefit; nil if nothing.
  private mutating func breakdown(_ claim: Claim, _ amount: Money) -> PaymentBreakdown? {
    let benefit = claim.text(named: "benefit")
    var base: Money?
    if case .money(let money) = claim.value("base") { base = money }
    let remembered = remembered(claim)
    let group = claim.text(named: "of")
    // A line without a benefit may still refer to the only one.
    if benefit.isEmpty, base == nil, group.isEmpty {
      return remembered.isEmpty ? nil : PaymentBreakdown(parts: [], remembered: remembered)
    }
    let part = PaymentPart(benefit: benefit, group: group, amount: amount, base: base)
    return PaymentBreakdown(parts: [part], remembered: remembered)
  }

  /// Parses `days = 12; visits = 3`.
  private mutating func remembered(_ claim: Claim) -> [RememberedFigure] {
    let text = claim.text(named: "remembered")
    if text.isEmpty { return [] }
    return text.split(whereSeparator: { $0 == ";" || $0 == "；" }).compactMap { item in
      let sides = item.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
      guard sides.count == 2, let value = Rational(written: sides[1]) else {
        refuse(
          claim, "remembered",
          (
            Bilingual(
              "记住的值读不懂：\(ShownText.line(text))", "remembered figures cannot be read: \(ShownText.line(text))"),
            Bilingual("写成 名称=数，用分号隔开。", "Write name=number, with semicolons between them.")
          ))
        return nil
      }
      return RememberedFigure(name: sides[0], value: value)
    }
  }

  private mutating func refuse(
    _ claim: Claim, _ column: String, _ fault: (what: Bilingual, remedy: Bilingual)
  ) {
    let place = claim.place(ofColumn: claim.source.layout.index(of: column) ?? 0)
    problems.append(.init(place.description, fault.what, remedy: fault.remedy))
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var scalars = unicodeScalars[...]
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}

extension HistoryList {
  /// Merges lines that report one payment benefit by benefit: they share the record id, or batch, programme,
  /// person, day and state, and each names a different benefit or group.
  fileprivate mutating func joinParts() {
    var joined: [Line] = []
    var open: [ExactText: Int] = [:]
    for line in lines {
      let payment = line.payment
      guard let own = payment.breakdown, !own.parts.isEmpty, let key = payment.keyOfParts else {
        joined.append(line)
        continue
      }
      if let i = open[key], let both = joined[i].payment.breakdown?.joined(with: own) {
        joined[i] = Line(
          payment: joined[i].payment.with(both, adding: payment.amount), claim: joined[i].claim)
      } else {
        open[key] = joined.count
        joined.append(line)
      }
    }
    lines = joined
  }
}

extension PastPayment {
  /// A key shared by the lines of one payment; nil if nothing links them.
  fileprivate var keyOfParts: ExactText? {
    if record.isEmpty, batch.isEmpty { return nil }
    return ExactText(
      [batch, programme, staffNo, idNumber, "\(paidOn)", state.rawValue, record].joined(separator: "\u{1F}"))
  }

  fileprivate func with(_ breakdown: PaymentBreakdown, adding more: Money) -> PastPayment {
    var payment = self
    payment.amount += more
    payment.breakdown = breakdown
    return payment
  }
}

extension PaymentBreakdown {
  /// Nil if both report the same benefit and group: then they are two payments.
  fileprivate func joined(with other: PaymentBreakdown) -> PaymentBreakdown? {
    let own = parts
    let isSame = other.parts.contains { new in
      own.contains { $0.benefit.sameScalars(as: new.benefit) && $0.group.sameScalars(as: new.group) }
    }
    if isSame { return nil }
    let more = other.remembered.filter { new in !remembered.contains { $0.name.sameScalars(as: new.name) } }
    return PaymentBreakdown(parts: own + other.parts, remembered: remembered + more)
  }
}

extension ReferenceReader {
  /// The term of a payment's batch, as `history export` writes it.
  private mutating func term(_ claim: Claim) -> Period? {
    switch (claim.value("period_from"), claim.value("period_to")) {
    case (.date(let from), .date(let to)):
      if let term = Period(from: from, to: to) { return term }
    case (.blank, .blank): return nil
    default: break
    }
    problems.append(
      .init(
        "\(claim.place)",
        Bilingual("核算期要写起止两天，先起后止", "a term has a first and a last day, in this order"),
        remedy: Bilingual(
          "请改 period_from 和 period_to，或两格都留空。", "Mend period_from and period_to, or leave both blank.")))
    return nil
  }

  /// What the paid rows said, as `history export` writes it.
  private mutating func said(_ claim: Claim) -> String {
    let said = claim.text(named: "contents")
    if RowContent.rows(said) == nil {
      problems.append(
        .init(
          "\(claim.place)",
          Bilingual("contents 一列不是 history export 写的样子", "contents is not what `history export` writes"),
          remedy: Bilingual("请原样使用导出的这一列，或整列删去。", "Use the column as it was exported, or leave it out.")))
    }
    return said
  }
}
