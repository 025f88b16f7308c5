// swift-format-ignore-file
let templatePoliciesSpringWarmth2023Yaml = #"""
  # 春节送温暖：河南某高校 2023-12 通知（镜像页，证据等级 C），只有对象与排序，没有金额：标准由工会填在申请表里，不写进办法。
  # 名单取自十二月的困难补助：同一批次中得到 hardship-grant 的人，或三个月内的批次已经发过的人（一月另开一批时）。排序：先进工作者、女职工、单亲优先。
  policy: spring-warmth-2023
  programme: spring-warmth
  title: 春节送温暖
  issuer: （填写工会名称）
  source: 2023-12 通知（镜像页）
  valid: {from: 2023-01-01}
  fund: spring-warmth
  when_short: priority
  priority: [model_worker, sex = '女', single_parent, unit_rank]
  columns:
    - {name: standard, type: money, heading: [慰问标准], required: true}
    - {name: model_worker, type: flag, heading: [是否先进工作者], blank: 否}
    - {name: single_parent, type: flag, heading: [是否单亲], blank: 否}
  award_per: person
  after: [hardship-grant]
  eligible:
    - {when: "awarded('hardship-grant') > 0 or paid_since('hardship-grant', pay_date - 3 months) > 0", otherwise: 不在本次困难补助名单, clause: 慰问对象}
  benefits:
    - {name: visit, amount: standard, clause: 慰问标准}
  examples:
    - {rows: [{standard: 800}], awarded: {hardship-grant: 2000}, pays: 800.00}
    - {rows: [{standard: 800}], history: [{programme: hardship-grant, amount: 2000, paid_on: 2023-12-28}], pay_date: 2024-01-20, pays: 800.00}
    - {rows: [{standard: 800}], history: [{programme: hardship-grant, amount: 2000, paid_on: 2022-12-28}], pay_date: 2024-01-20, refused: eligible}
    - {rows: [{standard: 800}], history: [{programme: hardship-grant, amount: 2000, paid_on: 2023-12-28, status: 退票}], pay_date: 2024-01-20, refused: eligible}
    - {rows: [{standard: 800}], refused: eligible}
    - {rows: [{standard: 800}], awarded: {hardship-grant: held}, held: UNKNOWN-VALUE}

  """#
