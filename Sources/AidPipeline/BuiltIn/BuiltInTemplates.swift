/// The files of Templates/, built in for a program moved without them. Rewritten by a house test.
enum BuiltInTemplates {
  static let all: [(name: String, text: String)] = [
    ("batch/README.md", templateBatchREADMEMd),
    ("batch/batch.yaml", templateBatchBatchYaml),
    ("batch/policies/hardship-grant.yaml", templateBatchPoliciesHardshipGrantYaml),
    ("columns.yaml", templateColumnsYaml),
    ("ledgers/finance-office.yaml", templateLedgersFinanceOfficeYaml),
    ("ledgers/icbc-bpt.yaml", templateLedgersIcbcBptYaml),
    ("policies/sdju-medical-subsidy-2023.yaml", templatePoliciesSdjuMedicalSubsidy2023Yaml),
    ("policies/whu-serious-illness-2017.yaml", templatePoliciesWhuSeriousIllness2017Yaml),
    ("policies/ytu-hardship-2022.yaml", templatePoliciesYtuHardship2022Yaml),
  ]
}
