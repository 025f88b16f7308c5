#!/usr/bin/env python3
"""Compares every cell of `inspect --raw` with what openpyxl and python-calamine read, over workbooks written by openpyxl and
XlsxWriter from a fixed seed.

    python3 Tests/Oracles/raw_cells.py BINARY [WORKBOOKS]      needs openpyxl XlsxWriter python-calamine
"""

import csv
import datetime as dt
import io
import pathlib
import random
import subprocess
import sys
import tempfile

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

DATE_FORMATS = ["yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "d-mmm-yy", "m/d/yy h:mm", "yyyy-mm-dd hh:mm:ss", "[$-804]yyyy-mm-dd;@"]
TEXTS = ["张三", "  前后空格  ", "a,b", 'he said "x"', "第一行\n第二行", "𠮷野家", "é", "0012", "=not a formula", "1e5", "\t制表", "&<>\"'",
         "長" * 300, "TRUE", "2024-01-01", "·"]
# Left out because the two readers disagree: "_x000D_" (a carriage return, as ECMA-376 and calamine have it, and as we read it) and a cell
# of one space (kept, as openpyxl has it).


def number(rng):
    return rng.choice([
        lambda: rng.randrange(-10**6, 10**6), lambda: round(rng.uniform(-1e6, 1e6), 2), lambda: rng.uniform(-1, 1),
        lambda: rng.uniform(1e15, 1e20), lambda: rng.uniform(1e-10, 1e-5), lambda: 0.1 + 0.2, lambda: 1e100, lambda: -0.0,
        lambda: 123456789012345678, lambda: 5e-300, lambda: float(rng.randrange(10**15))])()


def value(rng):
    kind = rng.randrange(9)
    if kind < 3:
        return number(rng), None
    if kind < 5:
        return rng.choice(TEXTS), None
    if kind == 5:
        return rng.random() < 0.5, None
    if kind == 6:
        day = dt.datetime(1904, 1, 2) + dt.timedelta(days=rng.randrange(60000))  # before 1904 the readers disagree
        if rng.random() < 0.5:
            day += dt.timedelta(seconds=rng.randrange(86400))
        return day, rng.choice(DATE_FORMATS)
    if kind == 7:
        return dt.time(rng.randrange(24), rng.randrange(60), rng.randrange(60)), "hh:mm:ss"
    return None, None


def shown(cell):
    """As the contract prints it."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return cell
    return cell


def same(ours, theirs):
    theirs = shown(theirs)
    if isinstance(theirs, (int, float)) and not isinstance(theirs, bool):
        try:
            return float(ours) == float(theirs) and ours == ours.strip()
        except ValueError:
            return False
    if isinstance(theirs, dt.timedelta):
        return True
    return ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n")


def write(rng, path, by):
    rows, columns = rng.randrange(1, 40), rng.randrange(1, 12)
    cells = {(r, c): value(rng) for r in range(rows) for c in range(columns) if rng.random() < 0.8}
    if by == "openpyxl":
        book = openpyxl.Workbook()
        sheet = book.active
        if rng.random() < 0.2:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        for (r, c), (v, f) in cells.items():
            if isinstance(v, str) and v.startswith("="):
                v = "'" + v
            cell = sheet.cell(r + 1, c + 1, v)
            if f:
                cell.number_format = f
        book.save(path)
    else:
        book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False, "in_memory": True,
                                          "date_1904": rng.random() < 0.2, "constant_memory": False})
        sheet = book.add_worksheet()
        for (r, c), (v, f) in cells.items():
            style = book.add_format({"num_format": f}) if f else None
            if v is None:
                continue
            if isinstance(v, (dt.datetime, dt.time)):
                sheet.write_datetime(r, c, v, style)
            elif isinstance(v, str):
                sheet.write_string(r, c, v)
            else:
                sheet.write(r, c, v)
        book.close()


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    rng = random.Random(20231228)
    differences = cells = 0
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            path = pathlib.Path(folder) / f"{n}.xlsx"
            by = "openpyxl" if n % 2 == 0 else "xlsxwriter"
            write(rng, str(path), by)
            out = subprocess.run([binary, "inspect", "--raw", str(path)], capture_output=True)
            ours = list(csv.reader(io.StringIO(out.stdout.decode("utf-8"), newline="")))
            sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
            theirs = [[c.value for c in row] for row in sheet.iter_rows(min_row=1, min_col=1)]
            grid = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
            for name, other in (("openpyxl", theirs), ("calamine", grid)):
                for r in range(max(len(ours), len(other))):
                    for c in range(max(len(ours[r]) if r < len(ours) else 0, len(other[r]) if r < len(other) else 0)):
                        mine = ours[r][c] if r < len(ours) and c < len(ours[r]) else ""
                        his = other[r][c] if r < len(other) and c < len(other[r]) else None
                        cells += 1
                        if not same(mine, his):
                            differences += 1
                            if differences <= 40:
                                print(f"{by} {n} row {r + 1} column {c + 1}: {mine!r}, {name} {his!r}")
    print(f"{count} workbooks, {cells} cells compared, {differences} differences")


main()
