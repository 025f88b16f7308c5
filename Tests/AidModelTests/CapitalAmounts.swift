import AidModel
import Testing

@Suite struct CapitalAmounts {
  @Test(arguments: [
    (105_959, "壹仟零伍拾玖元伍角玖分"), (25_000, "贰佰伍拾元整"), (0, "零元整"), (5, "伍分"), (1_000_000, "壹万元整"),
    (1_000_500, "壹万零伍元整"), (100_05, "壹佰元零伍分"), (100_50, "壹佰元伍角整"), (1_000_000_000, "壹仟万元整"),
    (100_010_000_00, "壹亿零壹万元整"),
  ])
  func officialPapersHaveThem(_ fen: Int64, _ words: String) {
    #expect(Money(fen: fen).inCapitals == words)
  }

  /// The reader of amounts in words reads back whatever is written.
  @Test func whatIsWrittenIsReadBack() {
    var fen: Int64 = 1
    while fen < 1_000_000_000_000 {
      let words = Money(fen: fen).inCapitals
      #expect(AmountInWords.fen(words) == fen, "\(fen): \(words)")
      fen += fen / 37 + 7
    }
  }
}
