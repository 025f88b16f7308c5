import Dispatch
import Synchronization

/// Pieces of work shared out over threads: whoever is free takes the next one. The results stand in the order of the
/// pieces, whoever made them.
public final class SharedWork<Result: Sendable>: Sendable {
  /// How many pieces there are.
  public let count: Int
  private let make: @Sendable (Int) -> Result
  private let next = Atomic<Int>(0)
  private let made: Mutex<[Result?]>
  private let helpers = DispatchGroup()

  /// Nothing is begun yet.
  /// - Parameter make: makes the piece of a number; asked on any thread, once for each.
  public init(_ count: Int, _ make: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.make = make
    made = Mutex(Array(repeating: nil, count: count))
  }

  /// Has other threads work while the caller does something else.
  public func start(helpers threads: Int) {
    for _ in 0..<min(threads, count) { DispatchQueue.global().async(group: helpers) { self.work() } }
  }

  /// Pieces that nobody has begun are not wanted any more.
  public func stop() { next.store(count, ordering: .relaxed) }

  /// Lends a hand with what is left, and waits for the others.
  public func results() -> [Result] {
    work()
    helpers.wait()
    return made.withLock { $0.compactMap(\.self) }
  }

  /// The whole work at once: the caller's thread and as many others as it takes come back when all is done.
  public static func map(
    _ count: Int, threads: Int, _ make: @Sendable (Int) -> Result
  ) -> [Result] {
    if threads <= 1 || count <= 1 { return (0..<count).map(make) }
    return withoutActuallyEscaping(make) { make in
      let shared = SharedWork(count, make)
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in shared.work() }
      return shared.results()
    }
  }

  private func work() {
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      if number >= count { return }
      let result = make(number)
      made.withLock { $0[number] = result }
    }
  }
}
