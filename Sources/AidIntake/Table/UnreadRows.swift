import AidModel

/// Rows that look like a list's and are not read: above its heading, or on a sheet without one.
struct UnreadRows {
  /// The first of them; 0 if there is none.
  private(set) var first: Int32 = 0
  private(set) var count = 0

  init() {}

  /// Counts the rows of a sheet.
  /// - Parameters:
  ///   - shape: of the list that is read.
  ///   - heading: of that list, if the rows are above it; nil for another sheet.
  init(
    _ reader: inout SheetReader, by shape: TableShape, above heading: Int32? = nil
  ) throws(IntakeFailure) {
    while let chunk = try reader.next() {
      for row in chunk.rows {
        if let heading, row.number >= heading { return }
        let view = RowView(row, of: chunk, mapping: shape.mapping)
        if shape.looksLikeRow(view, isUnderOwnColumns: heading != nil) { add(row.number) }
      }
    }
  }

  mutating func add(_ row: Int32) {
    if count == 0 { first = row }
    count += 1
  }
}

/// Whether a row outside the list has what its rows have.
extension TableShape {
  /// A personal number, or the shapes of at least three of the list's columns: somebody, and something to pay.
  /// - Parameter isUnderOwnColumns: the columns are certainly the list's; on another sheet they may be others.
  func looksLikeRow(_ row: RowView, isUnderOwnColumns: Bool) -> Bool {
    let cells = row.cells.filter { !TextKey.of(row.text($0)).isEmpty }
    guard cells.count >= 2 else { return false }
    let keys = cells.map { TextKey.of(row.text($0)) }
    if keys.prefix(3).contains(where: isTotal) || isNote(keys[0]) { return false }
    if keys.count(where: isLabel) >= 2 { return false }
    if exampleMark(row) != nil, hasValidID(row) != true { return false }
    if cells.count >= 3 {
      // 收款账号 | 6200… is a line of the form.
      let isSomebody = keys.indices.contains {
        Self.isPersonalNumber(keys[$0]) && ($0 == 0 || !isLabel(keys[$0 - 1]))
      }
      if isSomebody { return true }
    }
    return dropReason(row) == nil && hasShapes(row, cells, needsWords: !isUnderOwnColumns)
  }

  private func isLabel(_ key: String) -> Bool {
    key.hasSuffix(":") || isSignature(key) || index.column(key) != nil
  }

  /// An ID number of the right form, or an account of 16 to 19 digits.
  private static func isPersonalNumber(_ key: String) -> Bool {
    let plain = key.filter { $0 != " " }
    if (16...19).contains(plain.utf8.count), plain.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return true }
    let id = IDNumber(plain.uppercased())
    return id.kind != .unknown && id.kind != .document && id.isCheckDigitRight && id.birthDate != nil
      && id.isRegionKnown
  }

  /// What a value of a column shows about its row.
  private enum Shape { case somebody, something, other }

  private static func shape(of column: Column) -> Shape? {
    switch column.role {
    case .staffNumber, .personName, .idNumber: return .somebody
    case .account, .phone: return .other
    default: break
    }
    if ["name", "record"].contains(where: column.name.sameScalars) { return .somebody }
    switch column.type {
    case .money, .number, .integer, .date, .choice: return .something
    case .text, .flag, .automatic: return nil
    }
  }

  /// - Parameter needsWords: a row of nothing but numbers, as in statistics, does not suffice.
  private func hasShapes(_ row: RowView, _ cells: [CellSlot], needsWords: Bool) -> Bool {
    let asked = mapping.filter { $0 >= 0 }.compactMap { Self.shape(of: layout.columns[$0]) }
    var found: [Shape] = []
    var hasWords = false
    for slot in cells {
      let at = row.layoutColumn(slot)
      guard at >= 0, let shape = Self.shape(of: layout.columns[at]), fits(row, slot, at) else { continue }
      found.append(shape)
      let isDay = layout.columns[at].type == .date
      if isDay || TextKey.of(row.text(slot)).utf8.contains(where: { $0 >= 97 }) { hasWords = true }
    }
    return found.count >= max(2, min(3, asked.count)) && found.contains(.somebody)
      && (found.contains(.something) || !asked.contains(.something)) && (hasWords || !needsWords)
  }

  /// Whether a cell holds a value of its column.
  private func fits(_ row: RowView, _ slot: CellSlot, _ at: Int) -> Bool {
    let column = layout.columns[at]
    let key = TextKey.of(row.text(slot))
    let isNumber = key.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    switch column.role {
    case .idNumber, .account: return Self.isPersonalNumber(key)
    case .phone: return isNumber && key.utf8.count == 11 && key.hasPrefix("1")
    case .personName: return isName(key)
    case .staffNumber: return isStaffNumber(row, slot, key, isNumber: isNumber)
    default: break
    }
    if column.name.sameScalars(as: "name") { return isName(key) }
    if column.name.sameScalars(as: "record") { return isStaffNumber(row, slot, key, isNumber: isNumber) }
    if column.type == .choice { return column.choices.contains { TextKey.of($0).sameScalars(as: key) } }
    let value = row.chunk.withCell(slot) { field($0, at).value }
    return key.utf8.contains { $0 >= 48 && $0 <= 57 } && value != .unreadable && value != .blank
  }

  private func isStaffNumber(_ row: RowView, _ slot: CellSlot, _ key: String, isNumber: Bool) -> Bool {
    let isYear = isNumber && key.utf8.count == 4 && (key.hasPrefix("19") || key.hasPrefix("20"))
    return slot.kind != .date && !isYear && row.chunk.withCell(slot) { Self.isCertainIdentifier($0.bytes) }
  }

  private static let endsOfPlaces = Set("院部处系所室馆科会队厂组班心司校社委站局店".unicodeScalars)

  /// Two to four Han characters, or more with a dot, that are no unit: 机械学院 heads a line of statistics.
  private func isName(_ key: String) -> Bool {
    let scalars = key.unicodeScalars
    guard let last = scalars.last, !Self.endsOfPlaces.contains(last), !isLabel(key), !isTotal(key) else {
      return false
    }
    let isLong = scalars.contains("·") && scalars.count <= 30
    return isLong
      || (2...4).contains(scalars.count)
        && scalars.allSatisfy { $0.value >= 0x3400 && ($0.value < 0xA000 || $0.value >= 0x20000) }
  }
}
