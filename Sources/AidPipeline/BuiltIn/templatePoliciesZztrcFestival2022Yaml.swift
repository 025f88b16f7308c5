// swift-format-ignore-file
let templatePoliciesZztrcFestival2022Yaml = #"""
  # 郑州旅游职业学院 节日慰问 2022，www.zztrc.edu.cn/gh2023/info/1121/1671.htm。证据等级 A：全年不超过 2,000 元。
  # 发给全体会员：applications 里直接用会员名册（加一列“本次标准”）。原文未写：每个节日多少（由工会填）、谁是会员（此处名册状态为在职）。
  policy: zztrc-festival-2022
  programme: festival-gift
  title: 节日慰问
  issuer: 郑州旅游职业学院工会
  source: 工会经费慰问标准（2022）
  valid: {from: 2022-01-01}
  columns:
    - {name: standard, type: money, heading: [本次标准, 慰问标准], required: true}
  award_per: person
  eligible:
    - {when: roster.status = '在职', otherwise: 不是在职会员, clause: 慰问对象}   # not in the source
  benefits:
    - {name: gift, amount: standard, clause: 慰问标准}
  caps:
    - {per: year, at: 2000, clause: 慰问标准}
  examples:
    - {rows: [{standard: 500}], roster: {status: 在职}, pays: 500.00}
    - {rows: [{standard: 500}], roster: {status: 在职}, history: [{amount: 1000, paid_on: 2022-01-20}, {amount: 700, paid_on: 2022-06-01}], pays: 300.00}
    - {rows: [{standard: 500}], roster: {status: 退休}, refused: eligible}
    - {rows: [{standard: 500}], held: UNKNOWN-VALUE}

  """#
