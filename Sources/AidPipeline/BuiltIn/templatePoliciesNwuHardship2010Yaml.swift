// swift-format-ignore-file
let templatePoliciesNwuHardship2010Yaml = #"""
  # 西北大学 困难补助 2010-11-13，m.taodocs.com/p-410733856.html。证据等级 C：全文。
  # 本人去世 1,000 元；其他情形 300 或 500 元，由工会定等；情形之一为家庭人均月收入低于 1,000 元；一年一次。原文未写取整。
  policy: nwu-hardship-2010
  programme: hardship-grant
  title: 困难补助
  issuer: 西北大学工会
  source: 困难补助办法（2010-11-13）
  valid: {from: 2010-01-01}
  columns:
    - {name: ground, type: choice, heading: [困难原因], choices: [本人去世, 家庭收入低, 其他], required: true}
    - {name: grade, type: choice, heading: [补助等次], choices: [较重, 一般]}
    - {name: monthly_income, type: money, heading: [家庭月收入]}
    - {name: family_size, type: integer, heading: [家庭人口]}
  award_per: person
  eligible:
    - {when: ground != '家庭收入低' or monthly_income / family_size < 1000, otherwise: 家庭人均月收入不低于 1000 元, clause: 补助条件}
  benefits:
    - {name: death, gate: ground = '本人去世', amount: 1000, clause: 补助标准}
    - {name: grant, gate: ground != '本人去世', table: {by: grade, rows: {较重: 500, 一般: 300}}, clause: 补助标准}
  limit: {per: year, times: 1, clause: 一年一次}
  examples:
    - {rows: [{ground: 本人去世}], pays: 1000.00}
    - {rows: [{ground: 其他, grade: 较重}], pays: 500.00}
    - {rows: [{ground: 家庭收入低, grade: 一般, monthly_income: 2999.99, family_size: 3}], pays: 300.00}
    - {rows: [{ground: 家庭收入低, grade: 一般, monthly_income: 3000, family_size: 3}], refused: eligible}
    - {rows: [{ground: 家庭收入低, grade: 一般}], held: UNKNOWN-VALUE}
    - {rows: [{ground: 其他, grade: 一般}], history: [{amount: 300, paid_on: 2010-03-01}], refused: limit}

  """#
