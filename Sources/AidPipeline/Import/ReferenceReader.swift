import AidChecks
import AidIntake
import AidModel
import AidPolicy

/// Reads the lists beside the applications: roster, earlier payments, committee decisions.
///
/// A row of these that cannot be read, or of which somebody must say what it means, stops the run: whom it concerns is
/// not known. Of the roster such a row is a person's, whose applications then wait.
struct ReferenceReader {
  let folder: Folder
  let headings: Headings
  private(set) var files: [FileReport] = []
  private(set) var findings: [Finding] = []
  private(set) var ingredients: [Plan.Ingredient] = []
  private var problems: [PipelineFailure.Problem] = []
  /// Roster rows that somebody must look at.
  private(set) var uncertain: [Finding] = []
  /// SHA-256 of the files read, with their paths, by purpose.
  private var read: [ExactText: String] = [:]

  private let limits: IntakeLimits
  private let threads: Int

  init(folder: Folder, headings: Headings, limits: IntakeLimits, threads: Int = 1) {
    self.folder = folder
    self.headings = headings
    self.limits = limits
    self.threads = threads
  }

  /// - Throws: all unreadable rows seen so far.
  func finish() throws(PipelineFailure) {
    if !problems.isEmpty { throw PipelineFailure(problems) }
  }

  /// Every row of every file as a claim of `layout`. A file that cannot be read at all becomes a `stop` finding.
  private mutating func claims(
    _ paths: [String], purpose: String, layout: Layout, needed: [String]
  ) -> [Claim] {
    var claims: [Claim] = []
    for path in paths {
      var report = FileReport(path: path, purpose: purpose)
      do throws(IntakeFailure) {
        let file = try InputFile(path: folder.absolute(path), name: path, limits: limits)
        ingredients.append(.init(path: path, sha256: file.sha256))
        if let other = read.updateValue(path, forKey: ExactText(purpose + file.sha256)) {
          problems.append(
            .init(
              path, Bilingual("与 \(other) 是同一个文件，会重复计入", "the same file as \(other): it would count twice"),
              remedy: Bilingual("请从 batch.yaml 中去掉一个。", "Take one of them out of batch.yaml.")))
        }
        report.kind = file.kind.rawValue
        var bad: [PipelineFailure.Problem] = []
        var unfit: [Finding] = []
        var table: ClaimTableBuilder?
        let (read, noticed) = try TableFile.read(
          file, sheet: nil, purpose: purpose, layout: layout, vocabulary: headings.vocabulary,
          threads: threads,
          restart: {
            table = nil
            (bad, unfit) = ([], [])
          },
          rows: { source, rows in
            var packed = table.take() ?? ClaimTableBuilder(source)
            for row in rows {
              packed.append(row: row.number, values: row.fields.lazy.map(\.value))
              unfit += Self.unfit(row, source)
              for name in needed {
                guard let index = layout.index(of: name) else { continue }
                if case .unreadable = row.fields[index].value {
                  let place = Place(source, row: row.number, column: source.columns[index])
                  bad.append(Self.unreadable(row.fields[index], at: place, name))
                }
              }
            }
            table = packed
          })
        claims += table?.finish().claims ?? []
        problems += bad
        report = read
        // A column nobody asked for is no news in a roster.
        note(noticed.filter { $0.kind.code != "COLUMN-UNKNOWN" } + unfit, purpose)
      } catch {
        findings.append(error.finding)
      }
      files.append(report)
    }
    return claims
  }

  /// Texts of a row that must not be taken as they are, as in applications: of two lines, or like a formula.
  private static func unfit(_ row: TableRow, _ source: SourceSheet) -> [Finding] {
    row.fields.enumerated().flatMap { index, field -> [Finding] in
      let column = source.layout.columns[index]
      if field.notes.isEmpty || column.isFreeWords { return [] }
      let rules: [any NotedRule.Type] = [TextOnOneLine.self, TextNotFormula.self]
      return rules.filter { field.notes.contains($0.note) }.map { rule in
        Finding(
          rule.kind, at: Place(source, row: row.number, column: source.columns[index]), column: column.name,
          [column.headings.first ?? column.name, column.role.masked(field.original ?? "")])
      }
    }
  }

  private mutating func note(_ noticed: [Finding], _ purpose: String) {
    findings += noticed
    for finding in noticed where finding.kind.severity == .hold {
      if purpose == "roster", finding.place.row > 0 {
        uncertain.append(finding)
      } else {
        problems.append(
          PipelineFailure.Problem(
            "\(finding.place)",
            Bilingual(
              "\(finding.kind.code) \(finding.message(.zh))", "\(finding.kind.code) \(finding.message(.en))"),
            remedy: finding.kind.code == "UNIT-OF-MONEY"
              ? Bilingual("请把金额改成以元为单位。", "Give the amounts in yuan.")
              : Bilingual(finding.hint(.zh), finding.hint(.en))))
      }
    }
  }

  /// A staff number as the roster has it: leading zeros that a number cell has eaten are put back.
  private mutating func staffNo(_ claim: Claim, _ roster: Roster?) -> String {
    let staffNo = claim.text(named: "staff_no")
    guard let roster, !staffNo.isEmpty,
      let padded = StaffNumberRepair.padded(staffNo, idNumber: claim.text(named: "id_number"), roster)
    else { return staffNo }
    findings.append(
      Finding(
        StaffNumberRepair.namelessKind,
        at: claim.place(ofColumn: claim.source.layout.index(of: "staff_no") ?? 0), column: "staff_no",
        [staffNo, padded]))
    return padded
  }

  private static func unreadable(_ field: Field, at place: Place, _ name: String) -> PipelineFailure.Problem {
    let original = ShownText.line(Masking.text(field.original ?? ""))
    return PipelineFailure.Problem(
      place.description,
      Bilingual("“\(name)”读不懂：\(original)", "'\(name)' cannot be read: \(original)"),
      remedy: Bilingual("请更正这一格后重新运行。", "Correct the cell and run again."))
  }

  mutating func roster(_ paths: [String], extra names: [String]) -> (roster: Roster, doubled: Set<ExactText>)
  {
    let layout = headings.rosterLayout(extra: names)
    var roster = Roster(layout: layout)
    var doubled: Set<ExactText> = []
    for claim in claims(paths, purpose: "roster", layout: layout, needed: []) {
      if roster.add(claim) != nil { doubled.insert(ExactText(claim.text(named: "staff_no"))) }
    }
    return (roster, doubled)
  }

  /// - Parameters:
  ///   - others: programmes that policies speak of without being in the batch.
  ///   - known: payments the store remembers; what a list tells of them again is left out, with a note.
  mutating func history(
    _ paths: [String], programmes: [ProgrammeInfo], others: [String] = [], roster: Roster? = nil,
    known: EarlierPayments = EarlierPayments()
  ) -> [PastPayment] {
    let layout = headings.historyLayout
    let isKnown = known.known()
    var payments: [PastPayment] = []
    var repeated: [(source: SourceSheet, count: Int)] = []
    var strangers: [(name: String, place: Place)] = []
    for claim in claims(paths, purpose: "history", layout: layout, needed: ["amount", "paid_on"]) {
      let programme = Self.programme(claim.text(named: "programme"), among: programmes)
      guard case .money(let amount) = claim.value("amount"), case .date(let day) = claim.value("paid_on"),
        let programme, !claim.text(named: "staff_no").isEmpty || !claim.text(named: "id_number").isEmpty
      else {
        problems.append(
          .init(
            claim.place.description,
            Bilingual(
              "已发记录缺少项目、人员、金额或日期", "the payment record lacks programme, person, amount or date"),
            remedy: Bilingual(
              "请补齐这一行（programme、staff_no 或 id_number、amount、paid_on）。",
              "Complete the row (programme, staff_no or id_number, amount, paid_on).")))
        continue
      }
      if !programmes.isEmpty, !programmes.contains(where: { $0.programme.sameScalars(as: programme) }),
        !others.contains(where: { $0.sameScalars(as: programme) }),
        !strangers.contains(where: { $0.name.sameScalars(as: programme) })
      {
        strangers.append((programme, claim.place(ofColumn: layout.index(of: "programme") ?? 0)))
      }
      let payment = PastPayment(
        batch: claim.text(named: "batch"), programme: programme, staffNo: staffNo(claim, roster),
        idNumber: claim.text(named: "id_number"), name: claim.text(named: "name"),
        amount: amount, paidOn: day,
        status: claim.text(named: "status"))
      if !isKnown(payment) {
        payments.append(payment)
      } else if let last = repeated.indices.last, repeated[last].source === claim.source {
        repeated[last].count += 1
      } else {
        repeated.append((claim.source, 1))
      }
    }
    findings += repeated.map { Finding(PipelineFindings.historyKnown, at: Place($0.source), ["\($0.count)"]) }
    findings += strangers.map {
      Finding(PipelineFindings.historyStranger, at: $0.place, column: "programme", [$0.name])
    }
    return payments
  }

  /// Committee decisions, by record id or by programme and staff number.
  mutating func decisions(
    _ paths: [String], programmes: [Plan.Programme], roster: Roster?
  ) -> DecisionBook {
    var book = DecisionBook()
    let infos = programmes.map(\.info)
    let deciding = programmes.filter(\.policy.needsDecision)
    for claim in claims(
      paths, purpose: "decisions", layout: headings.decisionsLayout, needed: ["amount", "decided_on"])
    {
      var programme = Self.programme(claim.text(named: "programme"), among: infos)
      if programme == nil, claim.text(named: "programme").isEmpty, deciding.count == 1 {
        programme = deciding[0].info.programme
      }
      let record = claim.text(named: "record")
      let staffNo = staffNo(claim, roster)
      guard case .money(let amount) = claim.value("amount"),
        !record.isEmpty || (programme != nil && !staffNo.isEmpty)
      else {
        // A line left blank by the committee is no decision; one with an amount for nobody is a fault.
        if case .money = claim.value("amount") {
          problems.append(
            .init(
              claim.place.description,
              Bilingual(
                "这条决定没有写明记录号，或项目与工号", "the decision names no record, or no programme and staff number"),
              remedy: Bilingual(
                "请补上 record，或 programme 与 staff_no。", "Give record, or programme and staff_no.")))
        }
        continue
      }
      var day: CivilDate?
      if case .date(let decidedOn) = claim.value("decided_on") { day = decidedOn }
      let place = claim.place(ofColumn: claim.source.layout.index(of: "amount") ?? 0)
      book.add(
        Decision(
          amount: amount, reason: claim.text(named: "reason"), decidedBy: claim.text(named: "decided_by"),
          decidedOn: day, place: place),
        record: record, programme: programme ?? "", staffNo: staffNo)
    }
    return book
  }

  /// A programme by its id, its policy's id or its title; an id of another batch's programme passes through.
  private static func programme(_ text: String, among infos: [ProgrammeInfo]) -> String? {
    if text.isEmpty { return nil }
    let match = infos.first {
      $0.programme.sameScalars(as: text) || $0.title.sameScalars(as: text) || $0.policy.sameScalars(as: text)
    }
    return match?.programme ?? text
  }
}
