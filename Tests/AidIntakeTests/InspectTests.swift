import AidModel
import Testing

@testable import AidIntake

/// What `inspect` prints in words.
@Suite struct InspectTests {
  static func inspect(_ csv: String, json: Bool = false) -> String {
    TableFixture.withFile(Array(csv.utf8)) { path in
      do throws(IntakeFailure) {
        return try InspectText.render(
          try InputFile(path: path, name: "x"), sheet: nil, layout: TableFixture.layout,
          vocabulary: TableFixture.vocabulary, json: json, unmasked: false, language: .zh)
      } catch {
        return error.finding.kind.code
      }
    }
  }

  static let list = "汇总表\n工号,姓名（必填）,自付金额（元）,病人出院日期,职工备注栏,其它,统筹金额\n1001,张三,5,,,7,1\n合计,,5,,,,\n"

  @Test func whatWasRecognisedAndWhy() {
    let text = Self.inspect(Self.list)
    for line in [
      "# 表头在第 2 行：7 列中认出 3 列", "# A 工号 → staff_no (text)\n", "# B 姓名（必填） → name (text)，去掉标记、说明或单位后是“姓名”",
      "# C 自付金额（元） → self_pay (money)", "# 1: title 标题", "# 4: total 合计",
      "row,staff_no,name,self_pay\n3,1001,张三,5.00\n",
    ] {
      #expect(text.contains(line), "\(line) in \(text)")
    }
  }

  /// Suggestions can be copied as they are: no duplicate key, no amount for an account.
  @Test func suggestionsNameAColumnOnceAndOneOfItsKind() {
    let text = Self.inspect(
      "工号,姓名,自付金额,职工备注栏,其它备注栏,其它,另外,个人银行卡号码表,本人卡号金额\n1001,张三,5,,,,,,\n")
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("#   ") }
    let keys = lines.compactMap { $0.split(separator: ":").first }.filter { !$0.hasPrefix("#   #") }
    #expect(Set(keys).count == keys.count && keys.contains("#   remark"), "\(lines)")
    #expect(!lines.contains { $0.hasPrefix("#   account") && $0.contains("金额") }, "\(lines)")
    let none = Self.inspect("工号,姓名,自付金额,其它\n1001,张三,5,\n")
    #expect(none.contains("# # headings:"), "nothing but comments: \(none)")
  }

  @Test func linesToAddForUnknownHeadings() {
    let text = Self.inspect(Self.list)
    for line in [
      "# headings:\n", "#   discharged: [\"病人出院日期\"]  # D，像“出院日期”，请核对", "#   remark: [\"职工备注栏\"]  # E，像“备注”",
      "#   # ?: [\"其它\"]  # F", "#   # ?: [\"统筹金额\"]  # G",
    ] {
      #expect(text.contains(line), "\(line) in \(text)")
    }
    #expect(!Self.inspect("工号,姓名,自付金额\n1001,张三,5\n").contains("headings:"), "nothing is missing")
    #expect(Self.inspect(Self.list, json: true).contains("\"suggestions\""))
  }
}
