import AidModel
import AidStore

/// Provides a batch's earlier payments, once it is known whose are needed.
struct PaymentMemory: Sendable {
  private let store: Store?
  private let batch: String

  /// - Parameter store: nil if nothing was ever posted.
  init(_ store: Store?, before batch: String) { (self.store, self.batch) = (store, batch) }

  /// - Throws: if the store cannot be read.
  init(path: String, before batch: String) throws(PipelineFailure) {
    do {
      self.init(try Store.openSound(path), before: batch)
    } catch {
      throw PipelineFailure(error)
    }
  }

  /// Whether there is no store.
  var isEmpty: Bool { store == nil }

  func payments(of people: PeopleAtHand) throws(PipelineFailure) -> EarlierPayments {
    do {
      return try store?.payments(before: batch, of: people) ?? EarlierPayments()
    } catch {
      throw PipelineFailure(error)
    }
  }
}
