// swift-format-ignore-file
let templatePoliciesHzuWomenCover2025Yaml = #"""
  # 惠州学院 女职工安康互助保障 2025，gh.hzu.edu.cn/2025/0225/c1292a264673/page.htm。证据等级 A。
  # 每份 15,000 元，至多 2 份；三年一期；缴费次日零时起保；首次参保 180 天等待期；五种原发癌（名单见原文，由经办人核对后填“是否保障病种”）。
  # 原文未写等待期最后一天是否可赔，此处满 180 天即可。
  policy: hzu-women-cover-2025
  programme: women-health-cover
  title: 女职工安康互助保障
  issuer: 惠州学院工会
  source: 2025 年参保通知
  valid: {from: 2025-01-01}
  columns:
    - {name: shares, type: integer, heading: [份数], required: true}
    - {name: paid_in, type: date, heading: [缴费日期], required: true}
    - {name: first_time, type: flag, heading: [是否首次参保], required: true}
    - {name: diagnosed, type: date, heading: [确诊日期], required: true}
    - {name: covered, type: flag, heading: [是否保障病种], required: true}
  award_per: person
  eligible:
    - {when: covered, otherwise: 不属于五种原发癌, clause: 保障范围}
    - {when: shares >= 1 and shares <= 2, otherwise: 份数不是 1 或 2, clause: 参保份数}
    - {when: diagnosed >= paid_in + 1 day, otherwise: 起保之前确诊, clause: 保障期}
    - {when: diagnosed < paid_in + 1 day + 3 years, otherwise: 保障期满之后确诊, clause: 保障期}
    - {when: not first_time or diagnosed - (paid_in + 1 day) >= 180 days, otherwise: 首次参保 180 天等待期内, clause: 等待期}
  benefits:
    - {name: cover, amount: 15000 * shares, clause: 保障金额}
  examples:
    - {rows: [{shares: 2, paid_in: 2025-03-01, first_time: 是, diagnosed: 2025-08-29, covered: 是}], pays: 30000.00}
    - {rows: [{shares: 2, paid_in: 2025-03-01, first_time: 是, diagnosed: 2025-08-28, covered: 是}], refused: 首次参保 180 天等待期内}
    - {rows: [{shares: 1, paid_in: 2025-03-01, first_time: 否, diagnosed: 2025-03-02, covered: 是}], pays: 15000.00}
    - {rows: [{shares: 1, paid_in: 2025-03-01, first_time: 否, diagnosed: 2028-03-02, covered: 是}], refused: 保障期满之后确诊}
    - {rows: [{shares: 3, paid_in: 2025-03-01, first_time: 否, diagnosed: 2025-05-02, covered: 是}], refused: eligible}
    - {rows: [{shares: 1, paid_in: 2025-03-01, first_time: 否, diagnosed: 2025-05-02, covered: 否}], refused: eligible}

  """#
