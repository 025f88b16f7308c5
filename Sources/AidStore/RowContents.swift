import AidModel
internal import Foundation

/// The contents of an award's paid rows: sixteen bytes per row, little-endian.
enum RowContents {
  static let size = 16

  static func append(_ rows: [RowContent], to out: inout TextBuffer) {
    for row in rows {
      for word in [row.said, row.invoice] {
        withUnsafeBytes(of: word.littleEndian) { out.append($0) }
      }
    }
  }

  static func rows(_ bytes: Data?) -> [RowContent] {
    guard let bytes else { return [] }
    return bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count / size * size, by: size).map { at in
        RowContent(
          said: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)),
          invoice: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)))
      }
    }
  }
}
