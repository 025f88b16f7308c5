import Glibc

/// A reusable growable array in flat memory: an append checks the capacity and writes, nothing else.
struct Growing<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 16)
    base = Self.memory(nil, self.capacity)
  }

  deinit { free(base) }

  @inline(__always)
  mutating func reserve(_ more: Int) {
    if count &+ more > capacity { grow(by: more) }
  }

  private mutating func grow(by more: Int) {
    capacity = max(count + more, capacity + capacity / 2)
    base = Self.memory(base, capacity)
  }

  /// realloc moves large blocks by remapping pages, without copying.
  private static func memory(
    _ old: UnsafeMutablePointer<Element>?, _ capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let block = realloc(old, capacity * MemoryLayout<Element>.stride) else {
      preconditionFailure("no memory for \(capacity) elements")
    }
    return block.assumingMemoryBound(to: Element.self)
  }

  /// Transfers ownership of the block, trimmed to its contents; release it with `free`.
  consuming func release() -> UnsafeMutablePointer<Element> {
    let block = Self.memory(base, max(count, 1))
    discard self
    return block
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    reserve(1)
    base[count] = element
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ from: UnsafePointer<Element>, count more: Int) {
    reserve(more)
    (base + count).update(from: from, count: more)
    count &+= more
  }

  @inline(__always)
  mutating func append(_ from: UnsafeBufferPointer<Element>) {
    if let start = from.baseAddress { append(start, count: from.count) }
  }

  /// Valid until the next change.
  var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

extension Growing where Element == UInt8 {
  mutating func append(_ text: StaticString) { append(text.utf8Start, count: text.utf8CodeUnitCount) }
}
