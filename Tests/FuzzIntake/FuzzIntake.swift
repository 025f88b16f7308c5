import AidIntake
import Glibc

/// Feeds bytes to the reader of lists as a file of their own: archives, workbooks old and new, text, XML.
enum FuzzIntake {
  /// One file for the whole run, without a name.
  static let file: Int32 = {
    var name = Array("/tmp/aidledger-fuzz-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    unlink(&name)
    return file
  }()

  static func read(_ bytes: UnsafeRawBufferPointer) {
    guard ftruncate(file, 0) == 0, pwrite(file, bytes.baseAddress, bytes.count, 0) == bytes.count else {
      return
    }
    var limits = IntakeLimits()
    limits.inflatedBytesMax = 16 << 20
    limits.cellsMax = 1 << 20
    // Both readers of workbooks, by the length of the file: reruns read alike.
    if bytes.count % 2 == 1 { limits.reader = .libxml2 }
    do throws(IntakeFailure) {
      let input = try InputFile(path: "/proc/self/fd/\(file)", name: "x", limits: limits)
      for sheet in input.sheets.indices.prefix(4) {
        var reader = try input.open(sheet: sheet)
        while try reader.next() != nil {}
      }
    } catch {
      // A refusal is what hostile files are for.
    }
  }
}

/// The package manager wants a program; the fuzzer brings its own `main`, which wins.
@main struct Unused { static func main() {} }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  if count > 0 { FuzzIntake.read(UnsafeRawBufferPointer(start: bytes, count: count)) }
  return 0
}
