// swift-format-ignore-file
let templatePoliciesZhangjiajieMutualAid2014Yaml = #"""
  # 张家界市职工医疗互助 首期 2014，新闻稿，cn-zhangjiajie.cn/html/20/n_18520.html。证据等级 C。
  # 医保后自付，分段累计，一期最高 50,000 元。原文未写：几次住院是否合并（此处按人合并）、取整、日期。
  policy: zhangjiajie-mutual-aid-2014
  programme: zhangjiajie-mutual-aid
  title: 职工医疗互助
  issuer: 张家界市职工医疗互助
  source: 首期办法（据 cn-zhangjiajie.cn/html/20/n_18520.html）
  valid: {from: 2014-01-01, to: 2014-12-31}
  columns:
    - {name: self_pay, type: money, heading: [医保后自付, 个人自付], required: true}
  award_per: person                       # not in the source
  benefits:
    - name: stay
      base: sum(self_pay)
      clause: 补助标准
      marginal:
        - {from: 0, to: 5000, rate: 45%}
        - {from: 5000, to: 10000, rate: 50%}
        - {from: 10000, to: 20000, rate: 55%}
        - {from: 20000, to: 30000, rate: 60%}
        - {from: 30000, rate: 70%}
  caps:
    - {per: year, at: 50000, clause: 最高补助}
  round: {to: 0.01, mode: half_up}        # not in the source
  examples:
    - {rows: [{self_pay: 5000}], pays: 2250.00}
    - {rows: [{self_pay: 10000}], pays: 4750.00}
    - {rows: [{self_pay: 20000}], pays: 10250.00}
    - {rows: [{self_pay: 30000}], pays: 16250.00}
    - {rows: [{self_pay: 0}], pays: 0.00}
    - {rows: [{self_pay: 200000}], pays: 50000.00}

  """#
