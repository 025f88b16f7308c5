import AidModel

/// Amounts as horizontal bars, plain SVG.
enum Bars {
  static func svg(_ bars: [(label: String, amount: Money)], label: String) -> String {
    if bars.isEmpty { return "" }
    let most = max(bars.map(\.amount.fen).max() ?? 1, 1)
    let (left, width, step) = (210, 620, 24)
    let height = bars.count * step + 12
    var svg = "<svg viewBox=\"0 0 980 \(height)\" role=\"img\" aria-label=\"\(HTMLPage.escape(label))\" "
    svg += "font-size=\"12\">\n"
    for (row, bar) in bars.enumerated() {
      let y = 6 + row * step
      let length = max(Pixels.length(max(bar.amount.fen, 0), of: most, along: width), 1)
      svg +=
        "<text x=\"\(left - 8)\" y=\"\(y + 13)\" text-anchor=\"end\">\(HTMLPage.escape(bar.label))</text>"
      svg += "<rect x=\"\(left)\" y=\"\(y)\" width=\"\(length)\" height=\"17\" fill=\"#24527a\"/>"
      svg += "<text x=\"\(left + length + 6)\" y=\"\(y + 13)\">\(bar.amount.grouped)</text>\n"
    }
    return svg + "</svg>\n"
  }
}
