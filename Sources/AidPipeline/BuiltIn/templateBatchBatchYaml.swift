// swift-format-ignore-file
let templateBatchBatchYaml = #"""
  # 批次说明。改好后：aidledger validate 本文件夹；aidledger run 本文件夹 --dry-run；最后 aidledger run 本文件夹。
  # The batch. Edit it, then validate, rehearse with --dry-run, and run.
  batch: 2024-12                        # 批次号：字母、数字、连字符，最多 32 个
  title: 2024年困难补助发放
  period: {from: 2024-01-01, to: 2024-12-31}
  pay_date: 2024-12-27
  policies: [policies/]
  applications:
    - {programme: hardship-grant, files: [applications/*.xlsx]}   # 有 CSV 的再写 applications/*.csv；写了的每一种都要有文件
  # roster: [roster/*.xlsx]             # 会员名册（可不用）
  # history: [history/*.csv]            # 以往发放（可不用）
  # decisions: [decisions/*.xlsx]       # 审批金额（可不用）
  funds:
    hardship: {amount: 100000.00}
  ledgers: [finance-office]

  """#
