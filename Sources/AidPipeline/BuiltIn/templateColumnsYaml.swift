// swift-format-ignore-file
let templateColumnsYaml = #"""
  # 表头词汇表：各单位的列名 → 程序认识的列。一个列名只能指一列；拿不准的（自付、自费、自理、个人负担）不写在这里，
  # 由办法文件的 heading 指明。比较时不计空白、全角半角、大小写；括号中的说明可有可无。
  # The headings vocabulary. A heading means one column only; ambiguous words belong in a policy's `heading:` list.

  # 每张申请表都可能有的列 Common columns of every application list.
  common:
    staff_no: [工号, 职工号, 人事号, 工资号, 教工号, 职工编号, 职工工号, 教职工号, 人员编号, 员工号, 员工编号, 教工编号, 工作证号, 教职工工号, 教工工号, 教师工号, 员工工号, 人员工号, 会员工号, 教职工编号, 人事编号, 工资编号, 职工代码]
    name: [姓名, 职工姓名, 申请人, 申请人姓名, 教职工姓名, 本人姓名, 教工姓名, 员工姓名, 会员姓名, 教师姓名, 人员姓名, 申报人, 申报人姓名, 申请职工姓名]
    id_type: [证件类型, 证件种类, 证件类别, 身份证件类型, 身份证件种类, 有效证件类型, 证件名称]
    id_number: [身份证号, 身份证号码, 证件号码, 证件号, 公民身份号码, 身份证, 居民身份证号, 居民身份证号码, 本人身份证号, 身份证件号码, 身份证件号, 证件编号, 身份证编号, 有效证件号码, 本人身份证号码, 职工身份证号, 职工身份证号码, 申请人身份证号, 申请人身份证号码, 会员身份证号, 会员身份证号码]
    unit: [所在单位, 二级单位, 二级工会, 单位, 基层工会, 分工会, 部门工会, 所属单位, 单位名称, 部门, 工作单位, 所在部门, 所属工会, 所在工会, 所在二级工会, 工会小组, 所属部门, 部门名称, 所在学院, 学院, 学院名称, 院系, 所属二级工会, 所属二级单位, 所在二级单位, 所属基层工会, 所在基层工会, 所属分工会, 所在分工会, 工会名称]
    category: [人员类别, 人员类型, 职工类别, 用工形式, 编制类别, 人员性质, 人员分类, 教职工类别, 职工类型, 会员类别]
    sex: [性别]
    phone: [联系电话, 手机号码, 手机号, 手机, 电话, 联系方式, 移动电话, 电话号码, 联系电话号码, 移动电话号码, 联系手机, 本人电话, 本人手机号, 本人手机号码, 本人联系电话, 联系号码]
    bank: [开户银行, 开户行, 银行, 开户行名称, 银行名称, 所属银行, 开户银行名称, 开户行全称, 开户银行全称, 收款银行, 收款银行名称, 收款人开户银行, 收款人开户行, 收款开户行, 本人开户银行, 本人开户行]
    branch: [支行名称, 开户支行, 支行, 开户网点, 开户支行名称, 开户银行支行, 银行支行, 开户网点名称]
    account: [银行卡号, 银行账号, 工资卡号, 卡号, 账号, 银行帐号, 收款账号, 工资卡账号, 银行卡账号, 收款卡号, 收款人账号, 收款人银行账号, 收款人银行卡号, 收款银行账号, 收款人卡号, 本人银行卡号, 本人银行账号, 本人卡号, 本人工资卡号, 银行卡卡号, 银行卡号码, 银行账号号码, 开户账号, 收款帐号, 收款人帐号, 本人银行帐号, 工资卡卡号]
    account_name: [户名, 收款人, 收款人姓名, 账户名, 账户名称, 开户名, 持卡人, 开户人, 开户人姓名, 持卡人姓名, 收款户名, 收款人户名, 收款人名称, 银行户名, 账户户名, 帐户名, 帐户名称, 开户名称]
    payee_relation: [与申请人关系, 与本人关系, 收款人与申请人关系, 收款人关系]
    spouse_name: [配偶姓名]
    spouse_id: [配偶身份证号, 配偶身份证号码, 配偶证件号码]
    unit_rank: [基层工会排序, 困难程度排序, 单位排序, 推荐排序, 排序]
    proposed_amount: [建议金额, 拟补助金额, 建议补助金额, 基层工会建议金额, 二级工会建议金额]
    remark: [备注, 说明, 备注说明, 备注信息, 备注栏]
    household_id: [户号, 家庭户号, 家庭编号]

  # 没有办法要用时也认识的列，供核对之用 Recognised though no policy asks for them, for checks.
  known:
    - {name: serial_number, type: text, role: plain, headings: [序号, 编号]}
    - {name: total_cost, type: money, role: total_cost, headings: [医疗费总额, 医疗总费用, 总费用, 费用总额, 医疗费用总额, 住院总费用]}
    - {name: pool_paid, type: money, role: pool_paid, headings: [统筹支付, 统筹基金支付, 医保统筹支付, 统筹支付金额, 医保统筹, 统筹基金支付额]}
    - {name: account_paid, type: money, role: account_paid, headings: [个人账户支付, 账户支付, 医保账户支付, 个人账户]}
    - {name: admitted, type: date, role: admitted, headings: [入院日期, 入院时间]}
    - {name: discharged, type: date, role: discharged, headings: [出院日期, 出院时间]}
    - {name: invoice_number, type: text, role: invoice_number, headings: [发票号, 票据号, 发票号码, 票据号码]}

  # 办法自己命名的列，列名见于此处即有此含义 The meaning of a policy's own column, by its name or heading.
  roles:
    total_cost: [total_cost, total, 医疗费总额, 医疗总费用, 总费用, 费用总额, 医疗费用总额, 住院总费用]
    pool_paid: [pool_paid, pool, 统筹支付, 统筹基金支付, 医保统筹支付, 统筹支付金额, 医保统筹, 统筹基金支付额]
    account_paid: [account_paid, 个人账户支付, 账户支付, 医保账户支付]
    self_pay: [self_pay, 个人自付, 自付金额, 目录内自付]
    own_expense: [own_expense, 个人自费, 自费金额, 自费, 目录外自费]
    other_paid: [other_paid, 其他赔付, 其他补助, 已报销其他, 商业保险赔付]
    admitted: [admitted, 入院日期, 入院时间]
    discharged: [discharged, 出院日期, 出院时间]
    invoice_number: [invoice_number, invoice_no, invoice, 发票号, 票据号, 发票号码, 票据号码]

  # 会员名册 Roster.
  roster:
    staff_no: {type: text, role: staff_number, headings: [工号, 职工号, 人事号, 工资号, 教工号, 职工编号, 教职工工号, 教职工号, 职工工号, 员工号, 员工编号, 教工编号, 教职工编号, 会员工号, 人员编号]}
    name: {type: text, role: person_name, headings: [姓名, 职工姓名, 会员姓名, 教职工姓名, 教工姓名, 人员姓名]}
    id_number: {type: text, role: id_number, headings: [身份证号, 身份证号码, 证件号码, 身份证件号码, 身份证件号, 证件编号, 证件号, 公民身份号码, 身份证, 居民身份证号, 居民身份证号码, 会员身份证号, 会员身份证号码]}
    unit: {type: text, role: unit, headings: [二级工会, 所在单位, 单位, 部门, 二级单位, 所属部门, 部门名称, 所在部门, 单位名称]}
    category: {type: text, role: plain, headings: [人员类别, 人员类型, 用工形式]}
    status: {type: text, role: plain, headings: [状态, 在职状态, 会员状态, 人员状态]}
    member_since: {type: date, role: plain, headings: [入会日期, 入会时间, 参加互助日期]}
    contribution_years: {type: number, role: plain, headings: [缴费年限, 累计缴费年限, 缴费年数, 连续缴费年限]}
    contribution_months: {type: number, role: plain, headings: [缴费月数, 累计缴费月数]}
    bank: {type: text, role: plain, headings: [开户银行, 开户行, 银行, 开户银行名称, 开户行名称, 银行名称]}
    branch: {type: text, role: plain, headings: [支行, 支行名称, 开户支行, 开户支行名称]}
    account: {type: text, role: account, headings: [银行卡号, 银行账号, 工资卡号, 卡号, 账号, 收款账号, 收款人账号, 本人银行卡号, 工资卡账号, 银行卡账号, 银行卡卡号, 银行帐号]}
    account_name: {type: text, role: person_name, headings: [户名, 账户名, 开户名, 账户名称, 持卡人, 收款人]}
    spouse_id: {type: text, role: id_number, headings: [配偶身份证号, 配偶证件号码]}
    household_id: {type: text, role: plain, headings: [户号, 家庭户号, 家庭编号]}

  # 以往发放 Earlier payments.
  history:
    batch: {type: text, role: plain, headings: [批次, 批次号]}
    programme: {type: text, role: plain, headings: [项目, 补助项目, 项目名称]}
    staff_no: {type: text, role: staff_number, headings: [工号, 职工号, 教职工工号, 教职工号, 职工工号, 人事号, 工资号, 教工号, 职工编号]}
    id_number: {type: text, role: id_number, headings: [身份证号, 证件号码, 身份证号码, 身份证件号码, 证件编号, 证件号]}
    name: {type: text, role: person_name, headings: [姓名, 职工姓名]}
    amount: {type: money, role: plain, headings: [金额, 发放金额, 实发金额]}
    paid_on: {type: date, role: plain, headings: [发放日期, 支付日期, 日期]}
    status: {type: text, role: plain, headings: [状态, 发放状态, 支付状态, 付款状态, 到账状态, 入账状态, 交易状态, 处理状态, 回盘状态, 转账状态, 代发状态, 银行状态, 退票状态, 处理结果, 银行处理结果, 回盘结果, 交易结果, 发放结果, 支付结果, 付款结果, 到账结果, 代发结果, 银行反馈, 反馈结果, 银行反馈结果, 银行回单状态, 回执状态, 结果]}
    return_reason: {type: text, role: plain, headings: [退票原因, 退汇原因, 退回原因, 退款原因, 失败原因, 发放失败原因, 支付失败原因, 交易失败原因, 未成功原因, 不成功原因, 拒绝原因, 错误原因, 错误信息, 失败说明, 退票说明]}
    record: {type: text, role: plain, headings: [记录号]}
    benefit: {type: text, role: plain, headings: [补助项, 补助名称, 补助名]}
    of: {type: text, role: plain, headings: [对象, 补助对象, 分组]}
    base: {type: money, role: plain, headings: [基数, 补助基数]}
    remembered: {type: text, role: plain, headings: [记住的值]}
    account: {type: text, role: account, headings: [银行卡号, 银行账号, 工资卡号, 卡号, 账号, 收款账号, 收款人账号, 本人银行卡号, 工资卡账号, 银行卡账号, 银行卡卡号, 银行帐号]}
    phone: {type: text, role: phone, headings: [联系电话, 手机号码, 手机号, 手机, 电话, 联系方式, 移动电话, 电话号码]}
    period_from: {type: date, role: plain, headings: []}
    period_to: {type: date, role: plain, headings: []}
    contents: {type: text, role: plain, headings: []}

  # 审批金额 Decisions.
  decisions:
    record: {type: text, role: plain, headings: [记录号]}
    programme: {type: text, role: plain, headings: [项目, 补助项目, 项目名称]}
    staff_no: {type: text, role: staff_number, headings: [工号, 职工号, 人事号, 教职工工号, 教职工号, 职工工号, 工资号, 教工号, 职工编号]}
    amount: {type: money, role: plain, headings: [审批金额, 金额, 核定金额, 批准金额, 补助金额]}
    reason: {type: text, role: plain, headings: [理由, 审批理由, 原因]}
    decided_by: {type: text, role: plain, headings: [审批人, 决定人, 评审人]}
    decided_on: {type: date, role: plain, headings: [审批日期, 决定日期, 评审日期]}

  # 不是申请行的行 Rows that are no applications.
  words:
    totals: [合计, 小计, 总计, 本页合计, 累计, 共计, total]
    signatures: [制表, 填表, 审核, 经办, 负责人, 签字, 签章, 盖章, 日期, 联系人, 联系电话, 复核, 分管领导, 主席]
    examples: [示例, 样例, 填写示例, 填写样例, 范例, 举例, 例]
    notes: [注, 说明, 备注, 填表说明, 注意, 以下空白, 以下无正文]

  """#
