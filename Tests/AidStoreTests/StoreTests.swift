import AidModel
import AidStore
import Foundation
import Testing

/// What the store remembers, and that it remembers a batch completely or not at all.
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

  static func told(_ batch: String, _ staffNo: String = "9", fen: Int64 = 500) -> ListedPayments.Line {
    ListedPayments.Line(
      PastPayment(
        batch: batch, programme: "aid", staffNo: staffNo, idNumber: "", amount: Money(fen: fen),
        paidOn: CivilDate(iso: "2022-12-28")!, status: "已发"),
      row: 2)
  }

  /// Lists are kept as they came, whatever is posted under their batches' names; a batch posted before a list
  /// does not see it.
  @Test func listsAreKeptAsTheyCame() throws {
    let file = File()
    let store = try Store(path: file.path)
    try store.keep(
      [ListedPayments(name: "h.csv", lines: [Self.told("a"), Self.told("a"), Self.told("b")])],
      seen: StoreStamp())
    #expect(throws: StoreFailure.self) {
      try store.keep([ListedPayments(name: "late.csv")], seen: StoreStamp())
    }
    try store.post(Self.batch("b", "2023-06-30"), entries: [Self.award(1)])
    try store.keep(
      [ListedPayments(name: "i.csv", lines: [Self.told("c")])], seen: store.payments(before: "").stamp)
    let lists = try store.payments(before: "").lists
    #expect(lists.map(\.name) == ["h.csv", "i.csv"] && lists.map(\.lines.count) == [3, 1])
    #expect(lists[0].lines[0].payment.state == .paid && lists[0].lines[0].row == 2)
    #expect(try store.payments(before: "b").lists.map(\.name) == ["h.csv"])
    #expect(try store.hasImported(batch: "a") && !store.hasImported(batch: "d"))
  }

  /// A batch in a store of many years reads only its own people.
  @Test func onlyThePeopleAtHandAreRead() throws {
    let file = File()
    let store = try Store(path: file.path)
    try store.post(Self.batch("b", "2023-06-30"), entries: (1...50).map { Self.award($0) })
    try store.keep(
      [ListedPayments(name: "h", lines: [Self.told("a", "0007"), Self.told("a", "8")])],
      seen: store.payments(before: "").stamp)
    var people = PeopleAtHand()
    people.add(staffNo: "007", idNumber: "")
    let found = try store.payments(before: "", of: people)
    #expect(
      found.posted.map(\.staffNo) == ["7"] && found.lists.flatMap(\.lines).map(\.payment.staffNo) == ["0007"])
    #expect(try store.payments(before: "", of: PeopleAtHand()).posted.isEmpty)
  }

  @Test func aBatchThatFailsHalfwayLeavesNothing() throws {
    let file = File()
    let store = try Store(path: file.path)
    // Two awards with the same record id cannot both be stored.
    let failure = #expect(throws: StoreFailure.self) {
      try store.post(Self.batch("b", "2023-06-30"), entries: [Self.award(1), Self.award(2), Self.award(1)])
    }
    #expect(failure?.reason == .contradicts && failure?.what.en.contains("b-1") == true)
    try store.check(wholly: true)
    #expect(try store.posted(batch: "b") == nil && store.payments(before: "").posted.isEmpty)
  }
}
