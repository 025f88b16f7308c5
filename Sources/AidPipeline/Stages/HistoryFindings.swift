import AidIntake
import AidModel

/// Findings about lists of earlier payments.
enum HistoryFindings {
  /// {1} the word, {2} lines, {3} some known words.
  static let statusUnknown = FindingKind(
    code: "STATUS-UNKNOWN", severity: .stop,
    title: Bilingual("发放状态不认识", "A status nobody knows"),
    message: Bilingual(
      "状态“{1}”不认识（{2} 行）：说不出这笔钱在不在本人手里。认识的有：{3} …",
      "status '{1}' is not known ({2} lines): whether the person has the money cannot be told. Known: {3} …"),
    why: Bilingual(
      "退回的当成已发，本人就领不到；已发的当成退回，就会再发一次。程序不猜。",
      "Money that came back counted as paid leaves the person without; paid counted as returned pays twice. It is "
        + "not guessed."),
    remedy: Bilingual(
      "请改成 Templates/statuses.yaml 里的字样，或把这个字样补进其中合适的一类；不写状态就是已发放。",
      "Use a word of Templates/statuses.yaml, or add this one to its state there; a blank status is paid."),
    example: "部分成功 / 已核")

  /// {1} the word, {2} lines. Shares the code.
  static let statusPartial = FindingKind(
    code: "STATUS-UNKNOWN", severity: .stop, title: statusUnknown.title,
    message: Bilingual(
      "状态“{1}”没有说到账多少（{2} 行）", "status '{1}' does not say how much arrived ({2} lines)"),
    why: statusUnknown.why,
    remedy: Bilingual(
      "请把这一笔写成两行：到账的金额写“已发放”，其余的金额写“失败”或“退票”。",
      "Write the payment as two lines: the amount that arrived as paid, the rest as failed or returned."),
    example: "部分成功")

  /// {1} {2} the columns with what they say, {3} lines. Shares the code.
  static let statusesDiffer = FindingKind(
    code: "STATUS-UNKNOWN", severity: .stop, title: statusUnknown.title,
    message: Bilingual(
      "同一行里两处说法对不上（{3} 行）：{1}，{2}；说不出这笔钱在不在本人手里",
      "two cells of a line do not go together ({3} lines): {1}, {2}; whether the person has the money cannot be told"
    ),
    why: statusUnknown.why,
    remedy: Bilingual(
      "请在“状态”一列写明实情（已发放、失败、退票 …），把说法不同的那一列改对或删去。",
      "Say in the status column what became of the payment (paid, failed, returned …), and correct or remove the other "
        + "column."),
    example: "状态=已发放 / 处理结果=退票")

  /// {1} heading. Shares the code of unknown columns.
  static let columnOfStatuses = FindingKind(
    code: IntakeFindings.columnUnknown.code, severity: .note, title: IntakeFindings.columnUnknown.title,
    message: Bilingual(
      "不认识列名“{1}”，各格都是发放状态的字样，按状态读",
      "The heading '{1}' is not known; its cells are words of a status, and it is read as one"),
    why: Bilingual("退回的款当成已发，本人就领不到。", "Money that came back counted as paid leaves the person without."),
    remedy: Bilingual("若说的不是这笔钱的下落，请删去这一列。", "If it is not about the payment, remove the column."),
    example: "处理情况=退票")

  /// {1} how many lines, {2} place of the line that the first one repeats.
  static let lineTwice = FindingKind(
    code: "ROW-TWICE", severity: .note,
    title: Bilingual("已发记录中有完全相同的行", "Equal lines in a list of earlier payments"),
    message: Bilingual(
      "有 {1} 行与前面的行完全相同（这一行与 {2}），各按一笔计入",
      "{1} lines say what an earlier line says (this one: {2}); each counts as a payment of its own"),
    why: Bilingual(
      "可能真是两笔，也可能是同一笔抄了两遍；抄重的会压低限额的余额。",
      "They may be two payments, or one written twice, which uses up room under caps."),
    remedy: Bilingual("请核对；抄重的请删去一行。", "Check, and remove a line that was written twice."),
    example: "2023-06 同一人两行 24950.00")

  /// {1} lines, {2} {3} the first one's state before and now, {4} {5} the same in English. Shares the code of
  /// known payments.
  static let stateChanged = FindingKind(
    code: "HISTORY-KNOWN", severity: .note, title: PipelineFindings.historyKnown.title,
    message: Bilingual(
      "有 {1} 行说的是已知的发放，情形有了变化（这一行：{2} → {3}），以这里为准",
      "{1} lines tell of known payments of which something else has become (this one: {4} → {5})"),
    why: Bilingual(
      "退回的不再计入限额，确已发放的开始计入。", "What came back no longer counts towards caps; what was paid does."),
    remedy: Bilingual("请核对变化的各行。", "Check the lines that changed."), example: "已发放 → 退票")

  /// {1} amount, {2} day, {3} the batch.
  static let earlierWaits = FindingKind(
    code: "EARLIER-WAITS", severity: .hold,
    title: Bilingual("以前的一笔还在途", "An earlier payment is still in transit"),
    message: Bilingual(
      "此人以前的一笔 {1}（{2}）还在途，到没到账还不知道，而办法要看以前发过多少",
      "an earlier payment of {1} ({2}) is in transit; whether it arrived is not known, and the policy looks at what "
        + "was paid"),
    why: Bilingual(
      "算作已发可能少给，不算又可能多给。", "Counted it may pay too little, not counted too much."),
    remedy: Bilingual(
      "请查明那一笔到账没有，用 history import 导入写明状态（已发放、失败、退票）的记录，再运行。",
      "Find out whether it arrived, import the line with its status (paid, failed, returned) with `history import`, "
        + "and run again."),
    example: "2023-06 批次 5000.00 处理中")

  /// {1} batch, day and amount of the payment.
  static let rowPaid = FindingKind(
    code: "ROW-PAID", severity: .hold,
    title: Bilingual("这一行以前已经发过", "The row was paid in an earlier batch"),
    message: Bilingual(
      "这一行说的事（人、项目、金额、日期、票据）已经发过，或看不出是另一件事：{1}",
      "what the row says (person, programme, amounts, dates, invoice) was paid before, or cannot be told from it: {1}"
    ),
    why: Bilingual(
      "同一张名单换一个批次名再发，就是发两次。", "The same list under another batch's name pays twice."),
    remedy: Bilingual(
      "请查对那一批的台账：已经发过的（拆成几行、并成一行的也是），从名单中删去；确是另一次申请的，要在表中看得出来（另外的日期、"
        + "发票号、金额）；若说的是另一时段，请核对 batch.yaml 的 period。",
      "Look at that batch's ledger: remove what was paid, in several rows or in one. Another application shows in its "
        + "own dates, invoice or amounts; if it is for another time, check the period in batch.yaml."),
    example: "2023-12 的名单在 2023-12A 里又来一次")

  /// {1} batch, day and amount of the payment. Shares the code.
  static let rowMayBePaid = FindingKind(
    code: "ROW-PAID", severity: .hold, title: rowPaid.title,
    message: Bilingual(
      "这一行可能已经发过：几行加起来正好是已发的一笔，或已发的几行加起来正好是这一行，也可能行数太多而算不清：{1}",
      "the row may have been paid before: rows that add up to what was paid, or the other way round, or too many rows "
        + "to tell: {1}"),
    why: Bilingual("一笔拆成几行、几笔并成一行，再发一次也是发两次。", "Parted or joined, the same money is paid twice."),
    remedy: rowPaid.remedy, example: "已发 1159.50 一行，又来 9 张小票")

  /// {1} fund, {2} what other batches paid from it.
  static let fundShared = FindingKind(
    code: "FUND-SHARED", severity: .note,
    title: Bilingual("别的批次也从这个基金发放", "Another batch pays from the same fund"),
    message: Bilingual(
      "基金“{1}”同一年度的别的批次已发：{2}。这里的金额按本批自己的额度使用，没有减去它们",
      "other batches of the year paid from the fund '{1}': {2}. The amount given here is used as this batch's own, "
        + "and is not reduced by them"),
    why: Bilingual(
      "两批各写全额，合起来就会超支。", "Where both batches give the whole amount, together they overspend it."),
    remedy: Bilingual(
      "请核对 funds 里写的是本批可用的余额。", "Check that funds gives what is left for this batch."),
    example: "2023-06 从 hardship 发了 300000.00")

  static let kinds = [
    rowPaid, rowMayBePaid, earlierWaits, statusUnknown, statusPartial, statusesDiffer, columnOfStatuses,
    lineTwice, stateChanged, fundShared,
  ]

  /// A contradicted payment as a problem that stops the run.
  static func problem(
    _ line: PastPayment, at place: Place, _ why: PaymentBook.Contradiction, _ other: PastPayment?
  ) -> PipelineFailure.Problem {
    let (said, known) = (line.inWords, other?.inWords ?? "")
    let location = "\(place)"
    switch why {
    case .neverPaid:
      return .init(
        location,
        Bilingual(
          "这一行（\(said)）说钱退回或没有付成，而批次 \(line.batch) 没有给此人发过这一笔",
          "the line (\(said)) tells of money that came back or never arrived, and batch \(line.batch) made no such "
            + "payment"),
        remedy: Bilingual(
          "请核对人员、项目、金额和批次（aidledger history export 列出发过的每一笔）；不是这一批的，写它自己的批次号。",
          "Check person, programme, amount and batch (`aidledger history export` lists every payment); if it is of "
            + "another batch give that one."))
    case .amount:
      return .init(
        location,
        Bilingual(
          "这一行（\(said)）与已发的一笔（\(known)）同批、同项目、同人、同一天，金额却不同",
          "the line (\(said)) and a known payment (\(known)) are of one batch, programme, person and day, with "
            + "different amounts"),
        remedy: Bilingual(
          "若是同一笔，请写实发的金额；若确是另一笔，请写它自己的批次号。",
          "If it is that payment write the amount that was paid; if it is another one give it a batch of its own."
        ))
    case .day:
      return .init(
        location,
        Bilingual(
          "这一行（\(said)）与已发的一笔（\(known)）同项目、同人、同金额，日期却不同",
          "the line (\(said)) and a known payment (\(known)) are of one programme, person and amount, on different "
            + "days"),
        remedy: Bilingual(
          "若说的就是那一笔（例如它被退票），日期请写原来发放的 \(other?.paidOn ?? line.paidOn)；若是另一笔，请写它自己的批次号。",
          "If it is that payment (sent back, say) give the day it was paid, \(other?.paidOn ?? line.paidOn); if it is "
            + "another one give it a batch of its own."))
    case .paidAfterAll:
      return .init(
        location,
        Bilingual(
          "已知这一笔（\(known)）没有付成或已作废，这一行却说已发放",
          "the payment (\(known)) is known to have failed or been withdrawn, and the line says it was paid"),
        remedy: Bilingual(
          "若后来另行补发，日期请写补发的那一天；若没有补发，请把状态改成实情。",
          "If it was paid later on give the day of that payment; if not, correct the status."))
    case .severalBatches:
      return .init(
        location,
        Bilingual(
          "这一行（\(said)）没有写批次，同一人同一天有几批发过同样的金额",
          "the line (\(said)) names no batch, and several paid the person that amount on that day"),
        remedy: Bilingual("请写明批次号。", "Give its batch."))
    }
  }
}
