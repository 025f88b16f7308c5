// swift-format-ignore-file
let templateBatchPoliciesHardshipGrantYaml = #"""
  # 示例办法：请按本校的文件修改条件、金额和依据，再用 aidledger policy check 检查。
  policy: hardship-grant-2024
  programme: hardship-grant
  title: 困难补助
  issuer: 校工会
  source: （填写文件号）
  valid: {from: 2024-01-01, to: 2024-12-31}
  fund: hardship
  when_short: stop

  columns:
    - {name: applied_amount, type: money, heading: [申请金额], required: true}

  award_per: person
  benefits:
    - name: grant
      amount: min(sum(applied_amount), 3000)
      clause: （条款）
  caps:
    - {per: year, at: 3000, clause: （条款）}
  round: {to: 0.01, mode: half_up}
  examples:
    - {rows: [{applied_amount: 2000.00}], pays: 2000.00}
    - {rows: [{applied_amount: 5000.00}], pays: 3000.00}

  """#
