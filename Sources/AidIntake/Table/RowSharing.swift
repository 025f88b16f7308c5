import AidModel

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

/// Shares of rows that several threads read.
private struct SharedRun<Taker: RowTaker> {
  /// Some thousand rows: enough that a share's own costs vanish, few enough that memory stays small.
  static var chunksToShare: Int { 4 }

  let shape: TableShape
  let shares: [ArraySlice<RowChunk>]
  private let work: SharedWork<(RowShare, Taker.Taken)>

  init(_ chunks: [RowChunk], shape: TableShape, taker: @escaping @Sendable (SourceSheet) -> Taker) {
    self.shape = shape
    let shares = stride(from: 0, to: chunks.count, by: Self.chunksToShare).map {
      chunks[$0..<min($0 + Self.chunksToShare, chunks.count)]
    }
    self.shares = shares
    work = SharedWork(shares.count) { number in
      var own = taker(shape.source)
      var merges = MergeMap([])
      let share = shape.read(shares[number], merges: &merges, into: &own)
      return (share, own.finish())
    }
  }

  func start(_ threads: Int) { work.start(helpers: threads) }

  /// Nobody wants the rest.
  func stop() { work.stop() }

  /// In the order of the sheet.
  func results() -> [(RowShare, Taker.Taken)] { work.results() }
}
