// swift-format-ignore-file
let templatePoliciesYueyangMutualAid2014Yaml = #"""
  # 岳阳市职工医疗互助 2014，企业新闻稿转述，规则完整，cz-xg.com/134/6380.html。证据等级 C。
  # 不设起付线和等待期；每次住院单独计算，不累计，次数不限；医保和大病补充后目录内自付。原文未写取整。
  policy: yueyang-mutual-aid-2014
  programme: yueyang-mutual-aid
  title: 职工医疗互助
  issuer: 岳阳市职工医疗互助
  source: 2014 年办法（据 cz-xg.com/134/6380.html）
  valid: {from: 2014-01-01, to: 2014-12-31}
  columns:
    - {name: self_pay, type: money, heading: [目录内自付, 个人自付], required: true}
    - {name: discharged, type: date, heading: [出院日期], required: true}
  award_per: row
  count:
    - {when: discharged in period, otherwise: 不在本期, clause: 补助标准}   # not in the source: 以出院日期定期
  benefits:
    - name: stay
      base: self_pay
      clause: 补助标准
      marginal:
        - {from: 0, to: 5000, rate: 30%}
        - {from: 5000, to: 10000, rate: 35%}
        - {from: 10000, to: 20000, rate: 40%}
        - {from: 20000, to: 30000, rate: 45%}
        - {from: 30000, rate: 50%}
      minimum: {amount: 50, clause: 最低补助}
  caps:
    - {per: year, at: 50000, clause: 最高补助}
  round: {to: 0.01, mode: half_up}        # not in the source
  examples:
    - {rows: [{self_pay: 120, discharged: 2014-03-01}], pays: 50.00}
    - {rows: [{self_pay: 0, discharged: 2014-03-01}], pays: 0.00}
    - {rows: [{self_pay: 6000, discharged: 2014-03-01}, {self_pay: 6000, discharged: 2014-05-01}], pays: 3700.00}
    - {rows: [{self_pay: 40000, discharged: 2014-03-01}], pays: 16750.00}
    - {rows: [{self_pay: 5000, discharged: 2014-03-01}], pays: 1500.00}
    - {rows: [{self_pay: 10000, discharged: 2014-03-01}], pays: 3250.00}
    - {rows: [{self_pay: 20000, discharged: 2014-03-01}], pays: 7250.00}
    - {rows: [{self_pay: 30000, discharged: 2014-03-01}], pays: 11750.00}
    - {rows: [{self_pay: 200000, discharged: 2014-03-01}], pays: 50000.00}
    - {rows: [{self_pay: 6000, discharged: 2014-03-01}], history: [{amount: 49000, paid_on: 2014-02-01}], pays: 1000.00}

  """#
