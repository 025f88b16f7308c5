import CIconv
import Glibc

/// The encoding of one-byte texts, as named by an Excel 5.0/95 workbook; GB18030 if it names none, as for a
/// CSV. Decoding is strict: invalid bytes are rejected.
final class CodePage {
  /// The number in the file; nil if it has none.
  let number: Int?
  private let converter: iconv_t
  private let isChinese: Bool

  /// Nil for an unknown encoding.
  init?(_ number: Int?) {
    self.number = number
    guard let name = Self.name(of: number) else { return nil }
    isChinese = name == "GB18030"
    guard let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1) else { return nil }
    self.converter = converter
  }

  deinit { iconv_close(converter) }

  private static func name(of number: Int?) -> String? {
    switch number {
    case nil, 936, 10008, 54936: "GB18030"
    case let dos?
    where [437, 737, 775, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 869].contains(dos):
      "CP\(dos)"
    case let windows? where [874, 932, 949, 950].contains(windows) || (1250...1258).contains(windows):
      "CP\(windows)"
    case 367, 20127: "ASCII"
    case 1361: "JOHAB"
    case 10000, 0x8000: "MACINTOSH"
    case 0x8001: "CP1252"
    case 65001: "UTF-8"
    default: nil
    }
  }

  /// Appends the decoded bytes; false at the first invalid byte.
  func append(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) -> Bool {
    if bytes.allSatisfy({ $0 < 0x80 }) {
      out.append(contentsOf: bytes)
      return true
    }
    if isChinese {
      guard case .success(let text) = GB18030.utf8(bytes, converter) else { return false }
      out += text
      return true
    }
    return GB18030.convert(bytes[...], converter, &out)
  }
}
