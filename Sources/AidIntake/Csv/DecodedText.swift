import AidModel

/// A text file as UTF-8. The encoding is determined strictly: by a BOM, else UTF-8 if everything is valid,
/// else GB18030 if everything is valid; otherwise the file is rejected. No character is replaced or dropped.
struct DecodedText: Sendable {
  private enum Storage: Sendable {
    case mapped(FileBytes, from: Int)
    case converted([UInt8])
  }

  private let storage: Storage

  init(_ bytes: FileBytes, name: String) throws(IntakeFailure) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isLittle = bytes.buffer[0] == 0xFF
      let text = UnsafeRawBufferPointer(rebasing: bytes.buffer[2...])
      storage = .converted(try Self.check(UTF16Text.utf8(text, littleEndian: isLittle), "UTF-16", name))
      return
    }
    let from = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if Self.isUTF8(bytes, from: from) {
      storage = .mapped(bytes, from: from)
    } else if let line = BrokenUTF8.line(bytes.buffer, isSaid: from == 3) {
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: name,
        ["是 UTF-8 文件，但第 \(line) 行有坏字节 (UTF-8, with a bad byte in line \(line))"])
    } else if bytes.buffer.prefix(4096).contains(0) {
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: name,
        ["含有空字节，不是文本文件，或是没有 BOM 的 UTF-16 (NUL bytes: not a text file, or UTF-16 without BOM)"])
    } else {
      storage = .converted(try Self.check(GB18030.utf8(bytes.buffer), "GB18030", name))
    }
  }

  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    switch storage {
    case .mapped(let file, let from): body(UnsafeRawBufferPointer(rebasing: file.buffer[from...]))
    case .converted(let bytes): bytes.withUnsafeBytes(body)
    }
  }

  private static func isUTF8(_ file: FileBytes, from: Int) -> Bool {
    // In pieces cut between characters, so that a large file is not copied as a whole.
    var isValid = true
    file.lookThrough(from: from) { rest in
      var end = min(1 << 20, rest.count)
      let most = min(end + 4, rest.count)
      while end < most, rest[end] & 0xC0 == 0x80 { end += 1 }
      isValid = String(validating: rest[..<end], as: UTF8.self) != nil
      return isValid ? end : 0
    }
    return isValid
  }

  private static func check(
    _ decoded: Result<[UInt8], BadBytes>, _ encoding: String, _ name: String
  ) throws(IntakeFailure) -> [UInt8] {
    switch decoded {
    case .success(let bytes): return bytes
    case .failure(.noConverter):
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: name, ["系统缺少 \(encoding) 转换 (no converter for \(encoding))"])
    case .failure(.at(let line)):
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: name,
        ["第 \(line) 行有不是 \(encoding) 的字节 (bytes that are not \(encoding) in line \(line))"])
    }
  }
}

/// Distinguishes a UTF-8 text with a few bad bytes from a text in another encoding.
enum BrokenUTF8 {
  /// The line of the first invalid byte; nil if the text is in another encoding.
  /// - Parameter isSaid: a byte order mark says that it is UTF-8.
  static func line(_ bytes: UnsafeRawBufferPointer, isSaid: Bool) -> Int? {
    var (line, firstBad, bad, good, at) = (1, 0, 0, 0, 0)
    while at < bytes.count {
      let lead = bytes[at]
      if lead < 0x80 {
        if lead == 10 { line += 1 }
        at += 1
        continue
      }
      let length =
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
      let isWhole =
        length > 0 && at + length <= bytes.count && (1..<length).allSatisfy { bytes[at + $0] & 0xC0 == 0x80 }
        && String(validating: bytes[at..<(at + length)], as: UTF8.self) != nil
      if isWhole {
        // Two bytes are often valid in both UTF-8 and GB18030, three hardly ever.
        if length > 2 { good += 1 }
        at += length
      } else {
        bad += 1
        if firstBad == 0 { firstBad = line }
        at += 1
      }
    }
    return firstBad > 0 && (isSaid || bad * 2 < good) ? firstBad : nil
  }
}

/// Why bytes are not text in the assumed encoding.
enum BadBytes: Error {
  case at(line: Int)
  case noConverter
}

/// UTF-16 with properly paired surrogates.
enum UTF16Text {
  static func utf8(_ bytes: UnsafeRawBufferPointer, littleEndian: Bool) -> Result<[UInt8], BadBytes> {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3 / 2)
    var line = 1
    var at = 0
    func unit(_ at: Int) -> UInt32 {
      let (a, b) = (UInt32(bytes[at]), UInt32(bytes[at + 1]))
      return littleEndian ? a | b << 8 : a << 8 | b
    }
    while at + 1 < bytes.count {
      var value = unit(at)
      at += 2
      if value >= 0xD800, value < 0xDC00, at + 1 < bytes.count, unit(at) & 0xFC00 == 0xDC00 {
        value = 0x10000 + (value - 0xD800) << 10 + (unit(at) - 0xDC00)
        at += 2
      }
      guard let scalar = Unicode.Scalar(value) else { return .failure(.at(line: line)) }
      if value == 10 { line += 1 }
      out.append(contentsOf: UTF8.encode(scalar)!)
    }
    return at == bytes.count ? .success(out) : .failure(.at(line: line))
  }
}
