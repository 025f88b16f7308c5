import AidModel
import AidPipeline
import Foundation
import Testing

/// The docs are true: links resolve, commands exist, and the built-in templates match the folder.
@Suite struct Documents {
  @Test func linksResolve() {
    for document in Tree.documents {
      let text = Tree.text(document)
      #expect(!text.isEmpty, "\(document) is missing or empty")
      let folder = Tree.root.appending(path: document).deletingLastPathComponent()
      for part in text.components(separatedBy: "](").dropFirst() {
        let target = part.prefix(while: { $0 != ")" && $0 != "#" && $0 != " " })
        if target.isEmpty || target.hasPrefix("http") { continue }
        let path = folder.appending(path: String(target)).path(percentEncoded: false)
        #expect(FileManager.default.fileExists(atPath: path), "\(document) links to \(target)")
      }
    }
  }

  /// A change of a long line cannot be reviewed. Tables, code, quotations and pages that tests write stand as they are.
  @Test func linesOfDocumentsAreShort() {
    for document in Tree.documents where !["docs/FINDINGS.md", "docs/POLICY-ERRORS.md"].contains(document) {
      var isCode = false
      for (number, line) in Tree.lines(document).enumerated() {
        if line.contains("```") { isCode.toggle() }
        if isCode || "|>`".contains(line.first ?? " ") { continue }
        #expect(line.count <= 110, "\(document):\(number + 1) has \(line.count) characters")
      }
    }
  }

  @Test func theReadmeCommandsExist() {
    let makefile = Tree.text("Makefile")
    for readme in ["README.md", "README.zh-CN.md"] {
      let text = Tree.text(readme)
      for command in ["make run", "make test"] {
        #expect(text.contains(command), "\(readme) does not tell \(command)")
        #expect(makefile.contains("\n" + command.dropFirst(5) + ":"), "the Makefile lacks \(command)")
      }
    }
  }

  /// `UPDATE_GOLDEN=1 swift test --filter builtInTemplates` rewrites them.
  @Test func builtInTemplatesAreTheFolders() throws {
    let target = Tree.root.appending(path: "Sources/AidPipeline/BuiltIn")
    var index: [String] = []
    for file in Tree.files(under: "Templates", ending: [".yaml", ".md"]) {
      let name = String(file.dropFirst("Templates/".count))
      let symbol =
        "template"
        + name.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      index.append("    (\"\(name)\", \(symbol)),")
      let body = Tree.lines(file).map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
      let source = "// swift-format-ignore-file\nlet \(symbol) = #\"\"\"\n\(body)\n  \"\"\"#\n"
      try same(source, as: target.appending(path: symbol + ".swift"))
    }
    let list = """
      /// The files of Templates/, built in for a program moved without them. Rewritten by a house test.
      enum BuiltInTemplates {
        static let all: [(name: String, text: String)] = [
      \(index.joined(separator: "\n"))
        ]
      }

      """
    try same(list, as: target.appending(path: "BuiltInTemplates.swift"))
  }

  /// docs/FINDINGS.md is the catalogue. `UPDATE_GOLDEN=1 swift test --filter findingsPage` rewrites it.
  @Test func findingsPageIsTheCatalogue() throws {
    let money = [
      Severity.note: "照常 kept", .repaired: "照常，改动有记录 kept, the change is logged",
      .hold: "这一行等人决定，不发放 the row waits for a person", .stop: "整批不发放 nothing in this run is paid",
    ]
    var page = """
      # Findings 核对结果

      What can be noticed about a list, a cell, a row or a decision. The severity says what happens to the money:
      `note` kept and shown; `repaired` kept, old and new value logged; `hold` the row is not paid until a person
      decides; `stop` nothing in this run is paid. `aidledger findings CODE` prints one entry.


      """
    for kind in PipelineFindings.catalogue {
      page += """
        ## \(kind.code)

        **\(kind.title.zh)** · \(kind.title.en) · `\(kind.severity.rawValue)`: \(money[kind.severity] ?? "")

        - 为什么 Why: \(kind.why.zh) \(kind.why.en)
        - 例子 Example: `\(kind.example)`
        - 怎么办 What to do: \(kind.generalRemedy.zh) \(kind.generalRemedy.en)


        """
      for other in FindingsPage.told(beside: kind) {
        page += """
          也可能是 Or `\(other.severity.rawValue)`: \(money[other.severity] ?? "")

          - 例子 Example: `\(other.example)`
          - 怎么办 What to do: \(other.remedy.zh) \(other.remedy.en)


          """
      }
    }
    while page.hasSuffix("\n\n") { page.removeLast() }
    try same(page, as: Tree.root.appending(path: "docs/FINDINGS.md"))
  }

  /// `{1}` is replaced in a single finding; the catalogue describes none in particular.
  @Test func noEntryOfTheCatalogueShowsAPlaceholder() throws {
    var shown = [Tree.text("docs/FINDINGS.md")]
    for language in Language.allCases {
      for code in [nil] + PipelineFindings.catalogue.map(\.code) {
        for json in [false, true] {
          shown.append(try #require(FindingsPage.text(code: code, language: language, json: json)))
        }
      }
    }
    for text in shown { #expect(text.firstMatch(of: #/\{[0-9]+\}/#) == nil, "\(text.prefix(200))") }
    #expect(shown.contains { $0.contains("unit_of_money: …") })
  }

  private func same(_ wanted: String, as url: URL) throws {
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(wanted.utf8).write(to: url)
    }
    let found = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    #expect(found == wanted, "\(url.lastPathComponent) is stale: run with UPDATE_GOLDEN=1")
  }
}
