public import AidModel

/// Findings about the rows, totals and sheets of a list.
extension IntakeFindings {
  /// {1} rows.
  public static let hiddenRow = FindingKind(
    code: "HIDDEN-ROW", severity: .hold,
    title: Bilingual("隐藏的行", "Hidden row"),
    message: Bilingual("第 {1} 行是隐藏的（或被筛选掉）", "Row {1} is hidden, or filtered out"),
    why: Bilingual(
      "隐藏有时表示撤回，报送人也可能没有看到它：不能替人决定发还是不发。",
      "Hidden sometimes means withdrawn, and whoever sent the list may not have seen the row; a person must say."
    ),
    remedy: Bilingual(
      "请与报送单位确认：撤回的行请删去，有效的请取消隐藏或筛选。",
      "Ask the unit: remove rows that are withdrawn, show those that hold."),
    example: "第 12 行隐藏")

  /// {1} rows. Shares the code, for lists other than applications.
  public static let hiddenRowRead = FindingKind(
    code: "HIDDEN-ROW", severity: .note, title: hiddenRow.title,
    message: Bilingual("第 {1} 行是隐藏的，照常读入", "Row {1} is hidden; it was read all the same"),
    why: hiddenRow.why, remedy: hiddenRow.remedy, example: "第 12 行隐藏")

  /// {1} rows. Shares the code: too many to list one by one.
  public static let hiddenRows = FindingKind(
    code: "HIDDEN-ROW", severity: .hold, title: hiddenRow.title,
    message: Bilingual(
      "隐藏或筛选掉的行太多（{1}），整张表等待核实", "too many rows are hidden or filtered out ({1}); the whole sheet waits"),
    why: hiddenRow.why, remedy: hiddenRow.remedy, example: "12…9000 (5200)")

  /// {1} column letters; {2} heading.
  public static let hiddenColumn = FindingKind(
    code: "HIDDEN-COLUMN", severity: .note,
    title: Bilingual("隐藏的列", "Hidden column"),
    message: Bilingual("{1} 列（{2}）是隐藏的，照常使用", "Column {1} ({2}) is hidden; it was used all the same"),
    why: Bilingual("报送人可能没有看到其中的内容。", "Whoever sent the list may not have seen it."),
    remedy: Bilingual("请与报送单位确认。", "Ask the unit."),
    example: "F 列隐藏")

  /// {1} column letters; {2} heading. Shares the code: the heading is unknown.
  public static let hiddenUnknown = FindingKind(
    code: "HIDDEN-COLUMN", severity: .note, title: hiddenColumn.title,
    message: Bilingual(
      "{1} 列（{2}）是隐藏的，列名不认识，没有使用", "Column {1} ({2}) is hidden, its heading unknown; it was not used"),
    why: hiddenColumn.why, remedy: hiddenColumn.remedy, example: "I 列（核对码）隐藏")

  /// {1} sheet.
  public static let sheetUnused = FindingKind(
    code: "SHEET-UNUSED", severity: .note,
    title: Bilingual("没有读入的工作表", "Sheet not read"),
    message: Bilingual(
      "工作表“{1}”没有这个项目的列，没有读入", "Sheet '{1}' has no column of the programme and was not read"),
    why: Bilingual(
      "通讯录一类的表不是申请；若是申请表，里面的人会被漏掉。", "A directory applies for nothing; a list would be left out."),
    remedy: Bilingual(
      "若它是申请表，请补上列名，或在 batch.yaml 写明 sheet。",
      "If it is a list, give it the headings or name it as sheet in batch.yaml."),
    example: "通讯录")

  /// {1} sheet.
  public static let hiddenSheet = FindingKind(
    code: "HIDDEN-SHEET", severity: .note,
    title: Bilingual("隐藏的工作表", "Hidden sheet"),
    message: Bilingual("工作表“{1}”是隐藏的，没有读入", "Sheet '{1}' is hidden and was not read"),
    why: Bilingual("里面可能有申请人。", "There may be applicants in it."),
    remedy: Bilingual(
      "如需读入，请取消隐藏，或在 batch.yaml 写明 sheet。", "To read it, unhide it or name it as sheet in batch.yaml."),
    example: "Sheet2")

  /// {1} sheet, {2} rows. Of the same code: its rows would be applications.
  public static let hiddenApplications = FindingKind(
    code: "HIDDEN-SHEET", severity: .hold, title: hiddenSheet.title,
    message: Bilingual(
      "工作表“{1}”是隐藏的，里面有 {2} 行申请：没有读入，也没有发放",
      "Sheet '{1}' is hidden and holds {2} rows of applications; they were not read and are not paid"),
    why: Bilingual(
      "可能是漏看的申请人，也可能是旧表：不能替人决定。",
      "They may be people overlooked, or an old list; a person must say."),
    remedy: Bilingual(
      "请与报送单位确认：有效的请取消隐藏并合并到一张表，不要的请删去这张工作表；"
        + "或在 batch.yaml 该项写 sheet: 名称，只读那一张。",
      "Ask the unit: unhide it and join the lists, or delete the sheet; or name the sheet to read in batch.yaml "
        + "(sheet: NAME)."),
    example: "Sheet2（隐藏，12 行申请）", leavesRowsUnread: true)

  /// {1} sheet, {2} rows, {3} the first of them. Shares the code of a sheet not read: its rows look like the list's.
  public static let unreadSheet = FindingKind(
    code: "SHEET-UNUSED", severity: .hold, title: sheetUnused.title,
    message: Bilingual(
      "工作表“{1}”没有读入，里面从第 {3} 行起有 {2} 行像是名单的行",
      "Sheet '{1}' was not read; {2} rows of it, from row {3} on, look like rows of the list"),
    why: Bilingual(
      "可能是续页或补报：里面的人会漏发，已发的款会漏算。",
      "It may be a further page: its people are left out, its payments not counted."),
    remedy: Bilingual(
      "请与报送单位确认：有效的请连同表头并入同一张工作表，不要的请删去这张工作表。",
      "Ask the unit: join its rows with the others in one sheet under one heading, or delete the sheet."),
    example: "第2页（没有表头，30 行）", leavesRowsUnread: true)

  /// {1} the heading's row, {2} rows, {3} the first of them. Shares the code of a heading not found.
  public static let rowsAboveHeading = FindingKind(
    code: "HEADER-NOT-FOUND", severity: .hold,
    title: Bilingual("表头上面有数据行", "Rows above the heading"),
    message: Bilingual(
      "表头在第 {1} 行，它上面从第 {3} 行起有 {2} 行像是名单的行，没有读入",
      "The heading is in row {1}; above it {2} rows, from row {3} on, look like rows of the list and were not read"
    ),
    why: Bilingual(
      "排序时常把表头也排了进去：上面的人会漏发，已发的款会漏算。",
      "A heading is easily sorted with its rows: people above it are left out, payments not counted."),
    remedy: Bilingual(
      "请把表头移到所有数据行的上面；不要的行请删去。",
      "Move the heading above all rows; remove rows that do not hold."),
    example: "表头在第 301 行，上面有 300 行申请", leavesRowsUnread: true)

  /// {1} the cells.
  public static let cellStruck = FindingKind(
    code: "CELL-STRUCK", severity: .hold,
    title: Bilingual("划掉的内容", "Struck-through text"),
    message: Bilingual("{1} 加了删除线", "{1} is struck through"),
    why: Bilingual(
      "划掉往往表示撤回或改过，程序不能替人决定。", "Crossed out mostly means withdrawn or changed; a person must say."),
    remedy: Bilingual(
      "请与报送单位确认：撤回的行请删去，有效的请去掉删除线。",
      "Ask the unit: remove rows that are withdrawn, take the line off those that hold."),
    example: "C7 张三（删除线）")

  /// No arguments.
  public static let filteredRows = FindingKind(
    code: "FILTERED-ROWS", severity: .note,
    title: Bilingual("有筛选掉的行", "Filtered rows"),
    message: Bilingual(
      "工作表开着筛选，有行被隐藏；都已读入，隐藏的申请行逐行列出",
      "A filter hides rows of the sheet; all were read, hidden applications are listed"),
    why: Bilingual("报送人看到的可能不是全部。", "Whoever sent the list may not have seen all of it."),
    remedy: Bilingual("请与报送单位确认人数。", "Confirm the number of people with the unit."),
    example: "自动筛选")

  /// {1} heading; {2} stated total; {3} our sum.
  public static let totalMismatch = FindingKind(
    code: "TOTAL-MISMATCH", severity: .note,
    title: Bilingual("合计不符", "Total does not match"),
    message: Bilingual("“{1}”表内合计 {2}，逐行相加 {3}", "The total of '{1}' says {2}; the rows add up to {3}"),
    why: Bilingual("有行漏填、重复或改过。", "A row was forgotten, doubled or changed."),
    remedy: Bilingual("请与报送单位核对；发放以各行为准。", "Check with the unit; rows are paid, totals are not."),
    example: "合计 12,000.00 / 11,000.00")

  /// {1} heading; {2} stated total; {3} our sum of the readable rows.
  public static let totalUnchecked = FindingKind(
    code: "TOTAL-UNCHECKED", severity: .note,
    title: Bilingual("合计无法核对", "Total that cannot be checked"),
    message: Bilingual(
      "“{1}”表内合计 {2}，有的行读不懂，读得懂的相加 {3}：合计没有核对",
      "The total of '{1}' says {2}; some rows cannot be read, the others add up to {3}: it was not checked"),
    why: Bilingual(
      "合计是发现漏行、改数的一道核对，这一列没有做成。",
      "A total shows rows that were forgotten or changed; for this column it could not."),
    remedy: Bilingual("请先改正读不懂的金额，再核对合计。", "Correct the amounts that cannot be read, then check the total."),
    example: "合计 12,000.00 / 约5000")

  /// {1} heading; {2} our sum. Shares the code: the total itself is unreadable.
  public static let totalUnreadable = FindingKind(
    code: "TOTAL-UNCHECKED", severity: .note, title: totalUnchecked.title,
    message: Bilingual(
      "“{1}”的合计读不懂，逐行相加 {2}：没有核对",
      "The total of '{1}' cannot be read; the rows add up to {2}: it was not checked"),
    why: totalUnchecked.why,
    remedy: Bilingual("请与报送单位核对。", "Check with the unit."),
    example: "合计 #REF!")

  /// {1} column; {2} the cells.
  public static let amountMerged = FindingKind(
    code: "AMOUNT-MERGED", severity: .hold,
    title: Bilingual("金额是合并单元格", "An amount in merged cells"),
    message: Bilingual("“{1}”是跨行的合并单元格（{2}）", "'{1}' is merged over several rows ({2})"),
    why: Bilingual("不知道是每人这么多，还是几人共这么多。", "It may be meant for each of the rows or for all together."),
    remedy: Bilingual("请取消合并，每行各填金额。", "Unmerge the cells and give each row its amount."),
    example: "D5:D6 合并为 5000.00")

  /// {1} the cells.
  public static let cellPicture = FindingKind(
    code: "CELL-PICTURE", severity: .note,
    title: Bilingual("单元格里是图片", "A picture in a cell"),
    message: Bilingual("{1} 是图片，没有读入", "{1} holds a picture, which is not read"),
    why: Bilingual("图片里写的内容程序看不到。", "What a picture says is not seen."),
    remedy: Bilingual("若其中有要用的内容，请打成文字。", "Type it if it matters."),
    example: "H7 附件照片")

  /// {1} the person's row; {2} the columns.
  public static let personMerged = FindingKind(
    code: "PERSON-MERGED", severity: .repaired,
    title: Bilingual("合并单元格下的行属于上面的人", "A row within somebody's merged cells"),
    message: Bilingual(
      "这一行在第 {1} 行的人的合并单元格内，{2} 取自第 {1} 行",
      "the row lies within the merged cells of the person of row {1}; {2} are taken from there"),
    why: Bilingual(
      "一个人有几行费用时，常只合并序号和姓名；分开算会少发或误判为不够条件。",
      "Where somebody has several rows often only number and name are merged; taken apart they "
        + "would be refused or paid too little."
    ),
    remedy: Bilingual("请抽查；不是同一人的，请取消合并并写全。", "Check some; unmerge and write in full rows of somebody else."),
    example: "C2:C3 合并为 赵一鸣")

  /// {1} the cell; {2} what it says.
  public static let exampleRow = FindingKind(
    code: "EXAMPLE-ROW", severity: .hold,
    title: Bilingual("像示例的申请", "An application that says it is an example"),
    message: Bilingual(
      "{1} 写着“{2}”，但这一行像是真人的申请", "{1} says '{2}', but the row looks like a real application"),
    why: Bilingual(
      "当作示例会漏发一个人，当作申请会多发一笔。", "Taken for an example it leaves somebody out, else it pays one too many."),
    remedy: Bilingual("示例行请删去；真的申请请去掉这个词。", "Remove the row if it is an example, else the word."),
    example: "序号：例 / 工号和身份证号都有效")

  /// {1} the sheets, or the places in one sheet.
  public static let sheetAmbiguous = FindingKind(
    code: "SHEET-AMBIGUOUS", severity: .stop,
    title: Bilingual("不知道用哪张表", "More than one table could be meant"),
    message: Bilingual("这几处都像申请表：{1}", "Several places look like application lists: {1}"),
    why: Bilingual("全读可能重复，只读一处可能漏人。", "Reading all may double people, reading one may lose them."),
    remedy: Bilingual(
      "几张工作表：在 batch.yaml 该项写 sheet: 名称，或合并成一张；同一工作表内：请分成几张表。",
      "Several sheets: name one in batch.yaml (sheet: NAME) or join them. In one sheet: give each table its own."
    ),
    example: "Sheet1、Sheet2")

  /// {1} how many sheets; {2} some of their names. Shares the code: each sheet holds one person.
  public static let sheetPerPerson = FindingKind(
    code: "SHEET-AMBIGUOUS", severity: .stop, title: sheetAmbiguous.title,
    message: Bilingual(
      "{1} 张工作表各有一两行申请（{2}），像是每人一张表",
      "{1} sheets hold an application or two each ({2}): one sheet a person, it seems"),
    why: Bilingual("只读一张，其余的人都会漏掉。", "Read one, and everybody on the others is left out."),
    remedy: Bilingual(
      "请把各表的行汇总到一张工作表（一行表头，一人一行），再交一次；不要用 sheet 只选其中一张。",
      "Copy the rows of all sheets into one (one heading, a row for each person) and hand it in again; "
        + "do not name a single one as sheet."
    ),
    example: "张三、李四、王五各一张")
}
