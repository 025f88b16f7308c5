import AidModel
import Foundation
import GRDB
import Testing

@testable import AidStore

/// Only a missing file means no store; a file that is not a store is left alone.
@Suite struct StoreFiles {
  private func folder() throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "stores-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path(percentEncoded: false)
  }

  @Test func aFileThatIsNoStoreIsLeftAlone() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let empty = folder + "/empty"
    _ = FileManager.default.createFile(atPath: empty, contents: Data())
    let foreign = folder + "/foreign"
    try DatabaseQueue(path: foreign).write {
      try $0.execute(
        sql: "CREATE TABLE t (x); PRAGMA application_id = 5")
    }
    let text = folder + "/text"
    try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: text))
    for path in [empty, foreign, text] {
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: StoreFailure.self, "\(path)") { try Store.openIfPresent(path) }
      #expect(throws: StoreFailure.self, "\(path)") { try Store(path: path) }
      #expect(try Data(contentsOf: URL(filePath: path)) == before, "\(path)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
  }

  @Test func whatCannotBeSeenIsNotTakenForNothing() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: "/nowhere/s.sqlite")
    _ = FileManager.default.createFile(atPath: folder + "/file", contents: Data())
    _ = FileManager.default.createFile(atPath: folder + "/gone-journal", contents: Data([1]))
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    for path in ["/link", "/pipe", "", "/file/s.sqlite", "/gone", "/\(String(repeating: "x", count: 300))"] {
      #expect(throws: StoreFailure.self, "\(path)") { try Store.openIfPresent(folder + path) }
    }
    #expect(
      try Store.openIfPresent(folder + "/none") == nil && Store.openIfPresent(folder + "/no/such") == nil)
  }

  @Test func anEmptyStoreIsMadeWhole() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try Store(path: folder + "/s.sqlite")
    try store.check(wholly: true)
    #expect(try store.batches().isEmpty && store.payments(before: "").posted.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["s.sqlite"])
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/s.sqlite")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  /// What was posted can be restored and explained.
  @Test func filesAndExplanationsComeBack() throws {
    let (file, store) = try SoundnessTests.store()
    let posted = try #require(try store.posted(batch: "b"))
    let kept = try #require(try store.files(of: posted).first)
    var text: [UInt8] = []
    try store.read(kept) { text += Array($0) }
    #expect(text.count == kept.size && SHA256.hex(SHA256.hash(text)) == kept.sha256)
    #expect(String(decoding: text, as: UTF8.self).split(separator: "\n").count == 5)
    let awards = try store.awards(of: posted, staffNo: "4")
    #expect(awards.map(\.explanation) == ["{\"record\":\"b-4\"}"] && awards[0].amount == Money(fen: 100_00))
    #expect(try store.awards(of: posted, record: "b-5", programme: "aid").count == 1)
    #expect(try store.awards(of: posted, programme: "other").isEmpty)
    #expect(try Store.openSound(file.path)?.payments(before: "b").invoices.count == 10)
  }

  @Test(arguments: 0..<6)
  func aDifferenceIsTold(_ change: Int) throws {
    let (_, store) = try SoundnessTests.store()
    let posted = try #require(try store.posted(batch: "a"))
    var awards = (1...5).map { TestAward(number: $0, invoices: ["a\($0)", "x\($0)"]) }
    switch change {
    case 1: awards[2].fen = 1
    case 2: awards[0].invoices = []
    case 3: awards.removeLast()
    case 4: awards.append(TestAward(number: 6))
    case 5: awards[3].programme = 1
    default: break
    }
    let found = try store.differences(
      posted, programmes: StoreTests.programmes, units: ["U"], Store.draft(awards))
    #expect(found.isEmpty == (change == 0), "\(found)")
  }

  @Test(arguments: [0, 1, 100, 70_000, 3_000_000])
  func packedTextIsTheTextAgain(_ size: Int) {
    let text = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435 >> 11) }
    var packed = TextBuffer()
    text.withUnsafeBytes { Gzip.append($0, to: &packed) }
    packed.withBytes { #expect(Gzip.text(of: $0, size: size) == text) }
    packed.withBytes { #expect(Gzip.text(of: $0, size: size + 1) == nil) }
    if size > 0 { packed.withBytes { #expect(Gzip.text(of: $0, size: size - 1) == nil) } }
  }
}
