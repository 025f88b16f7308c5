/// The files of Templates/, built in for a program moved without them. Rewritten by a house test.
enum BuiltInTemplates {
  static let all: [(name: String, text: String)] = [
    ("batch/README.md", templateBatchREADMEMd),
    ("batch/batch.yaml", templateBatchBatchYaml),
    ("batch/policies/hardship-grant.yaml", templateBatchPoliciesHardshipGrantYaml),
    ("columns.yaml", templateColumnsYaml),
    ("ledgers/finance-office.yaml", templateLedgersFinanceOfficeYaml),
    ("ledgers/icbc-bpt.yaml", templateLedgersIcbcBptYaml),
  ]
}
