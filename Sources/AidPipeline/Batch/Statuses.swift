import AidModel
import AidYAML
internal import Yams

/// `statuses.yaml`: the words lists use for a payment's state.
struct Statuses: Sendable {
  let words: StatusWords
  let sha256: String
  /// Of the batch folder's own words; nil where it has none.
  let ownSHA256: String?

  static let file = "statuses.yaml"

  /// A batch folder's own words, added to those of the templates.
  static let own = "templates/" + file

  /// - Parameter folder: of a batch, whose own words count too.
  /// - Throws: all problems of the files at once.
  init(templates: Templates, folder: String? = nil) throws(PipelineFailure) {
    guard let document = try templates.document(Self.file) else {
      throw PipelineFailure(
        "Templates/\(Self.file)", Bilingual("缺少状态词表", "the table of status words is missing"),
        remedy: Bilingual("请检查 --templates 文件夹。", "Check the --templates folder."))
    }
    sha256 = document.sha256
    var reader = YAMLReader(file: Self.file)
    var words = Self.words(document.text, &reader)
    if let path = folder.map({ $0 + "/" + Self.own }), Disk.exists(path) {
      let more = try Disk.document(path, shown: Self.own)
      ownSHA256 = more.sha256
      var own = YAMLReader(file: Self.own)
      words += Self.words(more.text, &own)
      if !own.problems.isEmpty { throw PipelineFailure(own) }
    } else {
      ownSHA256 = nil
    }
    for word in StatusWords.doubled(in: words) {
      reader.refuse(
        nil, Bilingual("“\(word)”写在两种状态下", "'\(word)' stands under two states"),
        Bilingual("请只留一处。", "Keep it under one."))
    }
    if !reader.problems.isEmpty { throw PipelineFailure(reader) }
    self.words = StatusWords(
      PaymentState.allCases.map { state in
        (state, words.filter { $0.state == state }.flatMap(\.words))
      }.filter { !$0.1.isEmpty })
  }

  private static func words(
    _ text: String, _ reader: inout YAMLReader
  ) -> [(state: PaymentState, words: [String])] {
    let states = PaymentState.allCases.map(\.rawValue)
    let top = reader.root(text).map { reader.mapping($0, of: Self.file, allowed: states) } ?? [:]
    var words: [(state: PaymentState, words: [String])] = []
    for state in PaymentState.allCases {
      guard let node = top[state.rawValue] else { continue }
      // A list of words, or of lists of words.
      let lists = node.sequence?.contains { $0.sequence != nil } == true ? Array(node.sequence ?? []) : [node]
      words.append((state, lists.flatMap { reader.texts($0, of: state.rawValue) }))
    }
    return words
  }
}
