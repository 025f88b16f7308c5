import AidIntake
import AidModel

/// The files received, and the fate of each: read by one entry of `batch.yaml`, ignored for a reason, passed
/// over, or unmatched, which stops the run. No file in the lists' folders goes unnoticed.
struct Receipt {
  /// The files of each entry of `applications`, sorted.
  private(set) var applications: [[String]] = []
  private(set) var roster: [String] = []
  private(set) var history: [String] = []
  private(set) var decisions: [String] = []
  private var received: [ReceivedFile] = []
  private var findings: [Finding] = []

  private let folder: Folder
  private var ignored: [(rule: BatchFile.Ignore, pattern: FilePattern, isUsed: Bool)] = []
  /// What reads each file: the purpose and the pattern.
  private var readers: [ExactText: (purpose: String, entry: String)] = [:]
  private var seen: Set<ExactText> = []

  /// - Throws: for patterns that leave the folder or match nothing, and for folders that cannot be listed.
  init(folder: Folder, file: BatchFile) throws(PipelineFailure) {
    self.folder = folder
    for rule in file.ignore {
      ignored.append((rule, try Self.pattern(rule.file, folder, rule.location), false))
    }
    (roster, history, decisions) = (
      try beside(file.roster, "roster"), try beside(file.history, "history"),
      try beside(file.decisions, "decisions")
    )
    try readApplications(file)
    received.sort { $0.path.precedes($1.path) }
    findings += alike()
    findings += ignored.filter { !$0.isUsed }.map { rule, _, _ in
      Finding(ReceiptFindings.ignoreUnused, at: Place(file: rule.location), [rule.file])
    }
  }

  /// Every file, sorted by path.
  /// - Parameter passedOver: the files passed over when the batch was posted, if the result must match that
  ///   time: such leftovers come and go.
  func files(passedOver: [String]? = nil) -> [ReceivedFile] {
    guard let passedOver else { return received }
    let rest = received.filter { $0.fate != .passedOver }
    return (rest + passedOver.map { ReceivedFile(path: $0, fate: .passedOver) })
      .sorted { $0.path.precedes($1.path) }
  }

  /// The findings about these files.
  func findings(passedOver: [String]? = nil) -> [Finding] {
    let passed = files(passedOver: passedOver).filter { $0.fate == .passedOver }.map(\.path)
    if passed.isEmpty { return findings }
    let named = passed.prefix(Self.named).joined(separator: "、")
    let text = passed.count > Self.named ? "\(named)… (\(passed.count))" : named
    return findings + [Finding(ReceiptFindings.passedOver, at: Place(file: passed[0]), [text])]
  }

  /// A message names at most this many passed-over files.
  private static let named = 5

  private static func pattern(
    _ text: String, _ folder: Folder, _ location: String
  ) throws(PipelineFailure) -> FilePattern {
    guard let pattern = FilePattern(text) else { throw folder.outside(text, location) }
    return pattern
  }

  private static func patterns(
    _ texts: [String], _ folder: Folder, _ location: String
  ) throws(PipelineFailure) -> [FilePattern] {
    var patterns: [FilePattern] = []
    for text in texts { patterns.append(try pattern(text, folder, location)) }
    return patterns
  }

  // MARK: Applications

  private mutating func readApplications(_ file: BatchFile) throws(PipelineFailure) {
    var entries: [[FilePattern]] = []
    for entry in file.applications {
      entries.append(try Self.patterns(entry.files, folder, entry.location))
    }
    let all = entries.flatMap(\.self)
    let listing = try FolderListing(folder, reachedBy: all, from: "batch.yaml (applications)")
    applications = entries.map { _ in [] }
    for path in listing.files {
      let names = FilePattern.names(of: path)
      let readers = entries.indices.filter { entries[$0].contains { $0.matches(names) } }
      try sort(path, names, into: readers, entries, file)
    }
    for path in listing.passedOver where seen.insert(ExactText(path)).inserted {
      received.append(ReceivedFile(path: path, fate: .passedOver))
    }
    for (number, patterns) in entries.enumerated() {
      for pattern in patterns where !applications[number].contains(where: { Self.is($0, pattern) }) {
        try addMissing(pattern, entry: number, file)
      }
      applications[number].sort { $0.precedes($1) }
    }
  }

  private static func `is`(_ path: String, _ pattern: FilePattern) -> Bool {
    pattern.matches(FilePattern.names(of: path))
  }

  /// Decides the fate of one file.
  private mutating func sort(
    _ path: String, _ names: [[Unicode.Scalar]], into entries: [Int], _ patterns: [[FilePattern]],
    _ file: BatchFile
  ) throws(PipelineFailure) {
    func entry(_ number: Int) -> String { patterns[number].first { $0.matches(names) }?.text ?? "" }
    let isNew = seen.insert(ExactText(path)).inserted
    if let reason = ignoring(path, names) {
      if let literal = entries.flatMap({ patterns[$0] }).first(where: { $0.isLiteral && $0.matches(names) }) {
        throw Self.contradiction(literal, file)
      }
      if isNew { received.append(ReceivedFile(path: path, fate: .ignored, reason: reason)) }
      return
    }
    let other = readers[ExactText(path)]
    guard let first = entries.first else {
      if other == nil, isNew, !isOwn(path, file) { unmatched(path) }
      return
    }
    let purpose = file.applications[first].programme
    if entries.count == 1, other == nil {
      applications[first].append(path)
      received.append(ReceivedFile(path: path, fate: .read, purpose: purpose, entry: entry(first)))
      return
    }
    let all =
      (other.map { ["\($0.purpose) \($0.entry)"] } ?? [])
      + entries.map { "\(file.applications[$0].programme) \(entry($0))" }
    applications[first].append(path)
    received.removeAll { $0.path.sameScalars(as: path) }
    received.append(ReceivedFile(path: path, fate: .twice, purpose: purpose, entry: entry(first)))
    findings.append(
      Finding(ReceiptFindings.matchedTwice, at: Place(file: path), [all.joined(separator: "、")]))
  }

  /// Whether an unmatched file is no list: a schema, or a file at the top of the batch folder whose name does
  /// not end like a list's.
  private func isOwn(_ path: String, _ file: BatchFile) -> Bool {
    let schemas = file.applications.compactMap(\.xml?.schema)
    if schemas.contains(where: { $0.sameScalars(as: path) }) { return true }
    if path.contains("/") { return false }
    let lists = ["xlsx", "xlsm", "xlsb", "xls", "et", "ods", "fods", "csv", "tsv"]
    let parts = path.lowercased().split(separator: ".")
    return parts.count < 2 || !lists.contains(String(parts[parts.count - 1]))
  }

  private mutating func unmatched(_ path: String, as kind: FindingKind = ReceiptFindings.unmatched) {
    let what = FileWords.kind(of: folder.absolute(path), name: path)
    received.append(ReceivedFile(path: path, fate: .unmatched, reason: what))
    findings.append(Finding(kind, at: Place(file: path), [what]))
  }

  private mutating func ignoring(_ path: String, _ names: [[Unicode.Scalar]]) -> String? {
    var reason: String?
    for index in ignored.indices where ignored[index].pattern.matches(names) {
      ignored[index].isUsed = true
      reason = reason ?? ignored[index].rule.reason
    }
    return reason
  }

  /// Reports a pattern without any file as a mistake; a literal file name is reported when it is read.
  private mutating func addMissing(
    _ pattern: FilePattern, entry number: Int, _ file: BatchFile
  ) throws(PipelineFailure) {
    if findings.contains(where: { $0.kind.code == "FILE-TWICE" && Self.is($0.place.file, pattern) }) {
      return
    }
    _ = try folder.inside(pattern.path, from: file.applications[number].location)
    if !pattern.isLiteral || Disk.isFolder(folder.absolute(pattern.path)) {
      throw Self.nothing(pattern, "applications")
    }
    applications[number].append(pattern.path)
    received.removeAll { $0.path.sameScalars(as: pattern.path) }
    received.append(
      ReceivedFile(
        path: pattern.path, fate: .read, purpose: file.applications[number].programme, entry: pattern.text))
  }

  // MARK: Other lists

  /// The files of `roster`, `history` or `decisions`, sorted.
  private mutating func beside(_ texts: [String], _ key: String) throws(PipelineFailure) -> [String] {
    let location = "batch.yaml (\(key))"
    let patterns = try Self.patterns(texts, folder, location)
    // A folder of that name is searched even if batch.yaml does not mention it.
    let own = patterns.isEmpty ? [try Self.pattern(key + "/", folder, location)] : patterns
    let listing = try FolderListing(folder, reachedBy: own, from: location)
    var files: [String] = []
    for path in listing.files {
      let names = FilePattern.names(of: path)
      if let pattern = patterns.first(where: { $0.matches(names) }), ignoring(path, names) == nil {
        files.append(path)
        take(path, key, pattern)
      } else if path.contains("/") {
        leave(path, names, key, isNamed: !patterns.isEmpty)
      }
    }
    for pattern in patterns where !files.contains(where: { Self.is($0, pattern) }) {
      _ = try folder.inside(pattern.path, from: location)
      if !pattern.isLiteral || Disk.isFolder(folder.absolute(pattern.path)) {
        throw Self.nothing(pattern, key)
      }
      files.append(pattern.path)
      take(pattern.path, key, pattern)
    }
    return files.sorted { $0.precedes($1) }
  }

  private mutating func take(_ path: String, _ key: String, _ pattern: FilePattern) {
    readers[ExactText(path)] = (key, pattern.text)
    received.removeAll { $0.path.sameScalars(as: path) }
    received.append(ReceivedFile(path: path, fate: .read, purpose: key, entry: pattern.text))
  }

  /// Records an unread file. An unread list of earlier payments could mean paying twice; a roster or
  /// decisions may be kept for later.
  private mutating func leave(
    _ path: String, _ names: [[Unicode.Scalar]], _ key: String, isNamed: Bool
  ) {
    guard seen.insert(ExactText(path)).inserted, readers[ExactText(path)] == nil else { return }
    if let reason = ignoring(path, names) {
      received.append(ReceivedFile(path: path, fate: .ignored, reason: reason))
    } else if !path.hasSuffix("/desk.csv") {
      unmatched(
        path, as: key == "history" && isNamed ? ReceiptFindings.unmatched : ReceiptFindings.besideUnmatched)
    }
  }

  // MARK: Findings

  /// Files whose names look the same or differ only in letter case.
  private func alike() -> [Finding] {
    var groups: [String: [String]] = [:]
    // String equality is canonical equivalence, which is wanted here.
    for file in received where file.fate != .passedOver {
      groups[file.path.lowercased(), default: []].append(file.path)
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0].precedes($1[0]) }.map { paths in
      let escaped = paths.map { path in
        path.unicodeScalars.map {
          $0.properties.canonicalCombiningClass == .notReordered
            ? "\($0)" : "\\u{\(String($0.value, radix: 16))}"
        }.joined()
      }
      return Finding(
        ReceiptFindings.alike, at: Place(file: paths[0]), [escaped.joined(separator: "、")])
    }
  }

  private static func nothing(_ pattern: FilePattern, _ key: String) -> PipelineFailure {
    PipelineFailure(
      "batch.yaml (\(key))",
      Bilingual("没有文件符合 \(pattern.text)", "no file matches \(pattern.text)"),
      remedy: Bilingual("请检查文件夹和文件名，或删去这一项。", "Check folder and names, or remove the entry."))
  }

  private static func contradiction(_ pattern: FilePattern, _ file: BatchFile) -> PipelineFailure {
    PipelineFailure(
      "batch.yaml",
      Bilingual(
        "\(pattern.text) 既写在 applications 里，又写在 ignore 里",
        "\(pattern.text) is named by applications and by ignore"),
      remedy: Bilingual("请删去其中一处。", "Remove one of them."))
  }
}
