import AidModel

/// The output orders: the same whatever the order of files, threads or batch.yaml.
enum Orders {
  /// In file order, then by row, column and code.
  static func byPlace(_ findings: [Finding], files: [FileReport]) -> [Finding] {
    var rank: [ExactText: Int] = [:]
    for (i, file) in files.enumerated() where rank[ExactText(file.path)] == nil {
      rank[ExactText(file.path)] = i
    }
    let keyed = findings.enumerated().map {
      (order: $0, finding: $1, rank: rank[ExactText($1.place.file)] ?? .max)
    }
    return keyed.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      let (x, y) = (a.finding.place, b.finding.place)
      if x.row != y.row { return x.row < y.row }
      if x.column != y.column { return x.column < y.column }
      if a.finding.kind.code != b.finding.kind.code { return a.finding.kind.code < b.finding.kind.code }
      return a.order < b.order
    }.map(\.finding)
  }

  /// The texts in scalar order, and the rank of each given text.
  static func ranked(_ texts: [String]) -> (sorted: [String], rank: [Int32]) {
    let order = texts.indices.sorted { texts[$0].precedes(texts[$1]) }
    var rank = [Int32](repeating: 0, count: texts.count)
    for (place, index) in order.enumerated() { rank[index] = Int32(place) }
    return (order.map { texts[$0] }, rank)
  }
}
