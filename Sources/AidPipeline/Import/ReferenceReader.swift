import AidChecks
import AidIntake
import AidModel
import AidPolicy

/// Reads the other lists: roster, earlier payments, committee decisions.
///
/// An unreadable or ambiguous row of these stops the run, since it may concern anyone. A roster row concerns
/// one person, so only that person's applications wait.
struct ReferenceReader {
  let folder: Folder
  let headings: Headings
  private(set) var files: [FileReport] = []
  var findings: [Finding] = []
  private(set) var ingredients: [Plan.Ingredient] = []
  var problems: [PipelineFailure.Problem] = []
  /// Roster rows that a person must check.
  private(set) var uncertain: [Finding] = []
  /// SHA-256 and path of the files read, by purpose.
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

  /// Every row of every file as a claim of `layout`. An unreadable file becomes a `stop` finding.
  mutating func claims(
    _ paths: [String], purpose: String, layout: Layout
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
        var list = try read(file, purpose, layout)
        if purpose == "history", let wider = StatusColumns.layout(layout, of: list.report) {
          // What nobody asked for may still say what became of a payment.
          let whole = try read(file, purpose, wider)
          (list.claims, list.cells) = (whole.claims, whole.cells)
          list.noticed =
            list.noticed.filter { !StatusColumns.isRepeated($0) }
            + whole.noticed.filter(StatusColumns.isRepeated)
        }
        claims += list.claims
        note(list.cells, of: layout, purpose)
        report = list.report
        // Unknown columns are normal in a roster.
        note(list.noticed.filter { purpose == "history" || $0.kind.code != "COLUMN-UNKNOWN" }, purpose)
      } catch {
        findings.append(error.finding)
      }
      files.append(report)
    }
    return claims
  }

  private func read(
    _ file: InputFile, _ purpose: String, _ layout: Layout
  ) throws(IntakeFailure) -> (claims: [Claim], cells: [Finding], report: FileReport, noticed: [Finding]) {
    var cells: [Finding] = []
    var table: ClaimTableBuilder?
    let (report, noticed) = try TableFile.read(
      file, sheet: nil, purpose: purpose, layout: layout, vocabulary: headings.vocabulary,
      threads: threads,
      restart: {
        table = nil
        cells = []
      },
      rows: { source, rows in
        var packed = table.take() ?? ClaimTableBuilder(source)
        for row in rows {
          packed.append(row: row.number, values: row.fields.lazy.map(\.value))
          for (index, field) in row.fields.enumerated() where !field.notes.isEmpty {
            let place = Place(source, row: row.number, column: source.columns[index])
            cells += NotedCells.findings(field, of: layout.columns[index], at: place)
          }
        }
        table = packed
      })
    return (table?.finish().claims ?? [], cells, report, noticed)
  }

  private mutating func note(_ noticed: [Finding], _ purpose: String) {
    findings += noticed
    for finding in noticed where finding.kind.severity == .hold {
      if purpose == "roster", finding.place.row > 0, !finding.kind.leavesRowsUnread {
        uncertain.append(finding)
      } else {
        problems.append(Self.problem(finding))
      }
    }
  }

  /// Sorts findings about cells. All columns of earlier payments and decisions matter. In the roster, the
  /// columns that identify a person or the payee must be certain; others hold only those who need them.
  private mutating func note(_ cells: [Finding], of layout: Layout, _ purpose: String) {
    for finding in cells {
      if finding.kind.severity < .hold {
        findings.append(finding)
      } else if purpose == "history",
        ["account", "phone"].contains(finding.column)
          || finding.column.map({ layout.index(of: $0) == nil }) ?? false
      {
        // They only help to know somebody again: a bad one tells nothing. Neither does one that nobody asked for.
        continue
      } else if purpose != "roster" {
        problems.append(Self.problem(finding))
      } else if let name = finding.column,
        layout.index(of: name).map({ layout.columns[$0].isOfPerson }) ?? false
      {
        uncertain.append(finding)
      }
    }
  }

  private static func problem(_ finding: Finding) -> PipelineFailure.Problem {
    PipelineFailure.Problem(
      "\(finding.place)",
      Bilingual(
        "\(finding.kind.code) \(finding.message(.zh))", "\(finding.kind.code) \(finding.message(.en))"),
      remedy: finding.kind.code == "UNIT-OF-MONEY"
        ? Bilingual("请把金额改成以元为单位。", "Give the amounts in yuan.")
        : Bilingual(finding.hint(.zh), finding.hint(.en)))
  }

  /// A staff number as the roster has it: restores leading zeros lost in a number cell.
  mutating func staffNo(_ claim: Claim, _ roster: Roster?) -> String {
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

  mutating func roster(_ paths: [String], extra names: [String]) -> (roster: Roster, doubled: Set<ExactText>)
  {
    let layout = headings.rosterLayout(extra: names)
    var roster = Roster(layout: layout)
    var doubled: Set<ExactText> = []
    for claim in claims(paths, purpose: "roster", layout: layout) {
      if roster.add(claim) != nil { doubled.insert(ExactText(claim.text(named: "staff_no"))) }
    }
    return (roster, doubled)
  }

  /// Committee decisions, by record id or by programme and staff number.
  mutating func decisions(
    _ paths: [String], programmes: [Plan.Programme], roster: Roster?
  ) -> DecisionBook {
    var book = DecisionBook()
    let infos = programmes.map(\.info)
    let deciding = programmes.filter(\.policy.needsDecision)
    for claim in claims(paths, purpose: "decisions", layout: headings.decisionsLayout) {
      var programme = Self.programme(claim.text(named: "programme"), among: infos)
      if programme == nil, claim.text(named: "programme").isEmpty, deciding.count == 1 {
        programme = deciding[0].info.programme
      }
      let record = claim.text(named: "record")
      let staffNo = staffNo(claim, roster)
      guard case .money(let amount) = claim.value("amount"),
        !record.isEmpty || (programme != nil && !staffNo.isEmpty)
      else {
        // A line left blank by the committee is no decision. An amount without a person is an error, and so
        // is a reason without an amount.
        if case .blank = claim.value("amount"),
          ["reason", "decided_by"].contains(where: { !claim.text(named: $0).isEmpty })
        {
          problems.append(
            .init(
              claim.place.description,
              Bilingual(
                "这条决定写了理由或决定人，没有写金额", "the decision gives a reason or who decided, and no amount"),
              remedy: Bilingual(
                "请写金额；不发的写 0；还没有决定的，理由和决定人也留空。",
                "Give the amount, or 0 for nothing; where nothing is decided yet leave reason and decided_by blank."
              )))
        }
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

  /// A programme by its id, its policy's id or its title; an unknown name is returned as it is, as the id of
  /// another batch's programme.
  private static func programme(_ text: String, among infos: [ProgrammeInfo]) -> String? {
    if text.isEmpty { return nil }
    let match = infos.first {
      $0.programme.sameScalars(as: text) || $0.title.sameScalars(as: text) || $0.policy.sameScalars(as: text)
    }
    return match?.programme ?? text
  }
}
