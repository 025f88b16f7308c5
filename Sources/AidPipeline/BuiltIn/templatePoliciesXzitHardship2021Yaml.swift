// swift-format-ignore-file
let templatePoliciesXzitHardship2021Yaml = #"""
  # 徐州工程学院 徐工院工发〔2021〕2号，镜像页（由邮箱推断学校）mmclasermedspa.com/7c/94/c1530a162964/page.html。证据等级 C。
  # 约 10 个名额，每人 2,000 元；已报省级项目的不得重复申报。
  # 原文未写按什么排名额，此处按基层工会排序。
  policy: xzit-hardship-2021
  programme: hardship-grant
  title: 困难教职工补助
  issuer: 徐州工程学院工会
  source: 徐工院工发〔2021〕2号
  valid: {from: 2021-01-01, to: 2021-12-31}
  priority: [unit_rank]                   # not in the source
  places: {count: 10, clause: 补助标准}
  columns:
    - {name: provincial, type: flag, heading: [是否已报省级项目], required: true}
  award_per: person
  eligible:
    - {when: not provincial, otherwise: 已报省级项目，不得重复申报, clause: 申报要求}
  benefits:
    - {name: place, amount: 2000, clause: 补助标准}
  examples:
    - {rows: [{provincial: 否, unit_rank: 1}], pays: 2000.00}
    - {rows: [{provincial: 是, unit_rank: 1}], refused: eligible}
    - {rows: [{unit_rank: 1}], held: UNKNOWN-VALUE}
    - people:                             # 13 人申报，2 人已报省级项目，10 人得，1 人无名额
        - {staff_no: 101, provincial: 否, unit_rank: 1, pays: 2000}
        - {staff_no: 102, provincial: 否, unit_rank: 1, pays: 2000}
        - {staff_no: 103, provincial: 否, unit_rank: 1, pays: 2000}
        - {staff_no: 104, provincial: 是, unit_rank: 1, refused: eligible}
        - {staff_no: 105, provincial: 否, unit_rank: 2, pays: 2000}
        - {staff_no: 106, provincial: 否, unit_rank: 2, pays: 2000}
        - {staff_no: 107, provincial: 否, unit_rank: 2, pays: 2000}
        - {staff_no: 108, provincial: 否, unit_rank: 3, pays: 2000}
        - {staff_no: 109, provincial: 否, unit_rank: 3, pays: 2000}
        - {staff_no: 110, provincial: 是, unit_rank: 3, refused: eligible}
        - {staff_no: 111, provincial: 否, unit_rank: 4, refused: places}
        - {staff_no: 112, provincial: 否, unit_rank: 3, pays: 2000}
        - {staff_no: 113, provincial: 否, unit_rank: 3, pays: 2000}

  """#
