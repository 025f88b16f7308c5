/// What became of a payment, as far as is known.
public enum PaymentState: String, Sendable, CaseIterable {
  /// 已发放: the person has the money.
  case paid
  /// 在途: on its way, or waiting to be sent; whether it arrives is not known yet.
  case inTransit = "in_transit"
  /// 失败: it never arrived.
  case failed
  /// 退票: sent, and came back.
  case returned
  /// 作废: withdrawn before it went out.
  case cancelled
  /// 追回: the person gave it back.
  case recovered
  /// 部分成功: part of it arrived, and the word does not say how much. No payment is stored in this state.
  case partial

  /// The state's name in messages.
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

  /// Whether the money stayed with the person or may still arrive. Money that may arrive counts, or it would
  /// be paid twice.
  public var counts: Bool { self == .paid || self == .inTransit }
}

/// The words lists use for a payment's state: `Templates/statuses.yaml`.
public struct StatusWords: Sendable {
  private let states: [ExactText: PaymentState]
  /// The words of each state, as written in the template.
  public let words: [(state: PaymentState, words: [String])]

  /// The states' own names and one or two Chinese words for each; used without the template.
  public static let plain = StatusWords([
    (.paid, ["已发放", "已发"]), (.inTransit, ["在途", "处理中"]), (.failed, ["失败"]), (.returned, ["退票", "退回"]),
    (.cancelled, ["作废"]), (.recovered, ["追回"]), (.partial, ["部分成功"]),
  ])

  /// - Precondition: no word belongs to two states; see `doubled(in:)`.
  public init(_ words: [(state: PaymentState, words: [String])]) {
    self.words = words
    var states: [ExactText: PaymentState] = [:]
    for (state, words) in words {
      for word in words { states[Self.key(word)] = state }
    }
    for state in PaymentState.allCases { states[Self.key(state.rawValue)] = state }
    self.states = states
  }

  /// Words listed under two states.
  public static func doubled(in words: [(state: PaymentState, words: [String])]) -> [String] {
    var seen: [ExactText: PaymentState] = [:]
    return words.flatMap { state, words in
      words.filter { word in
        let other = seen.updateValue(state, forKey: key(word))
        return other != nil && other != state
      }
    }
  }

  /// The state of a word, ignoring blanks, width and letter case; blank means paid. Nil for an unknown word.
  public func state(of word: String) -> PaymentState? {
    let key = Self.key(word)
    return key.text.isEmpty ? .paid : states[key] ?? stateWithReason(key.text)
  }

  /// What a reason may tell that is another state than its word's.
  private static let reissues = ["补发", "重发", "补付", "再发", "部分", "part", "reissue", "resent"]

  /// - Parameter key: `退票(户名不符)`.
  private func stateWithReason(_ key: String) -> PaymentState? {
    let parts = key.split(maxSplits: 1, omittingEmptySubsequences: false) { "([【〔［（".contains($0) }
    guard parts.count == 2, let last = parts[1].last, ")]】〕］）".contains(last),
      let state = states[ExactText(String(parts[0]))]
    else { return nil }
    let reason = String(parts[1].dropLast())
    if let joined = states[ExactText(parts[0] + reason)] { return joined }
    let own = states[ExactText(reason)]
    // What counts as paid is told by its word alone, or by a reason that says so too.
    if state.counts || state == .partial { return own == state ? state : nil }
    if own == .partial || own?.counts == true { return nil }
    return Self.reissues.contains(where: reason.containsScalars) ? nil : state
  }

  private static func key(_ word: String) -> ExactText { ExactText(TextKey.of(word)) }
}
