import AidModel
import AidPipeline
import Foundation
import Testing

/// For a posted batch `explain` shows what was paid and why, and what has changed since.
@Suite struct ExplainingPosted {
  private func posted() throws -> (Scratch, RunRequest) {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    _ = try BatchRun.run(request)
    return (scratch, request)
  }

  private func explain(_ request: RunRequest) throws -> Explaining.Found {
    try Explaining.find(request, Explaining.Question(staffNo: "1001"))
  }

  @Test(arguments: [Language.zh, .en])
  func whereNothingChangedItIsTheWholeExplanation(_ language: Language) throws {
    let (scratch, asked) = try posted()
    defer { withExtendedLifetime(scratch) {} }
    var request = asked
    request.language = language
    let found = try explain(request)
    #expect(found.text.contains("250.00") && !found.text.contains("以后") && !found.text.contains("since then"))
    #expect(found.text.hasPrefix(language == .zh ? "批次 t-1 已入账" : "Batch t-1 is posted"))
    #expect(!found.json.contains("since"))
  }

  /// The list changed, the person is gone, the list is unreadable: what was paid is shown all the same.
  @Test(arguments: [
    ("1001,张三,1000", "1001,张三,0", "现在重算会是"), ("1001,张三,1000", "1002,李四,1000", "没有这一笔申请"),
    ("工号,姓名,自付金额", "甲,乙,丙", "不能重算"),
  ])
  func whatHasChangedSinceIsTold(_ from: String, _ to: String, _ says: String) throws {
    let (scratch, request) = try posted()
    try scratch.write("b/a.csv", BadInput.list.replacing(from, with: to))
    let found = try explain(request)
    #expect(found.text.contains("结果：发放  250.00 元"), "\(found.text)")
    #expect(found.text.contains("入账以后的变化") && found.text.contains(says), "\(found.text)")
    let object = try JSONSerialization.jsonObject(with: Data(found.json.utf8)) as? [String: Any]
    #expect(object?["amount"] as? String == "250.00" && (object?["since"] as? [String])?.isEmpty == false)
    if says != "不能重算" { #expect(found.text.contains("a.csv 在发放以后改过")) }
  }

  /// Someone who was not posted is explained as of now.
  @Test func whoCameLaterIsTold() throws {
    let (scratch, request) = try posted()
    try scratch.write("b/a.csv", BadInput.list + "1002,李四,1000\n")
    let found = try Explaining.find(request, Explaining.Question(staffNo: "1002"))
    #expect(found.text.contains("李四"))
  }

  /// Two programmes give a single document.
  @Test func severalAwardsAreOneDocument() throws {
    let scratch = try BadInput.scratch([
      ("batch.yaml", "policies: [p.yaml]", "policies: [p.yaml, q.yaml]"),
      (
        "batch.yaml", "  - {programme: aid, files: [a.csv]}",
        "  - {programme: aid, files: [a.csv]}\n  - {programme: more, files: [c.csv]}"
      ),
    ])
    try scratch.write(
      "b/q.yaml",
      BadInput.policy.replacing("p-1", with: "q-1").replacing("programme: aid", with: "programme: more"))
    try scratch.write("b/c.csv", BadInput.list)
    let request = scratch.request(scratch.path + "/b")
    for isPosted in [false, true] {
      if isPosted { _ = try BatchRun.run(request) }
      let found = try explain(request)
      let awards = try JSONSerialization.jsonObject(with: Data(found.json.utf8)) as? [[String: Any]]
      #expect(awards?.compactMap { $0["programme"] as? String } == ["aid", "more"], "\(found.json)")
    }
  }
}
