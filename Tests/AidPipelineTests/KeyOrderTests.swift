import AidModel
import Testing

@testable import AidPipeline

/// Radix sorting gives the same order as a plain comparison.
@Suite struct KeyOrderTests {
  @Test func keyByKey() {
    for count in [0, 1, 2, 300, 5000] {
      let first = (0..<count).map { UInt64($0 &* 7919 % 13) << 40 }
      let second = (0..<count).map { UInt64.max - UInt64($0 &* 104_729 % 70_000) }
      var order = KeyOrder(count: count)
      order.sort(by: second)
      order.sort(by: first)
      let wanted = (0..<count).sorted { (first[$0], second[$0], $0) < (first[$1], second[$1], $1) }
      #expect(order.numbers.map(Int.init) == wanted)
    }
  }

  @Test func textsLongerThanTheirPrefixes() {
    let texts = [
      "", "A", "A\0", "ZG00000017", "ZG00000010", "ZG00000010", "00120001", "1234567890123456",
      "123456789012345",
      "12345678901234567", "12345678901234560", "工号一", "工号", "ZG00000010\0", "12345678901234560",
    ]
    for part in [texts, Array(texts.prefix(2) + texts[3...8])] {
      var prefixes = TextPrefixes()
      for var text in part { text.withUTF8 { prefixes.append($0) } }
      #expect(prefixes.areWhole == (part.count < texts.count))
      var order = KeyOrder(count: part.count)
      order.sort(by: prefixes.low)
      order.sort(by: prefixes.high)
      if !prefixes.areWhole {
        order.settle(prefixes.isSame) { i, j in
          part[i].sameScalars(as: part[j]) ? i < j : part[i].precedes(part[j])
        }
      }
      let wanted = part.indices.sorted { i, j in
        part[i].sameScalars(as: part[j]) ? i < j : part[i].precedes(part[j])
      }
      #expect(order.numbers.map(Int.init) == wanted)
    }
  }

  /// Record order and the rank of staff numbers, for numbers that are long, repeated, or only on the roster.
  @Test func recordOrderOfLongNumbers() {
    let layout = Layout(
      programme: "p",
      columns: CommonColumn.allCases.map { Column(name: $0.columnName, type: $0.type, role: $0.role) })
    let source = SourceSheet(file: "a.csv", sheet: "", columns: layout.columns.map { _ in 0 }, layout: layout)
    let people = [
      ("乙", "20240000000000002"), ("甲", "20240000000000003"), ("乙", "20240000000000001"), ("", "7"),
      ("甲", "20240000000000001"), ("乙", "20240000000000001"), ("甲", ""),
    ]
    let claims = people.enumerated().map { row, person in
      var values = [Value](repeating: .blank, count: layout.columns.count)
      if !person.0.isEmpty { values[CommonColumn.unit.rawValue] = .text(person.0) }
      if !person.1.isEmpty { values[CommonColumn.staffNo.rawValue] = .text(person.1) }
      return Claim(source: source, row: Int32(row), values: values)
    }
    let order = RecordOrder(claims, roster: nil)
    let ranks = order.staffRank
    for a in people.indices {
      for b in people.indices {
        #expect((ranks[a] == ranks[b]) == people[a].1.sameScalars(as: people[b].1))
        #expect((ranks[a] < ranks[b]) == people[a].1.precedes(people[b].1))
      }
    }
    var entries = people.indices.map {
      AwardEntry(
        programme: 0, applicant: $0, ordinal: 0, claim: $0, rows: 1, rowsNotCounted: 0, outcome: .paid,
        amount: .zero, isCapped: false)
    }
    let units = order.sort(&entries, programmes: ["p"])
    #expect(units == ["", "乙", "甲"])
    #expect(entries.map(\.claim) == [3, 2, 5, 0, 6, 4, 1])
  }
}
