public import AidModel
internal import GRDB

/// A batch as stored.
public struct PostedBatch: Sendable {
  public let batch: String
  public let title: String
  public let payDate: CivilDate
  /// Nil for batches of an older store that did not keep it.
  public let period: Period?
  public let manifestSHA256: String
  public let paidCount: Int
  public let paidTotal: Money
  /// The path of its results, relative to the store's folder or absolute; empty if unknown.
  public let out: String
  /// The staging folder, if an older version posted the batch but did not move its results into place.
  public let stagedAs: String?
  /// Its results are in place.
  public let isPlaced: Bool
  /// The entry that its rows belong to.
  let entry: Int64

  public init(_ report: BatchReport, manifestSHA256: String, out: String) {
    batch = report.batch
    title = report.title
    payDate = report.facts.payDate
    period = report.facts.period
    self.manifestSHA256 = manifestSHA256
    paidCount = report.book.entries.count { $0.outcome == .paid }
    paidTotal = report.book.paid
    self.out = out
    (stagedAs, isPlaced, entry) = (nil, false, 0)
  }

  static let columns = "batch.*, EXISTS (SELECT 1 FROM placed WHERE placed.batch = batch.entry) AS is_placed"

  init(_ row: Row) {
    batch = row["batch"]
    title = row["title"]
    payDate = CivilDate(iso: row["pay_date"]) ?? CivilDate(dayNumber: 0)
    let from = (row["period_from"] as String?).flatMap(CivilDate.init(iso:))
    let to = (row["period_to"] as String?).flatMap(CivilDate.init(iso:))
    period = from.flatMap { from in to.flatMap { Period(from: from, to: $0) } }
    manifestSHA256 = row["manifest_sha256"]
    paidCount = row["paid_count"]
    paidTotal = Money(fen: row["paid_fen"])
    out = row["out"]
    stagedAs = row["staged_as"]
    isPlaced = row["is_placed"]
    entry = row["entry"]
  }
}
