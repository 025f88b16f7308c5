/// The zone at the end of a stored time (ISO 8601): `Z`, `+08:00`, `-0500`.
enum MomentZone {
  /// Its length in bytes; 0 if there is none. It must follow a time of day.
  static func length(_ text: some BidirectionalCollection<UInt8>) -> Int {
    guard let clock = text.firstIndex(of: UInt8(ascii: ":")), let last = text.last else { return 0 }
    if last == UInt8(ascii: "Z") || last == UInt8(ascii: "z") { return 1 }
    guard let sign = text[clock...].lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") })
    else {
      return 0
    }
    let zone = text[sign...].dropFirst()
    let digits = zone.filter { $0 &- 48 <= 9 }.count
    let colons = zone.count - digits
    let isColon = zone.dropFirst(2).first == UInt8(ascii: ":")
    guard (digits == 4 && (colons == 0 || (colons == 1 && isColon))) || (digits == 2 && colons == 0) else {
      return 0
    }
    return zone.count + 1
  }
}
