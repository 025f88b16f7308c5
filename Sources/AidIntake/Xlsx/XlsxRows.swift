import AidModel
import CLibXML2

/// The rows of one worksheet, inflated and parsed a piece at a time.
final class XlsxRows {
  private let file: String
  private let sheet: String
  private let state: UnsafeMutablePointer<SheetState>
  private var inflater: Inflater
  private var parser: PushParser
  private var isOver = false

  init(
    file: String, sheet: String, entry: ZipArchive.Entry, archive: ZipArchive, state initial: SheetState,
    limits: IntakeLimits
  ) throws(IntakeFailure) {
    self.file = file
    self.sheet = sheet
    do {
      inflater = try Inflater(entry, of: archive, limits: limits)
    } catch {
      throw IntakeFailure.of(.archive(error), file: file, part: sheet)
    }
    state = .allocate(capacity: 1)
    state.initialize(to: initial)
    var sax = SheetHandler.make()
    parser = PushParser(&sax, context: state)
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  var merges: [MergedRange] { state.pointee.merges }
  var hiddenColumns: [ClosedRange<Int32>] { state.pointee.hiddenColumns }
  var isFiltered: Bool { state.pointee.hasFilter && state.pointee.sawHiddenRow }

  func next() throws(IntakeFailure) -> RowChunk? {
    while state.pointee.ready.isEmpty, !isOver { try advance() }
    if !state.pointee.ready.isEmpty { return state.pointee.ready.removeFirst() }
    if !state.pointee.chunk.rows.isEmpty {
      let rest = state.pointee.chunk
      state.pointee.chunk.removeAll()
      return rest
    }
    return nil
  }

  private func advance() throws(IntakeFailure) {
    do {
      let piece = try inflater.next()
      if piece.isEmpty {
        isOver = true
        try parser.finish()
      } else {
        try parser.feed(piece)
      }
    } catch let fault as XMLFault {
      throw IntakeFailure.of(fault, file: file, part: sheet)
    } catch let fault as Inflater.Fault {
      throw IntakeFailure.of(.archive(fault), file: file, part: sheet)
    } catch {
      preconditionFailure("parts fail as XMLFault or Inflater.Fault")
    }
    guard let fault = state.pointee.fault else { return }
    switch fault {
    case .order(let row):
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, row: row,
        ["rows or cells out of order (行列顺序错乱)"])
    case .shared(let row):
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: file, sheet: sheet, row: row,
        ["a shared string is missing (共享字符串缺失)"])
    case .limit(let what):
      throw IntakeFailure(IntakeFindings.fileLimit, file: file, sheet: sheet, [what])
    }
  }
}

extension IntakeFailure {
  static func of(_ fault: XMLFault, file: String, part: String) -> IntakeFailure {
    switch fault {
    case .doctype: return IntakeFailure(IntakeFindings.xmlDoctype, file: file, [part])
    case .damaged(let line, let text):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(part):\(line) \(text)"])
    case .archive(.limit(let what)): return IntakeFailure(IntakeFindings.fileLimit, file: file, [what])
    case .archive(.damaged(let what)):
      return IntakeFailure(IntakeFindings.fileUnreadable, file: file, ["\(what.zh) \(what.en)"])
    }
  }
}
