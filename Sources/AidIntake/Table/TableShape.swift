import AidModel

/// Everything known about a sheet once its heading is found, and how its rows are read. Immutable while rows
/// are read, so that several threads can share it.
final class TableShape: Sendable {
  let layout: Layout
  let vocabulary: HeadingVocabulary
  let index: HeadingIndex
  let source: SourceSheet
  let headingRows: ClosedRange<Int32>?
  /// The layout column of each sheet column; −1 for an unknown heading, `noHeading` for none.
  let mapping: [Int]
  static let noHeading = -2
  private let headingFields: Int32
  private let unitCheck: UnitCheck
  /// For each sheet column, the keys of the headings above the data; a page may repeat them.
  let headingKeys: [[String]]
  /// An XML export, all of whose elements are rows.
  let isExport: Bool
  let serialColumn: Int?
  /// For each layout column, whether its numbers may begin with 0, which a number cell loses. (An ID number
  /// in a number cell is not used at all.)
  private let mayLoseZeros: [Bool]
  /// Sheet columns that hold amounts.
  private let moneyColumns: [Int32]
  /// Sheet columns that identify a person, and columns that go with a person.
  private let naming: Set<Int32>
  private let personal: Set<Int32>
  private let reader: FieldReader
  /// For each layout column, how its clean cells are read, and the unit of its amounts.
  private let clean: [CleanReading]
  private let units: [MoneyUnit?]
  /// The sending unit named above the heading, for rows that name none.
  private let unitAbove: Field?
  /// A row's fields before its cells are read: columns that the sheet lacks are blank, or have the policy's
  /// value for blank.
  private let unwritten: [Field]

  init(_ builder: TableBuilder, source: SourceSheet) {
    layout = builder.layout
    vocabulary = builder.vocabulary
    index = builder.index
    self.source = source
    headingRows = builder.headingRows
    mapping = builder.mapping
    headingFields = builder.headingFields
    unitCheck = builder.unitCheck
    headingKeys = builder.headingKeys
    isExport = builder.xml != nil
    serialColumn = builder.layout.index(of: "serial_number")
    mayLoseZeros = builder.layout.columns.map { $0.role.isIdentifier && $0.role != .idNumber }
    moneyColumns = source.moneyColumns
    let known: [Int32] = builder.layout.programme.isEmpty ? [] : source.columns
    (naming, personal) = Self.personalColumns(known, serial: serialColumn)
    let reader = builder.reader
    self.reader = reader
    units = builder.units
    unitAbove = builder.unitAbove
    clean = zip(layout.columns, units).map { $1 == nil ? CleanReading($0) : .none }
    unwritten = zip(layout.columns, source.columns).map { column, place in
      place < 0 ? Field(column.blank ?? .blank) : reader.read(.blank, as: column)
    }
  }

  var isApplication: Bool { !layout.programme.isEmpty }

  /// Reads rows in sheet order.
  /// - Parameter merges: empty, or the state left by earlier rows.
  func read<Taker: RowTaker>(
    _ chunks: ArraySlice<RowChunk>, merges: inout MergeMap, into taker: inout Taker
  ) -> RowShare {
    var share = RowShare(layout)
    let fields = FieldRow(unwritten)
    for chunk in chunks {
      chunk.bytes.withUnsafeBufferPointer { bytes in
        chunk.cells.withUnsafeBufferPointer { all in
          for row in chunk.rows {
            let first = Int(row.firstCell)
            let cells = UnsafeBufferPointer(rebasing: all[first..<(first + Int(row.cellCount))])
            if !isPlainlyData(cells, bytes) {
              let view = RowView(row, of: chunk, mapping: mapping)
              if let reason = dropReason(view) {
                drop(view, reason, &share)
                continue
              }
              if isApplication, !isExport { noteExample(view, &share) }
            }
            if row.isHidden { share.hiddenRows.append(row.number) }
            read(cells, bytes, into: fields, row: row.number, &share)
            if row.fieldCount > headingFields, !isExport {
              share.strays.add(row: row.number, fields: row.fieldCount)
            }
            if !merges.isEmpty { merge(row, of: chunk, &merges, fields, &share) }
            let unit = CommonColumn.unit.rawValue
            if let unitAbove, isApplication, fields.isBlank(unit) { fields[unit] = unitAbove }
            share.totals.add(fields)
            taker.take(fields, row: row.number, isHidden: row.isHidden)
          }
        }
      }
    }
    return share
  }

  /// Reads the cells of a row as their columns require.
  private func read(
    _ cells: UnsafeBufferPointer<CellSlot>, _ bytes: UnsafeBufferPointer<UInt8>, into fields: FieldRow,
    row: Int32, _ share: inout RowShare
  ) {
    fields.clear()
    for slot in cells {
      let at = Int(slot.column) < mapping.count ? mapping[Int(slot.column)] : Self.noHeading
      let cell = slot.cell(of: bytes)
      if at < 0 {
        if at == Self.noHeading, !TextKey.of(cell.word).isEmpty {
          share.strays.add(row: row, column: slot.column)
        }
        continue
      }
      // A zero-padding format preserves leading zeros.
      if slot.kind == .number, mayLoseZeros[at], slot.count > 0, cell.bytes[0] != 48 {
        share.numbers[at] += 1
      }
      if clean[at].read(cell, into: fields, at: at) { continue }
      if isPicture(cell, in: at) {
        share.strays.add(pictureIn: row, column: slot.column)
      } else {
        fields[at] = field(cell, at)
      }
    }
  }

  /// Whether the cell is a picture as WPS stores it, in a column that nothing depends on: it is left blank
  /// and reported. Elsewhere it is a text that begins like a formula.
  private func isPicture(_ cell: RawCell, in at: Int) -> Bool {
    let column = layout.columns[at]
    guard cell.kind == .text, cell.bytes.first == UInt8(ascii: "="), column.type == .text, !column.required,
      column.role == .plain, at == CommonColumn.remark.rawValue || at >= CommonColumn.allCases.count
    else { return false }
    return ["=DISPIMG(", "=_xlfn.DISPIMG("].contains { cell.bytes.starts(with: $0.utf8) }
  }

  /// Reads a cell as its column requires, amounts in their unit.
  func field(_ cell: RawCell, _ at: Int) -> Field {
    if let unit = units[at] { return unit.read(cell, as: layout.columns[at], with: reader) }
    return reader.read(cell, as: layout.columns[at])
  }

  private func drop(_ row: RowView, _ reason: DropReason, _ share: inout RowShare) {
    if reason == .total { share.totals.state(row, read: field) }
    if reason == .heading { noteOtherHeading(row, &share) }
    if reason != .blank, share.unit == nil { share.unit = unitOfMoney(named: row, &share) }
    share.dropped.append(DroppedRow(row: row.number, reason: reason))
  }

  /// A line between or below the rows, or the heading of a later page, may name the unit of money.
  private func unitOfMoney(named row: RowView, _ share: inout RowShare) -> Finding? {
    for slot in row.cells where slot.kind == .text {
      let text = row.text(slot)
      let place = Place(source, row: row.number, column: slot.column)
      if unitCheck.isConfirmed(byLine: text) { share.saysUnit = true }
      if let finding = unitCheck.line(text, cell: place, source) { return finding }
      let at = row.layoutColumn(slot)
      if at >= 0, layout.columns[at].type == .money, let word = MoneyWords.unit(ofHeading: text),
        let finding = unitCheck.finding(
          word, at: Place(source), cells: place.cell ?? "", column: layout.columns[at].name)
      {
        return finding
      }
    }
    return nil
  }

  /// A second heading with other columns in other places: the rows below it would be misread.
  private func noteOtherHeading(_ row: RowView, _ share: inout RowShare) {
    guard let headingRows, share.otherHeading == nil else { return }
    let moved = row.cells.contains { slot in
      guard slot.kind == .text, let at = index.column(row.text(slot)) else { return false }
      return row.layoutColumn(slot) != at && !headingKeys(slot.column, contain: TextKey.of(row.text(slot)))
    }
    guard moved else { return }
    let first = headingRows.lowerBound
    share.otherHeading = share.findings.count
    share.findings.append(
      Finding(
        IntakeFindings.sheetAmbiguous, at: Place(source),
        [
          "第 \(first) 行 (row \(first))、第 \(row.number) 行 (row \(row.number))"
        ]))
  }

  func headingKeys(_ column: Int32, contain key: String) -> Bool {
    Int(column) < headingKeys.count && headingKeys[Int(column)].contains { $0.sameScalars(as: key) }
  }
}

/// Merged cells.
extension TableShape {
  private func merge(
    _ row: RowSlot, of chunk: RowChunk, _ merges: inout MergeMap, _ fields: FieldRow, _ share: inout RowShare
  ) {
    let view = RowView(row, of: chunk, mapping: mapping)
    var seen = [Bool](repeating: false, count: layout.columns.count)
    for slot in view.cells where view.layoutColumn(slot) >= 0 { seen[view.layoutColumn(slot)] = true }
    for (sheetColumn, at) in mapping.enumerated() where at >= 0 && !seen[at] {
      guard layout.columns[at].type != .money,
        let filled = merges.value(row: row.number, column: Int32(sheetColumn))
      else { continue }
      fields[at] = filled.bytes.withUnsafeBufferPointer {
        reader.read(RawCell(kind: filled.kind, bytes: $0), as: layout.columns[at])
      }
    }
    // A merged text applies to all its rows. A merged amount is a single one: a person must say whose it is.
    let merged = merges.ranges(row: row.number, columns: moneyColumns)
    for sheetColumn in merged.keys.sorted() {
      guard let range = merged[sheetColumn] else { continue }
      let at = mapping[Int(sheetColumn)]
      // The contents of a covered cell are invisible.
      if range.firstRow != row.number || range.firstColumn != sheetColumn {
        fields[at] = reader.read(.blank, as: layout.columns[at])
      }
      noteMergedAmount(range, layout.columns[at], Place(source, row: row.number, column: sheetColumn), &share)
    }
    if let person = merges.person(row: row.number) { join(view, to: person, fields, &share) }
    merges.remember(row, of: chunk, naming: naming, personal: personal)
  }

  private static func personalColumns(
    _ columns: [Int32], serial: Int?
  ) -> (naming: Set<Int32>, personal: Set<Int32>) {
    func places(_ wanted: [CommonColumn]) -> [Int32] {
      wanted.compactMap { $0.rawValue < columns.count ? columns[$0.rawValue] : nil }.filter { $0 >= 0 }
    }
    let number = serial.flatMap { $0 < columns.count && columns[$0] >= 0 ? columns[$0] : nil }
    return (
      Set(places([.staffNo, .name, .idNumber]) + [number].compactMap(\.self)),
      Set(places(CommonColumn.allCases.filter { $0 != .remark && $0 != .proposedAmount && $0 != .unitRank }))
    )
  }

  /// Joins a row to the person whose merged name or number covers it, unless it names someone else: blank
  /// personal columns are taken from above.
  private func join(
    _ row: RowView, to person: MergeMap.Person, _ fields: FieldRow, _ share: inout RowShare
  ) {
    let columns = [CommonColumn.staffNo, .idNumber, .name].map(\.rawValue)
    for at in columns {
      guard let own = row.cell(at), let above = person.cells[own.column] else { continue }
      let text = String(decoding: above.bytes, as: UTF8.self)
      if !TextKey.of(row.text(own)).isEmpty, !TextKey.of(row.text(own)).sameScalars(as: TextKey.of(text)) {
        return
      }
    }
    var filled: [String] = []
    for (sheetColumn, at) in mapping.enumerated() where at >= 0 && fields.isBlank(at) {
      guard let cell = person.cells[Int32(sheetColumn)] else { continue }
      fields[at] = cell.bytes.withUnsafeBufferPointer {
        reader.read(RawCell(kind: cell.kind, bytes: $0), as: layout.columns[at])
      }
      filled.append(layout.columns[at].headings.first ?? layout.columns[at].name)
    }
    if filled.isEmpty { return }
    share.findings.append(
      Finding(
        IntakeFindings.personMerged, at: Place(source, row: row.number),
        ["\(person.row)", filled.joined(separator: "、")]))
  }

  private func noteMergedAmount(
    _ range: MergedRange, _ column: Column, _ place: Place, _ share: inout RowShare
  ) {
    let cells =
      Place.letters(range.firstColumn) + "\(range.firstRow):" + Place.letters(range.lastColumn)
      + "\(range.lastRow)"
    share.findings.append(
      Finding(
        IntakeFindings.amountMerged, at: place, column: column.name,
        [column.headings.first ?? column.name, cells]))
  }
}

/// The fast path: nearly every row is classified by its bytes.
extension TableShape {
  /// Whether the row has an identifier, and no example word where such words are written.
  private func isPlainlyData(
    _ cells: UnsafeBufferPointer<CellSlot>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard isApplication, !isExport else { return false }
    var isCertain = false
    for (i, slot) in cells.enumerated() where slot.count > 0 {
      let at = Int(slot.column) < mapping.count ? mapping[Int(slot.column)] : -1
      if slot.kind == .text, i < 3 || mayMarkExample(at),
        Self.mentionsExample(slot.cell(of: bytes).bytes)
      {
        return false
      }
      if at == CommonColumn.staffNo.rawValue || at == CommonColumn.idNumber.rawValue, !isCertain {
        isCertain = slot.kind != .date && Self.isPlainIdentifier(slot.cell(of: bytes).bytes)
      }
    }
    return isCertain
  }

  private func mayMarkExample(_ at: Int) -> Bool {
    at == CommonColumn.remark.rawValue || at == CommonColumn.name.rawValue
      || at == CommonColumn.staffNo.rawValue || (at >= 0 && at == serialColumn)
  }

  /// 例 is E4 BE 8B in UTF-8.
  private static func mentionsExample(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for i in 0..<text.count where text[i] == 0xE4 && i + 2 < text.count {
      if text[i + 1] == 0xBE, text[i + 2] == 0x8B { return true }
    }
    return false
  }

  /// At least four digits or letters and nothing else, including a digit: not a date.
  private static func isPlainIdentifier(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    for byte in text {
      if byte >= 48, byte <= 57 { digits += 1 } else if byte | 0x20 < 97 || byte | 0x20 > 122 { return false }
    }
    return text.count >= 4 && digits > 0
  }

  /// At least four digits or letters, including a digit, and no Han character.
  static func isCertainIdentifier(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var (marks, digits) = (0, 0)
    for byte in text {
      if byte >= 48, byte <= 57 { digits += 1 }
      if (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122) { marks += 1 }
      // The first byte of a Han character is E3 to E9.
      if byte >= 0xE3, byte <= 0xE9 { return false }
    }
    return marks >= 4 && digits > 0
  }
}
