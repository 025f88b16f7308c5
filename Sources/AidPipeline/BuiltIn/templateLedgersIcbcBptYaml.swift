// swift-format-ignore-file
let templateLedgersIcbcBptYaml = #"""
  # 工行企业网银批量文件的形状（金额以分为单位）。只是公开代码中所见的形状：首次使用前请与开户行核对样例。
  # The shape of a bank's batch file, amounts in fen. Confirm with the bank before first use.
  ledger: icbc-bpt
  pays: true                 # 银行凭它付款：同一批里再有一份这样的，就要写 copies: true
  title: 工行批量支付（形状，待核对）
  encoding: gbk
  bom: false
  newline: lf
  final_newline: false
  separator: "|"
  trailing_separator: true
  quoting: none
  heading: false
  amount: fen
  narrative: 工会补助
  extension: bpt
  max_rows: 500
  head:
    - "#总计信息"
    - "#注意：本文件中的金额均以分为单位！"
    - "#币种|日期|总计标志|总金额|总笔数|"
    - "RMB|{date}|1|{total}|{count}|"
    - "#明细指令信息"
    - "#币种|日期|明细标志|顺序号|收款账号开户行|收款账号|收款账号名称|金额|汇款用途|备注信息|"
  tail:
    - "*"
  columns:
    - {label: 币种, value: "'RMB'"}
    - {label: 日期, value: date, required: true}
    - {label: 明细标志, value: "'2'"}
    - {label: 顺序号, value: sequence, required: true}
    - {label: 收款账号开户行, value: bank}
    - {label: 收款账号, value: account, required: true}
    - {label: 收款账号名称, value: account_name, required: true, max_bytes: 60}
    - {label: 金额, value: amount, required: true}
    - {label: 汇款用途, value: narrative, required: true, max_bytes: 20}
    - {label: 备注信息, value: record, required: true}

  """#
