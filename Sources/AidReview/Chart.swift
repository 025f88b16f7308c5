import AidModel

/// Money by unit and programme as horizontal stacked bars, plain SVG.
enum Chart {
  /// Distinguishable without colour vision, and by lightness in grey print.
  private static let colours = ["#24527a", "#e08e2b", "#6aa6a6", "#a3455c", "#8f8f8f", "#c9b458"]

  /// No one reads more bars than this; the rest becomes a single bar.
  private static let barsMax = 30

  static func svg(_ report: BatchReport, language: Language) -> String {
    let programmes = report.programmes
    let none = [Money](repeating: .zero, count: programmes.count)
    var money = [[Money]](repeating: none, count: report.book.units.count)
    for entry in report.book.entries { money[Int(entry.unit)][Int(entry.programme)] += entry.amount }
    var bars: [(label: String, parts: [Money])] = zip(report.book.units, money)
      .map { (label: $0.isEmpty ? "—" : Masking.text($0), parts: $1) }
      .filter { $0.parts.contains { $0 > .zero } }
    func total(_ parts: [Money]) -> Money { parts.reduce(.zero, +) }
    bars.sort {
      total($0.parts) != total($1.parts) ? total($0.parts) > total($1.parts) : $0.label.precedes($1.label)
    }
    if bars.isEmpty { return "<p>\(language == .zh ? "没有发放。" : "Nothing is paid.")</p>\n" }
    if bars.count > barsMax {
      let rest = bars[(barsMax - 1)...]
      let sums = programmes.indices.map { i in rest.reduce(Money.zero) { $0 + $1.parts[i] } }
      bars =
        Array(bars[..<(barsMax - 1)]) + [
          (language == .zh ? "其他 \(rest.count) 个单位" : "\(rest.count) other units", sums)
        ]
    }
    let most = max(total(bars[0].parts).fen, bars.map { total($0.parts).fen }.max() ?? 1, 1)
    let (left, width, step) = (190, 640, 24)
    let top = 34
    let height = top + bars.count * step + 8
    let label = language == .zh ? "各单位各项目发放金额" : "money by unit and programme"
    var svg = "<svg viewBox=\"0 0 980 \(height)\" role=\"img\" aria-label=\"\(label)\" font-size=\"12\">\n"
    var x = left
    for (i, info) in programmes.enumerated() {
      svg += "<rect x=\"\(x)\" y=\"8\" width=\"12\" height=\"12\" fill=\"\(colours[i % colours.count])\"/>"
      svg += "<text x=\"\(x + 17)\" y=\"18\">\(HTMLPage.escape(info.title))</text>\n"
      x += 40 + info.title.unicodeScalars.reduce(0) { $0 + ($1.value > 255 ? 12 : 7) }
    }
    for (row, bar) in bars.enumerated() {
      let y = top + row * step
      svg +=
        "<text x=\"\(left - 8)\" y=\"\(y + 13)\" text-anchor=\"end\">\(HTMLPage.escape(bar.label))</text>"
      var from: Int64 = 0
      for (i, part) in bar.parts.enumerated() where part > .zero {
        let begin = left + Pixels.length(from, of: most, along: width)
        from += part.fen
        let end = left + Pixels.length(from, of: most, along: width)
        svg += "<rect x=\"\(begin)\" y=\"\(y)\" width=\"\(max(end - begin, 1))\" height=\"17\" "
        svg += "fill=\"\(colours[i % colours.count])\"/>"
      }
      let end = left + Pixels.length(from, of: most, along: width)
      svg += "<text x=\"\(end + 6)\" y=\"\(y + 13)\">\(total(bar.parts).grouped)</text>\n"
    }
    return svg + "</svg>\n"
  }
}

/// Lengths in a drawing.
enum Pixels {
  /// An amount's share of the longest one, in whole pixels by integer division: the same on every machine,
  /// and for any amount.
  /// - Parameter most: positive.
  static func length(_ amount: Int64, of most: Int64, along width: Int) -> Int {
    Int(Int128(amount) * Int128(width) / Int128(most))
  }
}
