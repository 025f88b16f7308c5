#!/usr/bin/env python3
"""Recomputes random claims under the shipped policies with exact fractions, by breakpoints of the piecewise function
instead of by tiers, and compares every award with what the program says.

    python3 Tests/Oracles/shipped_policies.py BINARY [CLAIMS-PER-POLICY] [POLICY…]

Values exactly at every edge, one fen below and one fen above, come first; the rest is random with a fixed seed.
"""

import csv
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from bisect import bisect_right
from fractions import Fraction as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
FEN = F(1, 100)


def half_up(x):
    return F(int(x * 100 + F(1, 2)), 100)


def piecewise(points, slope):
    """A function through `points` (base, amount), going on at `slope` after the last."""
    xs = [p[0] for p in points]

    def value(x):
        i = bisect_right(xs, x) - 1
        if i < 0:
            return F(0)
        x0, y0 = points[i]
        if i + 1 == len(points):
            return y0 + (x - x0) * slope
        x1, y1 = points[i + 1]
        return y0 + (x - x0) * F(y1 - y0, x1 - x0)

    return value


def capped(amount, cap, used=F(0)):
    return min(amount, max(F(cap) - used, F(0)))


def yuan(x):
    return f"{int(x * 100) // 100}.{int(x * 100) % 100:02d}"


def near(edges):
    """At every edge, one fen below and above."""
    return [F(e) + d for e in edges for d in (-FEN, F(0), FEN) if F(e) + d >= 0]


def money(rng, top):
    return F(rng.randrange(int(top * 100) + 1), 100)


class Case:
    """One person: rows as the list has them, earlier payments, a decision; and what must come out."""

    def __init__(self, rows, outcome, amount=F(0), history=(), decision=None):
        self.rows, self.outcome, self.amount = rows, outcome, amount
        self.history, self.decision = history, decision


def paid(rows, amount, **more):
    amount = half_up(amount)
    return Case(rows, "paid" if amount > 0 else "zero", amount, **more)


# One function a policy: (random generator, edge values) -> cases without end. Years are the policies' own.

def whu(rng, edges):
    f = piecewise([(20000, 0), (30000, 2500), (50000, 8500)], F(40, 100))
    day = "2017-06-01"
    for x in edges([20000, 30000, 50000, 153750]):
        had = F(0)
        if rng.random() < 0.3:
            had = money(rng, 210000)
        history = [(had, "2016-12-28")] if had else []
        this_year = F(0)
        if rng.random() < 0.2:
            this_year = money(rng, 60000)
            history.append((this_year, "2017-03-01"))
        rows = [("住院", yuan(x), day)]
        if x > 2 and rng.random() < 0.4:
            part = money(rng, x)
            rows = [("住院", yuan(part), day), ("住院", yuan(x - part), "2017-12-31")]
        if rng.random() < 0.2:
            rows.append(("门诊", yuan(money(rng, 90000)), day))
        if rng.random() < 0.1:
            rows.append(("住院", yuan(money(rng, 90000)), "2018-01-01"))
        if x < 20000:
            yield Case(rows, "refused", history=history)
        else:
            amount = capped(capped(f(x), 50000, this_year), 200000, had + this_year)
            yield paid(rows, amount, history=history)


def zjhu(rng, edges):
    f = piecewise([(5000, 0)], F(60, 100))
    for x in edges([5000, 55000]):
        part = money(rng, x)
        rows = [("住院", yuan(part), yuan(x - part), "2015-04-01")]
        if rng.random() < 0.3:
            rows.append(("普通门诊", yuan(money(rng, 9000)), "", "2015-04-01"))
        had = money(rng, 32000) if rng.random() < 0.3 else F(0)
        history = [(had, "2015-02-01")] if had else []
        yield paid(rows, capped(f(x), 30000, had), history=history)


def sdju(rng, edges):
    for x in edges([F("1933.33"), F("1933.34"), 0]):
        y = money(rng, 6000) if rng.random() < 0.7 else F("1933.33")
        pool, account, own = money(rng, 20000), money(rng, 3000), money(rng, 4000)
        rows = [
            ("门诊", yuan(x + account), "0", yuan(account), "", "2023-05-01"),
            ("住院", yuan(y + pool + account + own), yuan(pool), yuan(account), yuan(own), "2023-06-01"),
        ]
        yield paid(rows, capped(x * F(3, 10), 580) + capped(y * F(3, 10), 580))


def tiers(points, slope, least=None):
    f = piecewise(points, slope)

    def amount(x):
        y = f(x)
        return F(least) if least and 0 < y < least else y

    return amount


def yueyang(rng, edges):
    f = tiers([(0, 0), (5000, 1500), (10000, 3250), (20000, 7250), (30000, 11750)], F(1, 2), 50)
    for x in edges([0, F("166.66"), F("166.67"), 5000, 10000, 20000, 30000, 106500]):
        had = money(rng, 55000) if rng.random() < 0.3 else F(0)
        history = [(had, "2014-02-01")] if had else []
        yield paid([(yuan(x), "2014-05-01")], capped(f(x), 50000, had), history=history)


def zhangjiajie(rng, edges):
    f = tiers([(0, 0), (5000, 2250), (10000, 4750), (20000, 10250), (30000, 16250)], F(7, 10))
    for x in edges([0, 5000, 10000, 20000, 30000, F("78214.28")]):
        yield paid([(yuan(x),)], capped(f(x), 50000))


def shandong(rng, edges):
    for x in edges([0, 3000, 6000]):
        had = money(rng, 7000) if rng.random() < 0.6 else F(0)
        history = [(had, "2019-02-01")] if had else []
        yield paid([(yuan(x),)], capped(capped(x, 3000), 6000, had), history=history)


def nwu(rng, edges):
    for income in edges([0, 1000, 2000, 3000, 5000]):
        people = rng.randrange(1, 6)
        ground = rng.choice(["本人去世", "家庭收入低", "其他"])
        grade = rng.choice(["较重", "一般"])
        rows = [(ground, grade, yuan(income), people)]
        if ground == "家庭收入低" and not income / people < 1000:
            yield Case(rows, "refused")
        elif rng.random() < 0.2:
            yield Case(rows, "refused", history=[(F(300), "2010-03-01")])
        else:
            yield paid(rows, F(1000) if ground == "本人去世" else F({"较重": 500, "一般": 300}[grade]))


def szpt(rng, edges):
    table = {"重大疾病": 5000, "慢性病": 3000, "手术": 2000, "亲属去世": 2000, "一般住院": 1000, "生育": 1000}
    for x in edges([6]):
        event, months = rng.choice(list(table)), min(x, F(12))
        rows = [(event, yuan(months))]
        if event == "慢性病" and months < 6:
            yield Case(rows, "refused")
        else:
            yield paid(rows, F(table[event]))


def decided(least, most):
    def cases(rng, edges):
        for x in edges([least, most]):
            if rng.random() < 0.2:
                yield Case([("本人患病",)], "held")
            elif F(least) <= x <= F(most):
                yield Case([("本人患病",)], "paid" if x > 0 else "zero", x, decision=x)
            else:
                yield Case([("本人患病",)], "held", decision=x)

    return cases


def xmu(rng, edges):
    table = {1: (30000, 50000), 2: (10000, 20000), 3: 30000, 4: (20000, 30000), 5: 50000}
    for x in edges([10000, 20000, 30000, 50000]):
        kind = rng.randrange(1, 7)
        rows = [(kind,)]
        entry = table.get(kind)
        if entry is None:
            yield Case(rows, "refused", decision=x)
        elif isinstance(entry, int):
            yield paid(rows, F(entry))
        elif entry[0] <= x <= entry[1]:
            yield Case(rows, "paid", x, decision=x)
        else:
            yield Case(rows, "held", decision=x)


def cug(rng, edges):
    for x in edges([5000, 10000]):
        listed = rng.random() < 0.5
        part = money(rng, x) if rng.random() < 0.5 else F(0)
        stays = [s for s in (part, x - part) if s > 0] or [F(0)]
        rows = [("是" if listed else "否", yuan(s), f"2024-0{i + 1}-11") for i, s in enumerate(stays)]
        reached = x >= 5000 if listed else max(stays) > 10000
        decision = FEN * rng.randrange(1, 200000)
        if not reached:
            yield Case(rows, "refused", decision=decision)
        elif decision <= x:
            yield Case(rows, "paid", decision, decision=decision)
        else:
            yield Case(rows, "held", decision=decision)


def hzu(rng, edges):
    start = datetime.date(2025, 1, 1)
    for x in edges([0]):
        paid_in = start + datetime.timedelta(days=rng.randrange(300))
        cover = paid_in + datetime.timedelta(days=1)
        after = rng.choice([0, 1, 179, 180, 181, 1094, 1095, 1096, rng.randrange(-20, 400)])
        diagnosed = cover + datetime.timedelta(days=after)
        if diagnosed > datetime.date(2025, 12, 31):
            diagnosed = cover + datetime.timedelta(days=179)
        first, covered, shares = rng.random() < 0.5, rng.random() < 0.9, rng.randrange(0, 4)
        rows = [(shares, paid_in, "是" if first else "否", diagnosed, "是" if covered else "否")]
        days = (diagnosed - cover).days
        if covered and 1 <= shares <= 2 and days >= 0 and (not first or days >= 180):
            yield paid(rows, F(15000 * shares))
        else:
            yield Case(rows, "refused")


SPECS = {
    "whu-serious-illness-2017": (2017, ["就诊类别", "自付金额", "出院日期"], whu, 400000),
    "zjhu-medical-aid-2015": (2015, ["就诊类别", "目录内自付", "目录外自费", "出院日期"], zjhu, 120000),
    "sdju-medical-subsidy-2023": (
        2023, ["就诊类别", "医疗费总额", "统筹支付", "个人账户支付", "目录外自费", "结算日期"], sdju, 6000),
    "yueyang-mutual-aid-2014": (2014, ["目录内自付", "出院日期"], yueyang, 200000),
    "zhangjiajie-mutual-aid-2014": (2014, ["医保后自付"], zhangjiajie, 150000),
    "shandong-warmth-2019": (2019, ["核定金额"], shandong, 9000),
    "nwu-hardship-2010": (2010, ["困难原因", "补助等次", "家庭月收入", "家庭人口"], nwu, 9000),
    "szpt-condolence-2015": (2015, ["慰问事项", "病假月数"], szpt, 12),
    "ytu-hardship-2022": (2022, ["困难类型"], decided(1000, 3000), 4000),
    "cat-medical-2018": (2019, ["备注一"], decided(0, 2000), 3000),
    "xmu-emergency-fund-2024": (2024, ["类别"], xmu, 60000),
    "cug-serious-illness-2024": (2024, ["是否目录内病种", "校医院审核自付金额", "出院日期"], cug, 20000),
    "hzu-women-cover-2025": (2025, ["份数", "缴费日期", "是否首次参保", "确诊日期", "是否保障病种"], hzu, 9),
}


def check(binary, name, count):
    year, headings, cases, top = SPECS[name]
    rng = random.Random(name)

    def edges(points):
        yield from near(points)
        while True:
            yield money(rng, top)

    text = (ROOT / f"Templates/policies/{name}.yaml").read_text()
    keys = dict(line.split(": ", 1) for line in text.splitlines() if line.startswith(("programme: ", "fund: ")))
    programme = keys["programme"].strip()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder) / "b"
        for sub in ("policies", "applications", "history", "decisions", "roster"):
            (folder / sub).mkdir(parents=True)
        (folder / "policies/p.yaml").write_text(text)
        fund = f"funds: {{{keys['fund'].strip()}: {{amount: 900000000000.00}}}}\n" if "fund" in keys else ""
        (folder / "batch.yaml").write_text(
            f"batch: oracle\nperiod: {{from: {year}-01-01, to: {year}-12-31}}\npay_date: {year + 1}-12-31\n"
            f"policies: [policies/]\napplications: [{{programme: {programme}, files: [applications/*]}}]\n"
            f"roster: [roster/*]\nhistory: [history/*]\ndecisions: [decisions/*]\n{fund}")
        expected = {}
        with open(folder / "applications/a.csv", "w") as a, open(folder / "history/h.csv", "w") as h, \
                open(folder / "decisions/d.csv", "w") as d, open(folder / "roster/r.csv", "w") as r:
            list_, history, decisions, roster = map(csv.writer, (a, h, d, r))
            list_.writerow(["工号", "姓名"] + headings)
            history.writerow(["batch", "programme", "staff_no", "amount", "paid_on", "status"])
            decisions.writerow(["programme", "staff_no", "amount", "reason", "decided_by", "decided_on"])
            roster.writerow(["工号", "姓名", "状态"])
            for i, case in zip(range(count), cases(rng, edges)):
                staff = f"{i + 1:08d}"
                roster.writerow([staff, "张三", "在职"])
                for row in case.rows:
                    list_.writerow([staff, "张三", *row])
                for amount, day in case.history:
                    history.writerow(["old", programme, staff, yuan(amount), day, "paid"])
                if case.decision is not None:
                    decisions.writerow([programme, staff, yuan(case.decision), "", "", ""])
                expected[staff] = case
        run = subprocess.run(
            [binary, "run", str(folder), "--dry-run", "--progress", "never"], capture_output=True, text=True)
        if run.returncode > 1:
            sys.exit(f"{name}: {run.stderr[-2000:]}{run.stdout[-500:]}")
        wrong = seen = 0
        with open(folder / "out/explanations.jsonl") as lines:
            for line in lines:
                award = json.loads(line)
                case = expected[award["staff_no"]]
                seen += 1
                if (award["outcome"], F(award["amount"])) != (case.outcome, case.amount):
                    wrong += 1
                    if wrong <= 5:
                        print(f"  {award['staff_no']} {case.rows} {case.history} {case.decision}: expected "
                              f"{case.outcome} {yuan(case.amount)}, got {award['outcome']} {award['amount']} "
                              f"{award['reasons']}")
        if seen != len(expected):
            wrong += abs(seen - len(expected))
            print(f"  {seen} awards for {len(expected)} people")
        print(f"{name}: {seen} claims, {wrong} differences", flush=True)
        return wrong


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    names = sys.argv[3:] or list(SPECS)
    sys.exit(1 if sum(check(sys.argv[1], name, count) for name in names) else 0)
