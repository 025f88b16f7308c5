import AidModel

/// The steps of a run as they are explained: a view of its log.
extension ProgramRun {
  func trace() -> Trace {
    var trace = Trace()
    var (inputsBegin, figuresBegin) = (0, 0)
    /// The last step of each benefit.
    var ends: [(benefit: String, index: Int)] = []
    for index in 0..<log.count {
      let entry = log[index]
      let form = program.forms[Int(entry.form)]
      let own = Array(log.figures[figuresBegin..<Int(entry.figuresEnd)])
      var operation = operation(of: entry, own)
      if case .sum = operation { operation = .sum(of: ends.map(\.index)) }
      if let benefit = form.benefit {
        if ends.last?.benefit == benefit { ends.removeLast() }
        ends.append((benefit, index))
      }
      trace.add(
        Step(
          key: form.key, clause: clause(of: entry, own), benefit: form.benefit, operation: operation,
          inputs: (inputsBegin..<Int(entry.inputsEnd)).map { input(log.input($0)) },
          result: log.number(entry.result)))
      (inputsBegin, figuresBegin) = (Int(entry.inputsEnd), Int(entry.figuresEnd))
    }
    return trace
  }

  func input(_ input: StepLog.Input) -> Input {
    let (claim, column) = (claims, Int(input.column))
    switch input.source {
    case .row(let row):
      let name = layout.columns[column].name
      return Input(
        name: name, value: claim[Int(row)].value(at: column), place: claim[Int(row)].place(ofColumn: column))
    case .roster:
      let name = "roster." + program.rosterNames[Int(input.name) - width]
      return Input(
        name: name, value: roster.entry?.value(at: column) ?? .blank,
        place: roster.entry?.place(ofColumn: column))
    case .listed(let index): return log.listed[Int(index)]
    case .nowhere:
      let fact = program.facts[Int(input.name) - width - program.rosterNames.count]
      let value: Value =
        input.cell.kind == .money
        ? .money(Money(fen: input.cell.numerator)) : .number(DecimalNumber(mantissa: input.cell.numerator))
      return Input(name: fact.name, value: value)
    }
  }

  func clause(of entry: StepLog.Entry, _ figures: [LoggedNumber]? = nil) -> String? {
    let form = program.forms[Int(entry.form)]
    let usual = form.variants[Int(entry.variant)].clause
    let mark = program.marks[Int(entry.form)]
    switch mark.kind {
    case .ownTiers:
      guard let figures else { return usual }
      let before = log.number(entry.other)
      let reached = stride(from: 0, to: figures.count, by: 4).filter { before > log.number(figures[$0 + 1]) }
      let clauses = reached.compactMap {
        program.computedTiers[mark.table][Int(figures[$0].numerator)].clause
      }
      return clauses.isEmpty ? usual : clauses.joined(separator: "、")
    case .ownBand:
      guard let figures, let index = figures.first.map({ Int($0.numerator) }) else { return usual }
      return program.computedBands[mark.table][index].clause ?? usual
    default: return usual
    }
  }

  /// What a step does, with the figures of the award.
  private func operation(of entry: StepLog.Entry, _ figures: [LoggedNumber]) -> AidModel.Operation {
    let form = program.forms[Int(entry.form)]
    let (value, other) = (log.number(entry.value), { self.log.number(entry.other) })
    switch form.variants[Int(entry.variant)].operation {
    case .set(let expression, _): return .set(expression: expression, value: log.number(entry.result))
    case .fixed(let expression, _):
      return .fixed(
        expression: figures.isEmpty ? expression : keys(entry, figures), value: log.number(entry.result))
    case .less(let expression, _): return .less(expression: expression, value: value)
    case .offset(let expression, _): return .offset(expression: expression, value: value)
    case .window(_, let to): return .window(from: value, to: to == nil ? nil : other())
    case .deductible(_, let expression): return .deductible(value, expression: expression)
    case .rate(_, let expression): return .rate(value, expression: expression)
    case .times(let expression, _): return .times(expression: expression, factor: value)
    case .minimum(_, let expression): return .minimum(value, expression: expression)
    case .atLeast(_, let expression): return .atLeast(value, expression: expression)
    case .cap(_, _, let expression, let isHousehold):
      return .cap(at: value, used: other(), expression: expression, isHousehold: isHousehold)
    case .decided:
      return .decided(
        value: log.number(entry.result), min: value, max: other(), reason: facts.decision?.words ?? "")
    case .named(let name, let expression, _):
      return .named(name: name, expression: expression, value: valuesShown[Int(entry.value.numerator)])
    case .marginal where form.hasOwnFigures:
      return .marginal(
        stride(from: 0, to: figures.count, by: 4).map {
          Slice(
            from: log.number(figures[$0 + 1]), to: end(figures[$0 + 2]), rate: log.number(figures[$0 + 3]))
        })
    case .whole where form.hasOwnFigures:
      let band = band(entry, figures)
      return .whole(band: band?.text ?? "—", rate: band?.value)
    case .band where form.hasOwnFigures:
      let band = band(entry, figures)
      return .band(band: band?.text ?? "—", pays: band?.value)
    case let plain: return plain
    }
  }

  private func end(_ figure: LoggedNumber) -> Rational? { figure.denominator < 0 ? nil : log.number(figure) }

  private func band(_ entry: StepLog.Entry, _ figures: [LoggedNumber]) -> FixedBand? {
    guard figures.count == 4 else { return nil }
    let band = program.computedBands[program.marks[Int(entry.form)].table][Int(figures[0].numerator)]
    return FixedBand(
      low: end(figures[1]), lowIncluded: band.lowIncluded, high: end(figures[2]),
      highIncluded: band.highIncluded, value: log.number(figures[3]), clause: band.clause)
  }

  /// `by = key`, for each key of a table.
  private func keys(_ entry: StepLog.Entry, _ figures: [LoggedNumber]) -> String {
    guard case .keys(let number) = program.marks[Int(entry.form)].kind else { return "" }
    let told = program.keysTold[number]
    return zip(zip(told.names, told.types), figures).map { named, figure in
      "\(named.0): \(shownKey(self.number(figure), named.1))"
    }.joined(separator: "; ")
  }
}
