import AidModel

/// Look-ups in tables to instructions.
extension ProgramCompiler {
  mutating func lookUp(_ index: Int, _ keys: [Expression], into target: Register) {
    let table = draft.tables[index]
    let first = consecutive(keys.count)
    var outs: [Int] = []
    for (i, key) in keys.enumerated() {
      emit(.copy, first + Register(i), value(key))
      outs.append(jump(.ifUnknown, target, first + Register(i)))
    }
    let number = beginTable(table.name, keys.map(\.type))
    emit(.lookUp, target, first, Int32(number))
    finishTable(number, table.rows) { compiler, cell, _ in
      guard case .figure(let figure) = cell else { return }
      compiler.emit(.copy, target, compiler.value(figure.expression))
    }
    for out in outs { land(out) }
  }

  mutating func consecutive(_ count: Int) -> Register {
    let first = fresh()
    for _ in 1..<max(1, count) { _ = fresh() }
    return first
  }

  /// A table of which the cells are not compiled yet.
  mutating func beginTable(_ name: String, _ kinds: [ExpressionType]) -> Int {
    program.tables.append(TableCode(name: name, kinds: kinds, isInRow: isInRow))
    program.usesClaims = program.usesClaims || kinds.contains { $0 == .text || $0 == .dynamic }
    return program.tables.count - 1
  }

  /// Compiles the cells of a table, one after the other.
  /// - Parameter cell: compiles one of them; the texts of its keys stand beside it, and nil for keys that
  /// stand for   several values.
  mutating func finishTable(
    _ number: Int, _ rows: [TableRow],
    cell: (inout ProgramCompiler, TableCell, [String?]) -> Void
  ) {
    var (ends, count): ([Int], Int32) = ([], 0)
    program.tables[number].rows = self.rows(rows, [], number, &ends, &count, cell)
    for end in ends { land(end) }
    program.tables[number].end = Int32(code.count)
  }

  private mutating func rows(
    _ rows: [TableRow], _ path: [String?], _ number: Int, _ ends: inout [Int], _ count: inout Int32,
    _ cell: (inout ProgramCompiler, TableCell, [String?]) -> Void
  ) -> [TableCode.Row] {
    let kind = program.tables[number].kinds[path.count]
    var own: [TableCode.Row] = []
    for row in rows {
      let path = path + [row.key.shown(as: kind)]
      if case .level(let inner) = row.cell {
        own.append(
          TableCode.Row(
            key: key(row.key), cell: .level(self.rows(inner, path, number, &ends, &count, cell))))
        continue
      }
      own.append(TableCode.Row(key: key(row.key), cell: .code(at: Int32(code.count), number: count)))
      count += 1
      cell(&self, row.cell, path)
      ends.append(jump(.jump))
    }
    return own
  }

  private mutating func key(_ key: TableKey) -> TableCode.Key {
    switch key {
    case .exactly(let text):
      .exactly(
        text: text, number: self.text(text), value: DecimalNumber(plain: text).map { Rational($0) },
        flag: YesNo.word(text))
    case .range(let band, _): .range(band)
    case .otherwise: .otherwise
    }
  }
}

extension TableKey {
  /// How explanations show the value of this key; nil: it stands for several.
  fileprivate func shown(as kind: ExpressionType) -> String? {
    guard case .exactly(let text) = self else { return nil }
    switch kind {
    case .text: return text
    case .number, .money: return DecimalNumber(plain: text).map { "\(Rational($0))" }
    case .flag: return YesNo.word(text).map { $0 ? "是" : "否" }
    default: return nil
    }
  }
}
