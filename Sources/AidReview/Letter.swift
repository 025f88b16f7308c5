public import AidModel
import Foundation

/// The letter a member gets (补助决定通知书): what was applied for, what was decided, by which clause, how to
/// object. Nothing of anybody else. Each award is one A4 page.
public struct Letter {
  /// The first bytes of a letter hold this; a file without it is none.
  public static let mark = "<meta name=\"generator\" content=\"aidledger letter\">"

  /// What all letters of a batch say.
  public struct Facts: Sendable {
    let payDate: CivilDate
    let isPosted: Bool
    let objections: ObjectionSettings

    public init(payDate: CivilDate, isPosted: Bool, objections: ObjectionSettings) {
      (self.payDate, self.isPosted, self.objections) = (payDate, isPosted, objections)
    }
  }

  let facts: Facts
  let language: Language

  public init(_ facts: Facts, language: Language) { (self.facts, self.language) = (facts, language) }

  func say(_ chinese: String, _ english: String) -> String { language == .zh ? chinese : english }

  /// - Precondition: none of the awards waits: a letter tells what was decided.
  public func html(_ awards: [ToldAward]) -> [UInt8] {
    let title = say("补助决定通知书", "Notice of decision")
    let style = LetterStyle.css
    let hash = Data(SHA256.hash(Array(style.utf8))).base64EncodedString()
    let policy = "default-src 'none'; style-src 'sha256-\(hash)'; form-action 'none'; base-uri 'none'"
    let head = """
      <!doctype html>
      <html lang="\(say("zh-CN", "en"))">
      <head>
      <meta charset="utf-8">
      \(Self.mark)
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <title>\(title)</title>
      <style>\(style)</style>
      </head>
      <body>
      <main>

      """
    let letters = awards.map { letter($0, title) }.joined()
    return Array((head + letters + "</main>\n</body>\n</html>\n").utf8)
  }

  private func letter(_ award: ToldAward, _ title: String) -> String {
    precondition(award.outcome != .held, "a letter tells what was decided")
    let page = LetterPage(award, self)
    let density = page.lines > 30 ? " denser" : (page.lines > 15 ? " dense" : "")
    let issuer = award.programme.issuer
    let stage =
      facts.isPosted
      ? ""
      : "<p class=\"stage\">\(say("试算，未入账：不是正式通知", "Dry run, nothing is posted: not an official notice"))</p>\n"
    let blank = "<span class=\"blank\"></span>"
    let day = say("\(blank)年\(blank)月\(blank)日", "Date: \(blank)\(blank)")
    return """
      <article class="sheet\(density)">
      \(stage)<p class="issuer">\(Self.escape(issuer))</p>
      <h1>\(title)</h1>
      <p class="number">\(say("编号", "Number")) \(Self.escape(award.record))</p>
      <div class="body">
      <p>\(page.salutation)</p>
      <p>\(page.decision)</p>
      </div>
      \(page.appliedTable)\(page.stepTable)<p class="basis">\(page.basis)</p>
      <h2>\(say("不同意怎么办", "If you do not agree"))</h2>
      <ol>
      \(page.objection.map { "<li>\($0)</li>\n" }.joined())</ol>
      <footer>
      <p>\(Self.escape(issuer))<br>\(day)</p>
      <span class="seal">\(say("盖章处", "Seal"))</span>
      </footer>
      </article>

      """
  }

  static func escape(_ text: String) -> String { HTMLPage.escape(text) }
}

/// The parts of one letter, escaped.
struct LetterPage {
  private let award: ToldAward
  private let letter: Letter

  init(_ award: ToldAward, _ letter: Letter) { (self.award, self.letter) = (award, letter) }

  private func say(_ chinese: String, _ english: String) -> String { letter.say(chinese, english) }
  private func escape(_ text: String) -> String { Letter.escape(text) }

  private var isPaid: Bool { award.outcome == .paid }

  /// A figure never parts from its unit.
  private func yuan(_ amount: Money) -> String {
    "<span class=\"nw\">\(amount.grouped) \(say("元", "yuan"))</span>"
  }

  var salutation: String {
    var about = [String]()
    if !award.unit.isEmpty { about.append(escape(award.unit)) }
    if !award.staffNo.isEmpty {
      about.append(say("工号 ", "staff number ") + escape(Masking.text(award.staffNo)))
    }
    let name = "<b>\(escape(Masking.text(award.name)))</b>"
    let place = about.joined(separator: say("，", ", "))
    if letter.language == .zh { return name + " 老师" + (about.isEmpty ? "：" : "（\(place)）：") }
    return "Dear " + name + (about.isEmpty ? ":" : " (\(place)):")
  }

  var decision: String {
    let title = escape(award.programme.title)
    let opening = say("您申请的“\(title)”已经审定，", "Your application for \"\(title)\" has been decided: ")
    if !isPaid {
      let verdict =
        award.outcome == .zero ? say("应发金额为零", "nothing is due") : say("本次不予补助", "it is not granted")
      let why = reasons.isEmpty ? "" : say("原因：", " Reason: ") + reasons.joined(separator: say("；", "; "))
      return opening + "<b>\(verdict)</b>" + say("。", ".") + why + (why.isEmpty ? "" : say("。", "."))
    }
    let capitals = letter.language == .zh ? "（人民币\(award.amount.inCapitals)）" : ""
    return opening + "<b>" + say("同意发放 ", "granted ") + yuan(award.amount) + "</b>" + capitals
      + say("。", ". ") + payment
  }

  private var payment: String {
    let day = letter.facts.payDate
    let (year, month, number) = day.yearMonthDay
    let date = letter.language == .zh ? "\(year) 年 \(month) 月 \(number) 日" : "\(day)"
    let digits = award.payee.account.filter(\.isNumber)
    let tail = digits.count > 8 ? String(digits.suffix(4)) : ""
    let bank = escape(award.payee.bank)
    var account = ""
    if !tail.isEmpty {
      account = say(
        "转入您申请时填写的账户（\(bank.isEmpty ? "" : bank + "，")尾号 \(tail)）",
        "to the account you gave (\(bank.isEmpty ? "" : bank + ", ")ending in \(tail))")
    }
    return say(
      "款项计划于 \(date)\(account.isEmpty ? "发放" : account)。",
      "It is to be paid on \(date)\(account.isEmpty ? "" : " " + account).")
  }

  /// Why, with the clause. What a couple's other half has is left out.
  private var reasons: [String] {
    award.reasons.filter { !$0.text.isEmpty }.map { reason in
      let text = LetterSteps.withoutNames(reason, letter.language)
      let clause = reason.clause.map { say("（依据：\($0)）", " (clause \($0))") } ?? ""
      return escape(text + clause)
    }
  }

  /// The rows applied for, each with what the decision looked at.
  var applied: [String] {
    var lines: [String] = []
    for row in award.applied {
      var line = row.cells.map { cell in
        "<span class=\"cell\">\(escape(cell.name)) <b>\(escape(cell.value))</b></span>"
      }.joined(separator: " ")
      if let reason = row.notCounted {
        let clause = reason.clause.map { say("（依据：\($0)）", " (clause \($0))") } ?? ""
        line += " " + say("不计入：", "not counted: ") + escape(reason.text + clause)
      }
      lines.append(line)
    }
    return lines
  }

  private static let rowsMax = 12

  var appliedTable: String {
    let lines = applied
    if lines.allSatisfy(\.isEmpty) { return "" }
    let items = lines.prefix(Self.rowsMax).map { "<li>\($0)</li>\n" }.joined()
    let more = lines.count - Self.rowsMax
    let rest = more > 0 ? "<li>\(say("另有 \(more) 行", "\(more) more rows"))</li>\n" : ""
    return "<h2>\(say("您申请的", "What you applied for"))</h2>\n<ol class=\"applied\">\n\(items)\(rest)</ol>\n"
  }

  var steps: [LetterSteps.Line] { LetterSteps(award).lines }

  /// About how many lines rows and steps take: what must fit beside the rest on one page.
  var lines: Int {
    let rows = award.applied.prefix(Self.rowsMax).map { row in
      row.cells.reduce(0) { $0 + $1.name.count + $1.value.count + 3 } + (row.notCounted?.text.count ?? 0)
    }
    return rows.reduce(0) { $0 + 1 + $1 / 44 }
      + steps.prefix(Self.stepsMax).reduce(0) { $0 + 1 + $1.text.count / 26 }
  }

  private static let stepsMax = 36

  var stepTable: String {
    let lines = steps
    if lines.isEmpty { return "" }
    var rows = lines.prefix(Self.stepsMax).map { line in
      if line.isHeading {
        return "<tr class=\"part\"><th scope=\"colgroup\" colspan=\"3\">\(escape(line.text))</th></tr>\n"
      }
      return "<tr><th scope=\"row\">\(escape(line.text))</th><td class=\"n\">\(line.amount)</td>"
        + "<td class=\"clause\">\(escape(line.clause))</td></tr>\n"
    }.joined()
    if lines.count > Self.stepsMax {
      let more = lines.count - Self.stepsMax
      rows += "<tr><th scope=\"row\" colspan=\"3\">\(say("另有 \(more) 步", "\(more) more steps"))</th></tr>\n"
    }
    return """
      <h2>\(say("怎么算出来的", "How it was worked out"))</h2>
      <table>
      <thead><tr><th scope="col">\(say("步骤", "Step"))</th>\
      <th scope="col" class="n">\(say("金额（元）", "Amount (yuan)"))</th>\
      <th scope="col" class="clause">\(say("依据", "Clause"))</th></tr></thead>
      <tbody>
      \(rows)<tr class="last"><th scope="row">\(say("实发", "Paid"))</th><td class="n">\(award.amount.grouped)</td>\
      <td class="clause"></td></tr>
      </tbody>
      </table>

      """
  }

  var basis: String {
    let programme = award.programme
    let source = programme.source.isEmpty ? programme.policy : programme.source
    return say("依据：", "Basis: ") + escape(source)
      + say("《\(escape(programme.title))》", ", \(escape(programme.title))")
      + say("。", ".")
  }

  var objection: [String] {
    let settings = letter.facts.objections
    var lines: [String] = []
    if let days = settings.days {
      lines.append(
        say(
          "请在收到本通知后 <b class=\"nw\">\(days) 天</b>内提出，说明编号和理由。",
          "Say so within <b class=\"nw\">\(days) days</b> of receiving this letter, with its number and your reasons."
        ))
    } else {
      lines.append(say("请说明本通知的编号和理由。", "Give the number of this letter and your reasons."))
    }
    if settings.contact.isEmpty {
      let issuer = escape(award.programme.issuer)
      lines.append(
        say(
          "找本单位工会，或直接找\(issuer.isEmpty ? "发放本项补助的工会" : issuer)。",
          "Turn to the union of your unit, or to \(issuer.isEmpty ? "the union that grants this aid" : issuer)."
        ))
    }
    lines += settings.contact.map { say("联系：", "Contact: ") + escape($0) }
    return lines
  }
}
