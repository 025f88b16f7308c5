import AidModel
import Dispatch
import Synchronization

/// Distributes work over threads; the results are in the order of the work items.
enum Parallel {
  static func map<T: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) -> T) -> [T] {
    SharedWork.map(count, threads: threads, body)
  }

  /// Runs two closures at the same time.
  static func both<A: Sendable, B: Sendable>(
    threads: Int, _ one: @Sendable () -> A, _ other: @Sendable () -> B
  ) -> (A, B) {
    if threads <= 1 { return (one(), other()) }
    let results = Mutex<(A?, B?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        let result = one()
        results.withLock { $0.0 = result }
      } else {
        let result = other()
        results.withLock { $0.1 = result }
      }
    }
    return results.withLock { ($0.0!, $0.1!) }
  }

  /// A parallel merge sort of the numbers below `count`.
  /// - Precondition: `precedes` is a strict total order.
  static func sorted(
    _ count: Int, threads: Int, by precedes: @escaping @Sendable (Int, Int) -> Bool
  ) -> [Int] {
    let pieces = ranges(of: count, each: max(1024, (count + threads - 1) / threads))
    var sorted = map(pieces.count, threads: threads) { pieces[$0].sorted(by: precedes) }
    while sorted.count > 1 {
      let runs = sorted
      sorted = map((runs.count + 1) / 2, threads: threads) { pair in
        2 * pair + 1 < runs.count ? merged(runs[2 * pair], runs[2 * pair + 1], by: precedes) : runs[2 * pair]
      }
    }
    return sorted.first ?? []
  }

  private static func merged(_ a: [Int], _ b: [Int], by precedes: (Int, Int) -> Bool) -> [Int] {
    var (i, j) = (0, 0)
    var all: [Int] = []
    all.reserveCapacity(a.count + b.count)
    while i < a.count, j < b.count {
      if precedes(b[j], a[i]) {
        all.append(b[j])
        j += 1
      } else {
        all.append(a[i])
        i += 1
      }
    }
    all.append(contentsOf: a[i...])
    all.append(contentsOf: b[j...])
    return all
  }

  /// Makes texts on all threads, and uses them in order, one at a time, while more are made. Only a few are
  /// in memory at once.
  static func inOrder<Failure: Error>(
    _ count: Int, threads: Int, make: @escaping @Sendable (Int, inout TextBuffer) -> Void,
    use: (borrowing TextBuffer) throws(Failure) -> Void
  ) throws(Failure) {
    try inOrder(count, threads: threads) { index, text, _ in
      make(index, &text)
    } use: { (text, _) throws(Failure) in
      try use(text)
    }
  }

  /// The same, with a second text per item.
  static func inOrder<Failure: Error>(
    _ count: Int, threads: Int, make: @escaping @Sendable (Int, inout TextBuffer, inout TextBuffer) -> Void,
    use: (borrowing TextBuffer, borrowing TextBuffer) throws(Failure) -> Void
  ) throws(Failure) {
    if threads <= 1 || count <= 1 {
      var text = TextBuffer()
      var other = TextBuffer()
      for index in 0..<count {
        text.removeAll()
        other.removeAll()
        make(index, &text, &other)
        try use(text, other)
      }
      return
    }
    let line = AssemblyLine<Failure>(count, threads: threads)
    withoutActuallyEscaping(use) { use in
      // Only one thread at a time, the one that holds the output end, calls it.
      nonisolated(unsafe) let use = use
      DispatchQueue.concurrentPerform(iterations: threads) { _ in line.work(make: make, use: use) }
    }
    if let failure = line.failure { throw failure }
  }

  /// Splits `count` items into ranges of `size`.
  static func ranges(of count: Int, each size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}

/// The result of work done in the background.
final class Background<Result: Sendable>: Sendable {
  private let found = Mutex<Result?>(nil)
  private let group = DispatchGroup()

  init(_ work: @escaping @Sendable () -> Result) {
    group.enter()
    DispatchQueue.global().async {
      let result = work()
      self.found.withLock { $0 = result }
      self.group.leave()
    }
  }

  var result: Result {
    group.wait()
    return found.withLock { $0! }
  }
}

/// A bounded queue of texts from many producers to one consumer at a time, in order.
private final class AssemblyLine<Failure: Error>: Sendable {
  private struct Texts: ~Copyable {
    var text = TextBuffer(capacity: 1 << 18)
    var other = TextBuffer()
  }

  private final class Piece: Sendable {
    let texts = Mutex(Texts())
  }

  private struct State {
    /// Finished but not yet used, as a ring buffer.
    var ready: [Piece?]
    var spare: [Piece] = []
    var nextToMake = 0
    var nextToUse = 0
    var isUsed = false
    var failure: Failure?
  }

  private let count: Int
  private let state: Guarded<State>
  /// Limits the number of items started but not yet used.
  private let room: DispatchSemaphore

  init(_ count: Int, threads: Int) {
    self.count = count
    let window = 4 * threads
    state = Guarded(State(ready: Array(repeating: nil, count: window)))
    // A semaphore must not be destroyed below its initial value, as would happen if work ends early.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<window { room.signal() }
  }

  var failure: Failure? { state.withLock { $0.failure } }

  func work(
    make: (Int, inout TextBuffer, inout TextBuffer) -> Void,
    use: (borrowing TextBuffer, borrowing TextBuffer) throws(Failure) -> Void
  ) {
    while true {
      room.wait()
      let taken = state.withLock { state -> (index: Int, piece: Piece)? in
        guard state.nextToMake < count, state.failure == nil else { return nil }
        state.nextToMake += 1
        return (state.nextToMake - 1, state.spare.popLast() ?? Piece())
      }
      guard let taken else {
        room.signal()
        return
      }
      taken.piece.texts.withLock { texts in
        texts.text.removeAll()
        texts.other.removeAll()
        make(taken.index, &texts.text, &texts.other)
      }
      state.withLock { $0.ready[taken.index % $0.ready.count] = taken.piece }
      while let piece = nextForUse() {
        var failure: Failure?
        piece.texts.withLock { texts in
          do throws(Failure) { try use(texts.text, texts.other) } catch { failure = error }
        }
        finish(piece, failure)
      }
    }
  }

  /// The next item in order, if it is ready and no other thread is consuming.
  private func nextForUse() -> Piece? {
    state.withLock { state in
      let slot = state.nextToUse % state.ready.count
      guard !state.isUsed, state.failure == nil, let piece = state.ready[slot] else { return nil }
      state.ready[slot] = nil
      state.isUsed = true
      return piece
    }
  }

  private func finish(_ piece: Piece, _ failure: Failure?) {
    state.withLock { state in
      state.isUsed = false
      state.nextToUse += 1
      state.spare.append(piece)
      state.failure = failure
    }
    room.signal()
  }
}

/// Like `Mutex`, but built on a dispatch queue, because the thread sanitizer does not understand `Mutex`.
private final class Guarded<Value>: Sendable {
  private let queue = DispatchQueue(label: "guarded")
  // Accessed only on the queue.
  nonisolated(unsafe) private var value: Value

  init(_ value: Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result { queue.sync { body(&value) } }
}
