public import AidModel
internal import CIsal

/// Packs text into gzip members (RFC 1952) and unpacks it. Concatenated members are a gzip file too.
public enum Gzip {
  /// The ISA-L level: 2 compresses explanations to an eighth at several hundred MB/s.
  private static let level: UInt32 = 2
  /// More than any level of the library needs.
  private static let levelRoom = 1 << 20

  /// Appends `text` as one gzip member.
  public static func append(_ text: UnsafeRawBufferPointer, to out: inout TextBuffer) {
    // On the heap, because the state is large.
    let stream = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: levelRoom)
    let size = text.count + text.count / 8 + 1024
    let packed = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer {
      stream.deallocate()
      room.deallocate()
      packed.deallocate()
    }
    isal_deflate_init(stream)
    stream.pointee.level = level
    stream.pointee.level_buf = room
    stream.pointee.level_buf_size = UInt32(levelRoom)
    stream.pointee.gzip_flag = UInt16(IGZIP_GZIP)
    stream.pointee.end_of_stream = 1
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: text.assumingMemoryBound(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(text.count)
    stream.pointee.next_out = packed
    stream.pointee.avail_out = UInt32(size)
    let status = isal_deflate(stream)
    precondition(
      status == COMP_OK && stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0,
      "a block fits the room made for it")
    out.append(UnsafeBufferPointer(start: packed, count: size - Int(stream.pointee.avail_out)))
  }

  /// Unpacks one gzip member.
  /// - Parameter size: the text's size in bytes.
  /// - Returns: nil if the member is damaged or its size differs.
  public static func text(of packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    defer { state.deallocate() }
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(ISAL_GZIP)
    state.pointee.next_in = UnsafeMutablePointer(
      mutating: packed.assumingMemoryBound(to: UInt8.self).baseAddress)
    state.pointee.avail_in = UInt32(packed.count)
    var isWhole = false
    let text = [UInt8](unsafeUninitializedCapacity: size + 1) { room, count in
      state.pointee.next_out = room.baseAddress
      state.pointee.avail_out = UInt32(size + 1)
      let status = isal_inflate(state)
      count = min(Int(state.pointee.total_out), size)
      isWhole =
        status == ISAL_DECOMP_OK && state.pointee.block_state == ISAL_BLOCK_FINISH
        && Int(state.pointee.total_out) == size
    }
    return isWhole ? text : nil
  }
}
