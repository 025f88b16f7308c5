/// An intern table: stores each distinct text once and finds it by its bytes.
public struct WordList: Sendable {
  /// UTF-8 of all texts, and the end offset of each.
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  /// Open-addressing hash table. A slot holds the upper 32 bits of the hash and the text's index + 1; 0 marks
  /// an empty slot.
  private var places = [UInt64](repeating: 0, count: 256)

  /// The maximum number of texts.
  private let most: Int

  public init(most: Int = .max) { self.most = most }

  /// The texts in order of insertion.
  public var texts: [String] {
    ends.indices.map { String(decoding: bytes[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]], as: UTF8.self) }
  }

  /// The index of a text, which is added if new; nil if the list is full.
  public mutating func number(of text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let hash = FNV.wideHash(text, from: FNV.start)
    let mask = places.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while places[at] != 0 {
      let place = places[at]
      let number = Int(truncatingIfNeeded: place & 0xFFFF_FFFF) - 1
      if place >> 32 == hash >> 32, isSame(number, text) { return UInt32(number) }
      at = (at + 1) & mask
    }
    return add(text, hash)
  }

  private func isSame(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == text.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      CleanBytes.areEqual(all.baseAddress.map { $0 + start }, text.baseAddress, text.count)
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> UInt32? {
    guard ends.count < most else { return nil }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    if ends.count * 2 > places.count { rehash() }
    insert(hash, ends.count)
    return UInt32(ends.count - 1)
  }

  private mutating func rehash() {
    places = [UInt64](repeating: 0, count: places.count * 4)
    bytes.withUnsafeBufferPointer { all in
      for number in 0..<(ends.count - 1) {
        let start = number == 0 ? 0 : ends[number - 1]
        insert(
          FNV.wideHash(UnsafeBufferPointer(rebasing: all[start..<ends[number]]), from: FNV.start), number + 1)
      }
    }
  }

  private mutating func insert(_ hash: UInt64, _ numberPlusOne: Int) {
    let mask = places.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while places[at] != 0 { at = (at + 1) & mask }
    places[at] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(numberPlusOne)
  }
}
