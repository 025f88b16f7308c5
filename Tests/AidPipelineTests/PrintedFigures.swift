import AidModel
import AidPipeline
import Foundation
import Testing

/// Figures the program works out are no personal numbers, and fractions can be read; in every explanation there is.
@Suite struct PrintedStepsOfFigures {
  private static func policy(_ value: String, _ benefit: String) -> String {
    """
    policy: p-1
    programme: aid
    valid: {from: 2023-01-01}
    columns:
      - {name: self_pay, type: money, heading: [自付金额]}
      - {name: remark, type: text, heading: [备注说明]}
    values:
      - {name: 人均, value: \(value)}
      - {name: 说明, value: remark}
    benefits:
      - {name: b, \(benefit)}
    """
  }

  private func explanations(_ policy: String, _ amount: String, _ remark: String = "无") throws -> String {
    let scratch = try BadInput.scratch([
      ("p.yaml", BadInput.policy, policy),
      ("a.csv", BadInput.list, "工号,姓名,自付金额,备注说明\n1001,张三,\(amount),\(remark)\n"),
    ])
    _ = try BatchRun.run(scratch.request(scratch.path + "/b", .rehearse))
    return scratch.text("out/explanations.jsonl")
  }

  @Test(arguments: [
    ("12345.67", "self_pay / 7 / 12 / 365", "≈ 0.402664", "1234567/3066000"),
    ("1381234.77", "self_pay / 7 / 11 / 13 / 17 / 3", "≈ 27.055979", "46041159/1701700"),
    ("138123456.77", "self_pay / 7", "≈ 19731922.395714", "13812345677/700"),
    ("138123456.77", "self_pay * 100", "= 13812345677.00", "13812345677.00"),
    ("100", "self_pay / 8 / 1000", "= 0.0125", "0.0125"),
  ])
  func figuresAreNotMasked(_ amount: String, _ value: String, _ shown: String, _ exact: String) throws {
    let text = try explanations(Self.policy(value, "amount: min(人均, 5)"), amount)
    #expect(text.contains(" \(shown)  来源") && text.contains("\"value\":\"\(exact)\""), "\(text)")
    #expect(text.contains("人均" + shown.replacing(" ", with: "")) && !text.contains("*"), "\(text)")
  }

  @Test func whatACellSaysIsMasked() throws {
    let text = try explanations(
      Self.policy("self_pay / 7", "amount: if 说明 = '无' then 1 else 2"), "100", "13812345677")
    #expect(text.contains("138****5677") && !text.contains("13812345677"), "\(text)")
  }

  @Test func aNamedValueIsListedOnce() throws {
    let tiers =
      "base: sum(self_pay), marginal: [{from: 0, to: 人均, rate: 10%}, {from: 人均, to: 人均 * 2, rate: 20%}]"
    let text = try explanations(Self.policy("self_pay / 5", tiers), "100")
    let step = text.components(separatedBy: "\"step\":\"").first { $0.hasPrefix("marginal") } ?? ""
    #expect(step.components(separatedBy: "人均=20.00").count == 2, "\(text)")
  }

  @Test func aChoiceBeforeAnEqualsSignStandsInParentheses() throws {
    let text = try explanations(
      Self.policy(
        "self_pay / 5", "base: sum(self_pay), rate: 50%, at_least: if self_pay > 100 then 7 else 60"), "100")
    #expect(text.contains("至少 （若自付金额高于 100 元则 7，否则 60） = 60.00："), "\(text)")
  }
}
