import AidModel
import Testing

/// A status word with a reason in brackets behind it is the word, unless the reason says something else.
@Suite struct StatusReasons {
  static let words = StatusWords([
    (.paid, ["已发放", "成功", "退票已补发", "已补发"]), (.inTransit, ["处理中", "待核实"]), (.failed, ["失败", "户名不符"]),
    (.returned, ["退票", "已退"]), (.partial, ["部分退回"]),
  ])

  @Test(arguments: [
    ("退票（户名不符）", PaymentState.returned), ("退票(账号不存在)", .returned), (" 已退 【 卡号 错误 】", .returned),
    ("失败（余额不足）", .failed), ("成功（成功）", .paid), ("退票（已补发）", .paid),
  ])
  func theReasonIsLeftOut(_ word: String, _ state: PaymentState) {
    #expect(Self.words.state(of: word) == state)
  }

  @Test(arguments: [
    "退票（6月3日补发）", "失败（已补发）", "退票（部分）", "退票（待核实）", "成功（部分退回）", "成功（户名不符）", "已发放（退票）", "退票（户名不符",
    "（户名不符）", "不明（户名不符）",
  ])
  func whatSaysTwoThingsIsNotGuessed(_ word: String) {
    #expect(Self.words.state(of: word) == nil, "\(word)")
  }
}
