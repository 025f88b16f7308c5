/// How far local time is ahead of UTC. China has a single offset all year.
public struct UTCOffset: Sendable, Hashable {
  /// East is positive, from −14 to +14 hours.
  public let minutes: Int

  public static let china = UTCOffset(hours: 8, minutes: 0, isWest: false)!
  public static let utc = UTCOffset(hours: 0, minutes: 0, isWest: false)!

  /// Nil beyond 14 hours, an offset no place has.
  init?(hours: Int, minutes: Int, isWest: Bool) {
    guard (0...14).contains(hours), (0...59).contains(minutes), hours < 14 || minutes == 0 else { return nil }
    self.minutes = (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Parses `+08:00`, `+0800`, `+08`, `-3:30`, `Z`, `UTC+8`, `GMT`; nil for anything else.
  public init?(_ text: String) {
    var cursor = ScalarCursor(text)
    guard let offset = UTCOffset(&cursor), cursor.isAtEnd else { return nil }
    self = offset
  }

  /// Parses an offset at the cursor. On failure the cursor may have moved.
  init?(_ cursor: inout ScalarCursor) {
    let isNamed = cursor.take(anyOf: ["utc", "gmt"])
    if !isNamed, cursor.take(anyOf: ["z"]) {
      self = .utc
      return
    }
    let isWest = cursor.take(anyOf: ["-", "\u{2212}"])
    guard isWest || cursor.take(anyOf: ["+"]) else {
      guard isNamed else { return nil }
      self = .utc
      return
    }
    guard let (number, digits) = cursor.number(atMost: 4) else { return nil }
    var (hours, minutes) = (number, 0)
    if digits == 4 {
      (hours, minutes) = (number / 100, number % 100)
    } else if digits > 2 {
      return nil
    } else if cursor.take(anyOf: [":"]) {
      guard let (rest, count) = cursor.number(atMost: 2), count == 2 else { return nil }
      minutes = rest
    }
    self.init(hours: hours, minutes: minutes, isWest: isWest)
  }

  /// `+08:00`.
  public var description: String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return (minutes < 0 ? "-" : "+") + two(abs(minutes) / 60) + ":" + two(abs(minutes) % 60)
  }
}

/// A cursor over a short text's characters: half width, without invisible characters, ASCII in lower case.
struct ScalarCursor {
  private let scalars: [Unicode.Scalar]
  private var at = 0

  /// Leaves out blanks at both ends.
  init(_ text: String) {
    var scalars: [Unicode.Scalar] = []
    for scalar in TextCleaning.halfWidth(text).unicodeScalars where !WhiteSpace.isInvisible(scalar) {
      let isUpper = scalar.value >= 65 && scalar.value <= 90
      scalars.append(isUpper ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar)
    }
    while let last = scalars.last, WhiteSpace.contains(last) { scalars.removeLast() }
    self.scalars = scalars
    skipBlanks()
  }

  var isAtEnd: Bool { at == scalars.count }

  /// Returns whether there were any.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    let start = at
    while at < scalars.count, WhiteSpace.contains(scalars[at]) { at += 1 }
    return at > start
  }

  /// Skips the first of the words found at the cursor.
  /// - Parameter words: in lower case.
  mutating func take(anyOf words: [String]) -> Bool { take(oneOf: words) != nil }

  /// Skips the first of the words found at the cursor; returns its index in the list.
  mutating func take(oneOf words: [String]) -> Int? {
    for (place, word) in words.enumerated() where scalars[at...].starts(with: word.unicodeScalars) {
      at += word.unicodeScalars.count
      return place
    }
    return nil
  }

  /// Reads all ASCII digits at the cursor as a number. Nil, without moving, if there are none or too many.
  /// - Parameter most: up to 18.
  mutating func number(atMost most: Int) -> (value: Int, digits: Int)? {
    var (value, end) = (0, at)
    while end < scalars.count, scalars[end].value >= 48, scalars[end].value <= 57 {
      if end - at == most { return nil }
      value = value * 10 + Int(scalars[end].value - 48)
      end += 1
    }
    guard end > at else { return nil }
    defer { at = end }
    return (value, end - at)
  }

  /// Skips any number of ASCII digits; returns whether there were any.
  mutating func skipDigits() -> Bool {
    let start = at
    while at < scalars.count, scalars[at].value >= 48, scalars[at].value <= 57 { at += 1 }
    return at > start
  }
}
