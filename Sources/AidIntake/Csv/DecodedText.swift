import AidModel
import CIconv
import Glibc

/// A text file as UTF-8: what it is encoded in is told by a BOM, else it is UTF-8 if that is valid, else GB18030.
struct DecodedText: Sendable {
  private enum Storage: Sendable {
    case mapped(FileBytes, from: Int)
    case converted([UInt8])
  }

  private let storage: Storage

  init(_ bytes: FileBytes, name: String) throws(IntakeFailure) {
    if bytes.starts(with: [0xFF, 0xFE]) {
      storage = .converted(try Self.convert(bytes, from: 2, "UTF-16LE", name: name))
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      storage = .converted(try Self.convert(bytes, from: 2, "UTF-16BE", name: name))
    } else {
      let from = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      if Self.isUTF8(UnsafeRawBufferPointer(rebasing: bytes.buffer[from...])) {
        storage = .mapped(bytes, from: from)
      } else if from == 3 {
        throw IntakeFailure(IntakeFindings.fileUnreadable, file: name, ["不是合格的 UTF-8 (not valid UTF-8)"])
      } else {
        storage = .converted(try Self.convert(bytes, from: 0, "GB18030", name: name))
      }
    }
  }

  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    switch storage {
    case .mapped(let file, let from): body(UnsafeRawBufferPointer(rebasing: file.buffer[from...]))
    case .converted(let bytes): bytes.withUnsafeBytes(body)
    }
  }

  private static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // In pieces cut at ASCII bytes, so that a large file is not copied whole.
    var start = 0
    while start < bytes.count {
      var end = min(start + 1 << 20, bytes.count)
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      if String(validating: bytes[start..<end], as: UTF8.self) == nil { return false }
      start = end
    }
    return true
  }

  private static func convert(
    _ bytes: FileBytes, from start: Int, _ encoding: String, name: String
  ) throws(IntakeFailure) -> [UInt8] {
    guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else {
      throw IntakeFailure(
        IntakeFindings.fileUnreadable, file: name, ["系统缺少 \(encoding) 转换 (no converter for \(encoding))"])
    }
    defer { iconv_close(converter) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3 / 2)
    var input = UnsafeMutablePointer(
      mutating: (bytes.buffer.baseAddress! + start).assumingMemoryBound(to: CChar.self))
    var left = bytes.count - start
    var buffer = [CChar](repeating: 0, count: 1 << 16)
    while left > 0 {
      var status = 0
      let produced = buffer.withUnsafeMutableBufferPointer { space in
        var output = space.baseAddress
        var room = space.count
        var source: UnsafeMutablePointer<CChar>? = input
        status = Int(bitPattern: UInt(bitPattern: Int(iconv(converter, &source, &left, &output, &room))))
        input = source ?? input
        return space.count - room
      }
      let code = errno
      out.append(contentsOf: buffer[0..<produced].map { UInt8(bitPattern: $0) })
      if status == -1, code != E2BIG {
        let line = out.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
        throw IntakeFailure(
          IntakeFindings.fileUnreadable, file: name,
          ["第 \(line) 行附近有 \(encoding) 之外的字节 (bytes that are not \(encoding) near line \(line))"])
      }
    }
    return out
  }
}
