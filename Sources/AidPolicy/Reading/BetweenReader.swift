import AidModel
import AidYAML
internal import Yams

/// What a policy says about other programmes, spouses, and remarks about a policy that can be used as it is.
extension PolicyReader {
  mutating func readBetween(_ top: [String: Node]) {
    draft.after = yaml.texts(top["after"], of: "after")
    if let node = top["after"], draft.after.contains(where: { $0.sameScalars(as: draft.programme) }) {
      yaml.refuse(
        node, Bilingual("after 里写了本项目自己", "a programme cannot come after itself"),
        Bilingual("请删去它。", "Remove it."))
    }
    readWith(top["caps"])
    names.after = draft.after
    for item in yaml.list(top["exclusive"], of: "exclusive") {
      let pairs = yaml.mapping(
        item, of: "exclusive", allowed: ["with", "keep", "clause"], required: ["with", "keep"])
      let keep = yaml.word(pairs["keep"], of: "keep", among: Exclusion.Keep.allCases.map(\.rawValue))
        .flatMap { Exclusion.Keep(rawValue: $0) }
      guard let with = yaml.line(pairs["with"], of: "with"), let keep else { continue }
      if with.sameScalars(as: draft.programme) {
        yaml.refuse(
          pairs["with"], Bilingual("与自己互斥", "a programme cannot exclude itself"),
          Bilingual("with 写另一个项目。", "Name another programme."))
      }
      draft.exclusions.append(
        Exclusion(
          with: with, keep: keep, clause: yaml.line(pairs["clause"], of: "clause"),
          mark: SourceMark(of: pairs["with"])))
    }
    draft.isOnePerHousehold = yaml.flag(top["one_per_household"], of: "one_per_household") ?? false
  }

  /// Programmes that caps are shared with come before this one, and what they paid matters.
  private mutating func readWith(_ caps: Node?) {
    for cap in caps?.sequence.map(Array.init) ?? [] {
      guard let node = yaml.pair("with", in: cap) else { continue }
      for item in node.sequence.map(Array.init) ?? [node] {
        guard let name = item.scalar?.string else { continue }
        if name.sameScalars(as: draft.programme) {
          yaml.refuse(
            item, Bilingual("with 里写了本项目自己", "a programme needs no 'with' for itself"),
            Bilingual("请删去它。", "Remove it."))
          continue
        }
        if !draft.after.contains(where: { $0.sameScalars(as: name) }) { draft.after.append(name) }
        if !draft.programmesLookedAt.contains(where: { $0.sameScalars(as: name) }) {
          draft.programmesLookedAt.append(name)
        }
      }
    }
  }

  /// Columns no expression looks at: allowed, and perhaps a slip.
  mutating func noticeUnusedColumns(_ node: Node?) {
    guard let items = node?.sequence else { return }
    for item in items {
      guard let named = yaml.pair("name", in: item), let name = named.scalar?.string,
        let index = names.column(name)
      else { continue }
      if used.contains(index) || layout.columns[index].role != .plain { continue }
      draft.notice(
        named,
        Bilingual("列“\(name)”没有任何条件或计算用到", "no condition and no formula looks at column '\(name)'"))
    }
  }

  /// A value alone, or a mapping of it with its clause.
  mutating func claused(
    _ node: Node?, of subject: String, under key: String, also: [String] = []
  ) -> (value: Node?, clause: String?, pairs: [String: Node]) {
    guard let node, node.mapping != nil else { return (node, nil, [:]) }
    let pairs = yaml.mapping(node, of: subject, allowed: [key, "clause"] + also, required: [key])
    return (pairs[key], yaml.line(pairs["clause"], of: "clause"), pairs)
  }
}

extension PolicyDraft {
  /// Something allowed that may be a slip.
  mutating func notice(_ node: Node?, _ text: Bilingual) {
    notices.append(PolicyNotice(line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1, text: text))
  }
}
