#!/usr/bin/env python3
"""Compares every cell of `inspect --raw` with what openpyxl and python-calamine read, over workbooks that LibreOffice has written in
each of its formats: written by XlsxWriter from a fixed seed, calculated and saved by LibreOffice.

    python3 Tests/Oracles/office_cells.py BINARY [WORKBOOKS]      needs openpyxl XlsxWriter python-calamine and soffice
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

DATES = ["yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "d-mmm-yy", "m/d/yy h:mm", "yyyy-mm-dd hh:mm:ss"]
TEXTS = ["张三", "  前后空格  ", "a,b", 'he said "x"', "第一行\n第二行", "𠮷野家", "é", "0012", "1e5", "&<>\"'", "長" * 300, "TRUE", "2024-01-01", "·",
         "双  空格"]
# Left out: a tab, which LibreOffice keeps in .ods and python-calamine drops; XML Spreadsheet 2003, which LibreOffice 7.4 fails to write.
FORMULAS = ["=1/0", "=NA()", "=1+2", '="x"&"y"', "=TRUE()", "=0.1+0.2", "=DATE(2023,5,1)", '=""', "=#REF!+1", '=VALUE("x")']
FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "fods": "fods", "xls": "xls:MS Excel 97"}


def write(rng, path):
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False, "in_memory": True,
                                           "date_1904": rng.random() < 0.2})
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    for name in ["第一张", "B & <c>"][:rng.randrange(1, 3)]:
        sheet = book.add_worksheet(name)
        for r in range(rng.randrange(1, 30)):
            for c in range(rng.randrange(1, 9)):
                kind = rng.randrange(9)
                if kind == 0:
                    sheet.write_number(r, c, rng.choice([rng.randrange(-10**6, 10**6), round(rng.uniform(-1e6, 1e6), 2), rng.uniform(-1, 1), 1e100,
                                                         123456789012345678, rng.uniform(1e-10, 1e-5)]))
                elif kind == 1:
                    sheet.write_string(r, c, rng.choice(TEXTS))
                elif kind == 2:
                    sheet.write_boolean(r, c, rng.random() < 0.5)
                elif kind == 3:
                    day = dt.datetime(1990, 1, 2) + dt.timedelta(days=rng.randrange(30000), seconds=rng.choice([0, rng.randrange(86400)]))
                    sheet.write_datetime(r, c, day, book.add_format({"num_format": rng.choice(DATES)}))
                elif kind == 4:
                    sheet.write_formula(r, c, rng.choice(FORMULAS))
                elif kind == 5:
                    sheet.write_rich_string(r, c, "前", bold, "粗", red, " 红 ", "后")
                elif kind == 6:
                    sheet.write_datetime(r, c, dt.time(rng.randrange(24), rng.randrange(60), rng.randrange(60)),
                                         book.add_format({"num_format": "hh:mm:ss"}))
                elif kind == 7:
                    sheet.write_number(r, c, rng.choice([0.25, 1234.5]), book.add_format({"num_format": rng.choice(["0%", "¥#,##0.00", "0.00E+00"])}))
        if rng.random() < 0.5:
            sheet.merge_range(40, 0, 42, 1, "合并")
        if rng.random() < 0.3:
            sheet.set_row(1, None, None, {"hidden": True})
            sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()


def shown(cell):
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.timedelta):
        # A time of day that calamine gives as a span.
        seconds = cell.total_seconds()
        return f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}:{int(seconds % 60):02d}"
    if isinstance(cell, dt.datetime):
        # Readers round to microseconds and less; LibreOffice writes spans of a day in nanoseconds.
        near = (cell + dt.timedelta(milliseconds=500)).replace(microsecond=0) if cell.microsecond else cell
        return near.date().isoformat() if near.time() == dt.time() else near.isoformat()
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else cell


def same(ours, theirs):
    theirs = shown(theirs)
    if isinstance(theirs, (int, float)) and not isinstance(theirs, bool):
        try:
            return float(ours) == float(theirs)
        except ValueError:
            return False
    return ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n")


def raw(binary, path, sheet):
    out = subprocess.run([binary, "inspect", "--raw", "--sheet", str(sheet + 1), str(path)], capture_output=True)
    if out.returncode:
        return [[out.stderr.decode()]]
    return list(csv.reader(io.StringIO(out.stdout.decode("utf-8"), newline="")))


def others(path, kind, sheet):
    """What other readers see. None of them reads .fods, which is held against what we see in the .ods."""
    if kind == "xlsx":
        page = openpyxl.load_workbook(path, data_only=True).worksheets[sheet]
        yield "openpyxl", [[c.value for c in row] for row in page.iter_rows(min_row=1, min_col=1)]
    if kind in ("xlsx", "ods", "xls"):
        yield "calamine", CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def compare(label, ours, theirs, tally):
    for r in range(max(len(ours), len(theirs))):
        for c in range(max(len(ours[r]) if r < len(ours) else 0, len(theirs[r]) if r < len(theirs) else 0)):
            mine = ours[r][c] if r < len(ours) and c < len(ours[r]) else ""
            his = theirs[r][c] if r < len(theirs) and c < len(theirs[r]) else None
            tally["cells"] += 1
            if not same(mine, his):
                tally["differences"] += 1
                if tally["differences"] <= 60:
                    print(f"{label} row {r + 1} column {c + 1}: {mine[:200]!r}, {str(his)[:60]!r}")


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    rng = random.Random(20231228)
    total = {"cells": 0, "differences": 0}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "in").mkdir()
        for n in range(count):
            write(rng, folder / "in" / f"{n}.xlsx")
        for kind, converter in FORMATS.items():
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", converter, "--outdir",
                            str(folder / kind)] + [str(folder / "in" / f"{n}.xlsx") for n in range(count)], capture_output=True, check=False)
        for kind in FORMATS:
            tally, made = {"cells": 0, "differences": 0}, 0
            for n in range(count):
                path = folder / kind / f"{n}.{kind}"
                if not path.exists() or path.stat().st_size == 0:
                    continue
                made += 1
                for sheet in range(len(openpyxl.load_workbook(folder / "in" / f"{n}.xlsx").sheetnames)):
                    ours = raw(binary, path, sheet)
                    for name, theirs in others(path, kind, sheet):
                        compare(f"{kind} {n}/{sheet} {name}", ours, theirs, tally)
                    if kind == "fods":
                        compare(f"{kind} {n}/{sheet} ours", ours, raw(binary, folder / "ods" / f"{n}.ods", sheet), tally)
            print(f"{kind}: {made} workbooks, {tally['cells']} cells compared, {tally['differences']} differences")
            total["differences"] += tally["differences"]
    sys.exit(total["differences"] > 0)


main()
