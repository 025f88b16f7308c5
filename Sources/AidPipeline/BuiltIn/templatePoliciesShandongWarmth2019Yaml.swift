// swift-format-ignore-file
let templatePoliciesShandongWarmth2019Yaml = #"""
  # 《山东省工会送温暖资金管理办法（试行）》2019-01，新闻稿转载，m.jievision.com/news/2701.html。证据等级 C。
  # 每人次不超过 3,000 元，每人每年不超过 6,000 元。原文未写取整；核定金额由各级工会定，写在申请表里。
  policy: shandong-warmth-2019
  programme: warmth-fund
  title: 送温暖慰问
  issuer: 山东省总工会
  source: 山东省工会送温暖资金管理办法（试行）（2019-01）
  valid: {from: 2019-01-01}
  columns:
    - {name: approved, type: money, heading: [核定金额, 慰问金额], required: true}
  award_per: row                          # 每人次
  benefits:
    - {name: grant, amount: approved, clause: 慰问标准}
  caps:
    - {per: award, at: 3000, clause: 慰问标准}
    - {per: year, at: 6000, clause: 慰问标准}
  examples:
    - {rows: [{approved: 3500}], pays: 3000.00}
    - {rows: [{approved: 3500}, {approved: 3000}, {approved: 1000}], pays: 6000.00}
    - {rows: [{approved: 1000}], history: [{amount: 3000, paid_on: 2019-02-01}, {amount: 3000, paid_on: 2019-05-01}], pays: 0.00}
    - {rows: [{approved: 1000}], paid: {year: 5400}, pays: 600.00}

  """#
