import AidModel
import Dispatch
import Glibc
import Synchronization

/// The bytes of a part, piece by piece in order. A large part is inflated on its own thread, a few pieces
/// ahead of the reader.
///
/// `padding` zero bytes follow every piece, so that a scanner may look past its end; in front there is room
/// for the end of the previous piece.
final class PartPieces {
  static let pieceSize = 1 << 18
  static let padding = 64
  /// The longest remainder carried over to the next piece.
  static let headroom = 1 << 16
  /// Below this size a thread costs more than it saves.
  private static let threadFrom = 1 << 20

  private let shared: PieceRing
  private var inflater: Inflater?
  private var thread: pthread_t?
  private var taken = 0
  private var isOver = false

  init(_ entry: ZipArchive.Entry, of archive: ZipArchive) {
    let room = min(Self.pieceSize, max(entry.size + 1, 64))
    if entry.size >= Self.threadFrom, sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 {
      shared = PieceRing(windows: 4, room: room, entry: entry, archive: archive)
      thread = shared.start()
    } else {
      shared = PieceRing(windows: 2, room: room, entry: entry, archive: archive)
    }
    if thread == nil { inflater = Inflater(entry, of: archive) }
  }

  deinit {
    guard let thread else { return }
    shared.stop()
    pthread_join(thread, nil)
  }

  /// The next piece, preceded by `rest`, the unread end of the previous one; valid until the next call. Nil
  /// at the end of the part.
  /// - Precondition: `rest` is at most `headroom` long.
  func next(after rest: UnsafeBufferPointer<UInt8>) throws(Inflater.Fault) -> UnsafeBufferPointer<UInt8>? {
    precondition(rest.count <= Self.headroom, "a rest must fit in front of the next piece")
    if isOver { return nil }
    let window = shared.window(taken)
    let count = thread == nil ? try inflater!.fill(window) : try shared.take(taken)
    if count == 0 {
      isOver = true
      return nil
    }
    let start = window.baseAddress! - rest.count
    if !rest.isEmpty { start.update(from: rest.baseAddress!, count: rest.count) }
    // Only now may the thread overwrite the piece that `rest` came from.
    if thread != nil, taken > 0 { shared.release() }
    taken += 1
    (window.baseAddress! + count).update(repeating: 0, count: Self.padding)
    return UnsafeBufferPointer(start: start, count: rest.count + count)
  }
}

extension PartPieces {
  /// The next piece without a remainder, with the faults of reading a part.
  func nextAlone() throws(XMLFault) -> UnsafeBufferPointer<UInt8>? {
    do {
      return try next(after: UnsafeBufferPointer(start: nil, count: 0))
    } catch {
      throw .archive(error)
    }
  }
}

/// A ring buffer of windows between the inflating thread and the reading one.
private final class PieceRing: Sendable {
  private let entry: ZipArchive.Entry
  private let archive: ZipArchive
  /// Address of the first window; a single block holds all of them.
  private let base: UInt
  private let windows: Int
  private let room: Int

  private enum Outcome { case waiting, piece(Int), fault(Inflater.Fault) }

  private let outcomes: Mutex<[Outcome]>
  private let isStopped = Atomic<Bool>(false)
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  init(windows: Int, room: Int, entry: ZipArchive.Entry, archive: ZipArchive) {
    (self.windows, self.room, self.entry, self.archive) = (windows, room, entry, archive)
    let stride = PartPieces.headroom + room + PartPieces.padding
    base = UInt(bitPattern: UnsafeMutableRawPointer.allocate(byteCount: windows * stride, alignment: 64))
    outcomes = Mutex(Array(repeating: .waiting, count: windows))
  }

  deinit { UnsafeMutableRawPointer(bitPattern: base)!.deallocate() }

  func window(_ index: Int) -> UnsafeMutableBufferPointer<UInt8> {
    let stride = PartPieces.headroom + room + PartPieces.padding
    let start = UnsafeMutableRawPointer(bitPattern: base)! + (index % windows) * stride + PartPieces.headroom
    return UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: room)
  }

  /// Nil if the system cannot create a thread; the reader then inflates by itself.
  func start() -> pthread_t? {
    for _ in 0..<(windows - 1) { free.signal() }
    var thread = pthread_t()
    let me = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { ring in
        Unmanaged<PieceRing>.fromOpaque(ring!).takeRetainedValue().run()
        return nil
      }, me.toOpaque())
    if status == 0 { return thread }
    me.release()
    return nil
  }

  private func run() {
    var inflater = Inflater(entry, of: archive)
    var index = 0
    while true {
      free.wait()
      if isStopped.load(ordering: .acquiring) { return }
      let outcome: Outcome
      do throws(Inflater.Fault) {
        outcome = .piece(try inflater.fill(window(index)))
      } catch {
        outcome = .fault(error)
      }
      outcomes.withLock { $0[index % windows] = outcome }
      filled.signal()
      guard case .piece(let count) = outcome, count > 0 else { return }
      index += 1
    }
  }

  func take(_ index: Int) throws(Inflater.Fault) -> Int {
    filled.wait()
    switch outcomes.withLock({ $0[index % windows] }) {
    case .piece(let count): return count
    case .fault(let fault): throw fault
    case .waiting: preconditionFailure("a filled window has an outcome")
    }
  }

  func release() { free.signal() }

  func stop() {
    isStopped.store(true, ordering: .releasing)
    free.signal()
  }
}
