import AidModel

/// Functions of single values, and birthdays.
extension Scope {
  /// The birthday the roster has, else what the ID number of the application or the roster says.
  mutating func born() -> EvaluatedValue {
    for name in NameTable.birthdayColumns {
      guard let roster, let index = roster.source.layout.index(of: name) else { continue }
      let read = Self.read(
        EvaluatedValue(roster.value(at: index), name: "roster." + name, place: roster.place(ofColumn: index)),
        as: .date, Expression(.roster(name), .dynamic))
      if case .date(let day) = read {
        return note("roster." + name, .date(day), roster.place(ofColumn: index))
      }
    }
    for row in [current ?? rows.first, roster].compactMap(\.self) {
      guard let index = row.source.layout.index(of: "id_number"),
        case .text(let number) = row.value(at: index)
      else { continue }
      let found = Self.birth(number, name: "id_number", place: row.place(ofColumn: index))
      if case .date(let day) = found {
        inputs.append(Input(name: "born", value: .date(day), place: row.place(ofColumn: index)))
      }
      return found
    }
    return .unknown(name: "born", place: rows.first?.place, why: .blank)
  }

  private static func birth(_ number: String, name: String, place: Place?) -> EvaluatedValue {
    let cleaned = number.uppercased()
    guard let day = IDNumber(cleaned).birthDate else { return .unknown(name: name, place: place) }
    return .date(day)
  }

  /// - Parameter programme: nil for this one.
  private mutating func paid(
    _ programme: String?, since day: CivilDate, _ function: Function
  ) -> EvaluatedValue {
    let found = (programme.map { paid.elsewhere($0) } ?? paid).dated.filter {
      $0.day >= day && $0.amount > .zero
    }
    let name = "\(function.rawValue)(\(programme.map { "'\($0)', " } ?? "")\(day))"
    if function == .timesSince {
      return note(name, .number(DecimalNumber(mantissa: Int64(found.count))), nil)
    }
    return note(name, .money(found.reduce(.zero) { $0 + $1.amount }), nil)
  }

  mutating func call(
    _ function: Function, _ arguments: [Expression]
  ) -> EvaluatedValue {
    var values: [EvaluatedValue] = []
    for argument in arguments { values.append(evaluate(argument)) }
    if function == .coalesce {
      for value in values {
        if case .unknown(_, _, why: .blank) = value { continue }
        return value
      }
      return values[values.count - 1]
    }
    if let unknown = values.first(where: \.isUnknown) { return unknown }
    switch function {
    case .paidSince, .timesSince:
      guard case .date(let day) = values[values.count - 1] else {
        return .unknown(name: function.rawValue, place: nil)
      }
      var programme: String?
      if values.count == 2, case .text(let name) = values[0] { programme = name }
      return paid(programme, since: day, function)
    case .min, .max:
      var best = values[0]
      for value in values.dropFirst() { best = Self.combine(function == .min ? .min : .max, best, value) }
      return best
    case .abs, .floor, .ceil:
      guard case .number(let x) = values[0] else { return .unknown(name: function.rawValue, place: nil) }
      return .number(Self.wholeOrAbsolute(function, x))
    case .days, .months, .years:
      guard case .date(let a) = values[0], case .date(let b) = values[1] else {
        return .unknown(name: function.rawValue, place: nil)
      }
      let count =
        function == .days ? Int(b.dayNumber - a.dayNumber) : a.months(to: b) / (function == .years ? 12 : 1)
      return .number(Rational(Int64(count)))
    case .each:
      guard case .number(let x) = values[0], case .number(let unit) = values[1] else {
        return .unknown(name: function.rawValue, place: nil)
      }
      guard unit > .zero else { return .notComputable }
      guard !x.isNegative else { return .number(.zero) }
      guard case .number(let count) = Self.computed(.divide, x, unit) else { return .notComputable }
      return .number(Self.wholeOrAbsolute(.floor, count))
    case .age:
      guard case .date(let day) = values[0] else { return .unknown(name: function.rawValue, place: nil) }
      let birth =
        if values.count == 2, case .text(let number) = values[1] {
          Self.birth(number, name: "id_number", place: current?.place ?? rows.first?.place)
        } else { born() }
      guard case .date(let born) = birth else { return birth }
      return .number(Rational(Int64(born.months(to: day) / 12)))
    case .contains:
      guard case .text(let text) = values[0], case .text(let part) = values[1] else {
        return .unknown(name: function.rawValue, place: nil)
      }
      return .flag(text.containsScalars(part))
    case .coalesce: return values[0]
    }
  }

  private static func wholeOrAbsolute(_ function: Function, _ x: Rational) -> Rational {
    if function == .abs { return x.isNegative ? -x : x }
    let towardsZero = RoundingMode.down.round(x)
    let isExact = x.denominator == 1
    let whole: Int128
    if function == .floor {
      whole = x.isNegative && !isExact ? towardsZero - 1 : towardsZero
    } else {
      whole = !x.isNegative && !isExact ? towardsZero + 1 : towardsZero
    }
    return Rational(numerator: whole, denominator: 1)
  }
}
