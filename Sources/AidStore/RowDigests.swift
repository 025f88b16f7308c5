import AidModel
internal import Foundation

/// What versions before 6 kept of paid rows: sixteen bytes a row, the lowest byte first.
enum RowDigests {
  static func rows(_ bytes: Data?) -> [RowDigest] {
    guard let bytes else { return [] }
    return bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count / 16 * 16, by: 16).map { at in
        RowDigest(
          said: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)),
          invoice: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)))
      }
    }
  }
}
