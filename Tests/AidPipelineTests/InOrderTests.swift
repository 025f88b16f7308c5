import AidModel
import Synchronization
import Testing

@testable import AidPipeline

/// Texts made on many threads are used in order, and a failure there ends the work.
@Suite struct InOrderTests {
  struct Full: Error, Equatable { let after: Int }

  @Test(arguments: [1, 2, 3, 8]) func everyPieceOnceAndInOrder(threads: Int) {
    for count in [0, 1, 2, 7, 500] {
      var all = ""
      Parallel.inOrder(count, threads: threads) { index, text in
        // Pieces that take different times to make.
        for _ in 0..<(index * 7919 % 13) { text.append("·") }
        text.append("\(index);")
      } use: { text in
        all += text.text
      }
      let wanted = (0..<count).map { String(repeating: "·", count: $0 * 7919 % 13) + "\($0);" }.joined()
      #expect(all == wanted)
    }
  }

  @Test(arguments: [0, 1, 3]) func workBegunBesideIsDoneOnceAndInOrder(helpers: Int) {
    for count in [0, 1, 2, 500] {
      let asked = Atomic<Int>(0)
      let work = SharedWork(count) { number in
        asked.add(1, ordering: .relaxed)
        return number * number
      }
      work.start(helpers: helpers)
      #expect(work.results() == (0..<count).map { $0 * $0 })
      #expect(asked.load(ordering: .relaxed) == count)
      #expect(SharedWork.map(count, threads: helpers) { $0 } == Array(0..<count))
    }
    let stopped = SharedWork(100) { $0 }
    stopped.stop()
    #expect(stopped.results().isEmpty)
  }

  @Test(arguments: [1, 2, 8], [0, 3, 99]) func aFailureEndsTheWork(threads: Int, last: Int) {
    let made = Atomic<Int>(0)
    var used = 0
    #expect(throws: Full(after: last)) {
      try Parallel.inOrder(100_000, threads: threads) { _, text in
        made.add(1, ordering: .relaxed)
        text.append("x")
      } use: { _ throws(Full) in
        if used == last { throw Full(after: used) }
        used += 1
      }
    }
    #expect(used == last)
    #expect(made.load(ordering: .relaxed) <= last + 1 + 8 * threads, "no more is made for nothing")
  }
}
