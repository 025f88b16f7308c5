public import AidModel

/// One step of a trace in words. Every equation it prints is true as arithmetic; whatever else changes the amount is
/// shown as `before → after`.
public enum StepText {
  /// - Parameter index: of a step of the trace.
  public static func text(_ trace: Trace, _ index: Int, _ phrases: Phrases, language: Language) -> String {
    var out = TextBuffer(capacity: 512)
    write(trace, index, StepLanguage(language, phrases), to: &out)
    return out.text
  }

  static func write(_ trace: Trace, _ index: Int, _ language: StepLanguage, to out: inout TextBuffer) {
    let step = trace.steps[index]
    StepSentence(
      key: step.key, operation: step.operation, figures: StepFigures(trace, index), inputs: step.inputs,
      language: language
    ).write(to: &out)
  }
}

/// The sentence of a step, with figures known or still open.
struct StepSentence {
  let key: String
  let operation: AidModel.Operation
  let figures: StepFigures
  let inputs: [Input]
  let language: StepLanguage

  private var was: StepFigure { figures.was }
  private var result: StepFigure { figures.result }

  func say(_ chinese: String, _ english: String) -> String { language.say(chinese, english) }

  func write<Writer: StepWriter & ~Copyable>(to out: inout Writer) {
    switch operation {
    case .set, .less, .gate, .window, .deductible: writeBase(&out)
    case .rate, .marginal, .whole, .band, .fixed, .decided: writeFormula(&out)
    case .times, .minimum, .atLeast, .cap, .offset: writeLimits(&out)
    case .capOf, .addEarlier, .lessEarlier, .places: writeBeyondTheAward(&out)
    case .named(let name, let expression, let value):
      named(name, expression, value, &out)
    case .sum:
      out.append(say("各项补助合计 ", "sum of benefits "))
      out.append(parts: figures.parts)
      out.append(yuan: result)
    case .round(let unit, let mode):
      out.append(say("取整（", "rounded ("))
      out.append(Wording.rounding(mode, language.language))
      out.append(say("到 ", ") to "))
      out.append(Money(fen: unit).plain)
      out.append(say(" 元）：", " yuan: "))
      change(&out)
    case .pool(_, let fund):
      out.append(say("基金“", "fund '"))
      out.append(fund)
      out.append(say("”不足，按办法分配：", "' is short: "))
      change(&out)
    }
    out.append(inputs, in: language)
  }

  /// A fraction without a short decimal is rounded for reading; explanations have it exactly as the step's value.
  private func named<Writer: StepWriter & ~Copyable>(
    _ name: String, _ expression: String, _ value: Value, _ out: inout Writer
  ) {
    var rounded: String?
    if case .figure(let figure) = value { rounded = figure.approximation }
    out.append(name)
    if !Self.isFigure(expression), !expression.sameScalars(as: value.plain) {
      out.append(" = ")
      out.append(language.term(expression))
    }
    out.append(rounded == nil ? " = " : " ≈ ")
    out.append(rounded ?? value.maskedPlain)
  }

  /// Steps that determine the base.
  private func writeBase<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .set(let expression, _):
      out.append(say("补助基数 ", "base "))
      out.append(language.term(expression))
      out.append(" = ")
      out.append(yuan: result)
    case .less(let expression, _): takeOff(say("扣除其他赔付", "less"), expression, &out)
    case .deductible(_, let expression): takeOff(say("减起付线", "deductible"), expression, &out)
    case .gate(let condition, let held): gate(condition, held: held, &out)
    case .window(let from, let to):
      out.append(say("只计 ", to == nil ? "only what lies above " : "only what lies between "))
      out.append(yuan: .exact(from))
      if let to {
        out.append(say(" 到 ", " and "))
        out.append(yuan: .exact(to))
      }
      out.append(say(to == nil ? " 以上的部分" : " 之间的部分", " counts"))
      out.append(language.colon)
      change(&out)
    default: return
    }
  }

  private func writeFormula<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .rate(_, let expression):
      head(say("按比例", "rate"), expression, &out)
      product(&out)
    case .marginal(let slices): tiers(slices, &out)
    case .whole(_, nil), .band(_, nil):
      out.append(say("不在任何一档：", "in no band: "))
      change(&out)
    case .whole(let band, _?):
      out.append(say("全额比例", "rate on the whole amount"))
      inBand(band, &out)
      product(&out)
    case .band(let band, _):
      out.append(say("分档定额", "amount by band"))
      inBand(band, &out)
      change(&out)
    case .fixed(let expression, _): fixed(expression, &out)
    case .decided(_, let min, let max, let reason):
      out.append(say("评审决定 ", "decided "))
      out.append(yuan: result)
      if min != nil || max != nil {
        out.append(language.opens)
        out.append(say("范围 ", "range "))
        if let min { out.append(yuan: .exact(min)) }
        out.append("–")
        if let max { out.append(yuan: .exact(max)) }
        out.append(language.closes)
      }
      if !reason.isEmpty { out.append(" \(Masking.text(reason))") }
    default: return
    }
  }

  /// Steps that limit the formula's amount.
  private func writeLimits<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .times(let expression, _):
      head(say("乘系数", "times"), expression, &out)
      out.append(yuan: was)
      out.append(" × ")
      out.append(number: figures.value)
      out.append(" = ")
      out.append(yuan: result)
    case .minimum(let value, let expression): edge(say("最低补助", "minimum"), expression, .exact(value), &out)
    case .atLeast(let value, let expression): edge(say("至少", "at least"), expression, .exact(value), &out)
    case .cap(_, let used, let expression, let isHousehold):
      named(HouseholdCap.name(capName, isHousehold, language), expression, figures.value, &out)
      if !used.isZero {
        out.append(HouseholdCap.used.text(language.language))
        out.append(yuan: figures.other)
      }
      out.append(language.colon)
      change(&out)
    case .offset(let expression, _): takeOff(say("抵扣", "offset"), expression, &out)
    default: return
    }
  }

  /// Steps that look beyond the award: at some benefits, at earlier claims, at the others of its group.
  private func writeBeyondTheAward<Writer: StepWriter & ~Copyable>(_ out: inout Writer) {
    switch operation {
    case .capOf(let benefits, let amount, let at, let used, let expression, let isHousehold):
      named(HouseholdCap.name(capName, isHousehold, language), expression, .exact(at), &out)
      out.append(language.opens)
      out.append(benefits.joined(separator: say("、", ", ")) + say(" 共 ", " together "))
      out.append(yuan: .exact(amount))
      out.append(language.closes)
      if !used.isZero {
        out.append(HouseholdCap.used.text(language.language))
        out.append(yuan: .exact(used))
      }
      out.append(language.colon)
      change(&out)
    case .addEarlier(let base):
      out.append(say("连同本年度以前的基数", "with the year's earlier base") + language.colon)
      equation(" + ", base, &out)
    case .lessEarlier(let value):
      out.append(say("减去以前的基数应得", "less what the earlier base gives") + language.colon)
      equation(" − ", value, &out)
    case .places(_, let group, let rank):
      out.append(say("名额", "places"))
      if !group.isEmpty { out.append(language.opens + Masking.text(group) + language.closes) }
      out.append(say("，排在第 \(rank)", ", number \(rank)") + language.colon)
      change(&out)
    default: return
    }
  }

  private func equation<Writer: StepWriter & ~Copyable>(
    _ sign: String, _ other: Rational, _ out: inout Writer
  ) {
    out.append(yuan: was)
    out.append(sign)
    out.append(yuan: .exact(other))
    // What is not there cannot be taken off.
    if case .exact(let after) = result, after.isZero { out.append(" → ") } else { out.append(" = ") }
    out.append(yuan: result)
  }

  private var capName: String {
    switch key {
    case "cap.award": say("单次封顶", "cap an award")
    case "cap.year": say("年度封顶", "cap a year")
    case "cap.lifetime": say("终身封顶", "lifetime cap")
    case "cap.years": say("多年封顶", "cap over years")
    default: say("封顶", "cap")
    }
  }
}
