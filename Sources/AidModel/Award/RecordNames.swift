/// Gives the awards of one programme their record ids: `<batch>-<10 characters>`, derived from batch,
/// programme, person.
public struct RecordNames: Sendable {
  private let batch: String
  /// The hash state after batch and programme.
  private let begun: SHA256

  public init(batch: String, programme: String) {
    self.batch = batch
    var hash = SHA256()
    hash.update("\(batch)\u{1F}\(programme)\u{1F}")
    begun = hash
  }

  /// - Parameter ordinal: numbers a person's awards under `award_per: row`, from 1.
  public func id(person: String, ordinal: Int) -> String {
    var hash = begun
    hash.update(person)
    return id(&hash, ordinal)
  }

  /// The same for a person named by the staff number in the row itself; nil if the row has none.
  public func id(ofStaffNoIn claim: Claim, ordinal: Int) -> String? {
    var hash = begun
    var isKnown = false
    let staffNo = CommonColumn.staffNo.rawValue
    claim.table.forEachCell(claim.index, through: staffNo) {
      $0 == staffNo
    } _: { _, cell in
      if case .text(let text) = cell, !text.isEmpty {
        hash.update(UnsafeRawBufferPointer(text))
        isKnown = true
      }
    }
    return isKnown ? id(&hash, ordinal) : nil
  }

  private func id(_ hash: inout SHA256, _ ordinal: Int) -> String {
    if ordinal > 1 { hash.update("\u{1F}\(ordinal)") }
    return hash.withDigest { digest in
      let size = batch.utf8.count
      return String(unsafeUninitializedCapacity: size + 11) { text in
        _ = text.initialize(from: batch.utf8)
        text[size] = UInt8(ascii: "-")
        Base32.encode(digest, count: 10, into: UnsafeMutableBufferPointer(rebasing: text[(size + 1)...]))
        return size + 11
      }
    }
  }
}
