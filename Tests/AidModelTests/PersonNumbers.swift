import Testing

@testable import AidModel

@Suite struct PersonNumbers {
  @Test func fifteenAndEighteenDigitsAreOneNumber() {
    for (old, new) in [
      ("420100700101003", "42010019700101003X"), ("420100660229001", ""), ("999999700101003", ""),
    ] {
      if new.isEmpty {
        // An impossible date or region: another document that happens to have 15 digits.
        #expect(!PersonNumber.idNumber(old).isCitizens)
      } else {
        let number = PersonNumber.idNumber(old)
        #expect(number.isCitizens && IDNumber(number.text!).isCheckDigitRight)
        #expect(number == PersonNumber.idNumber(number.text!))
      }
    }
  }

  @Test func numbersAreOneExactlyWhereTheyAreWrittenAlike() {
    let written = [
      "1", "01", "001", "0", "00", "00120001", "120001", "A1", "a1", "A-1", "T20210001", "123456789012345",
      "0123456789012345", "1234567890123456", "工1", "工2", "ABCDEFGHIJK", "ABCDEFGHIJL",
    ]
    for a in written {
      for b in written {
        #expect((PersonNumber.staffNo(a) == PersonNumber.staffNo(b)) == (a == b), "\(a) \(b)")
      }
      #expect(PersonNumber.staffNo(a).text.map { $0 == a } ?? true)
      #expect(PersonNumber.staffNo(a) != PersonNumber.idNumber(a))
    }
    #expect(PersonNumber.staffNo("").isBlank && PersonNumber.idNumber("").isBlank)
  }

  @Test func aTableKeepsWhatItWasGiven() {
    var table = NumberTable()
    for i in 0..<5000 { table.set(.staffNo("\(i * 7)"), to: Int32(i)) }
    #expect(table.count == 5000)
    #expect((0..<5000).allSatisfy { table[.staffNo("\($0 * 7)")] == Int32($0) })
    #expect(table[.staffNo("x")] == -1 && table[.staffNo("")] == -1)
  }
}
