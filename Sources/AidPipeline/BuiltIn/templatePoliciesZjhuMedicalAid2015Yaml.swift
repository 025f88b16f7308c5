// swift-format-ignore-file
let templatePoliciesZjhuMedicalAid2015Yaml = #"""
  # 湖州师范学院《教职工大病医疗补助办法》2015-05-05，自 2015-01-01 起施行，tgc.zjhu.edu.cn/2018/0511/c6383a161990/page.htm。证据等级 A：全文可读。
  # 原文未写：取整（此处四舍五入到分）、哪个日期定年度（此处出院日期）、基金不足时的办法（不设基金）。
  policy: zjhu-medical-aid-2015
  programme: serious-illness-aid
  title: 教职工大病医疗补助
  issuer: 湖州师范学院工会
  source: 教职工大病医疗补助办法（2015-05-05）
  valid: {from: 2015-01-01, to: 2015-12-31}
  columns:
    - {name: kind, type: choice, heading: [就诊类别, 类别], choices: [住院, 特殊病种门诊, 普通门诊], required: true}
    - {name: self_pay, type: money, heading: [目录内自付, 个人自付], required: true}
    - {name: own_expense, type: money, heading: [目录外自费, 个人自费], blank: 0}
    - {name: designated, type: flag, heading: [是否定点或批准医院], blank: 是}
    - {name: discharged, type: date, heading: [出院日期, 结算日期], required: true}
  award_per: person                       # 一年内几次住院合并计算
  count:
    - {when: "kind in ['住院', '特殊病种门诊']", otherwise: 普通门诊不计入, clause: 补助范围}
    - {when: designated, otherwise: 非定点（或未经批准的）医院, clause: 补助范围}
    - {when: discharged in period, otherwise: 不在本年度，不跨年累计, clause: 补助标准}   # not in the source: 以出院日期定年度
  benefits:
    - {name: inpatient, base: sum(self_pay + own_expense), deductible: 5000, rate: 60%, clause: 补助标准}
  caps:
    - {per: year, at: 30000, clause: 补助标准}
  round: {to: 0.01, mode: half_up}        # not in the source
  examples:
    - {rows: [{kind: 住院, self_pay: 5000.00, discharged: 2015-03-01}], pays: 0.00}
    - {rows: [{kind: 住院, self_pay: 5000.01, discharged: 2015-03-01}], pays: 0.01}
    - {rows: [{kind: 住院, self_pay: 3200, discharged: 2015-03-01}, {kind: 特殊病种门诊, self_pay: 0, own_expense: 2500, discharged: 2015-05-01}, {kind: 普通门诊, self_pay: 9000, discharged: 2015-06-01}], pays: 420.00}
    - {rows: [{kind: 住院, self_pay: 55000.00, discharged: 2015-03-01}], pays: 30000.00}
    - {rows: [{kind: 住院, self_pay: 80000.00, discharged: 2015-03-01}], pays: 30000.00}
    - {rows: [{kind: 住院, self_pay: 4000, discharged: 2015-12-20}, {kind: 住院, self_pay: 4000, discharged: 2016-01-05}], pays: 0.00}
    - {rows: [{kind: 普通门诊, self_pay: 9000, discharged: 2015-06-01}], not_counted: true}

  """#
