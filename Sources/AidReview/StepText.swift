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
    let zh = language == .zh
    switch step.operation {
    case .set, .less, .gate, .window, .deductible: writeBase(step, was, zh, &out)
    case .rate, .marginal, .whole, .band, .fixed, .decided: writeFormula(step, was, zh, &out)
    case .times, .minimum, .cap, .offset: writeLimits(step, was, zh, &out)
    case .sum:
      out.append(zh ? "各项补助合计 " : "sum of benefits ")
      out.append(yuan: step.result)
    case .round(let unit, let mode):
      out.append(zh ? "取整：" : "rounded (")
      out.append(Wording.rounding(mode, language))
      out.append(zh ? "到 " : ") to ")
      out.append(Money(fen: unit))
      out.append(zh ? " 元：" : ": ")
      change(was, step, &out)
    case .pool(_, let fund):
      out.append(zh ? "基金“" : "fund '")
      out.append(fund)
      out.append(zh ? "”不足，按办法分配：" : "' is short: ")
      change(was, step, &out)
    }
  }

  /// What the formula works on.
  private static func writeBase(_ step: Step, _ was: Rational, _ zh: Bool, _ out: inout TextBuffer) {
    switch step.operation {
    case .set(let expression, _):
      out.append(zh ? "补助基数 " : "base ")
      equals(expression, step, &out)
      inputs(step, zh, &out)
    case .less(let expression, let value):
      out.append(zh ? "扣除其他赔付 " : "less ")
      difference(expression, was, value, step, &out)
      inputs(step, zh, &out)
    case .gate(let condition, let held):
      gate(step, condition, held: held, zh, &out)
    case .window(let from, let to):
      out.append(zh ? "只计 " : "only ")
      out.append(yuan: from)
      out.append("–")
      if let to { out.append(yuan: to) } else { out.append(zh ? "以上" : "up") }
      out.append(zh ? " 之间的部分：" : " counts：")
      out.append(yuan: step.result)
    case .deductible(let value):
      out.append(zh ? "减起付线 " : "deductible ")
      difference(nil, was, value, step, &out)
    default: return
    }
  }

  private static func writeFormula(_ step: Step, _ was: Rational, _ zh: Bool, _ out: inout TextBuffer) {
    switch step.operation {
    case .rate(let rate, let expression):
      out.append(zh ? "按比例 " : "rate ")
      product(was, rate, expression, step, &out)
      inputs(step, zh, &out)
    case .marginal(let slices):
      out.append(zh ? "分段累计 " : "marginal tiers ")
      tiers(slices, was, &out)
      out.append(" = ")
      out.append(yuan: step.result)
    case .whole(_, nil), .band(_, nil):
      out.append(zh ? "不在任何一档：0" : "in no band: 0")
    case .whole(let band, let rate?):
      out.append(zh ? "全额比例 " : "whole-amount rate ")
      out.append(band)
      out.append("：")
      product(was, rate, "%", step, &out)
    case .band(let band, _):
      out.append(zh ? "分档定额 " : "band ")
      out.append(band)
      out.append("：")
      out.append(yuan: step.result)
    case .fixed(let expression, _):
      out.append(zh ? "定额 " : "amount ")
      equals(expression, step, &out)
      inputs(step, zh, &out)
    case .decided(_, let min, let max, let reason):
      out.append(zh ? "评审决定 " : "decided ")
      out.append(yuan: step.result)
      out.append(zh ? "（范围 " : " (range ")
      if let min { out.append(yuan: min) }
      out.append("–")
      if let max { out.append(yuan: max) }
      out.append(zh ? "）" : ")")
      if !reason.isEmpty { out.append(" \(reason)") }
      inputs(step, zh, &out)
    default: return
    }
  }

  /// What the formula's amount goes through.
  private static func writeLimits(_ step: Step, _ was: Rational, _ zh: Bool, _ out: inout TextBuffer) {
    switch step.operation {
    case .times(let expression, let factor):
      out.append(zh ? "乘系数 " : "times ")
      out.append(expression)
      out.append("：")
      out.append(yuan: was)
      out.append(" × ")
      out.append(factor)
      out.append(" = ")
      out.append(yuan: step.result)
      inputs(step, zh, &out)
    case .minimum(let value):
      out.append(zh ? "最低补助 " : "minimum ")
      out.append(yuan: value)
      out.append("：")
      out.append(yuan: step.result)
    case .cap(let at, let used):
      out.append(zh ? "封顶 " : "cap ")
      out.append(yuan: at)
      if !used.isZero {
        out.append(zh ? "，已用 " : ", used ")
        out.append(yuan: used)
      }
      out.append("：")
      change(was, step, &out)
      inputs(step, zh, &out)
    case .offset(let expression, let value):
      out.append(zh ? "抵扣 " : "offset ")
      difference(expression, was, value, step, &out)
      inputs(step, zh, &out)
    default: return
    }
  }

  // MARK: parts of a sentence

  private static func equals(_ expression: String, _ step: Step, _ out: inout TextBuffer) {
    out.append(expression)
    out.append(" = ")
    out.append(yuan: step.result)
  }

  private static func difference(
    _ expression: String?, _ was: Rational, _ value: Rational, _ step: Step, _ out: inout TextBuffer
  ) {
    if let expression {
      out.append(expression)
      out.append("：")
    }
    out.append(yuan: was)
    out.append(" − ")
    out.append(yuan: value)
    out.append(" = ")
    out.append(yuan: step.result)
  }

  /// - Parameter expression: told where it is more than the percentage itself.
  private static func product(
    _ was: Rational, _ rate: Rational, _ expression: String, _ step: Step, _ out: inout TextBuffer
  ) {
    out.append(yuan: was)
    out.append(" × ")
    out.append(percent: rate)
    if expression.utf8.last != UInt8(ascii: "%") { out.append(" (\(expression))") }
    out.append(" = ")
    out.append(yuan: step.result)
  }

  private static func change(_ was: Rational, _ step: Step, _ out: inout TextBuffer) {
    out.append(yuan: was)
    out.append(" → ")
    out.append(yuan: step.result)
  }

  /// A condition that decides everything or nothing: a gate, or one of the whole award.
  private static func gate(
    _ step: Step, _ condition: String, held: Bool, _ zh: Bool, _ out: inout TextBuffer
  ) {
    func say(_ head: String, _ verdict: String) {
      out.append(head)
      out.append(condition)
      out.append("：")
      out.append(verdict)
    }
    switch step.key {
    case "eligible": say(zh ? "资格 " : "eligible ", zh ? "不符合" : "no")
    case "limit": say(zh ? "次数限制 " : "limit ", zh ? "不符合，为 0" : "no: 0")
    case "exclusive", "one_per_household":
      out.append(condition)
      return out.append(zh ? "：为 0" : ": 0")
    default:
      let verdict = zh ? (held ? "达到" : "没有达到，为 0") : (held ? "passed" : "not passed: 0")
      say(zh ? "门槛 " : "gate ", verdict)
    }
    inputs(step, zh, &out)
  }

  private static func tiers(_ slices: [Slice], _ amount: Rational, _ out: inout TextBuffer) {
    var isFirst = true
    for slice in slices where amount > slice.from {
      let top = slice.to.map { min($0, amount) } ?? amount
      let part = ((try? (top - slice.from) * slice.rate) ?? .zero)
      if !isFirst { out.append("；") }
      isFirst = false
      out.append(yuan: slice.from)
      out.append("–")
      out.append(yuan: top)
      out.append(" × ")
      out.append(percent: slice.rate)
      out.append(" = ")
      out.append(yuan: part)
    }
    if isFirst { out.append("0") }
  }

  /// So many cells are shown, then how many more there are.
  private static let inputsShown = 6

  /// Where the figures come from, each once.
  private static func inputs(_ step: Step, _ zh: Bool, _ out: inout TextBuffer) {
    var shown = 0
    var total = 0
    for (i, input) in step.inputs.enumerated() where !isRepeated(i, in: step.inputs) {
      total += 1
      if shown == inputsShown { continue }
      out.append(shown == 0 ? (zh ? "  来源：" : "  from: ") : "；")
      shown += 1
      write(input, &out)
    }
    if total > shown { out.append(zh ? " 等 \(total) 项" : " … \(total) in all") }
  }

  /// An expression may look at one cell more than once.
  private static func isRepeated(_ index: Int, in inputs: [Input]) -> Bool {
    guard let place = inputs[index].place, place.column >= 0, index <= 64 else { return false }
    return inputs[..<index].contains {
      $0.place.map { $0.row == place.row && $0.column == place.column && $0.source === place.source } ?? false
        && $0.name.sameScalars(as: inputs[index].name)
    }
  }

  private static func write(_ input: Input, _ out: inout TextBuffer) {
    out.append(input.name)
    out.append(UInt8(ascii: "="))
    if ends(input.name, with: "id_number") || ends(input.name, with: "spouse_id") {
      out.append(Masking.idNumber(input.value.plain))
    } else if ends(input.name, with: "account") {
      out.append(Masking.account(input.value.plain))
    } else if case .text(let text) = input.value {
      out.append(Masking.longNumbers(text))
    } else {
      out.append(input.value)
    }
    guard let place = input.place else { return }
    out.append(" 〔")
    out.append(place)
    out.append("〕")
  }

  private static func ends(_ name: String, with suffix: StaticString) -> Bool {
    name.utf8.suffix(suffix.utf8CodeUnitCount).elementsEqual(
      UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
  }
}
