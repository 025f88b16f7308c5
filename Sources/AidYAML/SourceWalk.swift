/// Walks through the text of a file character by character, to find where a character of a value was written.
struct SourceWalk {
  let lines: [[Unicode.Scalar]]
  /// From 0.
  private(set) var line: Int
  private(set) var column: Int

  init(lines: [[Unicode.Scalar]], line: Int, column: Int) {
    self.lines = lines
    self.line = line
    self.column = column
  }

  mutating func nextLine() {
    line += 1
    column = 0
  }

  mutating func step() { column += 1 }

  /// Moves to the next occurrence of a character, and past it; false at the end of the file.
  mutating func find(_ wanted: Unicode.Scalar, past: Bool = true) -> Bool {
    while line < lines.count {
      while column < lines[line].count {
        if lines[line][column] == wanted {
          if past { step() }
          return true
        }
        step()
      }
      nextLine()
    }
    return false
  }
}
