/// One file in the folders where lists are received, and what became of it.
public struct ReceivedFile: Sendable {
  public enum Fate: String, Sendable {
    /// Read by one entry of `batch.yaml`.
    case read
    /// Named by `ignore`, with a reason.
    case ignored
    /// Left behind by a program: a lock file, thumbnails, a hidden file.
    case passedOver = "passed_over"
    /// No entry names it: the run stops.
    case unmatched
    /// Two entries name it: the run stops.
    case twice
  }

  /// Relative to the batch folder.
  public let path: String
  public let fate: Fate
  /// What it was read as: a programme, or `roster`, `history`, `decisions`; nil if it was not read.
  public let purpose: String?
  /// The pattern that matched it.
  public let entry: String?
  /// Why it is ignored, or what it is.
  public let reason: String?

  public init(
    path: String, fate: Fate, purpose: String? = nil, entry: String? = nil, reason: String? = nil
  ) {
    (self.path, self.fate, self.purpose, self.entry, self.reason) = (path, fate, purpose, entry, reason)
  }
}
