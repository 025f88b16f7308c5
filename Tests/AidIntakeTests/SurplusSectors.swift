import AidModel
import Testing

@testable import AidIntake

/// Compound files whose sector table describes more sectors than exist.
@Suite struct SurplusSectors {
  typealias Kind = KindFixture

  /// Adds table sectors beyond the end of the file, listed in the header like the others.
  private static func surplus(_ file: [UInt8], _ count: Int, filler: UInt8 = 0xFF) -> [UInt8] {
    var bytes = file
    let told = Int(bytes[44]) | Int(bytes[45]) << 8
    for i in 0..<count {
      let number = (bytes.count - 512) / 512
      bytes.replaceSubrange((76 + 4 * (told + i))..<(80 + 4 * (told + i)), with: Kind.little(number, 4))
      bytes += [UInt8](repeating: filler, count: 512)
    }
    bytes.replaceSubrange(44..<48, with: Kind.little(told + count, 4))
    return bytes
  }

  /// Shortens the file below what its table covers: listed table sectors are missing.
  private static func missing(_ file: [UInt8], _ count: Int) -> [UInt8] {
    var bytes = file
    let told = Int(bytes[44]) | Int(bytes[45]) << 8
    for i in 0..<count {
      let number = bytes.count / 512 + 1000 + i
      bytes.replaceSubrange((76 + 4 * (told + i))..<(80 + 4 * (told + i)), with: Kind.little(number, 4))
    }
    return bytes
  }

  @Test func binaryWorkbooksAreRead() {
    let records = (0..<400).flatMap { Kind.cell(0x203, $0, 0, Kind.stored(Double($0))) }
    for cells in [Kind.cell(0x203, 0, 0, Kind.stored(0)), records] {
      let file = Kind.compound("Workbook", Kind.stream(sheets: [("S", 0, cells)]))
      let plain = TableFixture.raw(file)
      #expect(plain.hasPrefix("0\n"))
      for count in [1, 2, 5, 30] {
        #expect(TableFixture.raw(Self.surplus(file, count)) == plain, "\(count)")
        #expect(TableFixture.raw(Self.surplus(file, count, filler: 0)) == plain, "\(count) of zeros")
        #expect(TableFixture.raw(Self.missing(file, count)) == plain, "\(count) that are not there")
      }
    }
  }

  @Test func encryptedWorkbooksHaveTheirPasswordTried() {
    for file in [EncryptedFixture.Agile().bytes(), EncryptedFixture.Standard().bytes()] {
      for count in [1, 3, 20] {
        let bytes = Self.surplus(file, count)
        #expect(EncryptedWorkbooks.raw(bytes) == EncryptedFixture.shown, "\(count)")
        #expect(EncryptedWorkbooks.raw(bytes, "x").contains("none of the 1 passwords given"), "\(count)")
      }
    }
  }
}
