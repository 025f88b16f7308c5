// swift-format-ignore-file
let templatePoliciesSzptCondolence2015Yaml = #"""
  # 深圳职业技术学院 深职院〔2015〕154号，镜像页 ce.chuangye11.cn/info/1403/3186.htm。证据等级 C。
  # 定额：重大疾病 5,000；慢性病且病假半年以上 3,000；手术 2,000；亲属去世 2,000；一般住院 1,000；生育 1,000。一事一行。
  policy: szpt-condolence-2015
  programme: condolence
  title: 慰问补助
  issuer: 深圳职业技术学院工会
  source: 深职院〔2015〕154号
  valid: {from: 2015-01-01}
  columns:
    - {name: event, type: choice, heading: [慰问事项], choices: [重大疾病, 慢性病, 手术, 亲属去世, 一般住院, 生育], required: true}
    - {name: leave_months, type: number, heading: [病假月数], blank: 0}
  award_per: row
  eligible:
    - {when: event != '慢性病' or leave_months >= 6, otherwise: 病假不满半年, clause: 补助标准}
  benefits:
    - name: grant
      clause: 补助标准
      table: {by: event, rows: {重大疾病: 5000, 慢性病: 3000, 手术: 2000, 亲属去世: 2000, 一般住院: 1000, 生育: 1000}}
  examples:
    - {rows: [{event: 重大疾病}], pays: 5000.00}
    - {rows: [{event: 慢性病, leave_months: 6}], pays: 3000.00}
    - {rows: [{event: 慢性病, leave_months: 5.5}], refused: eligible}
    - {rows: [{event: 手术}, {event: 生育}], pays: 3000.00}

  """#
