public import AidModel

/// A blank application form (空白申请表): the workbook that a policy's applicants fill in, before it is written.
public struct BlankForm: Sendable {
  public struct Column: Sendable {
    public let heading: String
    public let type: ColumnType
    /// Digits that a spreadsheet must store as text.
    public let isIdentifier: Bool
    public let isRequired: Bool
    /// The entries of the drop-down, in order; empty if anything is allowed.
    public let choices: [String]
    /// What to fill in, in words for the applicant.
    public let rule: String
    /// Shown if a cell violates the rule.
    public let complaint: String

    public init(
      heading: String, type: ColumnType, isIdentifier: Bool, isRequired: Bool, choices: [String],
      rule: String,
      complaint: String
    ) {
      self.heading = heading
      self.type = type
      self.isIdentifier = isIdentifier
      self.isRequired = isRequired
      self.choices = choices
      self.rule = rule
      self.complaint = complaint
    }
  }

  /// Printed at the top of every page, and the title in the document's properties.
  public let title: String
  public let sheet: String
  public let columns: [Column]
  /// Names and values for the hidden `Meta` sheet.
  public let meta: [(name: String, value: String)]

  public init(title: String, sheet: String, columns: [Column], meta: [(name: String, value: String)]) {
    self.title = title
    self.sheet = sheet
    self.columns = columns
    self.meta = meta
  }
}

/// A form that could not be written, with the library's reason.
public struct FormFailure: Error, Sendable {
  public let reason: String
}
