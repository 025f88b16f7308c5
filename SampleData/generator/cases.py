"""The small golden batches: one per behaviour that matters, what must come out said in CASE.md."""

import zipfile

from .xlsx import MAIN, Book, Number, write_zip

HEAD = "工号,姓名,就诊类别,自付金额,出院日期\n"

POLICY = """policy: sample-2023
programme: aid
title: 样例补助
issuer: 样例工会
source: 样例〔2023〕1号
valid: {from: 2023-01-01, to: 2023-12-31}
FUNDcolumns:
  - {name: kind, type: choice, heading: [就诊类别], choices: [门诊, 住院], required: true}
  - {name: self_pay, type: money, heading: [自付金额], required: true}
  - {name: discharged, type: date, heading: [出院日期], required: true}
award_per: person
count:
  - {when: kind = '住院', otherwise: 门诊自付不计入, clause: 四}
  - {when: discharged in period, otherwise: 不在核算时段, clause: 三}
benefits:
  - name: inpatient
    base: sum(self_pay)
    clause: 四
    gate: base >= 20000
    marginal:
      - {from: 20000, to: 30000, rate: 25%}
      - {from: 30000, to: 50000, rate: 30%}
      - {from: 50000, rate: 40%}
caps:
  - {per: year, at: 50000, clause: 五}
  - {per: lifetime, at: 200000, clause: 五}
"""

PLAIN = """policy: sample-2023
programme: aid
title: 样例补助
issuer: 样例工会
source: 样例〔2023〕1号
valid: {from: 2023-01-01, to: 2023-12-31}
fund: pool
when_short: RULE
EXTRAcolumns:
  - {name: amount_due, type: money, heading: [应补金额], required: true}
benefits:
  - {name: plain, amount: sum(amount_due), clause: 一}
"""


def batch(funds="", extra="", files="[applications/*]", number="2023-12"):
    text = (
        f"batch: {number}\ntitle: 样例\nperiod: {{from: 2023-01-01, to: 2023-12-31}}\npay_date: 2023-12-28\n"
        f"policies: [policies/]\napplications:\n  - {{programme: aid, files: {files}}}\n")
    return text + (f"funds: {funds}\n" if funds else "") + extra


def tiers(*rows):
    return HEAD + "".join(",".join(row) + "\n" for row in rows)


def write(folder):
    for name, (note, files) in CASES.items():
        for path, content in files.items():
            target = folder / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(target)
            elif isinstance(content, bytes):
                target.write_bytes(content)
            else:
                target.write_bytes(content.encode("utf-8"))
        (folder / name / "CASE.md").write_text(note.strip() + "\n", encoding="utf-8")


def simple(note, csv, policy=POLICY.replace("FUND", ""), **more):
    files = {"batch.yaml": batch(), "policies/p.yaml": policy, "applications/a.csv": csv}
    return note, files | more.get("files", {})


def pool(rule, extra=""):
    return PLAIN.replace("RULE", rule).replace("EXTRA", extra)


def book_merged(path):
    book = Book()
    sheet = book.sheet("汇总表")
    sheet.add("机械学院等单位大病互助汇总表")
    sheet.merges.append("A1:F1")
    sheet.add("单位", "工号", "姓名", "就诊类别", "自付金额", "出院日期")
    sheet.add("机械学院", "1001", "张三", "住院", Number("60000"), "2023-06-01")
    sheet.add(None, "1002", "李四", "住院", Number("30000"), "2023-06-01")
    sheet.add("电气学院", "1003", "王五", "住院", Number("50000"), "2023-06-01")
    sheet.merges.append("A3:A4")
    sheet.add("合计", None, None, None, Number("150000"), None)
    sheet.add("填表人：", None, "审核人：")
    book.save(path)


def book_person(path):
    book = Book()
    sheet = book.sheet("Sheet1")
    sheet.add("序号", "工号", "姓名", "身份证号", "就诊类别", "自付金额", "出院日期")
    sheet.add(Number("1"), "1001", "赵一鸣", "420100196001101016", "住院", Number("15000"), "2023-05-01")
    sheet.add(None, None, None, None, "住院", Number("10000"), "2023-06-01")
    sheet.add(Number("2"), "1002", "钱双林", "420100196102111037", "住院", Number("60000"), "2023-06-01")
    sheet.merges += ["A2:A3", "C2:C3"]
    book.save(path)


def book_style(strict=False, inline=False):
    def make(path):
        book = Book(strict=strict, inline=inline)
        sheet = book.sheet("Sheet1")
        sheet.add("工号", "姓名", "就诊类别", "自付金额", "出院日期")
        sheet.add("2001" if strict else "2002", "张三" if strict else "李四", "住院", Number("60000"), "2023-06-01")
        book.save(path)
    return make


def book_parts(replace):
    """A good workbook with some parts replaced."""
    def make(path):
        book_style()(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts.update(replace)
        write_zip(path, parts)
    return make


def book_empty(path):
    book = Book()
    book.sheet("Sheet1")
    book.save(path)


def compound(stream):
    """The beginning of a compound file with one stream name in its directory."""
    entry = stream.encode("utf-16-le").ljust(128, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + entry + b"\0" * 384


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&c;</v></c></row></sheetData></worksheet>').encode()

ROSTER = "工号,姓名,身份证号,二级工会,状态,缴费年限,银行卡号\n1001,张三,420100199001011233,机械学院,在职,3,6200000000000000000\n1002,李四,,机械学院,在职,0,\n"
DUE = "工号,姓名,应补金额\n1001,张三,3333\n1002,李四,3333\n1003,王五,3334\n"
COMMITTEE = """policy: sample-2023
programme: aid
title: 困难补助
valid: {from: 2023-01-01}
columns:
  - {name: cause, type: text, heading: [困难类型]}
benefits:
  - {name: grant, committee: {min: 1000, max: 3000}, clause: 五}
"""

CASES = {
    "marginal-tiers": simple(
        "60,000 → 12,500.00; 153,750 → 50,000.00; 200,000 → 50,000.00 (年度封顶); 30,000.01 → 2,500.00",
        tiers(("1001", "张三", "住院", "60000", "2023-06-01"), ("1002", "李四", "住院", "153750", "2023-06-01"),
              ("1003", "王五", "住院", "200000", "2023-06-01"), ("1004", "赵六", "住院", "30000.01", "2023-06-01"))),
    "gate-edge": simple(
        "19,999.99 → refused (gate); 20,000 → zero; 20,000.01 → 0.0025 → zero after rounding",
        tiers(("1001", "张三", "住院", "19999.99", "2023-06-01"), ("1002", "李四", "住院", "20000", "2023-06-01"),
              ("1003", "王五", "住院", "20000.01", "2023-06-01"))),
    "not-counted-rows": simple(
        "1001: 住院 50,000 paid 8,500.00, its 门诊 row not counted; 1002: only a row of 2022: not counted",
        tiers(("1001", "张三", "住院", "50000", "2023-06-01"), ("1001", "张三", "门诊", "9000", "2023-06-02"),
              ("1002", "李四", "住院", "60000", "2022-12-31"))),
    "lifetime-cap": simple(
        "200,000 with 170,000 paid before → 30,000.00; 60,000 with 200,000 before → zero; a returned payment does not count",
        tiers(("1001", "张三", "住院", "200000", "2023-06-01"), ("1002", "李四", "住院", "60000", "2023-06-01"),
              ("1003", "王五", "住院", "60000", "2023-06-01")),
        files={
            "batch.yaml": batch(extra="history: [history/*.csv]\n"),
            "history/h.csv": "batch,programme,staff_no,id_number,amount,paid_on,status\n2020-12,aid,1001,,170000.00,2020-12-20,paid\n"
                             "2021-12,aid,1002,,200000.00,2021-12-20,paid\n2021-12,aid,1003,,200000.00,2021-12-20,returned\n"}),
    "pro-rata-pool": simple(
        "pool 5,000 for 3,333 + 3,333 + 3,334: 1,666.50 / 1,666.50 / 1,667.00", DUE, pool("pro_rata"),
        files={"batch.yaml": batch("{pool: {amount: 5000.00}}")}),
    "priority-pool": simple(
        "pool 5,000 by unit_rank: 1003 (rank 1) 3,334.00; 1001 (rank 2) the rest 1,666.00; 1002 (rank 3) zero",
        "工号,姓名,应补金额,基层工会排序\n1001,张三,3333,2\n1002,李四,3333,3\n1003,王五,3334,1\n",
        pool("priority", "priority: [unit_rank]\npay_partial: true\n"),
        files={"batch.yaml": batch("{pool: {amount: 5000.00}}")}),
    "stop-pool": simple(
        "pool 5,000 for 10,000 with stop: exit 2, everybody held, nothing paid", DUE, pool("stop"),
        files={"batch.yaml": batch("{pool: {amount: 5000.00}}")}),
    "committee-decisions": simple(
        "1001 decided 2,000 → paid; 1002 without decision → held DECISION-MISSING; 1003 decided 5,000 → held DECISION-RANGE",
        "工号,姓名,困难类型\n1001,张三,本人患病\n1002,李四,残疾\n1003,王五,其他\n", COMMITTEE,
        files={
            "batch.yaml": batch(extra="decisions: [decisions.csv]\n"),
            "decisions.csv": "programme,staff_no,amount,reason,decided_by,decided_on\naid,1001,2000.00,患病,委员会,2023-12-15\naid,1003,5000.00,,委员会,2023-12-15\n"}),
    "amount-faults": simple(
        "约60000, 1234.565, -5, / and blank are held; ¥60,000.00元, ６００００, 6万 and 60000.0000000001 are repaired and pay 12,500.00",
        tiers(("1001", "甲一", "住院", "约60000", "2023-06-01"), ("1002", "甲二", "住院", "1234.565", "2023-06-01"),
              ("1003", "甲三", "住院", "-5", "2023-06-01"), ("1004", "甲四", "住院", "/", "2023-06-01"),
              ("1005", "甲五", "住院", "", "2023-06-01"), ("1006", "甲六", "住院", '"¥60,000.00元"', "2023-06-01"),
              ("1007", "甲七", "住院", "６００００", "2023-06-01"), ("1008", "甲八", "住院", "6万", "2023-06-01"),
              ("1009", "甲九", "住院", "60000.0000000001", "2023-06-01"))),
    "id-faults": simple(
        "wrong check digit, impossible date and 14 digits are held; the good one is paid",
        "工号,姓名,身份证号,就诊类别,自付金额,出院日期\n1001,张三,420100199001011233,住院,60000,2023-06-01\n"
        "1002,李四,420100199001011231,住院,60000,2023-06-01\n1003,王五,420100199002301232,住院,60000,2023-06-01\n"
        "1004,赵六,42010019900101,住院,60000,2023-06-01\n"),
    "duplicates": simple(
        "1001 stands in both lists: all its rows held (PERSON-TWICE); 1002 twice in one list with other amounts: pooled, 100,000 → 28,500.00; "
        "1003 the same row twice: held (ROW-TWICE)",
        tiers(("1001", "张三", "住院", "60000", "2023-06-01"), ("1002", "李四", "住院", "60000", "2023-06-01"),
              ("1002", "李四", "住院", "40000", "2023-07-01"), ("1003", "王五", "住院", "30000", "2023-06-01"),
              ("1003", "王五", "住院", "30000", "2023-06-01")),
        files={"applications/b.csv": tiers(("1001", "张三", "住院", "60000", "2023-08-01"))}),
    "merged-units-and-totals": (
        "the merged 机械学院 is filled down to 1002; the total 150,000 is not the sum 140,000: TOTAL-MISMATCH; amounts 12,500 + 2,500 + 8,500",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""), "applications/a.xlsx": book_merged}),
    "gb18030-csv": simple(
        "a GB18030 list with a four-byte name (䶮) is read; 12,500.00",
        tiers(("1001", "王䶮", "住院", "60000", "2023-06-01")).encode("gb18030")),
    "strict-and-inline-xlsx": (
        "a strict-ECMA workbook and one with inline strings, 12,500.00 each",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""), "applications/a.xlsx": book_style(strict=True),
         "applications/b.xlsx": book_style(inline=True)}),
    "unknown-values": simple(
        "1001 is on the roster with 3 years → paid; 1002 has 0 years → refused; 1003 is not on the roster → held",
        tiers(("1001", "张三", "住院", "60000", "2023-06-01"), ("1002", "李四", "住院", "60000", "2023-06-01"),
              ("1003", "王五", "住院", "60000", "2023-06-01")),
        POLICY.replace("FUND", "") + "eligible:\n  - {when: roster.contribution_years >= 1, otherwise: 缴费未满一年, clause: 二}\n",
        files={"batch.yaml": batch(extra="roster: [roster.csv]\n"), "roster.csv": ROSTER}),
    "award-per-row": simple(
        "岳阳 tiers per admission, least 50: 120 → 50.00; two stays of 6,000 → 1,850.00 each; 0 → zero",
        "工号,姓名,自付金额,出院日期\n1001,张三,120,2023-03-01\n1002,李四,6000,2023-03-01\n1002,李四,6000,2023-05-01\n1003,王五,0,2023-05-01\n",
        "policy: yueyang-sample\nprogramme: aid\ntitle: 职工医疗互助\nvalid: {from: 2023-01-01}\naward_per: row\ncolumns:\n"
        "  - {name: self_pay, type: money, heading: [自付金额], required: true}\n  - {name: discharged, type: date, heading: [出院日期]}\n"
        "benefits:\n  - name: stay\n    base: self_pay\n    marginal:\n      - {from: 0, to: 5000, rate: 30%}\n      - {from: 5000, to: 10000, rate: 35%}\n"
        "      - {from: 10000, to: 20000, rate: 40%}\n      - {from: 20000, to: 30000, rate: 45%}\n      - {from: 30000, rate: 50%}\n    minimum: 50\n"
        "caps:\n  - {per: year, at: 50000}\n"),
    "missing-file": (
        "the list is not there: FILE-MISSING, exit 2",
        {"batch.yaml": batch(files="[applications/none.xlsx]"), "policies/p.yaml": POLICY.replace("FUND", "")}),
    "encrypted-workbook": (
        "FILE-ENCRYPTED, exit 2; the good list beside it pays nobody",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""), "applications/a.xlsx": compound("EncryptedPackage"),
         "applications/b.csv": tiers(("1001", "张三", "住院", "60000", "2023-06-01"))}),
    "renamed-xls": (
        "FILE-KIND, exit 2",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""), "applications/a.xlsx": compound("Workbook")}),
    "doctype-bomb": (
        "XML-DOCTYPE, exit 2",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""),
         "applications/a.xlsx": book_parts({"xl/worksheets/sheet1.xml": BOMB})}),
    "empty-sheet": (
        "HEADER-NOT-FOUND, exit 2",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""), "applications/a.xlsx": book_empty}),
    "no-heading": simple("HEADER-NOT-FOUND, exit 2", "甲,乙\n1,2\n3,4\n"),
    "files-that-nothing-reads": simple(
        "图书馆.CSV is read as well as a.csv (letters match in either case); the picture and the list in a subfolder are read by no entry: "
        "FILE-UNMATCHED names both with what they are, exit 2, nobody is paid",
        tiers(("1001", "张三", "住院", "60000", "2023-06-01")),
        files={"batch.yaml": batch(files="[applications/*.csv]"),
               "applications/图书馆.CSV": tiers(("1002", "李四", "住院", "60000", "2023-06-01")),
               "applications/照片.jpg": b"\xff\xd8\xff\xe0",
               "applications/补报/c.csv": tiers(("1003", "王五", "住院", "60000", "2023-06-01"))}),
    "files-read-and-ignored": simple(
        "the entry names a folder: both lists are read, the one in the subfolder too, 12,500.00 each; the notice is ignored with its reason, "
        "Thumbs.db and the lock file are passed over (a note)",
        tiers(("1001", "张三", "住院", "60000", "2023-06-01")),
        files={"batch.yaml": batch(files="[applications/]", extra="ignore: [{file: applications/*.docx, reason: 通知，不是名单}]\n"),
               "applications/补报/c.TXT": tiers(("1003", "王五", "住院", "60000", "2023-06-01")),
               "applications/通知.DOCX": "关于申报的通知\n", "applications/Thumbs.db": "x", "applications/~$a.xlsx": "x"}),
    "person-merged-in-part": (
        "序号 and 姓名 of 赵一鸣 are merged over two rows, 工号 and 身份证号 are not: the second row is his too (PERSON-MERGED, repaired): "
        "15,000 + 10,000 = 25,000 >= 20,000, (25,000 - 20,000) x 25 % = 1,250.00; taken apart he would be refused",
        {"batch.yaml": batch(), "policies/p.yaml": POLICY.replace("FUND", ""), "applications/a.xlsx": book_person}),
    "person-continued-below": simple(
        "the row below 1001 names nobody: it may be his second stay, so both wait (PERSON-UNSURE on his row, REQUIRED-BLANK on the other); "
        "1002 is paid 12,500.00; a row that names somebody else does not make 1002 wait",
        tiers(("1001", "张三", "住院", "15000", "2023-06-01"), ("", "", "住院", "10000", "2023-07-01"),
              ("1002", "李四", "住院", "60000", "2023-06-01"), ("", "王五", "住院", "60000", "2023-06-01"))),
    "form-rows-not-filled-in": simple(
        "rows with a serial number, the unit, the bank, an amount of 0 or a lookup that found nobody (#N/A) are blank rows: one application, 12,500.00; "
        "the last row has a staff number and an amount of 0 and is somebody's: refused at the gate",
        "序号,工号,姓名,单位,开户银行,就诊类别,自付金额,出院日期\n1,1001,张三,机械学院,工商银行,住院,60000,2023-06-01\n"
        "2,,,机械学院,,,,\n3,,,机械学院,工商银行,,0,\n4,,#N/A,机械学院,#N/A,,0.00,\n5,,,,,,,\n6,1002,李四,机械学院,工商银行,住院,0,2023-06-01\n"),
    "double-heading": simple(
        "two columns 自付金额: COLUMN-TWICE, every row held",
        "工号,姓名,就诊类别,自付金额,自付金额,出院日期\n1001,张三,住院,60000,50000,2023-06-01\n"),
}
