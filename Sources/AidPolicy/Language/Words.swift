import AidModel

/// Every key, operator and function of policy files with its Chinese synonym. `docs/POLICIES.md` shows this table; a
/// test holds them together.
public enum Words {
  /// Keys of policy files.
  public static let keys: [(en: String, zh: String)] = StepBook.words + otherKeys

  private static let otherKeys: [(en: String, zh: String)] = [
    ("policy", "办法"), ("programme", "项目"), ("title", "标题"), ("issuer", "发布机构"), ("source", "依据"),
    ("valid", "有效期"), ("from", "自"), ("to", "至"), ("fund", "基金"), ("when_short", "不足时"),
    ("priority", "优先顺序"), ("pay_partial", "可部分发放"), ("columns", "列"), ("name", "名称"), ("type", "类型"),
    ("heading", "列名"), ("choices", "选项"), ("required", "必填"), ("blank", "空白"), ("award_per", "补助单位"),
    ("count", "计入"), ("eligible", "资格"), ("when", "条件"), ("otherwise", "否则原因"), ("clause", "条款"),
    ("benefits", "补助"),

    ("by", "按"), ("rows", "行"), ("min", "最低"),
    ("max", "最高"), ("times", "次数"), ("per", "周期"),
    ("at", "上限"),
    ("unit", "单位"), ("limit", "次数限制"), ("mode", "方式"),
    ("examples", "例子"), ("pays", "应得"), ("refused", "不予"), ("held", "待定"), ("not_counted", "不计"),
    ("roster", "名册"), ("paid", "已发"), ("times_paid", "已发次数"), ("decision", "审批"), ("period", "核算期"),
    ("pay_date", "发放日"), ("ge", "不小于"), ("gt", "大于"), ("le", "不大于"), ("lt", "小于"),
    ("allow_over_100", "可超百分百"), ("after", "先于本项"), ("exclusive", "互斥"),
    ("one_per_household", "一户一份"), ("year", "年度"), ("lifetime", "终身"), ("with", "与"), ("keep", "保留"),
    ("history", "以往发放"), ("awarded", "本批已得"), ("paid_on", "发放日期"), ("spouse", "配偶"),
    ("status", "状态"), ("batch", "批次"), ("values", "定义"), ("value", "值"), ("tables", "对照表"), ("tables", "对照"),
    ("when", "适用"), ("steps", "步骤"), ("years", "年数"),
    ("for_each", "每个"), ("cumulative", "累计"), ("remember", "记住"), ("order", "顺序"), ("of", "其中"),
    ("of", "对象"), ("with", "连同"), ("places", "名额"), ("people", "人员"), ("benefit", "补助项"),
    ("remembered", "记得"),
  ]

  /// Fixed values of keys.
  public static let values: [(en: String, zh: String)] = [
    ("stop", "停发"), ("pro_rata", "按比例"), ("priority", "按顺序"), ("person", "人"), ("row", "行"),
    ("award", "单次"), ("year", "年度"), ("lifetime", "终身"), ("half_up", "四舍五入"), ("half_even", "四舍六入五成双"),
    ("down", "舍去"), ("up", "进一"), ("money", "金额"), ("number", "数值"), ("integer", "整数"), ("date", "日期"),
    ("text", "文本"), ("choice", "选择"), ("flag", "是否"), ("true", "是"), ("false", "否"), ("gate", "门槛"),
    ("eligible", "资格"), ("limit", "次数限制"), ("household", "户"),
    ("larger", "较大"), ("this", "本项"), ("other", "另一项"), ("ask", "待定"), ("count", "计入"),
    ("exclusive", "互斥"), ("one_per_household", "一户一份"), ("places", "名额"), ("when", "适用"),
  ]

  /// Words of expressions.
  public static let operators: [(en: String, zh: String)] = [
    ("and", "且"), ("or", "或"), ("not", "非"), ("if", "若"), ("then", "则"), ("else", "否则"), ("in", "属于"),
    ("is blank", "为空"), ("true", "真"), ("false", "假"),
  ]

  public static let functions: [(en: String, zh: String)] = [
    ("sum", "求和"), ("count", "行数"), ("min", "最小"), ("max", "最大"), ("abs", "绝对值"), ("floor", "向下取整"),
    ("ceil", "向上取整"), ("coalesce", "缺省"), ("days", "天数"), ("months", "月数"), ("years", "年数"),
    ("any", "任一"), ("all", "全部"), ("paid_since", "此后已发"), ("times_since", "此后次数"),
    ("each", "每满"), ("contains", "含有"), ("age", "年龄"),
  ]

  public static let names: [(en: String, zh: String)] = [
    ("roster", "名册"), ("period", "核算期"), ("pay_date", "发放日"), ("paid", "已发"), ("times_paid", "已发次数"),
    ("base", "基数"), ("so_far", "至此"), ("born", "出生日期"), ("from", "起"), ("to", "止"), ("year", "年度"),
    ("lifetime", "终身"), ("awarded", "本批已得"), ("remembered", "记得"),
  ]

  /// Names that mean something wherever they stand: no column can have them.
  static let standingAlone: [(en: String, zh: String, meaning: Bilingual)] = [
    ("roster", "名册", Bilingual("名册中的值", "what the roster holds")),
    ("period", "核算期", Bilingual("本批的核算时段", "the period of the batch")),
    ("pay_date", "发放日", Bilingual("本批的发放日", "the day the batch is paid")),
    ("paid", "已发", Bilingual("以往已发金额", "what was paid before")),
    ("times_paid", "已发次数", Bilingual("以往已发次数", "how often was paid before")),
    ("base", "基数", Bilingual("扣除之后的补助基数", "the base after what others paid")),
    ("so_far", "至此", Bilingual("步骤算到此处的金额", "the amount after the steps so far")),
    ("awarded", "本批已得", Bilingual("本批从别的项目所得", "what another programme gives in this batch")),
    ("remembered", "记得", Bilingual("以往各次记住的值", "what earlier awards have kept")),
  ]

  /// The standard columns of the roster, after `roster.`
  public static let rosterColumns: [(en: String, zh: String)] = [
    ("staff_no", "工号"), ("name", "姓名"), ("id_number", "证件号码"), ("unit", "单位"), ("category", "人员类别"),
    ("status", "状态"), ("member_since", "入会日期"), ("contribution_years", "缴费年限"),
    ("contribution_months", "缴费月数"), ("bank", "开户银行"), ("branch", "支行"), ("account", "银行卡号"),
    ("account_name", "户名"), ("spouse_id", "配偶身份证号"), ("household_id", "户号"),
  ]

  static func english(_ word: String, in table: [(en: String, zh: String)]) -> String {
    table.first { $0.zh == word }?.en ?? word
  }
}
