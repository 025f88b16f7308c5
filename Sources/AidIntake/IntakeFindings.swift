public import AidModel

/// All findings about a file, a sheet or its headings.
public enum IntakeFindings {
  /// No arguments.
  public static let fileMissing = FindingKind(
    code: "FILE-MISSING", severity: .stop,
    title: Bilingual("找不到文件", "File not found"),
    message: Bilingual("找不到这个文件", "The file is not there"),
    why: Bilingual("这份名单里的人会被漏掉。", "The people on this list would be left out."),
    remedy: Bilingual(
      "请放好文件，或在 batch.yaml 中改正、删去这一项。", "Put the file there, or correct the entry in batch.yaml."),
    example: "applications/机械学院.xlsx")

  /// {1} the fault.
  public static let fileUnreadable = FindingKind(
    code: "FILE-UNREADABLE", severity: .stop,
    title: Bilingual("文件损坏，读不出来", "File damaged"),
    message: Bilingual("文件读不出来：{1}", "The file cannot be read: {1}"),
    why: Bilingual("读不全的名单会漏人，因此整批不发。", "A list read in part leaves people out, so nothing is paid."),
    remedy: Bilingual(
      "请用表格软件打开并另存为 .xlsx；打不开就请报送单位重发；不是名单的，在 batch.yaml 的 ignore 里写明。",
      "Open it in a spreadsheet program and save it as .xlsx; if it does not open, ask the unit to send it again; "
        + "if it is no list, name it under ignore in batch.yaml."
    ),
    example: "truncated.xlsx")

  /// {1} a supplement, or empty.
  public static let fileEncrypted = FindingKind(
    code: "FILE-ENCRYPTED", severity: .stop,
    title: Bilingual("文件已加密", "File encrypted"),
    message: Bilingual("文件设有打开密码{1}", "The file is protected by a password{1}"),
    why: Bilingual("没有密码读不出内容。", "Without the password nothing can be read."),
    remedy: Bilingual(
      "把密码写进文本文件（每行一个），用 --password-file 文件名 重新运行；"
        + "或请报送单位去掉密码后重发（文件 › 信息 › 保护工作簿）。",
      "Write the password into a text file (one a line) and run again with --password-file FILE; or ask the unit to "
        + "remove the password and send it again."),
    example: "人事处.xlsx")

  /// {1} a supplement. Shares the code: a password would not help.
  public static let fileLocked = FindingKind(
    code: "FILE-ENCRYPTED", severity: .stop, title: fileEncrypted.title, message: fileEncrypted.message,
    why: fileEncrypted.why,
    remedy: Bilingual(
      "请用表格软件打开它（输入密码；不问密码的直接打开），在“文件 › 另存为”里选 .xlsx、不设密码，用新文件换掉原来的；"
        + "不知道密码的，请报送单位去掉密码后重发。",
      "Open it in a spreadsheet program (type the password, if it asks for one), choose File › Save As, .xlsx, without "
        + "a password, and put the new file in its place; if you do not know the password, ask the unit to send the "
        + "list without one."),
    example: "人事处.ods")

  /// {1} what the file is.
  public static let fileKind = FindingKind(
    code: "FILE-KIND", severity: .stop,
    title: Bilingual("不支持的文件种类", "Kind of file not supported"),
    message: Bilingual("这个文件其实是：{1}", "The file is really: {1}"),
    why: Bilingual("按内容判断种类，不看文件名。", "The kind is told by the content, not by the name."),
    remedy: Bilingual(
      "是名单：请用表格软件另存为 .xlsx 或 CSV（UTF-8）；不是名单：在 batch.yaml 的 ignore 里写明。",
      "If it is a list, save it as .xlsx or CSV (UTF-8) in a spreadsheet program; if it is none, name it under ignore "
        + "in batch.yaml."),
    example: "旧版 .xls 改名为 .xlsx")

  /// {1} the workbook's contents. Shares the code: saving it in another format does not help.
  public static let noWorksheets = FindingKind(
    code: "FILE-KIND", severity: .stop, title: fileKind.title, message: fileKind.message,
    why: Bilingual("名单要在工作表里。", "A list stands in a worksheet."),
    remedy: Bilingual("请向报送单位要有名单的工作簿。", "Ask the unit for the workbook with the list."),
    example: "只有一张图表的 .xlsx")

  /// {1} the file with the same content.
  public static let fileTwice = FindingKind(
    code: "FILE-TWICE", severity: .hold,
    title: Bilingual("同一文件交了两次", "The same file twice"),
    message: Bilingual("内容与 {1} 完全相同", "Its content is the same as that of {1}"),
    why: Bilingual("同一份名单会发两次钱。", "The same people would be paid twice."),
    remedy: Bilingual("请删去其中一份。", "Remove one of them."),
    example: "机械学院(最终版).xlsx")

  /// {1} which limit.
  public static let fileLimit = FindingKind(
    code: "FILE-LIMIT", severity: .stop,
    title: Bilingual("文件超出限度", "File past a limit"),
    message: Bilingual("超出限度：{1}", "Past a limit: {1}"),
    why: Bilingual("正常的名单不会这样大；可能是错误或恶意文件。", "No real list is this large; it is a mistake or an attack."),
    remedy: Bilingual(
      "请删去空白行列后另存，或分成几个文件；有密码的先去掉密码。名单确有这么大的，在 batch.yaml 的 limits 中放宽。",
      "Remove blank rows and columns and save again, or split the list; remove a password first. Where a list really "
        + "is this large, raise `limits` in batch.yaml."),
    example: "10 KB 的文件解压出 4 GB")

  /// {1} the part of the workbook.
  public static let xmlDoctype = FindingKind(
    code: "XML-DOCTYPE", severity: .stop,
    title: Bilingual("XML 中含有 DOCTYPE", "XML with a DOCTYPE"),
    message: Bilingual("{1} 中含有 DOCTYPE 声明", "{1} holds a DOCTYPE declaration"),
    why: Bilingual(
      "表格软件从不写 DOCTYPE；它可用来攻击读取程序。", "Spreadsheet programs never write one; it is used to attack readers."),
    remedy: Bilingual(
      "请查明来源；用表格软件重新制表。", "Find out where the file comes from; make the list anew in a spreadsheet program."),
    example: "<!DOCTYPE x [<!ENTITY a \"…\">]>")

  /// {1} the schema; {2} what the validator says.
  public static let xmlSchema = FindingKind(
    code: "XML-SCHEMA", severity: .stop,
    title: Bilingual("XML 与 schema 不符", "XML against its schema"),
    message: Bilingual("与 {1} 不符：{2}", "It does not agree with {1}: {2}"),
    why: Bilingual(
      "导出的结构变了，按旧的路径取数会取错或取不到。",
      "The export has changed; paths made for the old one find other values or none."),
    remedy: Bilingual(
      "请核对导出程序的版本，改正 schema 或 batch.yaml 中的路径。",
      "Check which program made the export; mend the schema or the paths in batch.yaml."),
    example: "<applicant> 缺少 <cost>")

  /// {1} what was searched for, or the sheets there are.
  public static let headerNotFound = FindingKind(
    code: "HEADER-NOT-FOUND", severity: .stop,
    title: Bilingual("找不到表头", "No heading row"),
    message: Bilingual("没有找到认识的表头（{1}）", "No heading row with known headings ({1})"),
    why: Bilingual("不知道哪一列是什么，整份名单读不了。", "Without headings nobody knows what a column means."),
    remedy: Bilingual(
      "请检查是否选错文件或工作表；表头至少要有 工号/身份证号/姓名 和一个申请项目；不是名单的文件在 batch.yaml 的 ignore 里写明。",
      "Check file and sheet; the heading row needs 工号/身份证号/姓名 and a column of the programme; a file that is no "
        + "list is named under ignore in batch.yaml."),
    example: "空白表")

  /// {1} column; {2} accepted headings.
  public static let columnMissing = FindingKind(
    code: "COLUMN-MISSING", severity: .hold,
    title: Bilingual("缺少必需的列", "A required column is missing"),
    message: Bilingual("表中没有“{1}”列（可用的列名：{2}）", "The sheet has no column '{1}' (headings: {2})"),
    why: Bilingual("办法要用这一列；这张表的行都不能发放。", "The policy needs it; no row of this sheet can be paid."),
    remedy: Bilingual("请补上这一列，或改正列名。", "Add the column or correct its heading."),
    example: "没有“自付金额”列")

  /// {1} heading.
  public static let columnUnknown = FindingKind(
    code: "COLUMN-UNKNOWN", severity: .note,
    title: Bilingual("不认识的列", "Unknown column"),
    message: Bilingual("不认识列名“{1}”，这一列没有使用", "The heading '{1}' is not known; the column is not used"),
    why: Bilingual("如果是写错的列名，其中的数据没有被读到。", "If the heading is misspelt its data were not read."),
    remedy: Bilingual("若这一列应当使用，请改正列名。", "If the column matters, correct its heading."),
    example: "科室")

  /// {1} the cells. Shares the code: there is no heading at all.
  public static let cellWithoutHeading = FindingKind(
    code: "COLUMN-UNKNOWN", severity: .note, title: columnUnknown.title,
    message: Bilingual("{1} 有内容，上面没有列名，没有使用", "{1} stands under no heading and is not used"),
    why: columnUnknown.why,
    remedy: Bilingual("若其中有要用的内容，请给这一列写上列名。", "If it matters, give the column a heading."),
    example: "H7 另有 5000")

  /// {1} the cells, or the number of fields.
  public static let cellBeyond = FindingKind(
    code: "CELL-BEYOND", severity: .hold,
    title: Bilingual("这一行比表头多出单元格", "More cells than headings"),
    message: Bilingual("这一行比表头多出单元格：{1}", "The row has more cells than there are headings: {1}"),
    why: Bilingual(
      "CSV 中没有加引号的千分位逗号会把一个金额拆成两格，后面各格都错位。",
      "In a CSV an unquoted thousands comma makes two cells of one amount and shifts the rest."),
    remedy: Bilingual(
      "请对照原表改正这一行；金额不写千分位逗号，或整格加双引号。",
      "Mend the row by the original; write amounts without commas, or the whole cell in double quotes."),
    example: "1,234.50")

  /// {1} column; {2} the cells.
  public static let columnTwice = FindingKind(
    code: "COLUMN-TWICE", severity: .hold,
    title: Bilingual("两列是同一项目", "Two columns mean the same"),
    message: Bilingual("“{1}”有两列：{2}", "There are two columns for '{1}': {2}"),
    why: Bilingual("不知道以哪一列为准。", "Which one holds cannot be known."),
    remedy: Bilingual("请删去或改名其中一列。", "Remove or rename one of them."),
    example: "D3 自付金额 / F3 自付金额")

  /// {1} column; {2} the cells. For columns that affect neither the person nor the amount.
  public static let columnSpare = FindingKind(
    code: "COLUMN-SPARE", severity: .note,
    title: Bilingual("两列是同一项目，只用第一列", "Two columns mean the same; the first is used"),
    message: Bilingual("“{1}”有两列：{2}，只用第一列", "There are two columns for '{1}': {2}; the first is used"),
    why: Bilingual(
      "不影响认人和金额；第二列的内容没有读到。", "Neither person nor amount depends on it; the second was not read."),
    remedy: Bilingual("若第二列才对，请删去或改名第一列。", "If the second is the right one, remove or rename the first."),
    example: "H1 联系电话 / I1 手机")

  /// {1} the words found; {2} the cell.
  public static let unitOfMoney = FindingKind(
    code: "UNIT-OF-MONEY", severity: .hold,
    title: Bilingual("金额单位不是元", "Amounts are not in yuan"),
    message: Bilingual("{2} 写着“{1}”", "{2} says '{1}'"),
    why: Bilingual("按元读会差一万倍或一千倍。", "Read as yuan the amounts would be wrong by a thousand or more."),
    remedy: Bilingual(
      "请把金额改成以元为单位；确认无误时可在 batch.yaml 该项写 unit_of_money: {1}。",
      "Give the amounts in yuan; or, if the unit is right, write unit_of_money: {1} into the entry of batch.yaml."
    ),
    example: "单位：万元")

  /// {1} the words found; {2} the cells. Shares the code: conversion is not available.
  public static let unitUnknown = FindingKind(
    code: "UNIT-OF-MONEY", severity: .hold, title: unitOfMoney.title, message: unitOfMoney.message,
    why: unitOfMoney.why,
    remedy: Bilingual("请把金额改成以元（人民币）为单位。", "Give the amounts in yuan (CNY)."),
    example: "申请金额（美元）")

  /// {1} the words found; {2} the cells; {3} the unit confirmed in the batch file. Shares the code.
  public static let unitContradicted = FindingKind(
    code: "UNIT-OF-MONEY", severity: .hold, title: unitOfMoney.title,
    message: Bilingual(
      "{2} 写着“{1}”，batch.yaml 却写 unit_of_money: {3}", "{2} says '{1}', batch.yaml unit_of_money: {3}"),
    why: unitOfMoney.why,
    remedy: Bilingual(
      "请问清金额以什么计，改正名单或 batch.yaml。", "Ask what the amounts are counted in; correct the list or batch.yaml."),
    example: "单位：元 / unit_of_money: 万元")

  /// {1} the unit confirmed in the batch file; {2} the columns. Shares the code: the list names no unit.
  public static let unitUnsaid = FindingKind(
    code: "UNIT-OF-MONEY", severity: .hold, title: unitOfMoney.title,
    message: Bilingual(
      "batch.yaml 写 unit_of_money: {1}，而表中没有写“{2}”以什么计",
      "batch.yaml says unit_of_money: {1}, but the list does not say what '{2}' is counted in"),
    why: Bilingual(
      "几份名单共用一项时，其中可能有以元计的：乘了就多发一万倍。",
      "Of several lists under one entry some may be in yuan; multiplied they would be paid ten thousand times over."
    ),
    remedy: Bilingual(
      "请在表头写明单位，如 金额（{1}）；确实以{1}计的，在 batch.yaml 给这一个文件单独写一项（files: [文件路径]）。",
      "Write the unit into the heading; or give this one file an entry of its own in batch.yaml (files: [its path])."
    ),
    example: "申请金额 3000 / unit_of_money: 万元")

  /// {1} the unit; {2} the columns.
  public static let unitConverted = FindingKind(
    code: "UNIT-CONVERTED", severity: .repaired,
    title: Bilingual("金额已按单位换算", "Amounts converted"),
    message: Bilingual("{2} 以{1}计，已换算为元", "{2} is counted in {1} and was converted to yuan"),
    why: Bilingual(
      "batch.yaml 的 unit_of_money 确认了单位；换算不舍入。",
      "unit_of_money in batch.yaml confirms the unit; nothing is rounded."),
    remedy: Bilingual(
      "请抽查几笔金额；若本来就是元，请删去 unit_of_money。",
      "Look at some amounts; if they are yuan after all, remove unit_of_money."),
    example: "1.2 万元 → 12000.00")

  /// {1} column; {2} how many cells. Shares its code with the rule for numbers that lost digits.
  public static let numbersAsNumbers = FindingKind(
    code: "NUMBER-AS-NUMBER", severity: .note,
    title: Bilingual("号码存成了数字", "Identifiers stored as numbers"),
    message: Bilingual(
      "“{1}”列有 {2} 格存成了数字，开头的 0（如果有）已经丢失",
      "{2} cells of '{1}' are stored as numbers; zeros in front, if there were any, are lost"),
    why: Bilingual(
      "少了开头的 0，工号会认错人，电话打不通。",
      "Without its zeros a staff number is another one, and a telephone does not ring."),
    remedy: Bilingual(
      "号码以 0 开头的，请把这一列设为文本格式重填；本来就不以 0 开头的，不用改。",
      "If the numbers begin with 0, format the column as text and type them again; if they do not, nothing is lost."
    ),
    example: "工号：120001（原为 00120001）")

  public static let kinds = [
    fileMissing, fileUnreadable, fileEncrypted, fileLocked, fileKind, fileTwice, fileLimit, xmlDoctype,
    xmlSchema,
    headerNotFound, rowsAboveHeading,
    columnMissing, columnUnknown, cellWithoutHeading, cellBeyond, columnTwice, columnSpare, unitOfMoney,
    unitUnknown,
    unitContradicted, unitConverted, unitUnsaid, hiddenRow, hiddenRowRead, hiddenRows, personMerged,
    cellPicture,
    hiddenColumn, hiddenUnknown,
    sheetUnused, unreadSheet, hiddenSheet, hiddenApplications,
    filteredRows,
    totalMismatch, totalUnchecked, totalUnreadable, sheetAmbiguous, sheetPerPerson, amountMerged, cellStruck,
    exampleRow, formulaStale, formulaRecomputed, noWorksheets,
  ]
}
