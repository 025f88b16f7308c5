import Foundation

/// One line of explanations.jsonl, checked by its printed words: figures are parsed from the sentences, never
/// taken from the program.
struct PrintedAward {
  struct Step {
    let key: String
    let text: String
    let value: Decimal
  }

  struct Unproven: Error, CustomStringConvertible { let description: String }

  let record: String
  let outcome: String
  let amount: Decimal
  let steps: [Step]

  init(json: String) throws {
    guard let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any],
      let steps = object["steps"] as? [[String: Any]]
    else { throw Unproven(description: json) }
    record = object["record"] as? String ?? ""
    outcome = object["outcome"] as? String ?? ""
    amount = Self.exact(object["amount"] as? String ?? "")
    self.steps = steps.map {
      Step(
        key: $0["step"] as? String ?? "", text: $0["text"] as? String ?? "",
        value: Self.exact($0["value"] as? String ?? ""))
    }
  }

  /// Recomputes every step from the amount before it and the printed figures; counts checked steps by key.
  func proven(_ checked: inout [String: Int]) throws -> Decimal {
    var before = Decimal.zero
    var benefits: [Decimal] = []
    for (index, step) in steps.enumerated() {
      let isStart = step.key == "base" || step.key == "sum"
      if isStart, index > 0 { benefits.append(before) }
      if let expected = try worked(step, before: before, benefits: benefits) {
        guard expected == step.value else {
          throw Unproven(
            description: "\(record), \(step.key): \(step.text) is \(step.value), not \(expected)")
        }
        checked[step.key, default: 0] += 1
      }
      before = step.value
    }
    return before
  }

  /// Nil if the words alone give no amount (a condition that refuses).
  private func worked(_ step: Step, before: Decimal, benefits: [Decimal]) throws -> Decimal? {
    // The sources of the figures follow two spaces.
    let words = step.text.components(separatedBy: "  ")[0]
    let figures = Self.figures(words)
    switch step.key {
    case "base": return figures.last
    case "gate": return words.contains("没有达到") ? 0 : before
    case "rate":
      let product = Self.figures(words.components(separatedBy: "：").last ?? "")
      return product[0] == before ? before * product[1] / 100 : nil
    case "marginal":
      if words.contains("没有到第一段") { return 0 }
      return words.components(separatedBy: "：").last?.components(separatedBy: "；")
        .filter { !$0.hasPrefix("合计") }.reduce(into: Decimal.zero) { sum, slice in
          let part = Self.figures(slice)
          sum += slice.hasPrefix("(") ? (part[0] - part[1]) * part[2] / 100 : part[0] * part[1] / 100
        }
    case "cap.award", "cap.year", "cap.lifetime":
      let head = words.components(separatedBy: "：")[0].components(separatedBy: "，已用")
      let used = head.count > 1 ? Self.figures(head[1])[0] : 0
      return min(before, max((Self.figures(head[0]).last ?? -1) - used, 0))
    case "sum": return benefits.reduce(0, +)
    case "round":
      var (value, result) = (before, Decimal())
      NSDecimalRound(&result, &value, 2, .plain)
      return words.contains("四舍五入到 0.01") ? result : nil
    case "pool": return figures.last.map { $0 <= before ? $0 : -1 }
    case "committee": return figures.first
    default: return nil
    }
  }

  /// The plain figures of a sentence, without thousands separators.
  private static func figures(_ words: String) -> [Decimal] {
    words.replacing(",", with: "").matches(of: /[0-9]+(?:\.[0-9]+)?/).map { exact($0.output) }
  }

  /// A plain figure; −1, which no award has, if it is not one.
  static func exact(_ text: some StringProtocol) -> Decimal {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let digits = Int64(parts.joined()) else { return -1 }
    return Decimal(
      sign: .plus, exponent: parts.count == 2 ? -parts[1].count : 0, significand: Decimal(digits))
  }
}
