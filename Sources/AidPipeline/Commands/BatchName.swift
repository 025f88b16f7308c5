import AidModel

/// A batch name derived from a new folder's name, often with the year and month of payment.
struct BatchName {
  /// A valid name for `batch.yaml`.
  let name: String
  let year: Int?
  let month: Int?
  /// What the user should know: the name had to be changed, or the year is unknown.
  private(set) var remarks: [Bilingual] = []

  /// The maximum length.
  private static let lengthMax = 32

  init(folder path: String) {
    let real = Disk.real(path) ?? path
    let folder = real.split(separator: "/").last.map(String.init) ?? ""
    var allowed = ""
    for scalar in folder.unicodeScalars {
      let isAllowed = scalar == "-" || scalar.isASCII && scalar.properties.isAlphabetic || "0"..."9" ~= scalar
      allowed.unicodeScalars.append(isAllowed ? scalar : "-")
    }
    let words = allowed.split(separator: "-").joined(separator: "-").prefix(Self.lengthMax)
    name = words.isEmpty ? "batch" : String(words)
    let numbers = folder.split { !("0"..."9" ~= $0) }.map(String.init)
    let at = numbers.firstIndex { number in
      (number.utf8.count == 4 || number.utf8.count == 6 || number.utf8.count == 8) && number.hasPrefix("20")
    }
    year = at.flatMap { Int(numbers[$0].prefix(4)) }
    let next = at.flatMap {
      numbers[$0].utf8.count > 4 ? numbers[$0].dropFirst(4).prefix(2) : numbers.dropFirst($0 + 1).first?[...]
    }
    month = next.flatMap { Int($0) }.flatMap { (1...12).contains($0) ? $0 : nil }
    if !name.sameScalars(as: folder) {
      remarks.append(
        Bilingual(
          "文件夹名“\(folder)”不能作批次号（只用字母、数字和连字符，最多 32 个）：batch.yaml 里写的是 \(name)，请核对。",
          "'\(folder)' is no batch name (letters, digits and hyphens, at most 32): batch.yaml says \(name); check it."
        ))
    }
    if year == nil {
      remarks.append(
        Bilingual(
          "文件夹名里没有年份：batch.yaml 的核算期、发放日和办法的有效期是示例，请改。",
          "The name holds no year: period and pay date of batch.yaml and the policy's validity are examples; set them."
        ))
    }
  }

  /// Fills in the blank batch's files: replaces the example's name and dates with this batch's.
  struct Filling {
    private let batch: BatchName
    /// The year used in the blank batch.
    private let templateYear: String

    init(_ batch: BatchName, template: String) {
      self.batch = batch
      let from = template.firstRange(of: "from: ").map { template[$0.upperBound...].prefix(4) } ?? ""
      templateYear = from.utf8.count == 4 && Int(from) != nil ? String(from) : ""
    }

    func text(_ text: String, of file: String) -> String {
      guard file.hasSuffix(".yaml") else { return text }
      var text = text
      if let year = batch.year, !templateYear.isEmpty {
        text = text.replacing(templateYear, with: "\(year)")
      }
      guard file.sameScalars(as: "batch.yaml") else { return text }
      return text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
        .joined(separator: "\n")
    }

    private func line(_ line: String) -> String {
      if line.hasPrefix("batch: ") { return value(batch.name, in: line, after: "batch: ") }
      guard let year = batch.year else { return line }
      let month = batch.month ?? 12
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      if line.hasPrefix("period: ") {
        let next =
          month == 12 ? CivilDate(iso: "\(year + 1)-01-01") : CivilDate(iso: "\(year)-\(two(month + 1))-01")
        guard let last = next?.adding(days: -1) else { return line }
        return "period: {from: \(year)-01-01, to: \(last)}"
      }
      if line.hasPrefix("pay_date: ") { return "pay_date: \(year)-\(two(month))-28" }
      return line
    }

    /// The line with another value, its comment still in the same column.
    private func value(_ value: String, in line: String, after key: String) -> String {
      guard let comment = line.firstRange(of: "#") else { return key + value }
      let width = line.distance(from: line.startIndex, to: comment.lowerBound)
      let head = key + value
      return head + String(repeating: " ", count: max(1, width - head.count)) + line[comment.lowerBound...]
    }
  }
}
