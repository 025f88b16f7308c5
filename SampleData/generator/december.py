"""The December batch: rosters, histories, decisions and about forty application lists, a row in twelve with a fault."""

import csv
import datetime
import io
from fractions import Fraction

from .people import UNITS, id_number, roster, serial
from .xlsx import Book, Date, Error, Formula, Number

TITLES = {"serious": "大病医疗互助申请汇总表", "medical": "医疗补助申请汇总表", "hardship": "困难补助申请汇总表"}
FOLDERS = {"serious": "大病互助", "medical": "医疗补助", "hardship": "困难补助"}
IDS = {"serious": "serious-illness-mutual-aid", "medical": "medical-subsidy", "hardship": "hardship-grant"}

# Heading variants, one list per way of writing a column.
HEADINGS = {
    "no": ["序号"], "unit": ["所在单位", "二级工会", "部门"],
    "staff_no": ["工号", "职工号", "人事号", "工资号"], "name": ["姓名", "职工姓名", "申请人"],
    "sex": ["性别"], "id_number": ["身份证号", "身份证号码", "证件号码"], "phone": ["联系电话", "手机号码", "手机"],
    "bank": ["开户银行", "开户行"], "account": ["银行卡号", "工资卡号", "卡号"],
    "kind": ["就诊类别", "就医类别"], "self_pay": ["自付金额（元）", "个人自付", "自付部分"],
    "admitted": ["入院日期"], "discharged": ["出院日期", "出院时间"],
    "total_cost": ["医疗费总额", "总费用（元）", "费用总额"], "pool_paid": ["统筹支付", "医保统筹支付"],
    "account_paid": ["个人账户支付", "账户支付"], "own_expense": ["自费", "目录外自费"],
    "settled": ["结算日期", "发票日期"], "cause": ["费用原因"], "insured": ["是否医保定点"], "invoice": ["发票号", "票据号"],
    "hardship_cause": ["困难类型", "主要致困原因"], "family_size": ["家庭人口", "家庭人口数"],
    "monthly_income": ["家庭月收入", "家庭月平均收入（元）"], "rank": ["基层工会排序"], "remark": ["备注"], "office": ["科室"],
}
COLUMNS = {
    "serious": ["no", "unit", "staff_no", "name", "sex", "id_number", "phone", "kind", "admitted", "discharged", "self_pay", "bank", "account", "remark"],
    "medical": ["no", "staff_no", "name", "unit", "id_number", "kind", "invoice", "settled", "total_cost", "pool_paid", "account_paid", "own_expense", "cause", "insured", "account", "remark"],
    "hardship": ["no", "unit", "name", "staff_no", "id_number", "phone", "hardship_cause", "family_size", "monthly_income", "rank", "account", "remark"],
}
MONEY = {"self_pay", "total_cost", "pool_paid", "account_paid", "own_expense", "monthly_income"}
DATES = {"admitted", "discharged", "settled"}


class Row:
    """One application row: values by column, the person, the fault planted in it."""

    def __init__(self, person, values):
        self.person, self.values, self.fault = person, values, None


def money(random, low, high):
    return Fraction(random.randint(low * 100, high * 100), 100)


def day(random, year=2023):
    return datetime.date(year, 1, 1) + datetime.timedelta(days=random.randrange(334))


def base_row(person):
    return {
        "unit": person.unit, "staff_no": person.staff_no, "name": person.name, "sex": person.sex,
        "id_number": person.id_number, "phone": person.phone, "bank": person.bank, "account": person.account,
        "remark": "", "office": "", "rank": "",
    }


def serious_rows(random, person):
    rows = []
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        left = day(random)
        kind = "住院" if random.random() < 0.93 else "门诊"
        low, high = (9000, 46000) if random.random() < 0.8 else (40000, 190000)
        values = base_row(person) | {
            "kind": kind, "self_pay": money(random, low, high), "discharged": left,
            "admitted": left - datetime.timedelta(days=random.randint(3, 20))}
        if random.random() < 0.03:
            values["discharged"] = values["discharged"].replace(year=2022)
            values["admitted"] = values["discharged"] - datetime.timedelta(days=6)
        rows.append(Row(person, values))
    return rows


def medical_rows(random, person, counter):
    rows = []
    for _ in range(random.choice([1, 1, 2])):
        inpatient = random.random() < 0.35
        total = money(random, 6000, 42000) if inpatient else money(random, 200, 4200)
        pool = Fraction(int(total * random.randint(55, 78)), 100) if inpatient else Fraction(0)
        account = Fraction(int(total * random.randint(0, 6)), 100)
        own = Fraction(int(total * random.randint(0, 9)), 100)
        counter[0] += 1
        values = base_row(person) | {
            "kind": "住院" if inpatient else "门诊", "total_cost": total, "pool_paid": pool, "account_paid": account,
            "own_expense": own, "settled": day(random), "invoice": f"{counter[0] * 7919 + 10_000_000:08d}",
            "cause": "" if random.random() < 0.9 else random.choice(["疾病", "疾病", "疾病", "工伤", "产检"]),
            "insured": "是" if random.random() < 0.97 else "否"}
        rows.append(Row(person, values))
    return rows


def hardship_rows(random, person, rank):
    size = random.randint(1, 6)
    per_head = random.randint(350, 990) if random.random() < 0.9 else random.randint(1000, 1800)
    return [Row(person, base_row(person) | {
        "hardship_cause": random.choice(["本人患病", "家属患病", "子女上学", "灾害意外", "残疾", "其他"]),
        "family_size": size, "monthly_income": Fraction(per_head * size), "rank": rank})]


def text_of(key, value, random):
    """How a clerk types a value."""
    if key in DATES and value:
        style = random.randrange(4)
        if style == 0:
            return f"{value:%Y-%m-%d}"
        if style == 1:
            return f"{value.year}.{value.month}.{value.day}"
        if style == 2:
            return f"{value.year}/{value.month}/{value.day}"
        return f"{value.year}年{value.month}月{value.day}日"
    if key in MONEY:
        return f"{float(value):.2f}" if value == round(value, 2) else str(value)
    return "" if value is None else str(value)


def cell_of(key, value, random, style):
    """A workbook cell: raw values of a fault pass through."""
    if isinstance(value, (Number, Error, Formula, Date)):
        return value
    if isinstance(value, str) and key in MONEY | DATES:
        return value
    if key in MONEY and not isinstance(value, str):
        return Number(f"{value.numerator / value.denominator:.2f}".rstrip("0").rstrip(".")) if style["numbers"] else text_of(key, value, random)
    if key in DATES and value:
        return Date(serial(value, style["date1904"])) if style["dates"] else text_of(key, value, random)
    if key in ("family_size", "rank", "no") and not isinstance(value, str):
        return Number(value)
    return text_of(key, value, random)


def write_list(random, path, kind, unit, rows, style):
    """Writes one list the way people make them; returns the row number of every application row."""
    columns = list(COLUMNS[kind])
    if style["shuffle"]:
        middle = columns[1:-1]
        random.shuffle(middle)
        columns = [columns[0]] + middle + [columns[-1]]
    if style["extra"]:
        columns.insert(3, "office")
    headings = [random.choice(HEADINGS[c]) for c in columns]
    numbers = {}
    if path.suffix == ".csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([f"江城大学{unit}2023年{TITLES[kind]}"])
        writer.writerow(headings)
        for i, row in enumerate(rows, 1):
            row.values["no"] = i
            cells = [row.values[c] if isinstance(row.values.get(c), str) else text_of(c, row.values.get(c), random) for c in columns]
            writer.writerow(cells)
            numbers[id(row)] = i + 2
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue().encode(style["encoding"]))
        return numbers, columns
    book = Book(strict=style["strict"], inline=style["inline"], date1904=style["date1904"])
    sheet = book.sheet(style["sheet"])
    width = len(columns)
    sheet.add(f"江城大学{unit}2023年{TITLES[kind]}")
    last = chr(64 + min(width, 26))
    sheet.merges.append(f"A1:{last}1")
    if style["above"] >= 1:
        sheet.add(f"填报单位：{unit}", None, None, None, "填表日期：2023年12月8日")
    if style["above"] >= 2:
        sheet.add("注：金额单位为元，请附结算单复印件")
    sheet.add(*headings)
    first = len(sheet.rows) + 1
    for i, row in enumerate(rows, 1):
        row.values["no"] = i
        cells = [cell_of(c, row.values.get(c), random, style) for c in columns]
        if style["merge_unit"] and i > 1 and "unit" in columns:
            cells[columns.index("unit")] = None
        numbers[id(row)] = sheet.add(*cells)
    if style["merge_unit"] and "unit" in columns and len(rows) > 1:
        letter = chr(65 + columns.index("unit"))
        sheet.merges.append(f"{letter}{first}:{letter}{first + len(rows) - 1}")
    if style["hide"]:
        sheet.hidden_rows.add(first)
    if style["total"]:
        cells = ["合  计"] + [None] * (width - 1)
        for c in MONEY & set(columns):
            values = [r.values[c] for r in rows if isinstance(r.values[c], (Fraction, int))]
            total = sum(values, Fraction(0)) + (100 if style["wrong_total"] else 0)
            at = columns.index(c)
            letter = chr(65 + at)
            cells[at] = Formula(f"SUM({letter}{first}:{letter}{first + len(rows) - 1})", f"{float(total):.2f}")
        sheet.add(*cells)
    if style["sign"]:
        sheet.add("填表人：", None, None, "审核人：", None, None, "二级工会（盖章）：")
    if style["second_sheet"]:
        book.sheet("Sheet2")
    if style["hidden_sheet"]:
        old = book.sheet("去年", hidden=True)
        old.add("去年的草稿，仅供参考")
    book.save(path)
    return numbers, columns


def reference_lists(random, people, folder):
    """The roster and the payments of 2019–2022."""
    book = Book()
    sheet = book.sheet("会员名册")
    sheet.add("江城大学工会会员名册（2023年11月）")
    sheet.merges.append("A1:N1")
    sheet.add("工号", "姓名", "身份证号", "二级工会", "人员类别", "状态", "入会日期", "缴费年限", "缴费月数", "开户银行", "支行", "银行卡号", "户名", "配偶身份证号")
    for p in people:
        joined = datetime.date(2023 - max(p.years, 1), 3, 1)
        sheet.add(
            p.staff_no, p.name, p.id_number, p.unit, p.category, p.status, Date(serial(joined)), Number(p.years),
            Number(p.years * 12), p.bank, p.branch, p.account, p.name, p.spouse.id_number if p.spouse else None)
    book.save(folder / "roster" / "会员名册.xlsx")


def history_lists(people, past, folder):
    for year in range(2019, 2023):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["batch", "programme", "staff_no", "id_number", "amount", "paid_on", "status"])
        for staff_no, id_, when, amount, status in past:
            if when == year:
                writer.writerow([f"{year}-12", IDS["serious"], staff_no, id_, f"{amount}.00", f"{year}-12-27", status])
        path = folder / "history" / f"{year}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue().encode("utf-8"))


def decision_list(random, people, folder):
    """Committee amounts; one is missing, one is beyond the range, one is for nobody."""
    book = Book()
    sheet = book.sheet("审批")
    sheet.add("困难补助审批表（2023年12月15日 教代会福利委员会）")
    sheet.add("项目", "工号", "审批金额", "理由", "审批人", "审批日期")
    for i, p in enumerate(people):
        if i in (4, 13, 22):
            continue
        amount = 5000 if i == 9 else random.choice([1000, 1500, 2000, 2500, 3000])
        sheet.add(IDS["hardship"], p.staff_no, Number(amount), random.choice(["患病负担重", "家庭收入低", "子女就学"]), "福利委员会", Date(serial(datetime.date(2023, 12, 15))))
    sheet.add(IDS["hardship"], "00999999", Number(1500), "姓名待核", "福利委员会", Date(serial(datetime.date(2023, 12, 15))))
    book.save(folder / "decisions" / "困难补助审批.xlsx")
