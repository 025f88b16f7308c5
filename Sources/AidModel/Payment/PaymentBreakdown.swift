/// What one benefit, or one group of its rows, contributed to a payment.
public struct PaymentPart: Sendable, Hashable {
  public let benefit: String
  /// The group of a benefit with `for_each`; empty if it has none.
  public let group: String
  public var amount: Money
  /// The benefit's base, rounded to fen; nil if it has none or it is unknown.
  public let base: Money?

  public init(benefit: String, group: String = "", amount: Money, base: Money? = nil) {
    (self.benefit, self.group, self.amount, self.base) = (benefit, group, amount, base)
  }
}

/// A value with `remember`, as stored with an award.
public struct RememberedFigure: Sendable, Hashable {
  public let name: String
  public let value: Rational

  public init(name: String, value: Rational) { (self.name, self.value) = (name, value) }
}

/// The parts of a payment, kept as the text that the store and lists hold, since few policies ask for them.
///
/// One line per part: benefit, group, amount and base, separated by tabs; then `=`, name and value of each
/// remembered figure. A backslash escapes these signs.
public struct PaymentBreakdown: Sendable, Hashable {
  public let text: String

  /// - Parameter text: `text` of another breakdown.
  public init(text: String) { self.text = text }

  public init(parts: [PaymentPart], remembered: [RememberedFigure] = []) {
    let lines =
      parts.map { part in
        [Self.escaped(part.benefit), Self.escaped(part.group), part.amount.plain, part.base?.plain ?? ""]
          .joined(separator: "\t")
      } + remembered.map { "=\(Self.escaped($0.name))\t\($0.value)" }
    text = lines.joined(separator: "\n")
  }

  /// In the order of the benefits.
  public var parts: [PaymentPart] {
    lines.compactMap { line in
      guard line[0].utf8.first != UInt8(ascii: "="), line.count == 4, let amount = Money(plain: line[2])
      else { return nil }
      return PaymentPart(
        benefit: Self.plain(line[0]), group: Self.plain(line[1]), amount: amount, base: Money(plain: line[3]))
    }
  }

  public var remembered: [RememberedFigure] {
    lines.compactMap { line in
      guard line[0].utf8.first == UInt8(ascii: "="), line.count == 2, let value = Rational(written: line[1])
      else { return nil }
      return RememberedFigure(name: Self.plain(String(line[0].unicodeScalars.dropFirst())), value: value)
    }
  }

  private var lines: [[String]] {
    text.unicodeScalars.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "=": result.append(contentsOf: ["\\", scalar])
      case "\t": result.append(contentsOf: ["\\", "t"])
      case "\n": result.append(contentsOf: ["\\", "n"])
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        result.append(scalar == "t" ? "\t" : scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Rational {
  /// Parses a decimal or a fraction such as `1/3`; nil for anything else.
  public init?(written text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map {
      DecimalNumber(plain: String($0))
    }
    guard parts.count <= 2, let first = parts[0] else { return nil }
    guard parts.count == 2 else {
      self = Rational(first)
      return
    }
    guard let second = parts[1], let quotient = try? Rational(first) / Rational(second) else { return nil }
    self = quotient
  }
}
