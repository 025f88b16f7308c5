import AidModel

/// Words and numbers for display.
enum Wording {
  static func outcome(_ outcome: RowOutcome, _ language: Language) -> String {
    switch outcome {
    case .paid: Bilingual("发放", "paid").text(language)
    case .zero: Bilingual("金额为零", "zero").text(language)
    case .refused: Bilingual("不予补助", "refused").text(language)
    case .held: Bilingual("待处理", "held").text(language)
    case .notCounted: Bilingual("不计入", "not counted").text(language)
    }
  }

  static func fate(_ fate: ReceivedFile.Fate, _ language: Language) -> String {
    switch fate {
    case .read: language == .zh ? "读入" : "read"
    case .ignored: language == .zh ? "不读（ignore）" : "ignored"
    case .passedOver: language == .zh ? "略过" : "passed over"
    case .unmatched: language == .zh ? "没有哪一项读它" : "no entry reads it"
    case .twice: language == .zh ? "两项都写到它" : "two entries name it"
    }
  }

  static func drop(_ reason: DropReason, _ language: Language) -> String {
    switch reason {
    case .title: Bilingual("标题或说明", "title or note").text(language)
    case .heading: Bilingual("表头", "heading").text(language)
    case .blank: Bilingual("空行", "blank").text(language)
    case .total: Bilingual("合计行", "total").text(language)
    case .signature: Bilingual("签字行", "signature").text(language)
    case .example: Bilingual("示例行", "example").text(language)
    }
  }

  static func severity(_ severity: Severity, _ language: Language) -> String {
    switch severity {
    case .note: Bilingual("提示", "note").text(language)
    case .repaired: Bilingual("已修正", "repaired").text(language)
    case .hold: Bilingual("待处理", "hold").text(language)
    case .stop: Bilingual("停止", "stop").text(language)
    }
  }

  static func shortRule(_ rule: String?, _ language: Language) -> String {
    switch rule {
    case "stop": Bilingual("不足，停发", "short: stopped").text(language)
    case "pro_rata": Bilingual("不足，按比例", "short: pro rata").text(language)
    case "priority": Bilingual("不足，按顺序", "short: by priority").text(language)
    default: Bilingual("足够", "enough").text(language)
    }
  }

  static func stage(_ stage: RunStage, _ language: Language) -> String {
    switch stage {
    case .validated: Bilingual("核对", "validated").text(language)
    case .rehearsed: Bilingual("演算（未发放）", "dry run (nothing paid)").text(language)
    case .posted: Bilingual("已入账", "posted").text(language)
    case .stopped: Bilingual("已停止（未发放）", "stopped (nothing paid)").text(language)
    }
  }

  /// An amount in yuan: whole fen as money with commas, otherwise the exact decimal or fraction.
  static func yuan(_ value: Rational) -> String {
    if let fen = value.hundredths { return Money(fen: fen).grouped }
    return value.description
  }

  /// The same without commas, for JSON.
  static func plain(_ value: Rational) -> String {
    if let fen = value.hundredths { return Money(fen: fen).plain }
    return value.description
  }

  static func rounding(_ mode: RoundingMode, _ language: Language) -> String {
    switch mode {
    case .halfUp: Bilingual("四舍五入", "half up").text(language)
    case .halfEven: Bilingual("四舍六入五成双", "half to even").text(language)
    case .down: Bilingual("舍去尾数", "rounded down").text(language)
    case .up: Bilingual("进一", "rounded up").text(language)
    }
  }

  static func sum(_ awards: some Sequence<AwardEntry>) -> Money { awards.reduce(.zero) { $0 + $1.amount } }
}

extension TextBuffer {
  /// Like `Wording.yuan`.
  mutating func append(yuan value: Rational) {
    if let fen = value.hundredths { append(Money(fen: fen), grouping: true) } else { append(value) }
  }

  /// Like `Wording.plain`.
  mutating func append(plain value: Rational) {
    if let fen = value.hundredths { append(Money(fen: fen)) } else { append(value) }
  }

  /// `60%`; a rate that overflows as a percentage stays a number.
  mutating func append(percent rate: Rational) {
    if let whole = rate.hundredths {
      append(number: Int(whole))
      append(UInt8(ascii: "%"))
    } else if let hundred = try? rate * Rational(100) {
      append(hundred)
      append(UInt8(ascii: "%"))
    } else {
      append(rate)
    }
  }
}
