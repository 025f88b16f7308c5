// swift-format-ignore-file
let templatePoliciesSdjuMedicalSubsidy2023Yaml = #"""
  # 上海电机学院《2023年度教职工医疗补贴》2024-03-18。证据等级 A：全文可读。
  # 门诊须当年医保账户为零；两项各 580 元封顶；试用期、非医保定点、工伤、交通事故、产检、生育不享受。
  policy: sdju-medical-subsidy-2023
  programme: medical-subsidy
  title: 教职工医疗补贴
  issuer: 上海电机学院工会
  source: 2023年度教职工医疗补贴通知（2024-03-18）
  valid: {from: 2023-01-01, to: 2023-12-31}
  columns:
    - {name: kind, type: choice, heading: [就诊类别, 就医类别, 类别], choices: [门诊, 住院], required: true}
    - {name: total_cost, type: money, heading: [医疗费总额, 总费用, 费用总额], required: true}
    - {name: pool_paid, type: money, heading: [统筹支付, 医保统筹支付], required: true}
    - {name: account_paid, type: money, heading: [个人账户支付, 账户支付], blank: 0}
    - {name: own_expense, type: money, heading: [自费, 目录外自费], blank: 0}
    - {name: settled, type: date, heading: [结算日期, 发票日期], required: true}
    - {name: cause, type: choice, heading: [费用原因, 原因], choices: [疾病, 工伤, 交通事故, 产检, 生育], blank: 疾病}
    - {name: insured_hospital, type: flag, heading: [是否医保定点, 医保定点], blank: 是}
  # 原文未写取整与基金：四舍五入到分，不设基金 (not in the source)。
  award_per: person
  count:
    - {when: settled in period, otherwise: 票据不在本年度, clause: 三}
    - {when: cause = '疾病', otherwise: 工伤、交通事故、产检、生育不享受, clause: 四}
    - {when: insured_hospital, otherwise: 非医保定点医院, clause: 四}
  eligible:
    - {when: roster.status != '试用期', otherwise: 试用期人员不享受, clause: 二}
  benefits:
    - name: outpatient
      base: sum(if kind = '门诊' then total_cost - pool_paid - account_paid - own_expense else 0)
      rate: 30%
      caps: [{per: award, at: 580, clause: 五（一）}]
      clause: 五（一）
    - name: inpatient
      base: sum(if kind = '住院' then total_cost - pool_paid - account_paid - own_expense else 0)
      rate: 30%
      caps: [{per: award, at: 580, clause: 五（二）}]
      clause: 五（二）
  examples:
    - {rows: [{kind: 门诊, total_cost: 1500, pool_paid: 0, settled: 2023-05-01}, {kind: 住院, total_cost: 30000, pool_paid: 22000, account_paid: 1500, own_expense: 4000, settled: 2023-06-01}], roster: {status: 在职}, pays: 1030.00}
    - {rows: [{kind: 门诊, total_cost: 1933.33, pool_paid: 0, settled: 2023-05-01}], roster: {status: 在职}, pays: 580.00}
    - {rows: [{kind: 门诊, total_cost: 800, pool_paid: 0, settled: 2023-05-01}], roster: {status: 试用期}, refused: eligible}
    - {rows: [{kind: 门诊, total_cost: 800, pool_paid: 0, cause: 工伤, settled: 2023-05-01}], roster: {status: 在职}, not_counted: true}

  """#
