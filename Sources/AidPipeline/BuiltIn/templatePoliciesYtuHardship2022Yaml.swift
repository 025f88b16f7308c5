// swift-format-ignore-file
let templatePoliciesYtuHardship2022Yaml = #"""
  # 长江大学工会《关于做好年终困难职工慰问工作的通知》2022-12-05，gh.yangtzeu.edu.cn/info/1028/1086.htm。证据等级 A。
  # 评审 1,000–3,000 元；夫妻双方同在学校的只由一方申请；同单位申请多人须按困难程度排序。
  # 原文未写：夫妻都申请时保留哪一方（此处保留金额大的，一样则保留在前的）、经费总额。
  policy: ytu-hardship-2022
  programme: hardship-grant
  title: 困难补助
  issuer: 长江大学工会
  source: 2022-12-05 通知
  valid: {from: 2022-01-01, to: 2022-12-31}
  columns:
    - {name: cause, type: text, heading: [困难类型, 致困原因]}
  award_per: person
  one_per_household: true                 # 夫妻只由一方申请
  benefits:
    - {name: grant, committee: {min: 1000, max: 3000}, clause: 补助标准}
  examples:
    - {rows: [{cause: 本人患病}], decision: 3000, pays: 3000.00}
    - {rows: [{cause: 本人患病}], decision: 500, held: DECISION-RANGE}
    - {rows: [{cause: 本人患病}], held: DECISION-MISSING}

  """#
