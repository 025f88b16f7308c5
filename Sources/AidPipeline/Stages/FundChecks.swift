import AidModel

/// Funds that several batches of a store pay from.
enum FundChecks {
  /// Funds that other batches of the same year paid from although they are not multi-batch accounts.
  static func shared(_ file: BatchFile, past: [FundPaid]) -> [Finding] {
    file.funds.compactMap { fund in
      if fund.account != nil { return nil }
      let others = past.filter { paid in
        guard paid.fund.sameScalars(as: fund.name), paid.paid > .zero, let term = paid.term else {
          return false
        }
        return file.period.year.contains(term.to)
      }
      if others.isEmpty { return nil }
      let list = others.map { "\($0.batch) \($0.paid.grouped)" }.joined(separator: ", ")
      return Finding(HistoryFindings.fundShared, at: Place(file: "batch.yaml"), [fund.name, list])
    }
  }
}
