import AidModel

/// The manifest's account of received files: how many, and each that was not read.
enum ReceivedList {
  static func json(_ received: [ReceivedFile]) -> JSONText {
    func paths(_ fate: ReceivedFile.Fate) -> JSONText {
      .array(received.filter { $0.fate == fate }.map { .string($0.path) })
    }
    return .object([
      ("files", .integer(received.count)), ("read", .integer(received.count { $0.fate == .read })),
      (
        "ignored",
        .array(
          received.filter { $0.fate == .ignored }.map {
            .object([("path", .string($0.path)), ("reason", .string($0.reason))])
          })
      ),
      ("passed_over", paths(.passedOver)), ("unmatched", paths(.unmatched)), ("twice", paths(.twice)),
    ])
  }
}
