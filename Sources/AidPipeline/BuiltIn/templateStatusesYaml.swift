// swift-format-ignore-file
let templateStatusesYaml = #"""
  # 状态词表：以往发放、银行回盘里“状态”一列的字样 → 钱到哪里了。整词比较，不计空白、全角半角、大小写；没有列入的字样，程序不猜，
  # 停下来问（STATUS-UNKNOWN）：请把它写进批次文件夹的 templates/statuses.yaml（写法同这里，只写要添的），或改表里的字样。空白是已发放。
  # 字样后面用括号写了原因的（退票（户名不符）），就是那个字样。
  # Words of a status, compared whole, without a reason in brackets. A batch adds its own in its templates/statuses.yaml. A word that is not here stops the run; a blank status is paid.

  # 钱在本人手里 The money is with the person. Counts.
  paid:
    - [已发, 已发放, 发放, 发放成功, 发放完成, 发放完毕, 实发, 已付, 已付款, 已支付, 支付成功, 支付完成, 付款成功, 付款完成]
    - [到账, 已到账, 到账成功, 已入账, 入账成功, 入账, 成功, 交易成功, 处理成功, 转账成功, 划款成功, 划拨成功, 代发成功, 打款成功, 汇款成功]
    - [已转账, 已划款, 已划拨, 已拨付, 已打款, 已汇款, 已代发, 已领取, 已领, 已签收, 已兑付, 已结清, 已结算, 已清算, 完成, 已完成, 正常]
    - [补发, 已补发, 补发成功, 已重发, 重发成功, 已重新发放, 失败已重发, 失败已补发, 退票已补发, 退票已重发, 退回已补发, 退回已重发, 退汇已补发, 退汇已重发]
    - [冲正失败, 撤销失败, 撤回失败, 取消失败, 作废失败, 退票失败, 退回失败, 退款失败, 退汇失败, 追回失败, 未追回, 未退回, 未退票, 未退款, 未退汇, 未撤销, 未冲正]
    - [success, successful, successfully paid, succeeded, settled, completed, complete, done, ok, credited, disbursed, deposited, cleared]
    - [paid out, payment successful, payment completed, reissued, reversal failed, cancellation failed, acsc, accc]

  # 已在路上，或等着发，还说不准到没到 On its way, or waiting to be sent. It may have arrived: who has one waits where it matters.
  in_transit:
    - [在途, 处理中, 银行处理中, 等待银行处理, 等待处理, 待处理, 异步处理中, 已提交, 提交成功, 已受理, 受理成功, 受理中, 已接收, 已发送, 发送成功]
    - [已送银行, 已报送, 已上报, 已导出, 已送盘, 已汇出, 发放中, 支付中, 付款中, 转账中, 划款中, 入账中, 打款中, 代发中]
    - [待发, 待发放, 待付, 待付款, 待支付, 待划款, 待转账, 待打款, 待入账, 待到账, 未到账, 未入账, 尚未到账, 待补发, 待重发, 补发中, 重发中, 退票待补发, 退回待补发, 失败待重发, 失败待补发]
    - [待复核, 待审批, 待审核, 审批中, 审核中, 等待授权, 待授权, 等待审批, 挂账, 已挂账, 银行挂账, 暂挂, 挂起, 排队, 排队中, 已轧差, 已轧差排队, 已清算排队]
    - [未知, 不明, 状态不明, 状态未知, 待查, 查询中, 待核实, 核实中, 可疑, 异常, 交易异常, 处理异常, 结算异常, 同步状态失败, 超时, 交易超时]
    - [退票中, 退汇中, 退款中, 退回中, 冲正中, 撤销中, 追回中, 待追回]
    - [in transit, in process, in progress, processing, pending, submitted, sent, accepted, received, queued, scheduled, awaiting approval]
    - [authorizing, on hold, held, suspended, outstanding, uncleared, unknown, timeout, acsp, actc, accp, acwc, acfc, pdng, rcvd]

  # 没有付成 It never arrived. Does not count.
  failed:
    - [失败, 发放失败, 支付失败, 付款失败, 交易失败, 转账失败, 划款失败, 打款失败, 汇款失败, 代发失败, 入账失败, 到账失败, 处理失败, 提交失败, 扣款失败, 补发失败, 重发失败]
    - [未成功, 不成功, 发放不成功, 支付不成功, 未发, 未发放, 未付, 未支付, 未付款, 未划款, 未转账, 未打款, 未领, 未领取, 发不出, 付不出]
    - [拒付, 拒绝, 被拒绝, 已拒绝, 银行拒绝, 拒绝授权, 指令被拒绝授权, 驳回, 已驳回, 被驳回, 打回, 已打回, 被打回, 退单, 已退单, 否决, 已否决, 过期, 已过期]
    - [户名不符, 账户不符, 账号不符, 帐号不符, 卡号不符, 户名账号不符, 账号户名不符, 姓名不符, 证件不符, 户名错误, 账号错误, 帐号错误, 卡号错误, 账户错误, 收款人姓名错]
    - [账号不存在, 卡号不存在, 账户不存在, 账号已删除, 账号已销户, 账户已销户, 已销户, 销户, 账号已冻结, 账户已冻结, 账户冻结, 账号冻结, 非正常卡号或账号, 账户异常, 账号异常]
    - [余额不足, 异地账户, 交易金额非法, 无效, 无效账户, 无效账号, 错误, 有误]
    - [fail, failure, payment failed, error, rejected, reject, declined, denied, refused, unpaid, not paid, unsuccessful, not successful]
    - [invalid, invalid account, expired, insufficient funds, account closed, rjct]

  # 付出去又回来了 It had gone out and came back. Does not count.
  returned:
    - [已退, 退票, 已退票, 银行退票, 被退票, 退票成功, 退汇, 已退汇, 银行退汇, 退汇成功, 退回, 已退回, 银行退回, 被退回, 退回成功, 资金退回, 款项退回, 原路退回, 已原路退回]
    - [退款, 已退款, 退款成功, 冲正, 已冲正, 被冲正, 冲正成功, 冲账, 已冲账, 冲回, 已冲回, 冲销, 已冲销, 红冲, 已红冲, 冲红, 退票未补发, 退回未补发, 退票未重发]
    - [return, bounced, bounce, reversed, reversal, refunded, refund, charged back, chargeback, sent back, payment returned]

  # 没有发出就撤下了 Withdrawn before it went out. Does not count.
  cancelled:
    - [作废, 已作废, 取消, 已取消, 取消成功, 取消发放, 撤销, 已撤销, 撤销成功, 撤回, 已撤回, 撤单, 已撤单, 停发, 已停发, 停付, 止付, 已止付, 不发, 不发放, 不予发放]
    - [终止, 已终止, 中止, 已中止, 放弃, 已放弃, 自愿放弃, 本人放弃]
    - [void, voided, cancel, canceled, cancellation, withdrawn, revoked, stopped, stop payment, canc]

  # 本人还回来了 Given back by the person. Does not count.
  recovered:
    - [追回, 已追回, 追回成功, 收回, 已收回, 缴回, 已缴回, 退还, 已退还, 本人退还, 交回, 已交回, 退缴, 已退缴, 上缴, 已上缴]
    - [recovery, clawed back, clawback, repaid, given back]

  # 只成了一部分：说不出是多少，要分成两行写 A part of it arrived: the word does not say how much. Stops.
  partial:
    - [部分成功, 部分失败, 部分发放, 部分支付, 部分付款, 部分到账, 部分入账, 部分退回, 部分退票, 部分退款, 部分追回, 部分冲正]
    - [partial success, partially successful, partially paid, partly paid, part paid, paid in part, partial payment, part]

  """#
