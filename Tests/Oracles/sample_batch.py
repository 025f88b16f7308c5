#!/usr/bin/env python3
"""Recomputes every award of SampleData/2023-12 from its lists, with openpyxl and exact fractions, and compares all of
them and the payment ledgers with what the program says.

    python3 Tests/Oracles/sample_batch.py BINARY      needs openpyxl

Whose rows wait is known from SampleData/faults-2023-12.csv, where the generator says what it planted; the amounts are
worked out here, from the policies' printed figures, by breakpoints instead of by tiers.
"""

import csv
import datetime
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from fractions import Fraction as F

import openpyxl

from claims import ROOT, half_up, piecewise, yuan

BATCH = ROOT / "SampleData/2023-12"
FOLDERS = {"大病互助": "serious-illness-mutual-aid", "医疗补助": "medical-subsidy", "困难补助": "hardship-grant"}
COLUMNS = {  # what is looked at, with every heading the lists have for it
    "staff": ["工号", "职工号", "人事号", "工资号"], "id": ["身份证号", "身份证号码", "证件号码"],
    "kind": ["就诊类别", "就医类别"], "self_pay": ["自付金额（元）", "个人自付", "自付部分"],
    "discharged": ["出院日期", "出院时间"], "total": ["医疗费总额", "总费用（元）", "费用总额"],
    "pool": ["统筹支付", "医保统筹支付"], "account": ["个人账户支付", "账户支付"], "own": ["自费", "目录外自费"],
    "settled": ["结算日期", "发票日期"], "cause": ["费用原因"], "insured": ["是否医保定点"], "invoice": ["发票号", "票据号"],
    "size": ["家庭人口", "家庭人口数"], "income": ["家庭月收入", "家庭月平均收入（元）"],
}
NAMES = {heading: column for column, headings in COLUMNS.items() for heading in headings}
KEPT = {  # planted faults that are repaired or noted, so that the row does not wait
    "TEXT-TRIMMED", "NAME-SPACES", "TEXT-INVISIBLE", "STAFF-NO-ZEROS", "AMOUNT-REPAIRED", "ID-SEX",
    "PHONE-FORMAT"}
RELIEF, WELFARE = F(3285000), F(110000)


FOR_OPENPYXL = [  # it knows no strict namespaces
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships")]


def sheet_rows(path):
    """The cells of a list's first sheet."""
    if path.suffix == ".csv":
        data = path.read_bytes()
        text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
        return list(csv.reader(io.StringIO(text)))
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for written, known in FOR_OPENPYXL:
                part = part.replace(written, known)
            new.writestr(name, part)
    sheet = openpyxl.load_workbook(copy, data_only=True).worksheets[0]
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    return [Row(row, number in hidden) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)]


class Row(list):
    """The cells of a row, and whether it is hidden."""

    def __init__(self, cells, is_hidden=False):
        super().__init__(cells)
        self.is_hidden = is_hidden


def sum_of(value):
    """An amount; a number cell is the fen nearest to it. None where it cannot be read."""
    if isinstance(value, (int, float)):
        return half_up(F(value)) if value >= 0 else None
    text = re.sub(r"[¥,元\s]", "", value or "")
    return F(text) if re.fullmatch(r"\d+(\.\d{1,2})?", text) else None


def day_of(value):
    if isinstance(value, datetime.datetime):
        return value.date()
    numbers = [int(n) for n in re.findall(r"\d+", str(value or ""))]
    try:
        return datetime.date(*numbers)
    except (TypeError, ValueError):
        return None


def text_of(value):
    return re.sub(r"[\s\u200b]", "", str(value or ""))


def applications():
    """Every application row as a dictionary, in file order."""
    for path in sorted(BATCH.glob("applications/*/*")):
        rows = sheet_rows(path)
        head = next(i for i, row in enumerate(rows) if set(COLUMNS["staff"]) & set(row))
        names = [NAMES.get(heading) for heading in rows[head]]
        for number, cells in enumerate(rows[head + 1:], head + 2):
            row = {name: cell for name, cell in zip(names, cells) if name}
            if not text_of(row["staff"]).isdigit():
                continue  # totals and signatures
            yield row | {
                "staff": text_of(row["staff"]), "file": path.relative_to(BATCH).as_posix(), "number": number,
                "unit": path.stem, "programme": FOLDERS[path.parent.name],
                "is_hidden": getattr(cells, "is_hidden", False)}


def roster():
    rows = sheet_rows(BATCH / "roster/会员名册.xlsx")
    head = next(i for i, row in enumerate(rows) if "工号" in row)
    people = [dict(zip(rows[head], row)) for row in rows[head + 1:]]
    return {person["工号"]: person for person in people}


def people():
    """(programme, staff number) -> rows, and those who wait: of whom any row waits."""
    members = roster()
    without_zeros = {staff.lstrip("0"): staff for staff in members}
    faults = list(csv.DictReader(open(ROOT / "SampleData/faults-2023-12.csv", encoding="utf-8")))
    planted = {(f["file"], int(re.sub(r"\D", "", f["cell"]))) for f in faults if f["code"] not in KEPT}
    rows, ids, invoices = {}, {}, {}
    for row in applications():
        row["staff"] = without_zeros.get(row["staff"], row["staff"])
        rows.setdefault((row["programme"], row["staff"]), []).append(row)
        ids.setdefault(row["staff"], set()).add(text_of(row["id"]))
        if row.get("invoice"):
            invoices.setdefault(text_of(row["invoice"]), []).append(row["staff"])
    twice = {("medical-subsidy", staff) for staffs in invoices.values() if len(staffs) > 1 for staff in staffs}
    contradicted = {staff for staff, numbers in ids.items() if len(numbers) > 1}  # in two lists, with two ID numbers
    waiting = {
        key for key, own in rows.items()
        if key in twice or key[1] in contradicted or any(
            row["is_hidden"] or (row["file"], row["number"]) in planted for row in own)}
    return rows, waiting, members


def paid_before():
    """What each had from the serious illness fund; what the bank returned was not paid."""
    had = {}
    for path in sorted(BATCH.glob("history/*.csv")):
        for line in csv.DictReader(open(path, encoding="utf-8")):
            if line["status"] == "paid":
                had[line["staff_no"]] = had.get(line["staff_no"], F(0)) + F(line["amount"])
    return had


def decisions():
    rows = sheet_rows(BATCH / "decisions/困难补助审批.xlsx")
    head = next(i for i, row in enumerate(rows) if "工号" in row)
    lines = [dict(zip(rows[head], row)) for row in rows[head + 1:]]
    return {line["工号"]: sum_of(line["审批金额"]) for line in lines}


def this_year(row, column):
    return day_of(row[column]).year == 2023


def serious(rows, member, had):
    f = piecewise([(20000, 0), (30000, 2500), (50000, 8500)], F(2, 5))
    counted = [row for row in rows if row["kind"] == "住院" and this_year(row, "discharged")]
    if not counted:
        return "not_counted", F(0)
    cost = sum(sum_of(row["self_pay"]) for row in counted)
    if F(member["缴费年限"]) < 1 or cost < 20000:
        return "refused", F(0)
    amount = half_up(min(f(cost), F(50000), max(F(200000) - had, F(0))))
    return "paid" if amount else "zero", amount


def medical(rows, member):
    counted = [
        row for row in rows if this_year(row, "settled") and text_of(row["cause"]) in ("", "疾病")
        and text_of(row["insured"]) != "否"]
    if not counted:
        return "not_counted", F(0)
    if member["状态"] == "试用期":
        return "refused", F(0)
    amount = F(0)
    for kind in ("门诊", "住院"):
        cash = sum((
            sum_of(row["total"]) - sum(sum_of(row[part]) or F(0) for part in ("pool", "account", "own"))
            for row in counted if row["kind"] == kind), F(0))
        amount += min(cash * F(3, 10), F(580))
    amount = half_up(amount)
    return "paid" if amount else "zero", amount


def hardship(row, member, decision):
    if F(row["income"]) / int(row["size"]) >= 1000 or member["状态"] == "退休":
        return "refused", F(0)
    return ("paid", decision) if decision is not None and 1000 <= decision <= 3000 else ("held", F(0))


def shared(awards, order, fund):
    """A short fund: everybody's exact share rounded down, the fen left over to the largest remainders."""
    asked = sum(awards[key] for key in order)
    if asked <= fund:
        return {key: awards[key] for key in order}
    exact = {key: awards[key] * fund / asked * 100 for key in order}
    fen = {key: int(share) for key, share in exact.items()}
    left = int(fund * 100) - sum(fen.values())
    for key in sorted(order, key=lambda key: fen[key] - exact[key])[:left]:  # stable: ties in record order
        fen[key] += 1
    return {key: F(n, 100) for key, n in fen.items()}


def recomputed():
    """(programme, staff number) -> (outcome, amount)."""
    rows, waiting, members = people()
    had, decided, awards = paid_before(), decisions(), {}
    for key, own in rows.items():
        programme, staff = key
        if key in waiting:
            awards[key] = "held", F(0)
        elif programme == "serious-illness-mutual-aid":
            awards[key] = serious(own, members[staff], had.get(staff, F(0)))
        elif programme == "medical-subsidy":
            awards[key] = medical(own, members[staff])
        else:
            awards[key] = hardship(own[0], members[staff], decided.get(staff))
    amounts = {key: amount for key, (outcome, amount) in awards.items()}
    if sum(amount for key, amount in amounts.items() if key[0] != "medical-subsidy") > RELIEF:
        sys.exit("the relief fund is short: everybody waits")
    subsidies = [key for key in awards if key[0] == "medical-subsidy"]
    order = sorted(subsidies, key=lambda key: (rows[key][0]["unit"], key[1]))
    for key, amount in shared(amounts, order, WELFARE).items():
        awards[key] = awards[key][0], amount
    return awards


def program(binary, folder):
    """Awards as the program explains them, and the payments in its ledgers by staff number."""
    shutil.copytree(BATCH, folder, ignore=shutil.ignore_patterns("out"))
    done = subprocess.run([binary, "run", str(folder), "--progress", "never"], capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 1:
        sys.exit(f"exit status {done.returncode}: {done.stderr[-2000:]}")
    with open(folder / "out/explanations.jsonl", encoding="utf-8") as lines:
        awards = {(a["programme"], a["staff_no"]): (a["outcome"], F(a["amount"])) for a in map(json.loads, lines)}
    ledger = []
    for path in sorted(folder.glob("out/ledgers/*.csv")):
        lines = csv.DictReader(open(path, encoding="utf-8-sig", newline=""))
        ledger += [(line["工号"], F(line["金额"])) for line in lines]
    return awards, ledger


def main():
    warnings.simplefilter("ignore")  # openpyxl, about styles
    expected = recomputed()
    with tempfile.TemporaryDirectory() as top:
        awards, ledger = program(sys.argv[1], pathlib.Path(top) / "2023-12")
    wrong = 0
    for key in sorted(expected.keys() | awards.keys()):
        want, got = expected.get(key), awards.get(key)
        if want != got:
            wrong += 1
            words = [f"{pair[0]} {yuan(pair[1])}" if pair else "nothing" for pair in (want, got)]
            print(f"  {key}: expected {words[0]}, got {words[1]}")
    payments = sorted((staff, amount) for (_, staff), (outcome, amount) in expected.items() if outcome == "paid")
    if payments != sorted(ledger):
        wrong += 1
        print(f"  the ledgers have {len(ledger)} payments, not the {len(payments)} expected, or other amounts")
    print(f"sample batch: {len(awards)} awards, {len(ledger)} payments of {yuan(sum(a for _, a in ledger))}, "
          f"{wrong} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
