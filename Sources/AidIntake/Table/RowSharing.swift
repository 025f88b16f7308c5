import AidModel
import Dispatch
import Synchronization

/// Rows shared out over threads; what they bring is joined in the order of the sheet, whoever read them.
enum RowSharing {
  /// Some thousand rows: enough that a share's own costs vanish, few enough that memory stays small.
  static let chunksToShare = 8
  /// So that a slow share does not keep the others waiting.
  static let sharesPerThread = 2

  static func read<Taker: RowTaker>(
    _ chunks: [RowChunk], by builder: inout TableBuilder, threads: Int,
    taker: @Sendable (SourceSheet) -> Taker, taken: (SourceSheet, Taker.Taken) -> Void
  ) {
    guard let shape = builder.shape, !chunks.isEmpty else { return }
    let shares = stride(from: 0, to: chunks.count, by: chunksToShare).map {
      chunks[$0..<min($0 + chunksToShare, chunks.count)]
    }
    if threads <= 1 || shares.count == 1 || !builder.canShare {
      for share in shares {
        var own = taker(shape.source)
        builder.read(share, into: &own)
        taken(shape.source, own.finish())
      }
      return
    }
    let results = Mutex<[(RowShare, Taker.Taken)?]>(Array(repeating: nil, count: shares.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, shares.count)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        if number >= shares.count { return }
        var own = taker(shape.source)
        var merges = MergeMap([])
        let share = shape.read(shares[number], merges: &merges, into: &own)
        let result = (share, own.finish())
        results.withLock { $0[number] = result }
      }
    }
    for case (let share, let result)? in results.withLock({ $0 }) {
      builder.join(share)
      taken(shape.source, result)
    }
  }
}
