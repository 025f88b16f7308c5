import AidModel
import Dispatch
import Synchronization

/// Work shared out over threads; the results come in the order of the work, whoever did it.
enum Parallel {
  static func map<T: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) -> T) -> [T] {
    if threads <= 1 || count <= 1 { return (0..<count).map(body) }
    let results = Mutex<[T?]>(Array(repeating: nil, count: count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= count { return }
        let result = body(index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Two things at the same time.
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

  /// The numbers below `count` in the order of `precedes`, which must tell any two of them apart.
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

  /// Text made on all threads and used in the order of the work, by one thread at a time, while more is made. Only a
  /// few pieces are in memory at once.
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

  /// The same where each piece is a text and something made from it, which goes another way.
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
      // Only the one thread that holds the end of the line calls it.
      nonisolated(unsafe) let use = use
      DispatchQueue.concurrentPerform(iterations: threads) { _ in line.work(make: make, use: use) }
    }
    if let failure = line.failure { throw failure }
  }

  /// The same over ranges of many small pieces of work.
  static func ranges(of count: Int, each size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}

/// Something found out beside other work.
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

/// Pieces of text on their way from many makers to one user.
private final class AssemblyLine<Failure: Error>: Sendable {
  private struct Texts: ~Copyable {
    var text = TextBuffer(capacity: 1 << 18)
    var other = TextBuffer()
  }

  private final class Piece: Sendable {
    let texts = Mutex(Texts())
  }

  private struct State {
    /// Made and not used yet, by their place in the ring.
    var ready: [Piece?]
    var spare: [Piece] = []
    var nextToMake = 0
    var nextToUse = 0
    var isUsed = false
    var failure: Failure?
  }

  private let count: Int
  private let state: Guarded<State>
  /// How many pieces may be begun and not used.
  private let room: DispatchSemaphore

  init(_ count: Int, threads: Int) {
    self.count = count
    let window = 4 * threads
    state = Guarded(State(ready: Array(repeating: nil, count: window)))
    // A semaphore must not end lower than it began, as it would where work ends early.
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

  /// The next piece in order, if it is there and nobody else holds the end of the line.
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

/// A value that one thread at a time may look at or change. As a mutex; the queue is one that the thread sanitizer
/// sees, which it does not the library's.
private final class Guarded<Value>: Sendable {
  private let queue = DispatchQueue(label: "guarded")
  // Only touched on the queue.
  nonisolated(unsafe) private var value: Value

  init(_ value: Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result { queue.sync { body(&value) } }
}
