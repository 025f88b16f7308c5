import AidModel
import AidYAML
internal import Yams

/// `statuses.yaml`: the words lists use for a payment's state.
struct Statuses: Sendable {
  let words: StatusWords
  let sha256: String

  static let file = "statuses.yaml"

  /// - Throws: all problems of the file at once.
  init(templates: Templates) throws(PipelineFailure) {
    guard let document = try templates.document(Self.file) else {
      throw PipelineFailure(
        "Templates/\(Self.file)", Bilingual("缺少状态词表", "the table of status words is missing"),
        remedy: Bilingual("请检查 --templates 文件夹。", "Check the --templates folder."))
    }
    sha256 = document.sha256
    var reader = YAMLReader(file: Self.file)
    let states = PaymentState.allCases.map(\.rawValue)
    let top = reader.root(document.text).map { reader.mapping($0, of: Self.file, allowed: states) } ?? [:]
    var words: [(state: PaymentState, words: [String])] = []
    for state in PaymentState.allCases {
      guard let node = top[state.rawValue] else { continue }
      // A list of words, or a list of such lists.
      let lists = node.sequence?.contains { $0.sequence != nil } == true ? Array(node.sequence ?? []) : [node]
      words.append((state, lists.flatMap { reader.texts($0, of: state.rawValue) }))
    }
    for word in StatusWords.doubled(in: words) {
      reader.refuse(
        nil, Bilingual("“\(word)”写在两种状态下", "'\(word)' stands under two states"),
        Bilingual("请只留一处。", "Keep it under one."))
    }
    if !reader.problems.isEmpty { throw PipelineFailure(reader) }
    self.words = StatusWords(words)
  }
}
