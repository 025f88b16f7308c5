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
    - {programme: hardship-grant, files: [applications/]}   # 文件夹里（连子文件夹）的每个文件都读；几个项目的各放一个子文件夹，如 [applications/困难补助/]
  # ignore: [{file: applications/通知.docx, reason: 不是名单}]   # 文件夹里不是名单的文件要写明；没有哪一项读的文件会使整批停下
  # roster: [roster/]                   # 会员名册（可不用）
  # history: [history/]                 # 以往发放（可不用）
  # decisions: [decisions/]             # 审批金额（可不用）
  funds:
    hardship: {amount: 100000.00}
  ledgers: [finance-office]

  """#
