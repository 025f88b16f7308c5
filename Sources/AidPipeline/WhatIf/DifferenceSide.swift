import AidIntake
import AidModel
import AidStore
import Foundation

/// One side of a `diff`: a batch folder, a folder of results, or a ledger.
struct DifferenceSide {
  /// A run recomputed from its inputs.
  struct Recomputed {
    let plan: Plan
    let past: PaymentMemory
  }

  let name: String
  let standings: Standings
  /// Nil if only results are available.
  let recomputed: Recomputed?
  let isLedger: Bool
  /// A peculiarity worth mentioning.
  private(set) var remark: Bilingual?

  init(_ path: String, request: RunRequest, store: String?) throws(PipelineFailure) {
    name = path
    guard Disk.exists(path) else {
      throw PipelineFailure(
        path, Bilingual("FILE-MISSING 没有这个文件夹或文件", "FILE-MISSING there is no such folder or file"),
        remedy: Bilingual(
          "请检查路径；可以给批次文件夹、它的 out 文件夹，或一份台账。",
          "Check the path; give a batch folder, its out folder, or a ledger."))
    }
    if !Disk.isFolder(path) {
      standings = try Self.ledger(path, request: request)
      (recomputed, isLedger) = (nil, true)
      return
    }
    isLedger = false
    if Disk.exists(path + "/batch.yaml") {
      let run = try Self.recompute(path, request: request, store: store)
      (standings, recomputed) = (run.standings, run.side)
      remark = try Self.remark(path, total: run.standings.total)
      return
    }
    guard Disk.exists(path + "/manifest.json") else {
      throw PipelineFailure(
        path,
        Bilingual("这里既没有 batch.yaml 也没有 manifest.json", "there is neither batch.yaml nor manifest.json here"),
        remedy: Bilingual(
          "请给出批次文件夹、它的 out 文件夹，或一份台账。", "Give a batch folder, its out folder, or a ledger."))
    }
    let above = Disk.above(Disk.real(path) ?? path)
    if Disk.exists(above + "/batch.yaml") {
      let run = try Self.recompute(above, request: request, store: store)
      if try Self.matches(path, run.inputs, total: run.standings.total) {
        (standings, recomputed) = (run.standings, run.side)
        return
      }
    }
    standings = try Self.recorded(path)
    recomputed = nil
  }

  private static func recompute(
    _ folder: String, request: RunRequest, store: String?
  ) throws(PipelineFailure) -> (standings: Standings, side: Recomputed, inputs: [Plan.Ingredient]) {
    var own = RunRequest(folder: folder)
    own.templates = request.templates
    own.language = request.language
    own.threads = request.threads
    own.passwords = request.passwords
    if let store { own.store = store }
    let plan = try Plan(
      folder: folder, templates: try Templates(named: request.templates), language: request.language)
    let past = try PaymentMemory(path: own.store, before: plan.file.batch)
    let reading = try BatchReading(own, plan: plan, past: past)
    let report = try Calculation(own, plan: plan, reading: reading).report
    return (
      Standings(report, reading), Recomputed(plan: plan, past: past), plan.policies + reading.inputs
    )
  }

  /// Notes a batch whose results differ from a recomputation.
  private static func remark(_ folder: String, total: Money) throws(PipelineFailure) -> Bilingual? {
    let name = folder + "/out/manifest.json"
    guard Disk.exists(name) else { return nil }
    let totals = try json(try Disk.text(name, shown: name), name)["totals"] as? [String: Any]
    guard let then = totals?["amount"] as? String, !then.sameScalars(as: total.plain) else { return nil }
    return Bilingual(
      "\(folder)/out 里的合计是 \(then)，现在重算是 \(total.plain)：名单、办法在那以后改过，或者记录库（--store）不是当时的",
      "\(folder)/out says \(then), computed again it is \(total.plain): lists or policies have changed "
        + "since, or the store (--store) is another")
  }

  // MARK: results without inputs

  private static func json(_ text: some StringProtocol, _ path: String) throws(PipelineFailure) -> [String:
    Any]
  {
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let object = object as? [String: Any] else {
      throw PipelineFailure(
        path, Bilingual("读不懂", "cannot be read"),
        remedy: Bilingual("请用程序写出的原文件。", "Use the file as the program wrote it."))
    }
    return object
  }

  /// Whether results were computed from the present inputs.
  private static func matches(
    _ path: String, _ inputs: [Plan.Ingredient], total: Money
  ) throws(PipelineFailure) -> Bool {
    let name = path + "/manifest.json"
    let manifest = try json(try Disk.text(name, shown: name), name)
    let lists = [manifest["inputs"], manifest["policies"]].map { $0 as? [[String: String]] ?? [] }
    let then = lists.joined().map { "\($0["path"] ?? "") \($0["sha256"] ?? "")" }
    let now = inputs.map { "\($0.path) \($0.sha256)" }
    let totals = manifest["totals"] as? [String: Any]
    return then.sorted() == now.sorted() && totals?["amount"] as? String == total.plain
  }

  private static func recorded(_ path: String) throws(PipelineFailure) -> Standings {
    let name = path + "/explanations.jsonl"
    var standings = Standings()
    for line in try Disk.text(name, shown: name, most: .max).split(separator: "\n") {
      let award = try json(line, name)
      func text(_ key: String) -> String { award[key] as? String ?? "" }
      let money = DecimalNumber(plain: text("amount")).flatMap { $0.mantissa(atScale: 2) }
      guard let fen = money, let outcome = RowOutcome(rawValue: text("outcome")) else {
        throw PipelineFailure(
          name, Bilingual("读不懂一行：\(text("record"))", "a line cannot be read: \(text("record"))"),
          remedy: Bilingual("请用程序写出的原文件。", "Use the file as the program wrote it."))
      }
      let amount = Money(fen: fen)
      standings.add(
        Standing(
          programme: text("programme"), unit: text("unit"), staffNo: text("staff_no"), name: text("name"),
          outcome: outcome, amount: amount, asked: amount),
        person: text("staff_no").isEmpty ? text("record") : text("staff_no"))
    }
    return standings
  }

  private static let ledgerLayout = Layout(
    programme: "",
    columns: [
      Column(name: "record", headings: ["记录号"], type: .text),
      Column(name: "staff_no", headings: ["工号"], type: .text, role: .staffNumber),
      Column(name: "name", headings: ["姓名"], type: .text),
      Column(name: "id_number", headings: ["证件号码", "身份证号"], type: .text),
      Column(name: "unit", headings: ["单位", "部门"], type: .text),
      Column(name: "programme", headings: ["项目"], type: .text),
      Column(name: "amount", headings: ["金额"], type: .money, required: true),
    ])

  /// Reads a ledger with a heading row; a person is identified by staff number, else ID number, else record.
  private static func ledger(_ path: String, request: RunRequest) throws(PipelineFailure) -> Standings {
    let headings = try Headings(templates: try Templates(named: request.templates))
    var standings = Standings()
    var problems: [PipelineFailure.Problem] = []
    do throws(IntakeFailure) {
      let file = try InputFile(path: path, name: path, limits: request.intake())
      _ = try TableFile.read(
        file, sheet: nil, purpose: "ledger", layout: ledgerLayout, vocabulary: headings.vocabulary,
        restart: {
          standings = Standings()
          problems = []
        },
        rows: { source, rows in
          var table = ClaimTableBuilder(source)
          for row in rows { table.append(row: row.number, values: row.fields.lazy.map(\.value)) }
          for claim in table.finish().claims { add(claim, to: &standings, &problems) }
        })
    } catch {
      throw PipelineFailure(error)
    }
    if !problems.isEmpty { throw PipelineFailure(problems) }
    return standings
  }

  private static func add(
    _ claim: Claim, to standings: inout Standings, _ problems: inout [PipelineFailure.Problem]
  ) {
    let id = claim.text(named: "id_number")
    let person = PersonNumber.idNumber(id).text ?? id
    let ids = [claim.text(named: "staff_no"), person, claim.text(named: "record")]
    guard case .money(let amount) = claim.value("amount"), let key = ids.first(where: { !$0.isEmpty })
    else {
      problems.append(
        .init(
          claim.place.description,
          Bilingual(
            "这一行没有可读的金额，或没有工号、证件号码、记录号",
            "the row has no readable amount, or no staff number, ID number or record"),
          remedy: Bilingual("请用程序写出的台账。", "Use a ledger as the program wrote it.")))
      return
    }
    standings.add(
      Standing(
        programme: claim.text(named: "programme"), unit: claim.text(named: "unit"),
        staffNo: claim.text(named: "staff_no"), name: claim.text(named: "name"), outcome: .paid,
        amount: amount, asked: amount),
      person: key)
  }
}
