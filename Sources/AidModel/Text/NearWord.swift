/// Suggests the known word that a misspelt one may have meant.
public enum NearWord {
  /// The known word with the smallest edit distance, if it is close enough.
  public static func nearest(to word: String, among known: [String]) -> String? {
    let best = known.map { ($0, distance(word, $0)) }.min { $0.1 < $1.1 }
    // If no letter is left, it is a different word.
    guard let best, best.1 <= max(1, word.count / 3), best.1 < word.count else { return nil }
    return best.0
  }

  /// The edit distance in characters.
  public static func distance(_ a: String, _ b: String) -> Int {
    let (x, y) = (Array(a), Array(b))
    var row = Array(0...y.count)
    for i in x.indices {
      var previous = row[0]
      row[0] = i + 1
      for j in y.indices {
        let cost = x[i] == y[j] ? previous : 1 + min(previous, row[j], row[j + 1])
        previous = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[y.count]
  }
}
