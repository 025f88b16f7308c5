import AidIntake
import AidModel
import AidPipeline
import Glibc

/// Feeds bytes to the readers of lists and hand-written files: as a file of their own, or as the part of a
/// file named by `FUZZ_TARGET`, because a checksum around that part would reject mutated bytes.
enum FuzzIntake {
  enum Target: String, CaseIterable {
    /// A file of any kind: archives, workbooks old and new, text, XML.
    case file
    /// The same, seeded with lists as text.
    case text
    case workbook, sheet, strings, styles, content
    /// An XML spreadsheet.
    case spreadsheet
    /// The stream of an `.xls` workbook.
    case xls
    /// An XML export read through a mapping.
    case mapping
    /// The encryption parameters of a protected workbook, and its package.
    case encryption
    /// Files written by hand.
    case batch, policy, columns, ledger
  }

  static let target: Target = {
    guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }) else { return .file }
    guard let target = Target(rawValue: name) else { preconditionFailure("no target \(name)") }
    return target
  }()

  /// One nameless file for the whole run.
  static let file: Int32 = {
    guard let file = tmpfile() else { preconditionFailure("no temporary file") }
    return fileno(file)
  }()

  static let mapping = XMLMapping(
    row: "/e/a",
    columns: [
      .init(name: "staff_no", path: "@id"), .init(name: "name", path: "n/text()"),
      .init(name: "self_pay", path: "sum(m[@k='1']/v)"),
    ])

  /// The time budget of an input, in seconds over all threads: a base plus an amount per byte. Instrumented
  /// code is several times slower than the program.
  static let (secondsEach, secondsPerByte) = (0.5, 20e-6)

  static func readWithinBudget(_ bytes: [UInt8]) {
    let start = seconds
    read(bytes)
    let used = seconds - start
    precondition(
      used < secondsEach + Double(bytes.count) * secondsPerByte, "\(bytes.count) bytes cost \(used) s")
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  static func read(_ bytes: [UInt8]) {
    if let kind = HandWritten(rawValue: target.rawValue) {
      if let text = String(validating: bytes, as: UTF8.self) { _ = kind.problems(of: text) }
      return
    }
    let whole = FuzzedFile.whole(target, bytes)
    guard ftruncate(file, 0) == 0, pwrite(file, whole, whole.count, 0) == whole.count else { return }
    var limits = IntakeLimits()
    limits.inflatedBytesMax = 16 << 20
    limits.cellsMax = 1 << 20
    // The number that standard encryption requires.
    limits.hashRoundsMax = 50_000
    if target == .encryption { limits.passwords = Passwords(lines: Array("秘密 1".utf8)) ?? .none }
    // Alternates between both readers of workbooks by the file's length, so that reruns are the same. XML documents,
    // which are cheap to read, are read with both and compared.
    if bytes.count % 2 == 1 { limits.reader = .libxml2 }
    let first = outcome(limits)
    guard target == .content || target == .spreadsheet else { return }
    limits.reader = limits.reader == .libxml2 ? .scanner : .libxml2
    let second = outcome(limits)
    precondition(first == second, "the readers differ: \(first) \(second)")
  }

  /// The refusal, or all cells as a number.
  private static func outcome(_ limits: IntakeLimits) -> String {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: Int) { sum = (sum ^ UInt64(truncatingIfNeeded: value)) &* 0x100_0000_01B3 }
    do throws(IntakeFailure) {
      let input = try InputFile(
        path: "/proc/self/fd/\(file)", name: "x", limits: limits, xml: target == .mapping ? mapping : nil)
      for sheet in input.sheets.indices.prefix(4) {
        var reader = try input.open(sheet: sheet)
        while let chunk = try reader.next() {
          for row in chunk.rows { add(Int(row.number) << 32 | Int(row.cellCount)) }
          for cell in chunk.cells {
            add(Int(cell.column) << 32 | Int(cell.start) << 8 | Int(cell.kind.rawValue))
          }
          for byte in chunk.bytes { add(Int(byte)) }
        }
        add(reader.mergedRanges.count << 1 | (reader.isFiltered ? 1 : 0))
      }
      return "\(sum)"
    } catch {
      // Hostile files are supposed to be rejected.
      return error.finding.kind.code
    }
  }
}

/// The package manager requires a program; the fuzzer's own `main` takes precedence.
@main struct Unused { static func main() {} }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  if count > 0 { FuzzIntake.readWithinBudget([UInt8](UnsafeBufferPointer(start: bytes, count: count))) }
  return 0
}
