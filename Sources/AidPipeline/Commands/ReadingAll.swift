public import AidIntake
import AidModel

/// Reads and counts every cell of every sheet, to time reading alone.
public enum ReadingAll {
  /// `rows cells bytes checksum`; the checksum is FNV-1a over each cell's column, kind, length and both ends.
  public static func count(
    _ path: String, usesLibxml2Only: Bool, passwords: Passwords = .none
  ) throws(PipelineFailure) -> String {
    var limits = IntakeLimits.standard
    if usesLibxml2Only { limits.reader = .libxml2 }
    limits.passwords = passwords
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var (rows, cells, bytes) = (0, 0, 0)
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    do {
      let file = try InputFile(path: path, name: name, limits: limits)
      for sheet in file.sheets.indices {
        var reader = try file.open(sheet: sheet)
        while let chunk = try reader.next() {
          rows += chunk.rows.count
          cells += chunk.cells.count
          bytes += chunk.bytes.count
          for slot in chunk.cells {
            sum = (sum ^ UInt64(truncatingIfNeeded: slot.column)) &* 0x100_0000_01B3
            sum = (sum ^ UInt64(slot.kind.rawValue)) &* 0x100_0000_01B3
            sum = (sum ^ UInt64(truncatingIfNeeded: slot.count)) &* 0x100_0000_01B3
            if slot.count > 0 {
              sum = (sum ^ UInt64(chunk.bytes[Int(slot.start)])) &* 0x100_0000_01B3
              sum = (sum ^ UInt64(chunk.bytes[Int(slot.start + slot.count - 1)])) &* 0x100_0000_01B3
            }
          }
        }
      }
    } catch {
      throw PipelineFailure(error)
    }
    return "\(rows) rows, \(cells) cells, \(bytes) bytes, checksum \(String(sum, radix: 16))\n"
  }
}
