import AidModel
import AidStore
import Foundation
import Testing

/// What the store remembers, and that it remembers a batch whole or not at all.
@Suite struct StoreTests {
  final class File {
    let path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString).sqlite")
      .path(percentEncoded: false)
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  static let year = Period(from: CivilDate(iso: "2023-01-01")!, to: CivilDate(iso: "2023-12-31")!)!

  @Test func remembersOnceAndInOrder() throws {
    let file = File()
    #expect(try Store.openIfPresent(file.path) == nil)
    let store = try Store(path: file.path)
    try store.post(Self.batch("b", "2023-06-30"), entries: [Self.award(1), Self.award(2, outcome: .refused)])
    #expect(try store.posted(batch: "b")?.isPlaced == false)
    try store.markPlaced(batch: "b")
    #expect(try store.posted(batch: "b")?.isPlaced == true)
    #expect(throws: StoreFailure.self) { try store.post(Self.batch("b", "2023-06-30"), entries: []) }
    let payments = try store.payments(before: "c").posted
    #expect(payments.map(\.staffNo) == ["1"] && payments[0].amount == Money(plain: "100.00"))
    #expect(try store.payments(before: "b").posted.isEmpty)
  }

  /// Two batches calculated at the same time do not see each other's payments: the second is not posted.
  @Test func aBatchPostedMeanwhileIsNoticed() throws {
    let file = File()
    let store = try Store(path: file.path)
    let seen = try store.payments(before: "").stamp
    #expect(seen == StoreStamp())
    try store.post(Self.batch("b", "2023-06-30"), entries: [Self.award(1)], seen: seen)
    let failure = #expect(throws: StoreFailure.self) {
      try store.post(Self.batch("c", "2023-06-30"), entries: [Self.award(2)], seen: seen)
    }
    #expect(failure?.reason == .changed && failure?.remedy.zh.isEmpty == false)
    #expect(try store.batches().map(\.batch) == ["b"])
    try store.post(
      Self.batch("c", "2023-06-30"), entries: [Self.award(2)], seen: store.payments(before: "").stamp)
    #expect(try store.payments(before: "").posted.count == 2)
    #expect(try store.payments(before: "").posted.allSatisfy { $0.term == Self.year })
  }

  /// Two rows of one person may have got the same amount on the same day.
  @Test func equalPaymentsOfOneListAreAllKept() throws {
    let file = File()
    let store = try Store(path: file.path)
    let payment = PastPayment(
      batch: "a", programme: "aid", staffNo: "1", idNumber: "", amount: Money(fen: 5), paidOn: Self.year.to,
      status: "paid")
    #expect(try store.importHistory([payment, payment]) == 2)
    #expect(try store.importHistory([payment, payment]) == 0)
    #expect(try store.importHistory([payment, payment, payment]) == 1)
    #expect(try store.payments(before: "").imported.count == 3)
    #expect(try store.hasImported(batch: "a") && !store.hasImported(batch: "b"))
  }

  @Test(arguments: [
    ("paid", true), ("已发放", true), ("已退票", false), ("退回", false), ("未发放", false), ("待发", false),
    ("Returned", false),
    ("", true),
  ])
  func whatAStatusSays(_ status: String, _ counts: Bool) {
    let payment = PastPayment(
      batch: "a", programme: "aid", staffNo: "1", idNumber: "", amount: Money(fen: 5), paidOn: Self.year.to,
      status: status)
    #expect(payment.counts == counts)
  }

  @Test func aBatchThatFailsHalfwayLeavesNothing() throws {
    let file = File()
    let store = try Store(path: file.path)
    // Two awards with one record id cannot both be kept.
    let failure = #expect(throws: StoreFailure.self) {
      try store.post(Self.batch("b", "2023-06-30"), entries: [Self.award(1), Self.award(2), Self.award(1)])
    }
    #expect(failure?.reason == .contradicts && failure?.what.en.contains("b-1") == true)
    try store.check(wholly: true)
    #expect(try store.posted(batch: "b") == nil && store.payments(before: "").posted.isEmpty)
  }

  @Test func importedHistoryIsKeptOnceAndYieldsToThePostedBatch() throws {
    let file = File()
    let store = try Store(path: file.path)
    func past(_ batch: String) -> PastPayment {
      PastPayment(
        batch: batch, programme: "aid", staffNo: "9", idNumber: "", amount: Money(plain: "5.00")!,
        paidOn: CivilDate(iso: "2022-12-28")!, status: "paid")
    }
    #expect(try store.importHistory([past("a"), past("b")]) == 2)
    #expect(try store.importHistory([past("a")]) == 0)
    #expect(try store.payments(before: "").imported.count == 2)
    try store.post(Self.batch("b", "2023-06-30"), entries: [Self.award(1)])
    #expect(try store.payments(before: "").imported.map(\.batch) == ["a"])
  }
}
