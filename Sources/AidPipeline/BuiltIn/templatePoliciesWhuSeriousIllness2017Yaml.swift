// swift-format-ignore-file
let templatePoliciesWhuSeriousIllness2017Yaml = #"""
  # 武汉大学《关于做好2017年度教职工重大疾病补助申报工作的通知》武大工字〔2017〕44号，2017-11-29，ltx.whu.edu.cn/info/1029/1090.htm。
  # 对象为已入会缴费的教职工：名册就是会员名册，不在名册的申请由 NOT-ON-ROSTER 挂起；批次没有名册时，入会与否由单位审核。
  # 证据等级 A：原文全文可读。原文没有写取整，此处取四舍五入到分；基金不足时的办法原文也没有，故不设基金。
  policy: whu-serious-illness-2017
  programme: serious-illness-mutual-aid
  title: 教职工重大疾病补助
  issuer: 武汉大学教职工重大疾病互助金管理委员会
  source: 武大工字〔2017〕44号
  valid: {from: 2017-01-01, to: 2017-12-31}
  columns:
    - {name: kind, type: choice, heading: [就诊类别, 就医类别, 类别], choices: [门诊, 住院], required: true}
    - {name: self_pay, type: money, heading: [自付金额, 个人自付, 住院自付金额, 自付部分], required: true}
    - {name: discharged, type: date, heading: [出院日期, 出院时间, 结算日期], required: true}
  award_per: person
  count:
    - {when: kind = '住院', otherwise: 门诊自付不计入, clause: 通知第三项}
    - {when: discharged in period, otherwise: 不在本年度核算期内, clause: 通知第二项}
  benefits:
    - name: inpatient
      base: sum(self_pay)
      clause: 通知第三项
      gate: base >= 20000
      marginal:
        - {from: 20000, to: 30000, rate: 25%}
        - {from: 30000, to: 50000, rate: 30%}
        - {from: 50000, rate: 40%}
  caps:
    - {per: year, at: 50000, clause: 通知第四项}
    - {per: lifetime, at: 200000, clause: 通知第四项}
  round: {to: 0.01, mode: half_up}        # not in the source
  examples:
    - {rows: [{kind: 住院, self_pay: 60000.00, discharged: 2017-06-01}], pays: 12500.00}
    - {rows: [{kind: 住院, self_pay: 20000.00, discharged: 2017-06-01}], pays: 0.00}
    - {rows: [{kind: 住院, self_pay: 30000.01, discharged: 2017-06-01}], pays: 2500.00}
    - {rows: [{kind: 住院, self_pay: 19999.99, discharged: 2017-06-01}], refused: gate}
    - {rows: [{kind: 住院, self_pay: 200000.00, discharged: 2017-06-01}], paid: {lifetime: 170000.00}, pays: 30000.00}
    - {rows: [{kind: 门诊, self_pay: 60000.00, discharged: 2017-06-01}], not_counted: true}

  """#
