public import AidModel

/// One step of a trace in words.
public enum StepText {
  /// - Parameter before: the amount before the step.
  public static func text(_ step: Step, before: Rational, language: Language) -> String {
    let zh = language == .zh
    let result = Wording.yuan(step.result)
    let was = Wording.yuan(before)
    switch step.operation {
    case .set(let expression, _):
      return (zh ? "补助基数 " : "base ") + "\(expression) = \(result)" + inputs(step, zh)
    case .less(let expression, let value):
      return (zh ? "扣除其他赔付 " : "less ") + "\(expression)：\(was) − \(Wording.yuan(value)) = \(result)"
        + inputs(step, zh)
    case .gate(let condition, let held):
      return gate(step, condition, held: held, language)
    case .window(let from, let to):
      let end = to.map { Wording.yuan($0) } ?? (zh ? "以上" : "up")
      return (zh ? "只计 " : "only ") + "\(Wording.yuan(from))–\(end) " + (zh ? "之间的部分" : "counts")
        + "：\(result)"
    case .deductible(let value):
      return (zh ? "减起付线 " : "deductible ") + "\(was) − \(Wording.yuan(value)) = \(result)"
    case .rate(let rate, let expression):
      let name = expression.utf8.last == UInt8(ascii: "%") ? "" : " (\(expression))"
      return (zh ? "按比例 " : "rate ") + "\(was) × \(Wording.percent(rate))\(name) = \(result)"
        + inputs(step, zh)
    case .marginal(let slices):
      return (zh ? "分段累计 " : "marginal tiers ") + tiers(slices, before) + " = \(result)"
    case .whole(let band, let rate):
      guard let rate else { return (zh ? "不在任何一档：0" : "in no band: 0") }
      return (zh ? "全额比例 " : "whole-amount rate ") + "\(band)：\(was) × \(Wording.percent(rate)) = \(result)"
    case .band(let band, let pays):
      guard pays != nil else { return (zh ? "不在任何一档：0" : "in no band: 0") }
      return (zh ? "分档定额 " : "band ") + "\(band)：\(result)"
    case .fixed(let expression, _):
      return (zh ? "定额 " : "amount ") + "\(expression) = \(result)" + inputs(step, zh)
    case .decided(_, let min, let max, let reason):
      let range = "\(min.map { Wording.yuan($0) } ?? "")–\(max.map { Wording.yuan($0) } ?? "")"
      return (zh ? "评审决定 " : "decided ") + "\(result)" + (zh ? "（范围 " : " (range ") + range + (zh ? "）" : ")")
        + (reason.isEmpty ? "" : " \(reason)") + inputs(step, zh)
    case .times(let expression, let factor):
      return (zh ? "乘系数 " : "times ") + "\(expression)：\(was) × \(factor) = \(result)" + inputs(step, zh)
    case .minimum(let value):
      return (zh ? "最低补助 " : "minimum ") + "\(Wording.yuan(value))：\(result)"
    case .cap(let at, let used):
      let past = used.isZero ? "" : (zh ? "，以往已发 " : ", paid before ") + Wording.yuan(used)
      return (zh ? "封顶 " : "cap ") + "\(Wording.yuan(at))\(past)：\(was) → \(result)" + inputs(step, zh)
    case .offset(let expression, let value):
      return (zh ? "抵扣 " : "offset ") + "\(expression)：\(was) − \(Wording.yuan(value)) = \(result)"
        + inputs(step, zh)
    case .sum: return (zh ? "各项补助合计 " : "sum of benefits ") + result
    case .round(let unit, let mode):
      let to = Money(fen: unit).plain
      return zh
        ? "取整：\(Wording.rounding(mode, language))到 \(to) 元：\(was) → \(result)"
        : "rounded (\(Wording.rounding(mode, language))) to \(to): \(was) → \(result)"
    case .pool(_, let fund):
      return zh ? "基金“\(fund)”不足，按办法分配：\(was) → \(result)" : "fund '\(fund)' is short: \(was) → \(result)"
    }
  }

  /// A condition that decides everything or nothing: a gate, or one of the whole award.
  private static func gate(_ step: Step, _ condition: String, held: Bool, _ language: Language) -> String {
    let zh = language == .zh
    switch step.key {
    case "eligible":
      return (zh ? "资格 " : "eligible ") + "\(condition)：" + (zh ? "不符合" : "no") + inputs(step, zh)
    case "limit":
      return (zh ? "次数限制 " : "limit ") + "\(condition)：" + (zh ? "不符合，为 0" : "no: 0") + inputs(step, zh)
    case "exclusive", "one_per_household": return condition + (zh ? "：为 0" : ": 0")
    default:
      let verdict = zh ? (held ? "达到" : "没有达到，为 0") : (held ? "passed" : "not passed: 0")
      return (zh ? "门槛 " : "gate ") + "\(condition)：\(verdict)" + inputs(step, zh)
    }
  }

  private static func tiers(_ slices: [Slice], _ amount: Rational) -> String {
    let parts = slices.filter { amount > $0.from }.map { slice in
      let top = slice.to.map { min($0, amount) } ?? amount
      let part = ((try? (top - slice.from) * slice.rate) ?? .zero)
      return
        "\(Wording.yuan(slice.from))–\(Wording.yuan(top)) × \(Wording.percent(slice.rate)) = \(Wording.yuan(part))"
    }
    return parts.isEmpty ? "0" : parts.joined(separator: "；")
  }

  /// Where the figures come from: at most six cells, then how many more.
  private static func inputs(_ step: Step, _ zh: Bool) -> String {
    let shown = step.inputs.prefix(6).map { input in
      "\(input.name)=\(masked(input))" + (input.place.map { " 〔\($0)〕" } ?? "")
    }
    if shown.isEmpty { return "" }
    let more =
      step.inputs.count > 6 ? (zh ? " 等 \(step.inputs.count) 项" : " … \(step.inputs.count) in all") : ""
    return (zh ? "  来源：" : "  from: ") + shown.joined(separator: "；") + more
  }

  private static func masked(_ input: Input) -> String {
    if ends(input.name, with: "id_number") || ends(input.name, with: "spouse_id") {
      return Masking.idNumber(input.value.plain)
    }
    if ends(input.name, with: "account") { return Masking.account(input.value.plain) }
    return input.value.plain
  }

  private static func ends(_ name: String, with suffix: StaticString) -> Bool {
    name.utf8.suffix(suffix.utf8CodeUnitCount).elementsEqual(
      UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
  }
}
