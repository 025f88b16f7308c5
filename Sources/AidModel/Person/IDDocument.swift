/// A kind of identity document, by its name in a list (证件类型), and the form of its numbers.
public enum IDDocument: Sendable, Equatable {
  /// The citizen's card, temporary or not, and the household register, which has the same number. Also
  /// assumed if no type is given.
  case citizen
  /// 港澳台居民居住证, 外国人永久居留身份证: like a citizen number, or the older three letters and twelve digits.
  case residence
  /// 港澳居民来往内地通行证.
  case hongKongPermit
  /// 台湾居民来往大陆通行证.
  case taiwanPermit
  /// 香港居民身份证: `A123456(7)`.
  case hongKongCard
  /// 澳门居民身份证: `1234567(8)`.
  case macaoCard
  case passport
  /// 军官证, 士兵证, 警官证 …: `军字第1234567号`.
  case service
  /// 出生医学证明: a letter and nine digits.
  case birthCertificate
  /// Any other document that is named.
  case other

  /// - Parameter type: the list's text; blank means a citizen's card.
  public init(named type: String) {
    let key = TextCleaning.key(type)
    func says(_ words: String...) -> Bool { words.contains { key.contains($0) } }
    if key.isEmpty {
      self = .citizen
    } else if says("永久居留", "永居", "居住证") {
      self = .residence
    } else if says("通行证", "台胞证", "臺胞證", "回乡证", "返乡证") {
      self = says("台", "臺", "大陆") ? .taiwanPermit : .hongKongPermit
    } else if says("香港", "hongkong") {
      self = .hongKongCard
    } else if says("澳门", "澳門", "macao", "macau") {
      self = .macaoCard
    } else if says("护照", "護照", "passport") {
      self = .passport
    } else if says("军", "士兵", "士官", "文职", "警", "退役") {
      self = .service
    } else if says("出生") {
      self = .birthCertificate
    } else if says("台湾", "臺灣") {
      // Unless it says 身份证, it means the travel permit that Taiwan residents carry here.
      self = says("身份证", "身分證") ? .other : .taiwanPermit
    } else if says("身份证", "户口", "idcard") {
      self = .citizen
    } else {
      self = .other
    }
  }

  /// Whether a text can be a number of this document in a form other than a citizen number's.
  /// - Parameter number: cleaned, in upper case.
  public func fits(_ number: String) -> Bool {
    let shape = Shape(number)
    switch self {
    case .citizen: return false
    case .residence: return shape.isPlain("LLLDDDDDDDDDDDD")
    case .hongKongPermit: return shape.isPlain("LDDDDDDDD") || shape.isPlain("LDDDDDDDDDD")
    case .taiwanPermit:
      return shape.isPlain("DDDDDDDD") || shape.isPlain("DDDDDDDDDDL") || shape.isPlain("DDDDDDDDDD")
    case .hongKongCard: return shape.isPlain("LDDDDDDM") || shape.isPlain("LLDDDDDDM")
    case .macaoCard: return shape.isPlain("DDDDDDDD")
    case .birthCertificate: return shape.isPlain("LDDDDDDDDD")
    case .passport: return shape.isAlphanumeric && (5...17).contains(shape.count) && shape.digits >= 3
    case .service, .other: return shape.isNumber && (4...30).contains(shape.count) && shape.digits >= 4
    }
  }

  /// The classes of a number's characters.
  private struct Shape {
    /// `L` for a Latin letter, `D` for a digit, `H` for a Han character; brackets are skipped.
    private var marks: [UInt8] = []
    private(set) var digits = 0
    private(set) var isNumber = true
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
      scalars = text.unicodeScalars.filter { !"()[]".unicodeScalars.contains($0) }
      for scalar in scalars {
        switch scalar.value {
        case 48...57:
          marks.append(UInt8(ascii: "D"))
          digits += 1
        case 65...90, 97...122: marks.append(UInt8(ascii: "L"))
        default:
          marks.append(UInt8(ascii: "H"))
          if !TextCleaning.isHan(scalar), scalar != "/", scalar != "-" { isNumber = false }
        }
      }
    }

    var count: Int { marks.count }
    var isAlphanumeric: Bool { !marks.contains(UInt8(ascii: "H")) }

    /// - Parameter pattern: `L`, `D`, and `M` for the check character of a Hong Kong card, a digit or A.
    func isPlain(_ pattern: StaticString) -> Bool {
      guard marks.count == pattern.utf8CodeUnitCount else { return false }
      return marks.indices.allSatisfy { i in
        let asked = pattern.utf8Start[i]
        return asked == UInt8(ascii: "M")
          ? marks[i] == UInt8(ascii: "D") || scalars[i] == "A" : asked == marks[i]
      }
    }
  }
}
