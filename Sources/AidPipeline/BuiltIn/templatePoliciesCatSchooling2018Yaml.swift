// swift-format-ignore-file
let templatePoliciesCatSchooling2018Yaml = #"""
  # 《教职工困难补助管理办法（修订）》2018-12-21，镜像页（校名被删去），m.portunag.com/dongke/2021/0105/c12599a265747/page.htm。证据等级 C。
  # 三类困难各有封顶的单位：医疗按人、生活按户、助学按子女，故为三个项目、三份办法，可与爱心基金同时享受。
  # 负面清单（赌博、高消费、有劳动能力而不愿工作、违法所致）由二级工会审核后填“是否负面清单”。具体金额由评审定。
  # 一行一名子女。以往发放只记到人，故该子女本年已得的写在申请表里。
  policy: cat-schooling-2018
  programme: hardship-schooling
  title: 教职工困难补助（助学）
  issuer: 某高校工会（原文校名缺失）
  source: 教职工困难补助管理办法（修订）2018-12-21
  valid: {from: 2018-12-21}
  columns:
    - {name: child, type: text, heading: [子女姓名], required: true}
    - {name: child_had, type: money, heading: [该子女本年已受助金额], blank: 0}
    - {name: excluded, type: flag, heading: [是否负面清单], blank: 否}
  award_per: row
  eligible:
    - {when: not excluded, otherwise: 属于不予补助的情形, clause: 不予补助的情形}
  benefits:
    - {name: grant, committee: {min: 0, max: 2000}, clause: 助学补助标准}
  caps:
    - {per: award, at: "max(5000 - child_had, 0)", clause: 助学补助标准}   # 每名子女每年
  examples:
    - {rows: [{child: 甲}], decision: 2000, pays: 2000.00}
    - {rows: [{child: 甲}, {child: 乙}], decision: [2000, 1500], pays: 3500.00}
    - {rows: [{child: 甲, child_had: 3000}], decision: 2000, pays: 2000.00}
    - {rows: [{child: 甲, child_had: 3500}], decision: 2000, held: DECISION-RANGE}
    - {rows: [{child: 甲}], held: DECISION-MISSING}

  """#
