import AidModel
import Dispatch
import Synchronization

/// Distributes rows over threads while more are read from the file; the results are joined in sheet order.
struct RowSharing<Taker: RowTaker>: ~Copyable {
  private let threads: Int
  private let taker: @Sendable (SourceSheet) -> Taker
  private var chunks: [RowChunk] = []
  private var run: SharedRun<Taker>?

  /// - Parameter taker: creates the taker of a share's rows, on any thread.
  init(threads: Int, taker: @escaping @Sendable (SourceSheet) -> Taker) {
    self.threads = threads
    self.taker = taker
  }

  deinit { run?.stop() }

  /// Two shares per thread, so that all stay busy and a slow one does not delay the others.
  private var most: Int { max(1, threads) * 2 * SharedRun<Taker>.chunksToShare }

  /// Adds rows; once there are enough, they are processed while the caller continues.
  /// - Parameter taken: gets earlier results, share by share.
  mutating func add(
    _ more: [RowChunk], to builder: inout TableBuilder, taken: (SourceSheet, Taker.Taken) -> Void
  ) {
    chunks += more
    if chunks.count < most { return }
    join(to: &builder, taken: taken)
    start(&builder, taken)
  }

  /// Processes the remaining rows.
  mutating func finish(_ builder: inout TableBuilder, taken: (SourceSheet, Taker.Taken) -> Void) {
    join(to: &builder, taken: taken)
    start(&builder, taken)
    join(to: &builder, taken: taken)
  }

  private mutating func start(
    _ builder: inout TableBuilder, _ taken: (SourceSheet, Taker.Taken) -> Void
  ) {
    guard let shape = builder.shape, !chunks.isEmpty else { return }
    let next = SharedRun(chunks, shape: shape, taker: taker)
    chunks.removeAll(keepingCapacity: true)
    if threads <= 1 || next.shares.count == 1 || !builder.canShare {
      for share in next.shares {
        var own = taker(shape.source)
        builder.read(share, into: &own)
        taken(shape.source, own.finish())
      }
      return
    }
    next.start(min(threads - 1, next.shares.count))
    run = next
  }

  /// Helps with the current shares, then joins them.
  private mutating func join(
    to builder: inout TableBuilder, taken: (SourceSheet, Taker.Taken) -> Void
  ) {
    guard let done = run else { return }
    run = nil
    for (share, result) in done.results() {
      builder.join(share)
      taken(done.shape.source, result)
    }
  }
}

/// Shares of rows that several threads process.
private final class SharedRun<Taker: RowTaker>: Sendable {
  /// A few thousand rows: enough to make a share's overhead negligible, few enough to keep memory small.
  static var chunksToShare: Int { 4 }

  let shape: TableShape
  let shares: [ArraySlice<RowChunk>]
  private let taker: @Sendable (SourceSheet) -> Taker
  private let found: Mutex<[(RowShare, Taker.Taken)?]>
  private let next = Atomic<Int>(0)
  private let workers = DispatchGroup()

  init(_ chunks: [RowChunk], shape: TableShape, taker: @escaping @Sendable (SourceSheet) -> Taker) {
    self.shape = shape
    self.taker = taker
    shares = stride(from: 0, to: chunks.count, by: Self.chunksToShare).map {
      chunks[$0..<min($0 + Self.chunksToShare, chunks.count)]
    }
    found = Mutex(Array(repeating: nil, count: shares.count))
  }

  func start(_ threads: Int) {
    for _ in 0..<threads { DispatchQueue.global().async(group: workers) { self.work() } }
  }

  /// Cancels the remaining shares.
  func stop() { next.store(shares.count, ordering: .relaxed) }

  /// In sheet order.
  func results() -> [(RowShare, Taker.Taken)] {
    work()
    workers.wait()
    return found.withLock { $0.compactMap(\.self) }
  }

  private func work() {
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      if number >= shares.count { return }
      var own = taker(shape.source)
      var merges = MergeMap([])
      let share = shape.read(shares[number], merges: &merges, into: &own)
      let result = (share, own.finish())
      found.withLock { $0[number] = result }
    }
  }
}
