import AidModel

/// Turns a policy into a `QuickProgram`. Throws at what the quick way does not cover; then every award goes the exact
/// way.
struct QuickCompiler {
  typealias Register = UInt16

  let draft: PolicyDraft
  let layout: Layout
  var program = QuickProgram()
  var code: [Instruction] = []
  /// Rows are decided on one at a time: names mean the row at hand.
  var isInRow = false
  /// The program logs its steps.
  let isLogging: Bool
  private var constants: [Register: ShortFraction] = [:]
  private var next: Register
  private var used: Register

  /// More registers than any policy of this world needs.
  private static let registersMax = 4000

  /// Nil where the quick way does not cover the policy.
  /// - Parameter logging: whether the program logs its steps for explanations.
  static func program(of draft: PolicyDraft, layout: Layout, logging: Bool) -> QuickProgram? {
    var compiler = QuickCompiler(draft, layout, logging)
    do throws(NotCovered) {
      try compiler.compile()
      return compiler.finish()
    } catch {
      return nil
    }
  }

  private init(_ draft: PolicyDraft, _ layout: Layout, _ isLogging: Bool) {
    self.draft = draft
    self.layout = layout
    self.isLogging = isLogging
    program.awarded = draft.after
    program.awardedFrom = FixedRegister.allCases.count
    next = UInt16(FixedRegister.allCases.count + draft.after.count)
    used = next
  }

  private mutating func finish() -> QuickProgram {
    program.registerCount = Int(used)
    program.constants = Array(repeating: .unreadable, count: Int(used))
    for (register, value) in constants { program.constants[Int(register)] = value }
    return program
  }

  // MARK: registers

  /// Registers are never used twice: a policy has few, and constants stay where they are.
  mutating func fresh() throws(NotCovered) -> Register {
    if next >= Self.registersMax { throw NotCovered() }
    defer { next += 1 }
    used = next + 1
    return next
  }

  mutating func constant(_ value: ShortFraction) throws(NotCovered) -> Register {
    let known = constants.first {
      $0.value.numerator == value.numerator && $0.value.denominator == value.denominator
    }
    if let known { return known.key }
    let register = try fresh()
    constants[register] = value
    return register
  }

  mutating func constant(_ number: Rational) throws(NotCovered) -> Register {
    try constant(try ShortFraction(number))
  }

  func fixed(_ register: FixedRegister) -> Register { register.rawValue }

  mutating func text(_ text: String) -> ShortFraction {
    if let known = program.texts.firstIndex(where: { $0.sameScalars(as: text) }) {
      return ShortFraction(Int64(known))
    }
    program.texts.append(text)
    return ShortFraction(Int64(program.texts.count - 1))
  }

  mutating func slot(ofColumn column: Int) -> UInt16 {
    if let known = program.columns.firstIndex(of: column) { return UInt16(known) }
    program.columns.append(column)
    return UInt16(program.columns.count - 1)
  }

  mutating func slot(ofRoster name: String) -> UInt16 {
    if let known = program.rosterNames.firstIndex(where: { $0.sameScalars(as: name) }) {
      return UInt16(known)
    }
    program.rosterNames.append(name)
    return UInt16(program.rosterNames.count - 1)
  }

  // MARK: instructions

  mutating func emit(
    _ operation: Instruction.Code, _ target: Register = 0, _ a: Register = 0, _ b: UInt16 = 0
  ) {
    code.append(Instruction(code: operation, target: target, a: a, b: b))
  }

  /// A jump whose end is not known yet: give it to `land`.
  mutating func jump(_ operation: Instruction.Code, _ a: Register = 0) -> Int {
    emit(operation, 0, a)
    return code.count - 1
  }

  /// The jump ends at the next instruction.
  mutating func land(_ jump: Int) { code[jump].b = UInt16(code.count) }

  // MARK: the policy

  private mutating func compile() throws(NotCovered) {
    if !draft.counts.isEmpty {
      isInRow = true
      for condition in draft.counts {
        emit(.require, 0, try value(condition.when.expression))
        emit(.stopRefused)
      }
      isInRow = false
      program.counting = code
      code = []
    }
    // Every condition is looked at, as on the exact way: one that cannot be told makes the award wait.
    for condition in draft.eligible { emit(.require, 0, try value(condition.when.expression)) }
    if !draft.eligible.isEmpty { emit(.stopRefused) }
    var results: [Register] = []
    for benefit in draft.benefits {
      try compile(benefit)
      if draft.benefits.count > 1 {
        let result = try fresh()
        emit(.copy, result, fixed(.amount))
        results.append(result)
      }
    }
    if draft.benefits.count > 1 {
      emit(.copy, fixed(.amount), try constant(ShortFraction.zero))
      for result in results { emit(.add, fixed(.amount), fixed(.amount), result) }
      log("sum", StepForm.Way(.sum(of: []), clause: nil))
    }
    try compile(draft.caps, of: nil)
    try takeOff(draft.offset, as: "offset", of: nil)
    let rounding = draft.rounding
    program.roundings = [rounding]
    emit(.round, fixed(.amount))
    log("round", StepForm.Way(.round(unit: rounding.unit, mode: rounding.mode), clause: rounding.clause))
    guard code.count < Int(UInt16.max) else { throw NotCovered() }
    program.main = code
    for limit in draft.limits {
      if limit.isHousehold || (limit.per != .year && limit.per != .lifetime) { throw NotCovered() }
      program.usesHistory = true
    }
    if !isLogging { compilePriority() }
  }

  private mutating func compilePriority() {
    code = []
    do throws(NotCovered) {
      for key in draft.priority {
        var value = try value(key.value.expression)
        switch key.value.type {
        case .money, .number, .date: break
        case .flag:
          // Those who fulfil it come first.
          let other = try fresh()
          emit(.not, other, value)
          value = other
        default: throw NotCovered()
        }
        program.keyRegisters.append(Int(value))
      }
      if code.count < Int(UInt16.max) { program.priority = code }
    } catch {
      program.priority = nil
    }
  }
}
