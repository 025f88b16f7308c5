// swift-format-ignore-file
let templatePoliciesCugSeriousIllness2024Yaml = #"""
  # 中国地质大学（武汉）《2024年度教职工重大疾病互助基金补助申请工作通知》（办法：地大学校办发〔2022〕3号），xgh.cug.edu.cn/info/1044/3854.htm。
  # 申请条件证据等级 A；补助标准未能读到（等级 B），故金额由基金管理机构决定，程序只判断门槛。
  policy: cug-serious-illness-2024
  programme: serious-illness-mutual-aid
  title: 教职工重大疾病互助基金补助
  issuer: 中国地质大学（武汉）工会
  source: 地大学校办发〔2022〕3号；2024年度申请工作通知
  valid: {from: 2024-01-01, to: 2024-12-31}
  columns:
    - {name: listed, type: flag, heading: [是否目录内病种], required: true}
    - {name: self_pay, type: money, heading: [校医院审核自付金额, 个人自付], required: true}   # 医保报销后、不含国家规定应由个人支付的
    - {name: discharged, type: date, heading: [出院日期], required: true}
  award_per: person
  count:
    - {when: discharged in period, otherwise: 不在本年度, clause: 申请条件}
  benefits:
    - name: aid
      base: sum(self_pay)
      gate:
        when: sum(if listed then self_pay else 0) >= 5000 or max(if listed then 0 else self_pay) > 10000
        otherwise: 目录内病种全年累计未达到 5,000 元，目录外病种没有一次住院超过 10,000 元
        clause: 申请条件
      committee: {min: 0, max: base, clause: 补助标准}   # not in the source: 最高取自付金额本身
  examples:
    - {rows: [{listed: 是, self_pay: 2000, discharged: 2024-02-01}, {listed: 是, self_pay: 1500, discharged: 2024-04-01}, {listed: 是, self_pay: 1500, discharged: 2024-06-01}], decision: 1000, pays: 1000.00}
    - {rows: [{listed: 是, self_pay: 4999.99, discharged: 2024-02-01}], decision: 1000, refused: gate}
    - {rows: [{listed: 否, self_pay: 10000.00, discharged: 2024-02-01}], decision: 1000, refused: gate}
    - {rows: [{listed: 否, self_pay: 10000.01, discharged: 2024-02-01}], decision: 1000, pays: 1000.00}
    - {rows: [{listed: 否, self_pay: 6000, discharged: 2024-02-01}, {listed: 否, self_pay: 6000, discharged: 2024-06-01}], decision: 1000, refused: gate}
    - {rows: [{listed: 否, self_pay: 12000, discharged: 2024-02-01}], held: DECISION-MISSING}

  """#
