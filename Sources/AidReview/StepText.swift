public import AidModel

/// One step of a trace in words.
public enum StepText {
  /// - Parameter before: the amount before the step.
  public static func text(_ step: Step, before: Rational, language: Language) -> String {
    var out = TextBuffer(capacity: 512)
    write(step, before: before, language: language, to: &out)
    return out.text
  }

  static func write(_ step: Step, before was: Rational, language: Language, to out: inout TextBuffer) {
    StepSentence(
      key: step.key, operation: step.operation, figures: StepFigures(step, before: was),
      inputs: step.inputs, zh: language == .zh
    ).write(to: &out)
  }
}

/// The sentence of a step, with figures known or still open.
struct StepSentence {
  let key: String
  let operation: AidModel.Operation
  let figures: StepFigures
  let inputs: [Input]
  let zh: Bool

  private var was: StepFigure { figures.was }
  private var result: StepFigure { figures.result }

  private func say(_ chinese: String, _ english: String) -> String { zh ? chinese : english }

  func write<Writer: StepWriter & ~Copyable>(to out: inout Writer) {
    switch operation {
    case .set, .less, .gate, .window, .deductible: writeBase(&out)
    case .rate, .marginal, .whole, .band, .fixed, .decided: writeFormula(&out)
    case .times, .minimum, .atLeast, .cap, .offset: writeLimits(&out)
    case .named(let name, let expression, let value):
      out.append(name)
      out.append(" = ")
      if !expression.sameScalars(as: value.plain) {
        out.append(expression)
        out.append(" = ")
      }
      out.append(Masking.text(value.plain))
      out.append(inputs, zh: zh)
    case .sum:
      out.append(say("各项补助合计 ", "sum of benefits "))
      out.append(yuan: result)
    case .round(let unit, let mode):
      out.append(say("取整：", "rounded ("))
      out.append(Wording.rounding(mode, zh ? .zh : .en))
      out.append(say("到 ", ") to "))
      out.append(Money(fen: unit).plain)
      out.append(say(" 元：", ": "))
      change(&out)
    case .pool(_, let fund):
      out.append(say("基金“", "fund '"))
      out.append(fund)
      out.append(say("”不足，按办法分配：", "' is short: "))
      change(&out)
    }
  }

  /// Steps that determine the base.
  private func writeBase<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .set(let expression, _):
      out.append(say("补助基数 ", "base "))
      equals(expression, &out)
      out.append(inputs, zh: zh)
    case .less(let expression, _):
      out.append(say("扣除其他赔付 ", "less "))
      difference(expression, &out)
      out.append(inputs, zh: zh)
    case .gate(let condition, let held): gate(condition, held: held, &out)
    case .window(let from, let to):
      out.append(say("只计 ", "only "))
      out.append(yuan: .exact(from))
      out.append("–")
      if let to { out.append(yuan: .exact(to)) } else { out.append(say("以上", "up")) }
      out.append(say(" 之间的部分：", " counts："))
      out.append(yuan: result)
    case .deductible:
      out.append(say("减起付线 ", "deductible "))
      difference(nil, &out)
    default: return
    }
  }

  private func writeFormula<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .rate(_, let expression):
      out.append(say("按比例 ", "rate "))
      product(expression, &out)
      out.append(inputs, zh: zh)
    case .marginal(let slices):
      out.append(say("分段累计 ", "marginal tiers "))
      tiers(slices, &out)
      out.append(" = ")
      out.append(yuan: result)
    case .whole(_, nil), .band(_, nil):
      out.append(say("不在任何一档：0", "in no band: 0"))
    case .whole(let band, _?):
      out.append(say("全额比例 ", "whole-amount rate "))
      out.append(band)
      out.append("：")
      product("%", &out)
    case .band(let band, _):
      out.append(say("分档定额 ", "band "))
      out.append(band)
      out.append("：")
      out.append(yuan: result)
    case .fixed(let expression, _):
      out.append(say("定额 ", "amount "))
      equals(expression, &out)
      out.append(inputs, zh: zh)
    case .decided(_, let min, let max, let reason):
      out.append(say("评审决定 ", "decided "))
      out.append(yuan: result)
      out.append(say("（范围 ", " (range "))
      if let min { out.append(yuan: .exact(min)) }
      out.append("–")
      if let max { out.append(yuan: .exact(max)) }
      out.append(say("）", ")"))
      if !reason.isEmpty { out.append(" \(Masking.text(reason))") }
      out.append(inputs, zh: zh)
    default: return
    }
  }

  /// Steps that limit the formula's amount.
  private func writeLimits<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .times(let expression, _):
      out.append(say("乘系数 ", "times "))
      out.append(expression)
      out.append("：")
      out.append(yuan: was)
      out.append(" × ")
      out.append(number: figures.value)
      out.append(" = ")
      out.append(yuan: result)
      out.append(inputs, zh: zh)
    case .minimum(let value):
      out.append(say("最低补助 ", "minimum "))
      out.append(yuan: .exact(value))
      out.append("：")
      out.append(yuan: result)
    case .atLeast(let value):
      out.append(say("至少 ", "at least "))
      out.append(yuan: .exact(value))
      out.append(say("：", ": "))
      change(&out)
      out.append(inputs, zh: zh)
    case .cap(_, let used):
      out.append(say("封顶 ", "cap "))
      out.append(yuan: figures.value)
      if !used.isZero {
        out.append(say("，已用 ", ", used "))
        out.append(yuan: figures.other)
      }
      out.append("：")
      change(&out)
      out.append(inputs, zh: zh)
    case .offset(let expression, _):
      out.append(say("抵扣 ", "offset "))
      difference(expression, &out)
      out.append(inputs, zh: zh)
    default: return
    }
  }

  // MARK: parts of a sentence

  private func equals<Writer: StepWriter & ~Copyable>(_ expression: String, _ out: inout Writer) {
    out.append(expression)
    out.append(" = ")
    out.append(yuan: result)
  }

  private func difference<Writer: StepWriter & ~Copyable>(_ expression: String?, _ out: inout Writer) {
    if let expression {
      out.append(expression)
      out.append("：")
    }
    out.append(yuan: was)
    out.append(" − ")
    out.append(yuan: figures.value)
    out.append(" = ")
    out.append(yuan: result)
  }

  /// - Parameter expression: shown if it is more than the percentage itself.
  private func product<Writer: StepWriter & ~Copyable>(_ expression: String, _ out: inout Writer) {
    out.append(yuan: was)
    out.append(" × ")
    out.append(percent: figures.value)
    if expression.utf8.last != UInt8(ascii: "%") { out.append(" (\(expression))") }
    out.append(" = ")
    out.append(yuan: result)
  }

  private func change<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    out.append(yuan: was)
    out.append(" → ")
    out.append(yuan: result)
  }

  /// A condition that passes or zeroes the amount: a gate, or a condition on the whole award.
  private func gate<Writer: StepWriter & ~Copyable>(_ condition: String, held: Bool, _ out: inout Writer) {
    let (head, verdict): (String, String)
    switch key {
    case "eligible": (head, verdict) = (say("资格 ", "eligible "), say("不符合", "no"))
    case "limit": (head, verdict) = (say("次数限制 ", "limit "), say("不符合，为 0", "no: 0"))
    case "exclusive", "one_per_household":
      out.append(condition)
      return out.append(say("：为 0", ": 0"))
    default:
      head = say("门槛 ", "gate ")
      verdict = held ? say("达到", "passed") : say("没有达到，为 0", "not passed: 0")
    }
    out.append(head)
    out.append(condition)
    out.append("：")
    out.append(verdict)
    out.append(inputs, zh: zh)
  }

  private func tiers<Writer: StepWriter & ~Copyable>(_ slices: [Slice], _ out: inout Writer) {
    var isFirst = true
    for (i, slice) in slices.enumerated() {
      guard let (top, part) = share(of: slice, isLast: i == slices.count - 1) else { continue }
      if !isFirst { out.append("；") }
      isFirst = false
      out.append(yuan: .exact(slice.from))
      out.append("–")
      out.append(yuan: top)
      out.append(" × ")
      out.append(percent: .exact(slice.rate))
      out.append(" = ")
      out.append(yuan: part)
    }
    if isFirst { out.append("0") }
  }

  /// How far an amount reaches into a tier, and the tier's contribution; nil if it does not reach it. An open
  /// amount fills every tier that has an end, and ends in the one that has none.
  private func share(of slice: Slice, isLast: Bool) -> (top: StepFigure, part: StepFigure)? {
    let top: Rational
    if case .exact(let amount) = was {
      guard amount > slice.from else { return nil }
      top = slice.to.map { min($0, amount) } ?? amount
    } else if let to = slice.to {
      top = to
    } else {
      return (was, figures.value)
    }
    return (.exact(top), .exact((try? (top - slice.from) * slice.rate) ?? .zero))
  }
}
