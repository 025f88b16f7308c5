import AidModel

/// Turns a policy into a `PolicyProgram`.
struct ProgramCompiler {
  typealias Register = Int32

  let draft: PolicyDraft
  let layout: Layout
  var program = PolicyProgram()
  var code: [Instruction] = []
  /// Names mean the row at hand: rows are looked at one at a time.
  var isInRow = false
  /// The amount before a gate, once the gate has made it zero.
  var amountBefore: Register?
  /// The program logs its steps.
  let isLogging: Bool
  private var constants: [PolicyProgram.Constant: Register] = [:]
  private var next: Register

  /// Whether programs are made of everything the policy says; if not, its awards are assessed by walking it
  /// as it is written (`Tree`).
  static func covers(_ draft: PolicyDraft) -> Bool {
    let places = [draft.places?.by, draft.places?.count, draft.places?.amount].compactMap(\.self)
    return draft.order.isEmpty && places.allSatisfy { $0.constant != nil }
      && !draft.values.contains(where: \.isRemembered) && !draft.looksAtMemory
      && draft.caps.allSatisfy { $0.of.isEmpty && $0.with.isEmpty }
      && draft.limits.allSatisfy { $0.times.constant?.whole != nil }
      && draft.benefits.allSatisfy { benefit in
        benefit.forEach == nil && benefit.limits.isEmpty && !benefit.isCumulative && benefit.ownValues.isEmpty
          && (draft.benefits.count == 1 || benefit.caps.allSatisfy { $0.per == .award })
      }
  }

  /// - Parameter logging: whether the program logs its steps for explanations.
  static func program(of draft: PolicyDraft, layout: Layout, logging: Bool) -> PolicyProgram {
    var compiler = ProgramCompiler(draft, layout, logging)
    compiler.compile()
    compiler.program.registerCount = Int(compiler.next)
    compiler.program.constants = compiler.constants.map { ($0.value, $0.key) }
    return compiler.program
  }

  private init(_ draft: PolicyDraft, _ layout: Layout, _ isLogging: Bool) {
    self.draft = draft
    self.layout = layout
    self.isLogging = isLogging
    program.awarded = draft.after
    program.awardedFrom = FixedRegister.allCases.count
    next = Register(FixedRegister.allCases.count + draft.after.count)
  }

  // MARK: registers

  /// Registers are never used twice: a policy has few, and constants stay where they are.
  mutating func fresh() -> Register {
    defer { next += 1 }
    return next
  }

  mutating func constant(_ value: PolicyProgram.Constant) -> Register {
    if let known = constants[value] { return known }
    let register = fresh()
    constants[value] = register
    return register
  }

  mutating func constant(_ number: Rational) -> Register { constant(.number(number)) }

  mutating func constant(_ flag: Bool) -> Register { constant(.parts(flag ? 1 : 0, 1)) }

  /// Not known, because something was given a value it cannot use.
  mutating func unknown(_ word: String) -> Register {
    constant(.parts(UnknownCode(.unclear, .word, index: self.word(word)).packed, 0))
  }

  func fixed(_ register: FixedRegister) -> Register { register.rawValue }

  mutating func word(_ word: String) -> Int { Self.place(of: word, in: &program.words) }
  mutating func text(_ text: String) -> Int { Self.place(of: text, in: &program.texts) }
  mutating func slot(ofRoster name: String) -> Register {
    Register(Self.place(of: name, in: &program.rosterNames))
  }

  private static func place(of text: String, in all: inout [String]) -> Int {
    if let known = all.firstIndex(where: { $0.sameScalars(as: text) }) { return known }
    all.append(text)
    return all.count - 1
  }

  mutating func slot(ofColumn column: Int) -> Register {
    if let known = program.columns.firstIndex(of: column) { return Register(known) }
    program.columns.append(column)
    return Register(program.columns.count - 1)
  }

  mutating func site(_ site: Site) -> Int32 {
    program.sites.append(site)
    return Int32(program.sites.count - 1)
  }

  mutating func site(_ expression: Compiled) -> Int32 { site(Site(source: expression.source)) }

  // MARK: instructions

  mutating func emit(
    _ operation: Instruction.Code, _ target: Register = 0, _ a: Register = 0, _ b: Int32 = 0
  ) {
    code.append(Instruction(code: operation, target: target, a: a, b: b))
  }

  /// An instruction that jumps to a place not known yet: give it to `land`.
  mutating func jump(_ operation: Instruction.Code, _ target: Register = 0, _ a: Register = 0) -> Int {
    emit(operation, target, a)
    return code.count - 1
  }

  /// The jump ends at the next instruction.
  mutating func land(_ jump: Int) { code[jump].b = Int32(code.count) }

  /// The same of an instruction that jumps to its target.
  mutating func landTarget(_ jump: Int) { code[jump].target = Int32(code.count) }

  // MARK: the policy

  private mutating func compile() {
    compileValues()
    isInRow = true
    for condition in draft.counts { require(condition) }
    isInRow = false
    (program.counting, code) = (code, [])
    // Every condition is looked at: a certain no is a no, whatever else is unknown.
    for condition in draft.eligible {
      open()
      require(condition)
    }
    if !draft.eligible.isEmpty { emit(.stopRefused) }
    program.benefitsBegin = code.count
    var results: [Register] = []
    for (number, benefit) in draft.benefits.enumerated() {
      if draft.benefits.count > 1 { results.append(fresh()) }
      compile(benefit, number: number, result: results.last)
    }
    emit(.endBenefits)
    if draft.benefits.count > 1 {
      emit(.copy, fixed(.amount), constant(.zero))
      for result in results { emit(.add, fixed(.amount), fixed(.amount), result) }
      log("sum", StepForm.Variant(.sum(of: []), clause: nil))
    }
    for cap in draft.caps { compile(cap, of: nil) }
    compileLimits()
    for offset in draft.offset { takeOff(offset, as: "offset", of: nil) }
    compile(draft.rounding, of: nil)
    (program.main, code) = (code, [])
    for key in draft.priority {
      program.keys.append((value(key.value.expression), key.value.type))
    }
    program.priority = code
  }

  private mutating func require(_ condition: Condition) {
    let value = value(condition.when.expression)
    program.conditions.append(condition)
    emit(.require, Int32(program.conditions.count - 1), value, site(condition.when))
    if isInRow { emit(.stopRefused) } else { log(condition, value) }
  }

  private mutating func compileLimits() {
    if draft.limits.isEmpty { return }
    program.usesHistory = true
    program.limitForms = program.forms.count
    for limit in draft.limits { addForm(of: limit) }
    emit(.limits)
  }

  private mutating func compileValues() {
    for value in draft.values {
      let result = self.value(value.value.expression)
      program.values.append(
        PolicyProgram.ValueCode(code: code, result: result, mark: addForm(of: value, result)))
      code = []
    }
  }
}
