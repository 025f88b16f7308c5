// swift-format-ignore-file
let templatePoliciesHustChildrenInsurance2023Yaml = #"""
  # 华中科技大学 子女商业医疗保险 2023-03-02，xgh.hust.edu.cn/info/1050/5095.htm。证据等级 A。
  # 学校出资。子女不满 18 周岁；父母为事业编（含人事代理）、大集体、起薪博后；附属医院职工不在内。
  # 单职工、双职工两档；双职工有两个以上子女的按单职工档；双职工由父亲所在单位登记；离异的由抚养方单位登记，备注写明另一方姓名和学校。
  # 各档保费未公布，由工会按当年合同填“保费”。周岁以核算期最后一天计（原文未写）。
  policy: hust-children-insurance-2023
  programme: children-insurance
  title: 子女商业医疗保险
  issuer: 华中科技大学工会
  source: 2023-03-02 通知
  valid: {from: 2023-01-01, to: 2023-12-31}
  columns:
    - {name: child, type: text, heading: [子女姓名], required: true}
    - {name: born, type: date, heading: [子女出生日期], required: true}
    - {name: children, type: integer, heading: [子女数], required: true}
    - {name: both, type: flag, heading: [是否双职工], required: true}
    - {name: divorced, type: flag, heading: [是否离异], blank: 否}
    - {name: level, type: choice, heading: [档次], choices: [单职工, 双职工], required: true}
    - {name: premium, type: money, heading: [保费], required: true}
  award_per: row
  eligible:
    - {when: "years(born, period.to) < 18", otherwise: 子女已满 18 周岁, clause: 参保对象}
    - {when: "category in ['事业编', '人事代理', '大集体', '起薪博后']", otherwise: 人员类别不在参保范围, clause: 参保对象}
    - {when: level = (if both and children < 2 then '双职工' else '单职工'), otherwise: 档次不符（双职工有两个以上子女的按单职工）, clause: 参保档次}
    - {when: not both or divorced or sex = '男', otherwise: 双职工由父亲所在单位登记, clause: 登记单位}
  benefits:
    - {name: premium, amount: premium, clause: 经费}
  examples:
    - {rows: [{child: 甲, born: 2010-05-01, children: 1, both: 否, level: 单职工, premium: 200, category: 事业编, sex: 女}], pays: 200.00}
    - {rows: [{child: 甲, born: 2010-05-01, children: 1, both: 是, level: 双职工, premium: 100, category: 人事代理, sex: 男}], pays: 100.00}
    - {rows: [{child: 甲, born: 2010-05-01, children: 1, both: 是, level: 双职工, premium: 100, category: 人事代理, sex: 女}], refused: 双职工由父亲所在单位登记}
    - {rows: [{child: 甲, born: 2010-05-01, children: 2, both: 是, level: 双职工, premium: 100, category: 事业编, sex: 男}], refused: eligible}
    - {rows: [{child: 甲, born: 2010-05-01, children: 2, both: 是, level: 单职工, premium: 200, category: 事业编, sex: 男}, {child: 乙, born: 2012-05-01, children: 2, both: 是, level: 单职工, premium: 200, category: 事业编, sex: 男}], pays: 400.00}
    - {rows: [{child: 甲, born: 2005-12-31, children: 1, both: 否, level: 单职工, premium: 200, category: 事业编, sex: 男}], refused: 子女已满 18 周岁}
    - {rows: [{child: 甲, born: 2006-01-01, children: 1, both: 否, level: 单职工, premium: 200, category: 事业编, sex: 男}], pays: 200.00}

  """#
