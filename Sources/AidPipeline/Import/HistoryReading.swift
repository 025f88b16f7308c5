import AidChecks
import AidIntake
import AidModel
import AidPolicy

/// A list of earlier payments as it was read: programmes are as the list calls them.
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

  /// The file's name, without its folders.
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// For each line the first one before it that says the very same, where there is one.
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
  /// The payments that history lists tell of, list by list. What cannot be read is a problem; a status nobody knows a
  /// `stop` finding.
  mutating func history(_ paths: [String], roster: Roster? = nil) -> [HistoryList] {
    var lists: [HistoryList] = []
    var unknown: [(word: String, kind: FindingKind, place: Place, count: Int)] = []
    for claim in claims(
      paths, purpose: "history", layout: headings.historyLayout)
    {
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
      let word = claim.text(named: "status")
      let state = headings.statuses.words.state(of: word)
      if state == nil || state == .partial {
        let kind = state == nil ? HistoryFindings.statusUnknown : HistoryFindings.statusPartial
        if let known = unknown.firstIndex(where: { $0.word.sameScalars(as: word) }) {
          unknown[known].count += 1
        } else {
          let column = headings.historyLayout.index(of: "status") ?? 0
          unknown.append((word, kind, claim.place(ofColumn: column), 1))
        }
      }
      let payment = PastPayment(
        batch: claim.text(named: "batch"), programme: programme, staffNo: staffNo(claim, roster),
        idNumber: claim.text(named: "id_number"), name: claim.text(named: "name"), amount: amount,
        paidOn: day, status: word,
        state: state ?? .inTransit)
      if lists.last?.lines.last?.claim.source.file.sameScalars(as: claim.source.file) != true {
        lists.append(HistoryList(path: claim.source.file))
      }
      lists[lists.count - 1].lines.append(HistoryList.Line(payment: payment, claim: claim))
    }
    findings += unknown.map { found in
      Finding(
        found.kind, at: found.place, column: "status",
        [found.word, "\(found.count)", headings.statuses.words.sample])
    }
    for list in lists {
      guard let first = list.repeated.first else { continue }
      findings.append(
        Finding(
          HistoryFindings.lineTwice, at: first.line.place,
          ["\(list.repeated.count)", "\(first.first.place)"]))
    }
    return lists
  }
}

extension StatusWords {
  /// Some words of each state, for a message.
  fileprivate var sample: String {
    words.map { state, words in "\(state.rawValue): " + words.prefix(9).joined(separator: " ") }
      .joined(separator: "; ")
  }
}
