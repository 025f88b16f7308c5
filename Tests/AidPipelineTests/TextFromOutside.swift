import AidModel
import AidPipeline
import Foundation
import Testing

/// Text from lists, policies and file names on its way to ledgers, notices, reports and terminals.
@Suite struct TextFromOutside {
  static let policy = """
    policy: p-1
    programme: aid
    title: 办法
    valid: {from: 2023-01-01, to: 2023-12-31}
    fund: f
    columns:
      - {name: self_pay, type: money, heading: [自付金额], required: true}
      - {name: kind, type: choice, choices: [甲, 乙]}
    benefits: [{name: b, base: sum(self_pay), rate: 100%}]
    caps: [{per: year, at: 100}]
    """
  static let batch = BadInput.batch + "\nfunds: {f: {amount: 100000.00}}\n"

  static func scratch(
    _ list: String, batch: String = batch, policy: String = policy, more: [String: String] = [:]
  ) throws -> Scratch {
    let scratch = try Scratch()
    for (name, text) in ["batch.yaml": batch, "p.yaml": policy, "a.csv": list].merging(
      more, uniquingKeysWith: { $1 })
    {
      try scratch.write("b/" + name, text)
    }
    return scratch
  }

  static func run(_ scratch: Scratch, _ depth: RunRequest.Depth = .post) throws -> RunResult {
    try BatchRun.run(scratch.request(scratch.path + "/b", depth))
  }

  static let breaks: [Unicode.Scalar] = [
    "\n", "\r", "\t", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}", "\u{1B}", "\u{9B}",
  ]

  /// A person's payment is one line, and no one is paid who is not on a list.
  @Test func aLineBreakInACellWaits() throws {
    let columns = ["bank", "branch", "id_type", "account_name", "staff_no", "name", "account"]
    let end: Unicode.Scalar = "\n"
    let places: [(String, Unicode.Scalar)] = Self.breaks.map { ("unit", $0) } + columns.map { ($0, end) }
    for (column, scalar) in places {
      let cells = ["staff_no": "S1", "name": "张三"].merging([column: "甲\(scalar)M1,2,x,S9,李鬼,99999.00"]) { $1 }
      let keys = cells.keys.sorted()
      let odd = keys.map { "\"\(cells[$0] ?? "")\"" }.joined(separator: ",")
      let other = ["staff_no": "S2", "name": "李四", "account": "6200000000000000018"]
      let sound = keys.map { other[$0] ?? "" }.joined(separator: ",")
      let scratch = try Self.scratch("\(keys.joined(separator: ",")),self_pay\n\(odd),5\n\(sound),7\n")
      let result = try Self.run(scratch)
      let holds = result.report.findings.filter { $0.kind.severity == .hold }.map(\.kind.code)
      #expect(
        result.report.totals.held == 1 && result.report.book.paid == Money(fen: 700), "\(column) \(holds)")
      #expect(holds.contains("TEXT-INVISIBLE") || holds.contains("CELL-MISFIT"), "\(column) \(holds)")
      #expect(scratch.text("out/ledgers/t-1-finance-office.csv").split(separator: "\r\n").count == 2)
    }
  }

  /// All spellings of a number are one person with one yearly cap.
  @Test func unseenCharactersMakeNobodyElse() throws {
    let scalars: [Unicode.Scalar] = [
      "\u{34F}", "\u{61C}", "\u{115F}", "\u{180B}", "\u{180F}", "\u{2065}", "\u{206A}", "\u{2800}",
      "\u{3164}", "\u{FFA0}",
      "\u{FFF0}", "\u{1BCA0}", "\u{1D173}", "\u{E0001}", "\u{E0041}", "\u{E0100}", "\u{E01EF}", "\u{200B}",
    ]
    let lines = scalars.map { "10\($0)01,张三,甲,100" }
    let scratch = try Self.scratch("staff_no,name,unit,self_pay\n" + lines.joined(separator: "\n") + "\n")
    let result = try Self.run(scratch, .rehearse)
    #expect(result.report.book.entries.count == 1 && result.report.book.paid <= Money(fen: 10_000))
    #expect(result.report.findings.count { $0.kind.code == "TEXT-INVISIBLE" } == scalars.count - 1)
  }

  /// The other lists are read just as strictly.
  @Test func listsBesideAreHeldToTheSame() throws {
    let history = "programme,staff_no,amount,paid_on,batch\naid,10\u{E0041}01,80.00,2023-03-01,old\n"
    let batch = Self.batch + "history: [h.csv]\n"
    let list = "staff_no,name,self_pay\n1001,张三,100\n"
    let paid = try Self.run(Self.scratch(list, batch: batch, more: ["h.csv": history]))
    #expect(paid.report.book.paid == Money(fen: 2000))
    for cell in ["\"10\n01\"", "10\u{1B}01", "\"1001\t\t2\""] {
      let odd = history.replacing("10\u{E0041}01", with: cell)
      let failure = BadInput.failure(try Self.scratch(list, batch: batch, more: ["h.csv": odd]))
      #expect(failure?.text(.en).contains("TEXT-INVISIBLE") == true, "\(cell) \(failure?.text(.en) ?? "")")
    }
    let formula = history.replacing("10\u{E0041}01", with: "=1+1001")
    let refused = BadInput.failure(try Self.scratch(list, batch: batch, more: ["h.csv": formula]))
    #expect(refused?.text(.en).contains("FORMULA-LIKE") == true)
    // An odd roster row concerns only its person; a decision's reason may have several lines, its staff
    // number may not.
    let roster = "staff_no,name,bank\n1001,张三,\"银行\n支行\"\n1002,李四,银行\n"
    let two = list + "1002,李四,50\n"
    let result = try Self.run(
      Self.scratch(two, batch: Self.batch + "roster: [r.csv]\n", more: ["r.csv": roster]))
    #expect(result.report.book.paid == Money(fen: 5000) && result.report.totals.held == 1)
  }

  @Test func whatIsExportedRunsNothing() throws {
    let history = "programme,staff_no,amount,paid_on,batch,status\naid,1001,80.00,2023-03-01,old,已发\n"
    let scratch = try Scratch()
    try scratch.write("h.csv", history)
    let store = scratch.path + "/s.sqlite"
    _ = try HistoryImport.run([scratch.path + "/h.csv"], store: store, templates: nil, language: .zh)
    let text = String(decoding: try PaymentHistory.export(store: store, asJSON: false), as: UTF8.self)
    // The columns behind the status are blank: nothing more is known of the payment.
    let line = try #require(text.split(separator: "\r\n").last)
    #expect(line.hasPrefix("old,aid,1001,,80.00,2023-03-01,已发,") && line.hasSuffix(",,"))
    var out = TextBuffer()
    out.append(shownLine: ["=1+1", " @x", "a\n=b", "a,b", "甲", "-", "q\"q", "\u{202E}x"])
    #expect(out.text == "'=1+1,' @x,'a\\u{a}=b,\"a,b\",甲,'-,\"q\"\"q\",\\u{202e}x\r\n")
  }

  // MARK: names used in file names

  @Test func aNameIsNoPath() throws {
    let names = ["x/../../escaped", "..", "a\\\\b", "a\\nb", "-f", "con", "a:b", "\\u202Ef"]
    for name in names {
      let scratch = try Self.scratch(
        BadInput.list, batch: BadInput.batch + "\nfunds: {\"\(name)\": {amount: 1000}, g: {amount: 5}}\n",
        policy: Self.policy.replacing("fund: f", with: "fund: \"\(name)\""))
      let failure = BadInput.failure(scratch)
      #expect(
        failure?.problems.first?.location.hasPrefix("batch.yaml:8:9") == true,
        "\(name) \(failure?.text(.en) ?? "")")
      let programme = try Self.scratch(
        BadInput.list, batch: Self.batch.replacing("programme: aid", with: "programme: \"\(name)\""),
        policy: Self.policy.replacing("programme: aid", with: "programme: \"\(name)\""))
      #expect(
        BadInput.failure(programme)?.problems.first?.location.hasPrefix("p.yaml:2:12") == true, "\(name)")
    }
    // The same name in another case, or with other composed characters, is the same file on some disks.
    for (a, b) in [("fund", "Fund"), ("é", "e\u{301}")] {
      let scratch = try Self.scratch(
        BadInput.list, batch: BadInput.batch + "\nfunds: {\(a): {amount: 1}, \(b): {amount: 1}}\n")
      let says = BadInput.failure(scratch)?.text(.en) ?? ""
      #expect(says.contains("only in case or form") || says.contains("written twice"), "\(a) \(says)")
    }
  }

  @Test func titlesAreOneLine() throws {
    for (file, from, to, place) in [
      ("batch.yaml", "title: 测试", "title: \"测\\n试\"", "batch.yaml:2:8"),
      ("p.yaml", "title: 办法", "title: \"办\\u2028法\"", "p.yaml:3:8"),
    ] {
      let scratch = try Self.scratch(
        BadInput.list, batch: file == "p.yaml" ? Self.batch : Self.batch.replacing(from, with: to),
        policy: Self.policy.replacing(from, with: to))
      #expect(BadInput.failure(scratch)?.problems.first?.location == place, "\(place)")
    }
  }

  /// A byte order mark is skipped, but is included in the manifest's hash.
  @Test func hashesAreOfTheBytes() throws {
    var hashes: Set<String> = []
    for mark in ["", "\u{FEFF}"] {
      let scratch = try Self.scratch(
        BadInput.list, batch: mark + Self.batch, policy: mark + Self.policy,
        more: ["columns.yaml": mark + "headings: {self_pay: [自付部分]}\n"])
      _ = try Self.run(scratch)
      let manifest = scratch.text("out/manifest.json")
      for file in ["batch.yaml", "p.yaml", "columns.yaml"] {
        let bytes = try Data(contentsOf: URL(filePath: scratch.path + "/b/" + file))
        let hash = SHA256.hex(SHA256.hash(Array(bytes)))
        #expect(manifest.contains(hash), "\(file) \(mark.utf8.count)")
        hashes.insert(hash)
      }
    }
    #expect(hashes.count == 6)
  }

  // MARK: personal numbers

  /// Whatever a shifted row contains, no number that could be used to rob a person is published or reported.
  @Test func noReportShowsANumber() throws {
    let numbers = [
      "6200 0000 9668 9213 377", "６２００００００９６６８９２１３３７７", "6200-0000-9668-9213", "13454315866", "134 5431 5866",
      "4201 0019 8701 1245 72", "420100 19870112 457X", "620000009668", "62000000966892", "+86 13454315866",
      "(134)54315866", "6200:0000:9668:9213:377",
    ]
    let lines = numbers.enumerated().flatMap { i, number in
      [
        "A\(i),张三,\(number),5,甲,", "B\(i),李四,甲,5,\(number),", "C\(i),\(number),甲,5,甲,",
        "D\(i),王五,甲,\(number),甲,",
        "\(number),赵六,甲,5,甲,",
      ]
    }
    // A short number is recognised because its row has it.
    let scratch = try Self.scratch(
      "staff_no,name,unit,self_pay,kind,phone\n" + lines.joined(separator: "\n")
        + "\nP1,孙七,电 8765-4321,5,甲,87654321\n",
      batch: Self.batch + "reports: {notice: {mask: none, show: [unit, staff_no, amount]}}\n")
    let result = try Self.run(scratch)
    var pages = scratch.files().filter { !$0.path.hasPrefix("ledgers/") && $0.path != "explanations.jsonl" }
      .map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    pages.append(("standard output", RunSummary.text(result, language: .zh)))
    #expect(pages.count >= 8)
    for (path, text) in pages {
      for number in numbers { #expect(!text.contains(number), "\(path) \(number)") }
    }
    let notice = scratch.text("out/notice/aid.csv")
    #expect(notice.contains("孙七,电 ****-**21,P1,") && notice.split(separator: "\r\n").count > 5)
  }

  // MARK: terminals

  @Test func nothingFromOutsideReachesATerminalRaw() throws {
    let hostile = "\u{1B}[2J\u{9B}2J\u{202E}\u{200B}"
    let scratch = try Self.scratch(
      "staff_no,name,unit,self_pay\nS1,张三,甲,\(hostile)5\nS2,李四,甲,约\(hostile)\n",
      batch: Self.batch.replacing("a.csv", with: "'*.csv'"))
    try scratch.write(
      "b/x\(hostile)y.csv", "staff_no,name,\(hostile)unit,self_pay\nS3,\(hostile),=\(hostile),约5\n")
    let batch = scratch.path + "/b"
    let options = ["--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite"]
    let missing = scratch.path + "/\(hostile)"
    for arguments in [
      ["run", batch, "--dry-run", "--format", "json"] + options, ["run", batch] + options,
      ["explain", batch, "--staff-no", "S1"] + options, ["inspect", batch + "/x\(hostile)y.csv"],
      ["run", missing], ["inspect", missing], ["diff", missing, missing], ["policy", "check", missing],
      ["history", "import", missing] + options, ["run", hostile + "x", "--\(hostile)"],
      ["findings", hostile],
      ["template", hostile], ["simulate", batch, "--sweep", hostile] + options,
    ] {
      let said = try ProgramTests.run(arguments)
      for text in [said.out, said.err] {
        let bad = text.unicodeScalars.first { $0 != "\n" && $0.kind != .visible && $0.kind != .blank }
        #expect(bad == nil, "\(arguments.prefix(1)) \(bad.debugDescription) \(text.debugDescription)")
      }
      if arguments.contains("json") {
        #expect((try? JSONSerialization.jsonObject(with: Data(said.out.utf8))) != nil)
      }
    }
    for (path, bytes) in scratch.files() where path.hasSuffix(".html") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(
        text.unicodeScalars.allSatisfy { $0 == "\n" || $0.kind == .visible || $0.kind == .blank }, "\(path)")
    }
  }

  /// The advice is about the file requested, not about batch.yaml.
  @Test func aMissingFileIsAdvisedByTheCommandThatNamedIt() throws {
    let scratch = try BadInput.scratch()
    for arguments in [
      ["inspect", "nofile.xlsx"], ["diff", scratch.path + "/b", "nope"], ["history", "import", "nofile.csv"],
    ] {
      let said = try ProgramTests.run(arguments + ["--lang", "en"])
      #expect(
        said.status == 2 && !said.err.contains("batch.yaml") && said.err.contains("→ Check the path"),
        "\(said.err)")
    }
  }
}
