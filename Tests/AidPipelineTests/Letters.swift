import AidModel
import Foundation
import Testing

@testable import AidPipeline

/// `explain --name` and `explain --letter`.
@Suite struct Letters {
  private func found(_ request: RunRequest, _ question: Explaining.Question) throws -> Explaining.Found {
    try Explaining.find(request, question)
  }

  private func refusal(_ request: RunRequest, _ question: Explaining.Question) -> String {
    do throws(PipelineFailure) {
      _ = try Explaining.find(request, question)
      return ""
    } catch {
      return error.text(.zh)
    }
  }

  /// Two people of one name, a third whose name only looks the same, before and after posting.
  @Test func aNameFindsOnePersonAndListsNamesakes() throws {
    let scratch = try BadInput.scratch()
    try scratch.write(
      "b/a.csv", "工号,姓名,单位,自付金额\n1001,张三,数学院,1000\n1002,张三,化学院,2000\n1003,李郎,化学院,3000\n")
    let request = scratch.request(scratch.path + "/b")
    for isPosted in [false, true] {
      if isPosted { _ = try BatchRun.run(request) }
      let one = try found(request, .init(name: "李郎"))
      #expect(one.text.contains("1003") && !one.text.contains("1001"), "\(one.text)")
      let several = refusal(request, .init(name: "张三"))
      #expect(several.contains("有 2 个人叫“张三”") && several.contains("--staff-no"), "\(several)")
      let second = several.firstRange(of: "化学院  工号 1002"),
        first = several.firstRange(of: "数学院  工号 1001")
      #expect(second != nil && first != nil && second!.lowerBound < first!.lowerBound)
      #expect(several.contains("t-1-"), "a record: \(several)")
      // U+F92C equals U+90CE canonically, and is another name.
      #expect(refusal(request, .init(name: "李\u{F92C}")).contains("一字不差"))
    }
  }

  @Test func stepsThatChangeNothingStandBehindAll() throws {
    let scratch = try BadInput.scratch()
    let found = try found(scratch.request(scratch.path + "/b"), .init(staffNo: "1001"))
    #expect(!found.text.contains("取整") && found.text.contains("--all"), "\(found.text)")
    #expect(found.text(all: true).contains("取整（四舍五入到 0.01 元）") && found.json.contains("\"round\""))
  }

  @Test(arguments: [Language.zh, .en])
  func aLetterTellsTheMemberAndNobodyElse(_ language: Language) throws {
    let scratch = try BadInput.scratch([
      ("batch.yaml", "policies:", "notice: {contact: [\"行政楼 214 <室>\", 电话 0000], days: 15}\npolicies:")
    ])
    try scratch.write("b/a.csv", "工号,姓名,自付金额\n1001,张三,1000\n1002,李四,2000\n")
    var request = scratch.request(scratch.path + "/b")
    request.language = language
    let path = scratch.path + "/letter.html"
    for isPosted in [false, true] {
      if isPosted { _ = try BatchRun.run(request) }
      let found = try found(request, .init(staffNo: "1001"))
      _ = try LetterFile.write(found, of: request, to: path)
      let letter = try String(contentsOfFile: path, encoding: .utf8)
      #expect(letter.contains("张三") && letter.contains("250.00") && letter.contains("1,000.00"))
      #expect(letter.contains("行政楼 214 &lt;室&gt;") && letter.contains("15"))
      #expect(!letter.contains("李四") && !letter.contains("1002") && !letter.contains("a.csv"))
      #expect(
        !letter.contains("<script") && !letter.contains("src=") && letter.contains("default-src 'none'"))
      #expect(letter.contains(language == .zh ? "试算，未入账" : "Dry run") == !isPosted)
      if language == .zh { #expect(letter.contains("人民币贰佰伍拾元整")) }
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func aLetterReplacesLettersOnly() throws {
    let scratch = try BadInput.scratch()
    let request = scratch.request(scratch.path + "/b")
    let found = try found(request, .init(staffNo: "1001"))
    let list = try Data(contentsOf: URL(filePath: scratch.path + "/b/a.csv"))
    #expect(throws: PipelineFailure.self) {
      _ = try LetterFile.write(found, of: request, to: scratch.path + "/b/a.csv")
    }
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link.html", withDestinationPath: scratch.path + "/b/a.csv")
    #expect(throws: PipelineFailure.self) {
      _ = try LetterFile.write(found, of: request, to: scratch.path + "/link.html")
    }
    #expect(throws: PipelineFailure.self) {
      _ = try LetterFile.write(found, of: request, to: scratch.path + "/none/l.html")
    }
    #expect(try Data(contentsOf: URL(filePath: scratch.path + "/b/a.csv")) == list)
    for _ in 0..<2 { _ = try LetterFile.write(found, of: request, to: scratch.path + "/l.html") }
  }
}
