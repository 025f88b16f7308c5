import Glibc

/// Texts for `char *` members of C structures. They live as long as this object.
final class CText {
  private var kept: [UnsafeMutablePointer<CChar>?] = []

  func pointer(_ text: String) -> UnsafeMutablePointer<CChar>? {
    let copy = strdup(text)
    kept.append(copy)
    return copy
  }

  /// Truncated to `limit` characters: spreadsheet programs reject longer messages.
  func pointer(_ text: String, atMost limit: Int) -> UnsafeMutablePointer<CChar>? {
    let scalars = text.unicodeScalars
    if scalars.count <= limit { return pointer(text) }
    return pointer(String(String.UnicodeScalarView(scalars.prefix(limit - 1))) + "…")
  }

  deinit { for copy in kept { free(copy) } }
}
