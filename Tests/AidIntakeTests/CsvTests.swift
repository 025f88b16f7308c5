import Foundation
import Testing

@testable import AidIntake

/// Text files in all encodings and dialects that offices send.
@Suite struct CsvTests {
  static func raw(_ bytes: [UInt8]) throws -> String { try TestFile(bytes).raw() }

  @Test func encodingsAreToldApart() throws {
    let text = "工号,姓名\n1,张三\n"
    let little: [UInt8] = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big: [UInt8] = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let gb18030: [UInt8] = [
      0xB9, 0xA4, 0xBA, 0xC5, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x0A, 0x31, 0x2C, 0xD5, 0xC5, 0xC8, 0xFD, 0x0A,
    ]
    let files: [[UInt8]] = [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, [0xFE, 0xFF] + big,
      gb18030,
    ]
    for bytes in files {
      #expect(try Self.raw(bytes) == text)
    }
    #expect(try TestFile([0xEF, 0xBB, 0xBF, 0xFF, 0x41]).refusal() == "FILE-UNREADABLE")
    #expect(try TestFile([0x41, 0xFF, 0xFF, 0x0A]).refusal() == "FILE-UNREADABLE")
  }

  @Test func quotesSeparatorsAndLineBreaks() throws {
    #expect(
      try Self.raw(Array("a,\"b\nc\",\"d\"\"e\"\r\n1,2,3\r\n".utf8)) == "a,\"b\nc\",\"d\"\"e\"\n1,2,3\n")
    #expect(try Self.raw(Array("a;b\n1;2".utf8)) == "a,b\n1,2\n")
    #expect(try Self.raw(Array("a\tb\n1\t2\n".utf8)) == "a,b\n1,2\n")
    #expect(try Self.raw(Array("工号\n=\"00012\"\n".utf8)) == "工号\n00012\n")
    #expect(try Self.raw(Array("a,b\n\n1,2\n".utf8)) == "a,b\n,\n1,2\n")
  }

  @Test func whatIsNoListIsRefused() throws {
    #expect(try TestFile(Array("a,\"never closed\n1,2\n".utf8)).refusal() == "FILE-UNREADABLE")
    #expect(try TestFile(Array("a,b\n1,\u{0}\n".utf8)).refusal() == "FILE-UNREADABLE")
    #expect(try TestFile(Array("<html><table></table></html>".utf8)).refusal() == "FILE-KIND")
  }
}
