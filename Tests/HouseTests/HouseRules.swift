import AidModel
import AidPipeline
import Foundation
import Testing

/// Style rules that every file must obey.
@Suite struct HouseRules {
  /// The modules and what they may import, according to the package manifest.
  static let floorPlan: [(room: String, on: [String])] = {
    let manifest = Tree.text("Package.swift")
    var products: [String: String] = [:]
    for product in manifest.matches(of: /let (\w+): Target\.Dependency = \.product\(name: "(\w+)"/) {
      products[String(product.1)] = String(product.2)
    }
    let room = /(?:room\(\s*|\.executableTarget\(\s*name: )"(\w+)",\s*(?:on|dependencies): \[([^\]]*)\]/
    return manifest.prefix(upTo: manifest.firstRange(of: "proof(of: \"")?.lowerBound ?? manifest.endIndex)
      .matches(of: room).map { found in
        let floors = found.2.split { ",\n ".contains($0) }.map { name in
          name.hasPrefix("\"") ? String(name.dropFirst().dropLast()) : products[String(name)] ?? String(name)
        }
        return (String(found.1), floors)
      }
  }()

  @Test func everyRoomIsOnTheFloorPlan() {
    let folders = Set(
      Tree.files(under: "Sources", ending: [".swift"]).map { String($0.split(separator: "/")[1]) })
    #expect(Set(Self.floorPlan.map(\.room)) == folders)
    #expect(Self.floorPlan.allSatisfy { !$0.on.isEmpty })
    // A module imports only modules listed before it, or libraries.
    for (i, (room, floors)) in Self.floorPlan.enumerated() {
      for other in floors where folders.contains(other) {
        let stands = Self.floorPlan.prefix(i).contains { $0.room == other }
        #expect(stands, "\(room) imports \(other), which stands above it")
      }
    }
  }

  @Test func importsGoDownOnly() {
    let outside: Set = ["Glibc", "Foundation", "Dispatch", "Synchronization"]
    let withoutFoundation: Set = ["AidModel", "AidIntake", "AidChecks", "AidPolicy"]
    for (room, allowed) in Self.floorPlan {
      let files = Tree.files(under: "Sources/\(room)", ending: [".swift"])
      #expect(!files.isEmpty, "\(room) is empty")
      for file in files {
        for line in Tree.lines(file) {
          let words = line.split(separator: " ")
          guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else { continue }
          let module = String(words[at + 1])
          #expect(allowed.contains(module) || outside.contains(module), "\(file) imports \(module)")
          #expect(!(withoutFoundation.contains(room) && module == "Foundation"), "\(file) imports Foundation")
        }
      }
    }
  }

  @Test func noBannedWords() {
    let banned: [(word: String, cure: String)] = [
      ("try" + "!", "handle the failure or state a precondition"),
      ("fatal" + "Error(", "use precondition with the reason"),
      ("@unchecked " + "Sendable", "use a Mutex or make it immutable"),
      ("Date" + "()", "no clock may reach an output"),
      ("TO" + "DO", "finish it or write it into docs/DECISIONS.md"),
      ("FIX" + "ME", "fix it"),
      ("Decimal" + "(string:", "it reads prefixes; use DecimalNumber"),
    ]
    for file in Tree.swift {
      let text = Tree.text(file)
      for (word, cure) in banned {
        #expect(!text.contains(word), "\(file) has \(word): \(cure)")
      }
    }
  }

  /// Binary floating point stays away from money: only the raw dump of a workbook may print a stored double,
  /// and only charts may measure with one.
  @Test func noFloatsNearMoney() {
    let allowed = ["Sources/AidIntake/", "Sources/AidReview/"]
    for file in Tree.files(under: "Sources", ending: [".swift"])
    where !allowed.contains(where: file.hasPrefix) {
      for line in Tree.lines(file) where !line.trimmingPrefix(while: { $0 == " " }).hasPrefix("//") {
        #expect(!line.contains("Double") && !line.contains("Float"), "\(file): \(line)")
      }
    }
  }

  @Test func filesAndLinesAreShort() {
    for file in Tree.swift where !file.contains("/BuiltIn/") {
      let lines = Tree.lines(file)
      #expect(lines.count <= 400, "\(file) has \(lines.count) lines")
      for (i, line) in lines.enumerated() {
        #expect(line.count <= 120, "\(file):\(i + 1) has \(line.count) columns")
      }
    }
  }

  /// Threads are started, and work is dealt out to them, in one place; who makes something in order has his own.
  @Test func workIsSharedOutInOnePlace() {
    let places = ["Sources/AidModel/Work/SharedWork.swift", "Sources/AidPipeline/Stages/Parallel.swift"]
    for file in Tree.swift where file.hasPrefix("Sources/") && !places.contains(file) {
      for word in ["concurrentPerform(", "DispatchQueue.global()"] {
        #expect(!Tree.text(file).contains(word), "\(file) has its own threads: SharedWork has them for all")
      }
    }
  }

  /// No machine's paths in what is shipped.
  @Test func noMachinePaths() {
    let paths = ["/" + "work" + "/", "/" + "root" + "/", "/" + "opt/swift"]
    let files =
      Tree.swift + Tree.documents + ["Makefile", "Package.swift", ".ci/run"]
      + Tree.files(under: "Templates", ending: [".yaml", ".md"])
      + Tree.files(under: "SampleData", ending: [".yaml", ".py", ".md"])
    for file in files {
      for path in paths {
        #expect(!Tree.text(file).contains(path), "\(file) names \(path)")
      }
    }
  }

  @Test func everyFindingOfTheContractIsInTheCatalogueOnce() {
    let codes = PipelineFindings.catalogue.map(\.code)
    #expect(Set(codes).count == codes.count)
    let needed = """
      FILE-MISSING FILE-UNREADABLE FILE-ENCRYPTED FILE-KIND FILE-TWICE FILE-LIMIT XML-DOCTYPE HEADER-NOT-FOUND
      COLUMN-MISSING COLUMN-UNKNOWN COLUMN-TWICE UNIT-OF-MONEY HIDDEN-ROW HIDDEN-COLUMN HIDDEN-SHEET FILTERED-ROWS
      TOTAL-MISMATCH SHEET-AMBIGUOUS REQUIRED-BLANK TEXT-TRIMMED TEXT-INVISIBLE NAME-SPACES NAME-DOT ID-AS-NUMBER
      ID-FORMAT ID-CHECKSUM ID-BIRTHDATE ID-SEX ACCOUNT-AS-NUMBER ACCOUNT-FORMAT ACCOUNT-LUHN AMOUNT-FORMAT
      AMOUNT-DECIMALS AMOUNT-NEGATIVE AMOUNT-REPAIRED AMOUNT-SUM AMOUNT-BOUNDS DATE-FORMAT DATE-IMPOSSIBLE
      DATE-FUTURE DATE-ORDER CHOICE-UNKNOWN CELL-ERROR FORMULA-NO-VALUE FORMULA-LIKE ROW-TWICE PERSON-TWICE
      PERSON-CONFLICT NAME-MISMATCH NOT-ON-ROSTER UNKNOWN-VALUE PAYEE-MISSING DECISION-MISSING DECISION-RANGE
      """
    for code in needed.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      #expect(codes.contains(String(code)), "the catalogue lacks \(code)")
    }
  }

  @Test func everyFindingSaysAllItMustInBothLanguages() {
    for kind in PipelineFindings.catalogue {
      for text in [kind.title, kind.message, kind.why, kind.remedy] {
        #expect(!text.zh.isEmpty && !text.en.isEmpty, "\(kind.code) lacks a text")
      }
      #expect(!kind.example.isEmpty, "\(kind.code) lacks an example")
    }
  }
}
