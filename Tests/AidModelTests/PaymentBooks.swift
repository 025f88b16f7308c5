import AidModel
import Testing

/// What identifies a payment, and what lists report about it.
@Suite struct PaymentBooks {
  static func payment(
    _ batch: String = "a", _ staffNo: String = "1", _ fen: Int64 = 500, _ day: String = "2023-06-28",
    _ state: PaymentState = .paid, id: String = "", programme: String = "aid"
  ) -> PastPayment {
    PastPayment(
      batch: batch, programme: programme, staffNo: staffNo, idNumber: id, amount: Money(fen: fen),
      paidOn: CivilDate(iso: day)!, state: state)
  }

  /// A book of payments that identifies people by the text of their numbers.
  struct Book {
    var book = PaymentBook()
    private var all: [PastPayment] = []

    init(posted: [PastPayment] = []) {
      all = posted
      book.add(posted: posted, of: people(posted.count))
    }

    private func people(_ count: Int) -> [Int] {
      let persons = Persons([], roster: nil, payments: all)
      return all.indices.suffix(count).map { persons.person(ofPayment: $0) }
    }

    mutating func add(_ list: [PastPayment]) -> [PaymentBook.Told] {
      all += list
      return book.add(list, of: people(list.count))
    }

    var payments: [PastPayment] { book.payments }
  }

  static func counted(_ book: Book) -> [Int64] {
    book.payments.filter(\.counts).map(\.amount.fen).sorted()
  }

  @Test func equalLinesOfOneListAreSeveralPaymentsAndTheListAgainIsNone() {
    var book = Book()
    let one = Self.payment()
    #expect(book.add([one, one]) == [.new, .new])
    #expect(book.add([one, one]) == [.known, .known])
    #expect(book.add([one, one, one]) == [.known, .known, .new])
    #expect(Self.counted(book) == [500, 500, 500])
  }

  @Test func aPaymentIsNotItsBatchAlone() {
    var book = Book(posted: [Self.payment()])
    #expect(book.add([Self.payment(), Self.payment("a", "6", 4900, "2023-07-05")]) == [.known, .new])
    // Another programme; another day and amount; another person with the same amount.
    #expect(book.add([Self.payment(programme: "relief")]) == [.new])
    #expect(book.add([Self.payment("a", "1", 70, "2023-09-01"), Self.payment("a", "2")]) == [.new, .new])
  }

  @Test func aListMayLeaveTheBatchOutAndNameThePersonByEitherNumber() {
    var book = Book(posted: [Self.payment("a", "1", id: "420100196001101016")])
    #expect(book.add([Self.payment("", "", id: "420100600110101")]) == [.known])
    #expect(
      book.add([Self.payment("", "", 500, "2023-06-28", .returned, id: "420100196001101016")])
        == [.changed(from: .paid)])
    #expect(Self.counted(book).isEmpty)
  }

  /// Of two equal payments one may have come back, whichever line says so.
  @Test(arguments: [false, true])
  func ofTwoAlikeOneComesBack(_ reversed: Bool) {
    var book = Book(posted: [Self.payment(), Self.payment()])
    let lines = [Self.payment(), Self.payment("a", "1", 500, "2023-06-28", .returned)]
    let told = book.add(reversed ? lines.reversed() : lines)
    #expect(told == (reversed ? [.changed(from: .paid), .known] : [.known, .changed(from: .paid)]))
    #expect(Self.counted(book) == [500])
    // Repeating it changes nothing.
    #expect(book.add(lines).allSatisfy { !$0.isNews } && Self.counted(book) == [500])
  }

  @Test(arguments: [
    (PaymentState.inTransit, PaymentState.paid, true), (.inTransit, .failed, true), (.paid, .returned, true),
    (.paid, .failed, true), (.paid, .recovered, true), (.failed, .cancelled, true),
    (.paid, .inTransit, false), (.returned, .paid, false), (.recovered, .paid, false),
    (.failed, .inTransit, false),
  ])
  func whatFollowsAndWhatWasOvertaken(_ before: PaymentState, _ then: PaymentState, _ follows: Bool) {
    var book = Book()
    _ = book.add([Self.payment("a", "1", 500, "2023-06-28", before)])
    let told = book.add([Self.payment("a", "1", 500, "2023-06-28", then)])
    #expect(told == [follows ? .changed(from: before) : .overtaken(by: before)])
    #expect(book.payments.map(\.state) == [follows ? then : before])
  }

  @Test(arguments: [PaymentState.failed, .cancelled])
  func whatFailedAndIsSaidToBePaidContradicts(_ state: PaymentState) {
    var book = Book()
    _ = book.add([Self.payment("a", "1", 500, "2023-06-28", state)])
    #expect(book.add([Self.payment()]) == [.contradicts(.paidAfterAll(0))])
    // Paid again on another day, it is another payment.
    #expect(book.add([Self.payment("a", "1", 500, "2023-07-28")]) == [.new])
  }

  /// Banks date a return by the day the money came back. If the batch is named and only one payment matches,
  /// it is that one; of two equal ones it is unknown which.
  @Test func aReturnMayGiveTheDayTheMoneyCameBack() {
    let later = Self.payment("a", "1", 500, "2024-01-05", .returned)
    var book = Book(posted: [Self.payment()])
    #expect(book.add([later]) == [.changed(from: .paid)])
    #expect(book.add([later]) == [.known] && book.payments.count == 1 && !book.payments[0].counts)
    var twice = Book(posted: [Self.payment(), Self.payment()])
    #expect(twice.add([later]) == [.contradicts(.day(0))])
    var early = Book(posted: [Self.payment()])
    #expect(early.add([Self.payment("a", "1", 500, "2023-01-05", .returned)]) == [.contradicts(.day(0))])
    var other = Book(posted: [Self.payment()])
    #expect(other.add([Self.payment("a", "1", 499, "2024-01-05", .returned)]) == [.new])
  }

  @Test func whatSpeaksOfAPostedBatchAndSaysSomethingElseContradicts() {
    func told(_ line: PastPayment) -> [PaymentBook.Told] {
      var book = Book(posted: [Self.payment()])
      return book.add([line])
    }
    #expect(told(Self.payment("a", "1", 600)) == [.contradicts(.amount(0))])
    #expect(told(Self.payment("a", "1", 500, "2024-01-05")) == [.contradicts(.day(0))])
    #expect(told(Self.payment("", "1", 500, "2024-01-05", .returned)) == [.contradicts(.day(0))])
    var book = Book(posted: [Self.payment()])
    // Next to the line for the payment itself, another amount is another payment.
    #expect(book.add([Self.payment(), Self.payment("a", "1", 800)]) == [.known, .new])
    var other = Book(posted: [Self.payment("a"), Self.payment("b")])
    #expect(
      other.add([Self.payment("", "1", 500, "2023-06-28", .returned)]) == [.contradicts(.severalBatches(1))])
  }
}
