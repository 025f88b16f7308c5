#!/usr/bin/env python3
"""Makes SampleData/2023-12 (all but batch.yaml and policies/) and SampleData/cases. See README.md.

    python3 SampleData/generate.py

Seeded: the same bytes every time. Every person is invented.
"""

import csv
import io
import pathlib
import random

from generator import cases, december, faults
from generator.people import UNITS, roster
from generator.xlsx import letters

HERE = pathlib.Path(__file__).parent
BATCH = HERE / "2023-12"


def style_of(number, rnd):
    """Every list is written in its own way; the exotic ones each once."""
    return {
        "above": rnd.choice([0, 1, 1, 2]), "shuffle": number % 3 == 1, "extra": number % 4 == 2,
        "numbers": number % 2 == 0, "dates": number % 5 != 3, "merge_unit": number % 6 == 5, "total": number % 3 != 2,
        "wrong_total": number in (9, 24), "sign": number % 2 == 1, "hide": number == 12, "second_sheet": number % 7 == 3,
        "hidden_sheet": number == 15, "strict": number == 4, "inline": number == 6, "date1904": number == 8,
        "sheet": rnd.choice(["Sheet1", "汇总表", "申请表"]), "encoding": "gb18030" if number == 10 else "utf-8-sig",
    }


def plant(rnd, rows):
    """One fault in about every twelfth row; each kind at least once. Returns (row, code, column)."""
    serious, medical, hardship = rows["serious"], rows["medical"], rows["hardship"]
    simple = [
        faults.id_checksum, faults.id_as_number, faults.id_short, faults.id_birth, faults.id_small_x,
        faults.account_number, faults.account_typo, faults.account_letters, faults.account_blank, faults.name_spaces,
        faults.name_other, faults.name_invisible, faults.not_member, faults.lost_zeros, faults.formula_like]
    amounts = [
        faults.amount_dust, faults.amount_three, faults.amount_signs, faults.amount_words, faults.amount_slash,
        faults.amount_negative, faults.amount_blank, faults.cell_error, faults.formula_blank]
    days = [faults.date_partial, faults.date_impossible, faults.date_future]
    jobs = [(f, serious + medical, None) for f in simple]
    jobs += [(f, serious, "self_pay") for f in amounts] + [(f, medical, "total_cost") for f in amounts[:7]]
    jobs += [(f, serious, "discharged") for f in days] + [(f, medical, "settled") for f in days[:2]]
    jobs += [(faults.choice_other, serious, "kind"), (faults.choice_other, hardship, "hardship_cause")]
    jobs += [(f, serious, None) for f in (faults.date_order, faults.sex_other, faults.phone_short, faults.sex_other)]
    jobs += [(f, medical, None) for f in (faults.bounds, faults.bounds, faults.id_checksum, faults.name_other)]
    jobs += [(f, hardship, None) for f in (faults.id_checksum, faults.name_spaces, faults.account_typo)]
    planted = []
    for fault, pool, key in jobs:
        while True:
            row = rnd.choice(pool)
            in_workbook = row.path.suffix == ".xlsx"
            if row.fault is None and in_workbook and row.alone:
                break
        code, column = fault(row, key) if key else fault(row)
        row.fault = code or "—"
        planted.append((row, code, column))
    return planted


def main():
    rnd = random.Random(20231228)
    people = roster(rnd)
    by_unit = {unit: [p for p in people if p.unit == unit] for unit in UNITS}
    december.reference_lists(rnd, people, BATCH)
    lists, rows, past, counter, poor, number = [], {"serious": [], "medical": [], "hardship": []}, [], [0], [], 0
    plan = [("serious", UNITS[:16], 10), ("medical", UNITS[8:], 12), ("hardship", UNITS[2:12], 6)]
    for kind, units, count in plan:
        for unit in units:
            chosen = rnd.sample(by_unit[unit], count)
            list_rows = []
            for rank, person in enumerate(chosen, 1):
                if kind == "serious":
                    made = december.serious_rows(rnd, person)
                    if rnd.random() < 0.12:
                        for year in rnd.sample(range(2019, 2023), rnd.randint(1, 4)):
                            past.append((person.staff_no, person.id_number, year, rnd.choice([12000, 30000, 50000]), rnd.choice(["paid", "paid", "paid", "returned"])))
                elif kind == "medical":
                    made = december.medical_rows(rnd, person, counter)
                else:
                    made = december.hardship_rows(rnd, person, rank)
                    poor.append(person)
                for row in made:
                    row.alone = len(made) == 1
                list_rows += made
            suffix = ".csv" if number in (10, 20) else ".xlsx"
            path = BATCH / "applications" / december.FOLDERS[kind] / f"{unit}{suffix}"
            for row in list_rows:
                row.path, row.kind = path, kind
            lists.append((path, kind, unit, list_rows, style_of(number, rnd)))
            rows[kind] += list_rows
            number += 1
    planted = plant(rnd, rows)
    # The same row twice, the same invoice twice, one person in two units' lists.
    first = next(r for r in lists[1][3] if r.fault is None)
    lists[1][3].append(copy(first, lists[1][0]))
    planted.append((lists[1][3][-1], "ROW-TWICE", "staff_no"))
    guest = copy(next(r for r in lists[2][3] if r.fault is None and r.alone), lists[3][0])
    guest.values["unit"] = lists[3][2]
    lists[3][3].append(guest)
    planted.append((guest, "PERSON-TWICE", "staff_no"))
    bills = [r for r in rows["medical"] if r.fault is None]
    bills[40].values["invoice"] = bills[7].values["invoice"]
    planted.append((bills[40], "INVOICE-TWICE", "invoice"))
    december.history_lists(people, past, BATCH)
    december.decision_list(rnd, poor, BATCH)
    places = {}
    for path, kind, unit, list_rows, style in lists:
        numbers, columns = december.write_list(rnd, path, kind, unit, list_rows, style)
        for row in list_rows:
            places[id(row)] = (path, numbers[id(row)], columns)
    write_faults(planted, places)
    cases.write(HERE / "cases")


def copy(row, path):
    other = december.Row(row.person, dict(row.values))
    other.path, other.kind, other.alone, other.fault = path, row.kind, False, "copy"
    return other


def write_faults(planted, places):
    """The planted faults, for whoever wants to check the program against them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "cell", "code"])
    for row, code, column in planted:
        path, number, columns = places[id(row)]
        if code and column in columns:
            cell = str(number) if code in ("ROW-TWICE", "PERSON-TWICE") else f"{letters(columns.index(column))}{number}"
            writer.writerow([path.relative_to(BATCH).as_posix(), cell, code])
    (HERE / "faults-2023-12.csv").write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
