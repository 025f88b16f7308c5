import AidModel
import AidPipeline
import Foundation
import Testing

/// The sample December batch gives the same bytes whatever the file order and number of threads.
@Suite struct SameBytes {
  @Test func sampleBatchTwice() throws {
    var first: [(path: String, bytes: Data)] = []
    for (threads, reversed) in [(1, false), (2, true), (7, false), (5, true)] {
      let scratch = try Scratch()
      var request = scratch.request(Project.sample)
      request.threads = threads
      request.reversedDiscovery = reversed
      request.usesLibxml2Only = threads == 7
      let result = try BatchRun.run(request)
      #expect(result.exitStatus == 1)
      let files = scratch.files()
      #expect(files.count > 10)
      if first.isEmpty { first = files }
      #expect(files.map(\.path) == first.map(\.path), "\(threads) threads")
      for (a, b) in zip(files, first) where a.bytes != b.bytes {
        Issue.record("\(a.path) differs with \(threads) threads, reversed \(reversed)")
      }
    }
  }

  /// A dry run reports the same as the real run, without ledgers and without storing anything.
  @Test func rehearsalIsTheRunWithoutLedgers() throws {
    let (dry, real) = (try Scratch(), try Scratch())
    _ = try BatchRun.run(dry.request(Project.sample, .rehearse))
    _ = try BatchRun.run(real.request(Project.sample))
    let rehearsed = Dictionary(uniqueKeysWithValues: dry.files().map { ($0.path, $0.bytes) })
    #expect(!rehearsed.keys.contains { $0.hasPrefix("ledgers/") } && !dry.exists("store.sqlite"))
    #expect(real.files().contains { $0.path.hasPrefix("ledgers/") } && real.exists("store.sqlite"))
    let explanations = try #require(rehearsed["explanations.jsonl"])
    #expect(explanations.count > 100_000)
    #expect(real.files().first { $0.path == "explanations.jsonl" }?.bytes == explanations)
  }
}
