import Glibc
import Synchronization

/// Handles reads beyond the end of a mapped file. If another process truncates a file while it is read,
/// SIGBUS would end the program; instead the missing pages are replaced by zeros and the fault is recorded,
/// so that the file is rejected when its reader returns.
///
/// The handler may interrupt any code, so it only uses a fixed table and system calls.
enum MappedFaults {
  /// One mapped range, and whether a page of it was missing.
  private struct Slot: ~Copyable {
    /// 0 means free.
    let start = Atomic<UInt>(0)
    let count = Atomic<UInt>(0)
    let hasFault = Atomic<Bool>(false)
  }

  /// Far more than files open at once.
  private static let slotsMax = 4096

  private struct Table: Sendable {
    nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot>
    nonisolated(unsafe) let before: UnsafeMutablePointer<sigaction>
    let page: UInt
  }

  /// Created, with the handler installed, when the first file is mapped.
  private static let table: Table = {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: slotsMax)
    for i in 0..<slotsMax { (slots + i).initialize(to: Slot()) }
    let before = UnsafeMutablePointer<sigaction>.allocate(capacity: 1)
    before.initialize(to: sigaction())
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { _, info, _ in MappedFaults.handle(info) }
    action.sa_flags = SA_SIGINFO | Int32(bitPattern: UInt32(SA_ONSTACK))
    sigaction(SIGBUS, &action, before)
    return Table(slots: slots, before: before, page: UInt(sysconf(Int32(_SC_PAGESIZE))))
  }()

  /// Watches one mapped range until `end`.
  struct Watch: Sendable {
    fileprivate let slot: Int

    var hasFault: Bool { table.slots[slot].hasFault.load(ordering: .acquiring) }

    /// Must be called before the range is unmapped.
    func end() { table.slots[slot].start.store(0, ordering: .releasing) }
  }

  /// Nil if all slots are taken: the range is not watched.
  static func watch(_ start: UInt, _ count: Int) -> Watch? {
    for i in 0..<slotsMax where table.slots[i].start.load(ordering: .relaxed) == 0 {
      // Taken, but not a range that any address lies in.
      guard table.slots[i].start.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged
      else { continue }
      table.slots[i].count.store(UInt(count), ordering: .relaxed)
      table.slots[i].hasFault.store(false, ordering: .relaxed)
      table.slots[i].start.store(start, ordering: .releasing)
      return Watch(slot: i)
    }
    return nil
  }

  private static func handle(_ info: UnsafeMutablePointer<siginfo_t>?) {
    let address = UInt(bitPattern: info?.pointee._sifields._sigfault.si_addr)
    for i in 0..<slotsMax {
      let start = table.slots[i].start.load(ordering: .acquiring)
      let count = table.slots[i].count.load(ordering: .relaxed)
      guard start > 1, address >= start, address - start < count else { continue }
      let page = address & ~(table.page - 1)
      let rest = Int(start + count - page)
      let kinds = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
      let zeros = mmap(UnsafeMutableRawPointer(bitPattern: page), rest, PROT_READ, kinds, -1, 0)
      if zeros == MAP_FAILED { break }
      table.slots[i].hasFault.store(true, ordering: .releasing)
      return
    }
    // Not ours: restore the previous handler, which gets the fault when the read is retried.
    sigaction(SIGBUS, table.before, nil)
  }
}
