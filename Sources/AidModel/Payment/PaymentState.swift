/// What became of a payment, as far as a list tells.
public enum PaymentState: String, Sendable, CaseIterable {
  /// 已发放: the money is with the person.
  case paid
  /// 在途: on its way, or waiting to be sent; nobody knows yet whether it will arrive.
  case inTransit = "in_transit"
  /// 失败: it never arrived.
  case failed
  /// 退票: it had gone out and came back.
  case returned
  /// 作废: withdrawn before it went out.
  case cancelled
  /// 追回: the person gave it back.
  case recovered
  /// 部分成功: a part of it arrived, and the word does not say how much. No payment is kept in this state.
  case partial

  /// What it is called in messages.
  public var words: Bilingual {
    switch self {
    case .paid: Bilingual("已发放", "paid")
    case .inTransit: Bilingual("在途", "in transit")
    case .failed: Bilingual("失败", "failed")
    case .returned: Bilingual("退回", "returned")
    case .cancelled: Bilingual("作废", "cancelled")
    case .recovered: Bilingual("追回", "recovered")
    case .partial: Bilingual("部分成功", "paid in part")
    }
  }

  /// Whether the money stayed with the person, or may yet reach them. What may reach them counts: else it would be
  /// paid a second time.
  public var counts: Bool { self == .paid || self == .inTransit }
}

/// The words lists use for what became of a payment: `Templates/statuses.yaml`.
public struct StatusWords: Sendable {
  private let states: [ExactText: PaymentState]
  /// The words of each state as the template writes them.
  public let words: [(state: PaymentState, words: [String])]

  /// The states' own names, and a Chinese word or two for each: what there is without the template.
  public static let plain = StatusWords([
    (.paid, ["已发放", "已发"]), (.inTransit, ["在途", "处理中"]), (.failed, ["失败"]), (.returned, ["退票", "退回"]),
    (.cancelled, ["作废"]), (.recovered, ["追回"]), (.partial, ["部分成功"]),
  ])

  /// - Precondition: a word stands for one state; see `doubled(in:)`.
  public init(_ words: [(state: PaymentState, words: [String])]) {
    self.words = words
    var states: [ExactText: PaymentState] = [:]
    for (state, words) in words {
      for word in words { states[Self.key(word)] = state }
    }
    for state in PaymentState.allCases { states[Self.key(state.rawValue)] = state }
    self.states = states
  }

  /// Words that stand under two states.
  public static func doubled(in words: [(state: PaymentState, words: [String])]) -> [String] {
    var seen: [ExactText: PaymentState] = [:]
    return words.flatMap { state, words in
      words.filter { word in
        let other = seen.updateValue(state, forKey: key(word))
        return other != nil && other != state
      }
    }
  }

  /// The state a whole word stands for, whatever its blanks, width and case of letters; a blank one is paid. Nil for a
  /// word nobody knows.
  public func state(of word: String) -> PaymentState? {
    let key = Self.key(word)
    return key.text.isEmpty ? .paid : states[key]
  }

  private static func key(_ word: String) -> ExactText { ExactText(TextKey.of(word)) }
}
