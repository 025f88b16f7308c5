public import AidModel

/// Findings about formulas that have not been computed.
extension IntakeFindings {
  /// {1} the cells.
  public static let formulaStale = FindingKind(
    code: "FORMULA-STALE", severity: .hold,
    title: Bilingual("公式还没有计算", "Formula not computed yet"),
    message: Bilingual(
      "{1} 是公式，保存的结果是 0 或空，而文件写明打开时才计算",
      "{1} is a formula stored with 0 or nothing, and the file says that it is computed only when it is opened"
    ),
    why: Bilingual(
      "由系统或程序导出的表常常只写公式、不算结果，表格软件打开后才显示真正的数；按 0 读会少发。",
      "Programs that export lists often write formulas without computing them, and a spreadsheet program shows the "
        + "real values once it has opened the file; read as 0 somebody is paid too little."),
    remedy: Bilingual(
      "请用 Excel、WPS 或 LibreOffice 打开这个文件，核对数值后保存（.xls 可另存为 .xlsx），再重新运行。",
      "Open the file in Excel, WPS or LibreOffice, look at the values, save it (an .xls as .xlsx if you like) and run "
        + "again."),
    example: "=D2+E2，保存的结果 0")

  /// {1} the cells. Shares the code: an earlier value is stored.
  public static let formulaRecomputed = FindingKind(
    code: "FORMULA-STALE", severity: .note, title: formulaStale.title,
    message: Bilingual(
      "文件写明公式在打开时重新计算；{1} 按保存的结果读入",
      "The file says that its formulas are computed anew when it is opened; {1} are read as they were stored"),
    why: Bilingual(
      "导出的程序可能没有算过，也可能算过。", "The program that wrote the file may have computed them, or may not."),
    remedy: Bilingual(
      "请用表格软件打开，看这几格的数与报表是否一致；不一致就保存后重新运行。",
      "Open the file in a spreadsheet program and compare these cells with the report; where they differ, save it and "
        + "run again."),
    example: "=D2+E2，保存的结果 100")
}
