// swift-format-ignore-file
let templatePoliciesXmuEmergencyFund2024Yaml = #"""
  # 厦门大学 爱心急救金 2024-01-15，xdgh.xmu.edu.cn/info/1262/13710.htm。证据等级 A。
  # 每年总额 50 万元，共 5 年，未用完的结转：写在 batch.yaml 的 funds（amount: 500000.00，carried_over: 上年结余）。
  # 原文未写：总额不足时怎么办（此处停发，由人决定）、取整。
  policy: xmu-emergency-fund-2024
  programme: emergency-fund
  title: 爱心急救金
  issuer: 厦门大学工会
  source: 爱心急救金实施办法（2024-01-15 公布）
  valid: {from: 2024-01-01}
  fund: emergency-fund
  when_short: stop                        # not in the source
  columns:
    - {name: class, type: integer, heading: [类别], required: true}
  award_per: person
  eligible:
    - {when: class >= 1 and class <= 5, otherwise: 不属于五类情形, clause: 资助对象}
  benefits:
    - name: aid
      clause: 资助标准
      table:
        by: class
        rows:
          1: [30000, 50000]               # 突发重病
          2: [10000, 20000]               # 慢性病，每年
          3: 30000                        # 去世
          4: [20000, 30000]               # 负担沉重，每年
          5: 50000                        # 突发事件
  examples:
    - {rows: [{class: 1}], decision: 50000, pays: 50000.00}
    - {rows: [{class: 1}], decision: 50000.01, held: DECISION-RANGE}
    - {rows: [{class: 2}], held: DECISION-MISSING}
    - {rows: [{class: 3}], pays: 30000.00}
    - {rows: [{class: 5}], pays: 50000.00}
    - {rows: [{class: 6}], refused: eligible}

  """#
