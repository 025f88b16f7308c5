// swift-format-ignore-file
let templateLedgersFinanceOfficeYaml = #"""
  # 财务处通用台账：一笔一行，按项目、单位、工号排序。A line for each payment, for a finance office's own system.
  ledger: finance-office
  title: 财务处发放台账
  pays: false                # 给财务处入账、核对用；银行不凭它付款
  encoding: utf-8
  bom: true
  newline: crlf
  final_newline: true
  separator: ","
  quoting: rfc4180
  heading: true
  amount: yuan
  narrative: 工会补助          # 摘要保持中性：病名不应出现在银行流水中
  extension: csv
  columns:
    - {label: 批次号, value: batch, required: true}
    - {label: 序号, value: sequence, required: true}
    - {label: 记录号, value: record, required: true}
    - {label: 工号, value: staff_no}
    - {label: 姓名, value: name}
    - {label: 证件类型, value: id_type}
    - {label: 证件号码, value: id_number}
    - {label: 单位, value: unit}
    - {label: 项目, value: programme_title, required: true}
    - {label: 开户银行, value: bank}
    - {label: 银行卡号, value: account}
    - {label: 户名, value: account_name}
    - {label: 金额, value: amount, required: true}
    - {label: 摘要, value: narrative, required: true}

  """#
