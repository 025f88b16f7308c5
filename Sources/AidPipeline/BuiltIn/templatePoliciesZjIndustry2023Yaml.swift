// swift-format-ignore-file
let templatePoliciesZjIndustry2023Yaml = #"""
  # 浙江省级产业职工大病医疗互助保障第九期（2023），zjeigh.zisu.edu.cn/info/1127/2439.htm。证据等级 A（所写各项原文可读）。
  # 一般住院：累计 6 天以内一次性 300 元；超过 6 天每天 50 元，最多 40 天、2,000 元。重大疾病：首次确诊且住院，25,000 元，终身一次。
  # 两项合计不超过 27,000 元。轻症金额原文不可见，没有写；大额医疗费用与重大疾病同期只得一项，另立项目。天数在本期各批之间累计。
  policy: zj-industry-2023
  programme: zj-major-mutual-aid
  title: 省级产业职工大病医疗互助保障
  issuer: 浙江省级产业工会
  source: 第九期（2023）
  valid: {from: 2023-01-01, to: 2023-12-31}
  columns:
    - {name: days, type: integer, heading: [住院天数], required: true}
    - {name: first_listed, type: flag, heading: [是否首次确诊重大疾病], required: true}
  values:
    - {name: 住院累计, value: sum(days), remember: true, clause: 一般住院}
    - {name: 以前天数, value: remembered('住院累计').year, clause: 一般住院}
  benefits:
    - name: inpatient
      clause: 一般住院
      when: {when: 住院累计 > 0, otherwise: 没有住院}
      values:
        - {name: 至今应得, value: if 以前天数 + 住院累计 <= 6 then 300元 else min(以前天数 + 住院累计, 40) * 50元}
        - {name: 以前已得, value: if 以前天数 = 0 then 0元 else if 以前天数 <= 6 then 300元 else min(以前天数, 40) * 50元}
      amount: max(至今应得 - 以前已得, 0)
    - {name: major, clause: 重大疾病, when: any(first_listed and days > 0), limit: {per: lifetime, times: 1}, amount: 25000}
  caps:
    - {per: year, at: 27000, of: [inpatient, major], clause: 给付限额}
  examples:
    - {rows: [{days: 6, first_listed: 否}], pays: 300.00}
    - {rows: [{days: 7, first_listed: 否}], pays: 350.00}
    - {rows: [{days: 4, first_listed: 否}, {days: 36, first_listed: 是}], pays: 27000.00}
    - {rows: [{days: 41, first_listed: 否}], pays: 2000.00}
    - {rows: [{days: 3, first_listed: 否}], history: [{benefit: inpatient, amount: 300, paid_on: 2023-03-01, remembered: {住院累计: 3}}], pays: 0.00}
    - {rows: [{days: 4, first_listed: 否}], history: [{benefit: inpatient, amount: 300, paid_on: 2023-03-01, remembered: {住院累计: 3}}], pays: 50.00}
    - {rows: [{days: 10, first_listed: 是}], history: [{benefit: major, amount: 25000, paid_on: 2021-05-05}], pays: 500.00}
    - {rows: [{days: 10, first_listed: 是}], history: [{amount: 25000, paid_on: 2021-05-05}], held: BENEFIT-UNKNOWN}
    - {rows: [{days: 0, first_listed: 是}], refused: when}

  """#
