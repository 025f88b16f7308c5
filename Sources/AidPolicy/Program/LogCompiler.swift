import AidModel

/// What is compiled for programs that log their steps.
extension ProgramCompiler {
  /// What is read from here on belongs to the next step.
  mutating func open() { if isLogging { emit(.open) } }

  /// Another expression of the same step begins.
  mutating func part() { if isLogging { emit(.part) } }

  /// A step ends here that goes one way only.
  /// - Parameters:
  ///   - clause: the step's own; nil: the benefit's.
  ///   - value: what its expression came to. Without it, and unless `readsInputs`, the step reads nothing.
  mutating func log(
    _ key: String, _ benefit: Benefit, _ operation: AidModel.Operation, clause: String? = nil,
    value: Register? = nil, other: Register = 0, readsInputs: Bool = false
  ) {
    if value == nil, !readsInputs { open() }
    log(
      key, benefit, [StepForm.Variant(operation, clause: clause ?? benefit.clause)], .figures, value: value,
      other: other)
  }

  /// A step that reads nothing, of the whole policy unless a benefit is named.
  mutating func log(_ key: String, _ variant: StepForm.Variant, of benefit: Benefit? = nil) {
    open()
    log(key, benefit, [variant])
  }

  mutating func log(_ key: String, _ benefit: Benefit?, _ other: ClausedAmount, value: Register) {
    let source = other.amount.source
    let operation: AidModel.Operation =
      key == "less" ? .less(expression: source, value: .zero) : .offset(expression: source, value: .zero)
    log(key, benefit, [StepForm.Variant(operation, clause: other.clause ?? benefit?.clause)], value: value)
  }

  mutating func log(_ gate: Gate, _ benefit: Benefit, held: Bool) {
    let variant = StepForm.Variant(
      .gate(condition: gate.when.source, held: held), clause: gate.clause ?? benefit.clause)
    log("gate", benefit, [variant])
  }

  /// Why a gate is not passed: what is missing for the first comparison of numbers in it that does not hold.
  mutating func logReason(of gate: Gate, _ benefit: Benefit) {
    guard isLogging else { return }
    logMissing(gate.when.expression)
    program.gates.append((benefit, gate))
    emit(.gateRefused, 0, 0, Int32(program.gates.count - 1))
  }

  private mutating func logMissing(_ condition: Expression) {
    switch condition.node {
    case .and(let a, let b):
      logMissing(a)
      logMissing(b)
    case .compare(let comparison, let a, let b):
      let numbers: [ExpressionType] = [.money, .number, .dynamic]
      guard numbers.contains(a.type), numbers.contains(b.type),
        let index = Comparison.allCases.firstIndex(of: comparison)
      else { return }
      emit(.shortfall, value(b), value(a), Int32(index))
    default: return
    }
  }

  /// A condition of the whole award that failed.
  mutating func log(_ condition: Condition, _ value: Register) {
    guard isLogging else { return }
    emit(.markRefused, 0, value, Int32(program.marks.count))
    add(
      StepForm(
        key: "eligible", benefit: nil,
        variants: [
          StepForm.Variant(.gate(condition: condition.when.source, held: false), clause: condition.clause)
        ]), StepMark(kind: .plain))
  }

  mutating func addForm(of limit: Limit) {
    add(
      StepForm(
        key: "limit", benefit: nil,
        variants: [
          StepForm.Variant(
            .gate(condition: "\(limit.source) < \(limit.times.source)", held: false), clause: limit.clause)
        ]), StepMark(kind: .plain))
  }

  /// The step that shows a named value.
  mutating func addForm(of value: NamedValue, _ result: Register) -> Int32 {
    let operation = AidModel.Operation.named(
      name: value.name, expression: value.value.source, value: .blank)
    add(
      StepForm(
        key: "values", benefit: nil, variants: [StepForm.Variant(operation, clause: value.clause)],
        hasOwnFigures: true), StepMark(kind: .figures, other: result))
    return Int32(program.marks.count - 1)
  }

  mutating func log(_ cap: Cap, _ benefit: Benefit?, at: Register, used: Register) {
    let clause = cap.clause ?? benefit?.clause
    // One variant where nothing of it is used yet, one where something is.
    let variants = [Rational.zero, .one].map {
      StepForm.Variant(
        .cap(at: .zero, used: $0, expression: cap.at.source, isHousehold: cap.isHousehold), clause: clause)
    }
    log(cap.key, benefit, variants, .cap(program.caps.count - 1), value: at, other: used)
  }

  /// Of the table of tiers added last. Its tiers follow each other without a gap, so that an amount reaches
  /// the first few of them.
  mutating func log(_ slices: [Slice], _ tierClauses: [String?], _ benefit: Benefit) {
    guard isLogging else { return }
    let variants = (0...slices.count + 1).map { reached in
      var own = Array(slices.prefix(reached))
      if reached <= slices.count, let last = own.popLast() {
        own.append(Slice(from: last.from, to: nil, rate: last.rate))
      }
      let clauses = zip(own, tierClauses).compactMap(\.1)
      return StepForm.Variant(
        .marginal(own), clause: clauses.isEmpty ? benefit.clause : clauses.joined(separator: "、"))
    }
    log("marginal", benefit, variants, .tiers(program.tiers.count - 1))
  }

  /// Of the table of bands added last.
  mutating func log(_ key: String, _ bands: [FixedBand], _ benefit: Benefit, value: Register) {
    let isWhole = key == "whole"
    var variants = [
      StepForm.Variant(
        isWhole ? .whole(band: "—", rate: nil) : .band(band: "—", pays: nil), clause: benefit.clause)
    ]
    for band in bands {
      variants.append(
        StepForm.Variant(
          isWhole ? .whole(band: band.text, rate: band.value) : .band(band: band.text, pays: band.value),
          clause: band.clause ?? benefit.clause))
    }
    log(key, benefit, variants, .bands(program.bands.count - 1), value: value)
  }

  /// A step whose words need more figures than a form has gaps for.
  mutating func logOwn(
    _ key: String, _ benefit: Benefit, _ operation: AidModel.Operation, _ kind: StepMark.Kind,
    value: Register, other: Register = 0
  ) {
    log(
      key, benefit, [StepForm.Variant(operation, clause: benefit.clause)], kind, value: value, other: other)
    hasOwnFigures()
  }

  /// The step logged last has figures that are worked out for each award.
  mutating func hasOwnFigures() {
    guard isLogging else { return }
    program.forms[program.forms.count - 1].hasOwnFigures = true
    program.marks[program.marks.count - 1].isOwn = true
  }

  /// Of the step logged last.
  mutating func noteThreshold(_ kind: Shortfall.Kind, _ amount: Rational?, _ clause: String?) {
    guard isLogging else { return }
    program.thresholds[program.marks.count - 1] = StepMark.Threshold(
      kind: kind, amount: amount, clause: clause)
  }

  mutating func noteThreshold(_ bands: [FixedBand], _ benefit: Benefit) {
    guard let first = bands.first, let low = first.low else { return }
    noteThreshold(.band, low, first.clause ?? benefit.clause)
  }

  private mutating func log(
    _ key: String, _ benefit: Benefit?, _ variants: [StepForm.Variant], _ kind: StepMark.Kind = .plain,
    value: Register? = nil, other: Register = 0
  ) {
    guard isLogging else { return }
    emit(.mark, 0, value ?? fixed(.amount), Int32(program.marks.count))
    add(
      StepForm(key: key, benefit: benefit?.name, variants: variants), StepMark(kind: kind, other: other))
  }

  private mutating func add(_ form: StepForm, _ mark: StepMark) {
    var mark = mark
    mark.showsValues = form.benefit != nil || form.key == "offset" || form.key.hasPrefix("cap.")
    if case .ownTiers = mark.kind { mark.table = program.computedTiers.count - 1 }
    if case .ownBand = mark.kind { mark.table = program.computedBands.count - 1 }
    program.forms.append(form)
    program.marks.append(mark)
  }
}
