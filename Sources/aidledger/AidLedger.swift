import AidModel
import AidPipeline
import ArgumentParser
import Glibc

@main
struct AidLedger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aidledger",
    abstract: "工会补助：导入、核对、计算、出台账。Reads aid applications, applies policies, writes payment ledgers.",
    version: AidLedgerVersion.current,
    subcommands: [
      InitCommand.self, InspectCommand.self, ValidateCommand.self, RunCommand.self, ExplainCommand.self,
      VerifyCommand.self, PolicyCommand.self, HistoryCommand.self, FindingsCommand.self,
      TemplateCommand.self, DiffCommand.self, SimulateCommand.self, ReviewCommand.self,
      ReconcileCommand.self, ReissueCommand.self, ReadAllCommand.self,
    ])

  /// Usage errors exit with 64, everything else with the documented status.
  static func main() {
    Streams.settle()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ExitStatus {
      Glibc.exit(error.status)
    } catch {
      let text = fullMessage(for: error)
      let status = exitCode(for: error)
      if !text.isEmpty { status == .success ? Console.result(text) : Console.aside(text) }
      Glibc.exit(status.rawValue)
    }
  }
}

/// The three standard streams.
enum Streams {
  /// Ensures that a file opened later does not get the number of a closed stream and its output, and that a
  /// reader that goes away does not kill the program in the middle of a posting.
  static func settle() {
    for stream in Int32(0)...2 where fcntl(stream, F_GETFD) < 0 {
      // Writing to it fails, and the failure is reported where possible.
      _ = open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY)
    }
    signal(SIGPIPE, SIG_IGN)
  }

  /// Asks a question on the terminal; nil if there is no one to answer.
  static func answer(_ question: String) -> Bool? {
    guard isatty(0) == 1, isatty(2) == 1 else { return nil }
    Console.put(Array((ShownText.lines(question) + " [y/N] ").utf8), on: 2)
    return ["y", "yes", "是"].contains(readLine()?.lowercased() ?? "")
  }
}

/// Exits with a status after all messages have been printed.
struct ExitStatus: Error {
  let status: Int32
}

/// Standard output is for results only; everything else goes to standard error.
///
/// Text from outside must never control a terminal: invisible characters are escaped (`ShownText`), here and
/// nowhere else.
enum Console {
  static func result(_ text: String) { result(text, as: .text) }

  static func result(_ text: String, as format: TextFormat) {
    put(result: Array((shown(text, format) + (text.hasSuffix("\n") ? "" : "\n")).utf8))
  }

  private static func shown(_ text: String, _ format: TextFormat) -> String {
    format == .json ? ShownText.json(text) : ShownText.lines(text)
  }

  /// Prints the form requested by `--format`.
  static func result(_ format: TextFormat, text: @autoclosure () -> String, json: @autoclosure () -> String) {
    result(format == .json ? json() : text(), as: format)
  }

  /// A table or document for other programs: unchanged, unless it goes to a terminal.
  static func data(_ bytes: [UInt8]) {
    guard isatty(1) == 1, let text = String(validating: bytes, as: UTF8.self) else {
      return put(result: bytes)
    }
    put(result: Array(ShownText.lines(text.replacing("\r\n", with: "\n")).utf8))
  }

  /// A result that cannot be written completely ends the program: part of it must not pass for the whole. A
  /// reader that stops early (`| head`) is not a failure.
  private static func put(result bytes: [UInt8]) {
    guard put(bytes, on: 1) == false, errno != EPIPE else { return }
    let why = String(cString: strerror(errno))
    aside("结果写不出来（\(why)）。cannot write the result (\(why)).")
    Glibc.exit(2)
  }

  /// A result that can be shown again: if it cannot be written, the program reports that and continues.
  static func offer(_ text: String, as format: TextFormat, otherwise: String) {
    if !put(Array((shown(text, format) + "\n").utf8), on: 1), errno != EPIPE {
      let why = String(cString: strerror(errno))
      aside("\(otherwise) (\(why))")
    }
  }

  static func aside(_ text: String) { put(Array((ShownText.lines(text) + "\n").utf8), on: 2) }

  /// Returns false, with `errno`, if not everything could be written.
  @discardableResult
  static func put(_ bytes: [UInt8], on file: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + offset, $0.count - offset) }
      if count < 0 && errno != EINTR { return false }
      offset += max(count, 0)
    }
    return true
  }

  /// Runs `body`; prints a failure on standard error and exits with its status.
  static func refusing<T>(_ language: Language, _ body: () throws(PipelineFailure) -> T) throws -> T {
    do {
      return try body()
    } catch {
      aside(error.text(language))
      throw ExitStatus(status: error.reason == .alreadyPosted ? 3 : 2)
    }
  }
}
