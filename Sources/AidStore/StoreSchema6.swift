internal import GRDB

/// Version 6: each benefit's contribution to a payment, in the format of `PaymentBreakdown`.
extension StoreSchema {
  static func sixth(_ database: Database) throws {
    try database.execute(
      sql: """
        -- What the benefits of an award gave, and figures kept with it; NULL where it is not known.
        ALTER TABLE award ADD COLUMN breakdown TEXT;
        -- The record id of the award; empty where the list does not say.
        ALTER TABLE history_line ADD COLUMN record TEXT NOT NULL DEFAULT '';
        ALTER TABLE history_line ADD COLUMN breakdown TEXT;
        """)
    try StoreChain.rebuild(database, remembered6)
  }

  static let remembered6 =
    remembered5.filter { $0.name != "award" && $0.name != "history_line" } + [
      Remembered(
        name: "award", key: "id",
        columns:
          "id, programme, unit, record, staff_no, name, id_number, account, outcome, fen, rows, breakdown"
      ),
      Remembered(
        name: "history_line", key: "id",
        columns:
          "id, list, row, batch, programme, staff_no, id_number, name, fen, paid_on, status, state, record, "
          + "breakdown"),
    ]
}
