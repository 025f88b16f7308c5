// swift-format-ignore-file
let templatePoliciesCatLiving2018Yaml = #"""
  # 《教职工困难补助管理办法（修订）》2018-12-21，镜像页（校名被删去），m.portunag.com/dongke/2021/0105/c12599a265747/page.htm。证据等级 C。
  # 三类困难各有封顶的单位：医疗按人、生活按户、助学按子女，故为三个项目、三份办法，可与爱心基金同时享受。
  # 负面清单（赌博、高消费、有劳动能力而不愿工作、违法所致）由二级工会审核后填“是否负面清单”。具体金额由评审定。
  # 生活困难一条原文自相矛盾（两处都写“每户每年”），此处：每次不超过 2,000 元，每户每年不超过 5,000 元。
  policy: cat-living-2018
  programme: hardship-living
  title: 教职工困难补助（生活）
  issuer: 某高校工会（原文校名缺失）
  source: 教职工困难补助管理办法（修订）2018-12-21
  valid: {from: 2018-12-21}
  columns:
    - {name: excluded, type: flag, heading: [是否负面清单], blank: 否}
  award_per: person
  eligible:
    - {when: not excluded, otherwise: 属于不予补助的情形, clause: 不予补助的情形}
  benefits:
    - {name: grant, committee: {min: 0, max: 2000}, clause: 生活困难补助标准}
  caps:
    - {per: year, at: 5000, unit: household, clause: 生活困难补助标准}   # 每户每年
  examples:
    - {rows: [{excluded: 否}], decision: 2000, pays: 2000.00}
    - {rows: [{excluded: 否}], decision: 2000, paid: {year: 1000}, spouse: {year: 2000}, pays: 2000.00}
    - {rows: [{excluded: 否}], decision: 2000, paid: {year: 1000}, spouse: {year: 2000, amount: 1000}, held: DECISION-RANGE}
    - {rows: [{excluded: 是}], refused: eligible}

  """#
