import AidModel
import Testing

@testable import AidIntake

/// The unit of a list's amounts, wherever it is stated.
@Suite struct UnitsOfMoney {
  private static func read(_ csv: String, unit: MoneyUnit? = nil) -> TableFixture.Read {
    TableFixture.read(csv, unit: unit)
  }

  @Test func headings() {
    for (heading, word) in [
      ("自付金额（万）", "万元"), ("自付金额(万元)", "万元"), ("自付金额/万元", "万元"), ("自付金额（美元）", "美元"),
      ("自付金额（角）", "角"), ("自付金额（分）", "分"), ("自付金额（千元）", "千元"), ("自付金额(单位：千)", "千元"), ("自付金额（USD）", "usd"),
      ("自付金额（百万元）", "百万元"), ("自付金额（$）", "$"), ("自付金额（港币）", "港币"),
    ] {
      let read = Self.read("工号,姓名,\(heading)\n1001,张三,1\n")
      #expect(
        read.codes == ["UNIT-OF-MONEY"] && read.findings[0].arguments == [word, "C1"],
        "\(heading) \(read.findings)")
      #expect(read.findings.first?.kind.severity == .hold && read.findings.first?.place.row == -1)
    }
    for heading in ["自付金额（元）", "自付金额（人民币）", "自付金额（百分比外）", "自付金额（5万元以上）", "自付金额（¥）"] {
      #expect(Self.read("工号,姓名,\(heading)\n1001,张三,1\n").codes.isEmpty, "\(heading)")
    }
  }

  @Test func theSecondLineOfAHeadingAndLinesBelow() {
    for (rows, cell) in [
      ("工号,姓名,自付金额\n,,（万元）\n1001,张三,1\n", "C2"), ("工号,姓名,自付金额\n（必填）,,（万元）\n1001,张三,1\n", "C2"),
      ("工号,姓名,自付金额\n1001,张三,1\n单位：万元,,\n", "A3"), ("工号,姓名,自付金额\n1001,张三,1\n注：金额均为万元,,\n", "A3"),
      ("工号,姓名,自付金额\n1001,张三,1\n制表人：李四,单位：美元,\n", "B3"),
      ("工号,姓名,自付金额\n1001,张三,1\n合计（万元）,,1\n", "A3"),
      ("工号,姓名,自付金额\n1001,张三,1\n工号,姓名,自付金额（万）\n1002,李四,2\n", "C3"),
    ] {
      let read = Self.read(rows)
      let found = read.finding("UNIT-OF-MONEY")
      #expect(found?.arguments.last == cell && found?.place.row == -1, "\(rows) \(read.findings)")
      #expect(read.codes.count { $0 == "UNIT-OF-MONEY" } == 1)
    }
    for title in ["单位：美元", "币种：美元", "单位：万", "金额单位：角", "单位：分  制表：张三", "单位,万元", "汇总表（万）"] {
      let read = Self.read("\(title)\n工号,姓名,自付金额\n1001,张三,1\n")
      #expect(read.codes.contains("UNIT-OF-MONEY"), "\(title) \(read.codes)")
      #expect(read.texts("unit") == [""], "\(title) \(read.texts("unit"))")
    }
    for title in ["单位：百川学院", "单位：分析中心", "单位：万家学院", "共 5 分表", "单位：千里马社区"] {
      let read = Self.read("\(title)\n工号,姓名,自付金额\n1001,张三,1\n")
      #expect(!read.codes.contains("UNIT-OF-MONEY"), "\(title) \(read.codes)")
    }
  }

  @Test func yuanWhereTenThousandsAreConfirmed() {
    for list in [
      "单位：元\n工号,姓名,自付金额\n1001,张三,2000\n", "（元）\n工号,姓名,自付金额\n1001,张三,2000\n",
      "工号,姓名,自付金额（元）\n1001,张三,2000\n", "工号,姓名,自付金额\n,,（元）\n1001,张三,2000\n",
      "工号,姓名,自付金额\n1001,张三,2000\n金额单位：元,,\n", "单位：千元\n工号,姓名,自付金额\n1001,张三,2000\n",
      "单位：人民币（元）\n工号,姓名,自付金额\n1001,张三,2000\n",
    ] {
      let read = Self.read(list, unit: .tenThousand)
      let found = read.finding("UNIT-OF-MONEY")
      #expect(found?.arguments.last == "万元" && found?.kind.severity == .hold, "\(list) \(read.findings)")
    }
    let title = Self.read("单位：元\n工号,姓名,自付金额\n1001,张三,2000\n", unit: .tenThousand)
    #expect(title.texts("self_pay") == ["2000.00"] && title.codes == ["UNIT-OF-MONEY"], "never multiplied")
    let both = Self.read("工号,姓名,自付金额（万元）,门诊自付金额（元）\n1001,张三,1,5\n", unit: .tenThousand)
    #expect(both.texts("self_pay") == ["10000.00"] && both.texts("clinic") == ["5.00"])
    #expect(both.codes == ["UNIT-CONVERTED"], "each column says its own: \(both.findings)")
    let short = Self.read("工号,姓名,自付金额（万）\n1001,张三,1\n", unit: .tenThousand)
    #expect(short.texts("self_pay") == ["10000.00"] && short.codes == ["UNIT-CONVERTED"])
    let below = Self.read("工号,姓名,自付金额\n1001,张三,1\n单位：万元,,\n", unit: .tenThousand)
    #expect(below.texts("self_pay") == ["10000.00"] && below.codes == ["UNIT-CONVERTED"])
  }

  @Test func numberFormats() {
    for (code, unit) in [
      ("0.00\"万元\"", "万元"), ("0!.0,\"万\"", "万元"), ("[$$-409]#,##0.00", "$"), ("[$€-2] #,##0", "€"),
      ("_(\"$\"* #,##0.00_)", "$"), ("[$USD] 0", "usd"), ("[$¥-411]#,##0", "日元"), ("0\\千", "千元"),
      ("0.0\"分\"", "分"),
    ] {
      #expect(MoneyWords.unit(ofFormat: code) == unit, "\(code)")
    }
    for code in [
      "General", "#,##0.00", "[$¥-804]#,##0.00", "[$￥-804]#,##0.00", "_ \"¥\"* #,##0.00_ ", "[$CNY] 0",
      "0.00\"元\"", "[$-804]0",
      "[DBNum2][$-804]General\"元整\"", "0_$", "@", "[Red]0",
    ] {
      #expect(MoneyWords.unit(ofFormat: code) == nil, "\(code)")
    }
  }
}

/// A unit confirmed for several lists converts only those that state it themselves.
@Suite struct UnitsOfSeveralLists {
  private static func read(_ csv: String, own: Bool) -> TableFixture.Read {
    TableFixture.read(Array(csv.utf8), unit: .tenThousand, isOwnUnit: own)
  }

  @Test func aListThatSaysNothingWaits() {
    let list = "工号,姓名,自付金额\n1001,张三,3000\n"
    let shared = Self.read(list, own: false)
    let found = shared.finding("UNIT-OF-MONEY")
    #expect(found?.kind.severity == .hold && found?.place.row == -1 && found?.arguments == ["万元", "自付金额"])
    let own = Self.read(list, own: true)
    #expect(own.codes == ["UNIT-CONVERTED"] && own.texts("self_pay") == ["30000000.00"])
  }

  @Test func aListThatSaysItIsConverted() {
    for list in [
      "工号,姓名,自付金额（万元）\n1001,张三,0.3\n", "单位：万元\n工号,姓名,自付金额\n1001,张三,0.3\n",
      "工号,姓名,自付金额\n1001,张三,0.3\n单位：万元,,\n", "工号,姓名,自付金额\n,,（万元）\n1001,张三,0.3\n",
      "工号,姓名,自付金额（万元）,门诊自付金额（元）\n1001,张三,0.3,5\n",
    ] {
      let read = Self.read(list, own: false)
      #expect(
        read.codes == ["UNIT-CONVERTED"] && read.texts("self_pay") == ["3000.00"], "\(list) \(read.findings)")
    }
    let half = Self.read("工号,姓名,自付金额（万元）,门诊自付金额\n1001,张三,0.3,3000\n", own: false)
    #expect(half.codes.contains("UNIT-OF-MONEY"), "one column says it, the other nothing")
  }
}
