"""Claims under the shipped policies that pay a share of medical costs, or a premium. Figures are the printed rules'."""

import datetime

from claims import (
    F, FEN, NOT_COUNTED, Claim, Policy, beside, capped, day_outside, days, decided, had_before, held, last_year, money,
    paid, parts, payments, piecewise, refused, values, yuan)


def stays(rng, x, year, kind=()):
    """Rows of `x` in all: (kind, amount, day)."""
    sums = parts(rng, x)
    return [(*kind, yuan(s), d) for s, d in zip(sums, days(rng, year, len(sums)))]


def whu(rng):
    f = piecewise([(20000, 0), (30000, 2500), (50000, 8500)], F(40, 100))
    for x in values(rng, [20000, 30000, 50000, 153750], 400000):
        rows = stays(rng, x, 2017, ("住院",)) if rng.random() < 0.95 else []
        if not rows or rng.random() < 0.2:
            rows.append(("门诊", yuan(money(rng, 90000)), "2017-06-01"))
        if rng.random() < 0.1:
            rows.append(("住院", yuan(money(rng, 90000)), day_outside(rng, 2017)))
        due = min(f(x), F(50000))
        this_year = had_before(rng, 50000, due)
        due = capped(f(x), 50000, this_year)
        earlier = max(had_before(rng, 200000, due) - this_year, F(0))
        due = capped(due, 200000, earlier + this_year)
        history = payments(rng, this_year, 2017) + last_year(rng, earlier, 2017)
        if not any(row[0] == "住院" and "2017" in str(row[2]) for row in rows):
            yield Claim(rows, NOT_COUNTED, history)
        elif x < 20000:
            yield Claim(rows, refused("gate"), history)
        else:
            yield Claim(rows, paid(due), history)


def zjhu(rng):
    f = piecewise([(5000, 0)], F(60, 100))
    for x in values(rng, [5000, 55000], 120000):
        rows = []
        for s, d in zip(sums := parts(rng, x), days(rng, 2015, len(sums))):
            own = money(rng, s) if rng.random() < 0.5 else F(0)
            kind, place = rng.choice(["住院", "特殊病种门诊"]), rng.choice(["是", "是", ""])
            rows.append((kind, yuan(s - own), yuan(own) if own else "", place, d))
        if rng.random() < 0.05:
            rows = []
        if rng.random() < 0.3 or not rows:
            rows.append(("普通门诊", yuan(money(rng, 9000)), "", "", "2015-04-01"))
        if rng.random() < 0.2:
            rows.append(("住院", yuan(money(rng, 9000)), yuan(money(rng, 9000)), "否", "2015-04-02"))
        if rng.random() < 0.2:
            rows.append(("住院", yuan(money(rng, 9000)), "", "是", day_outside(rng, 2015)))
        had = had_before(rng, 30000, f(x))
        history = payments(rng, had, 2015) + last_year(rng, money(rng, 30000) if rng.random() < 0.1 else F(0), 2015)
        counted = any(r[0] != "普通门诊" and r[3] != "否" and "2015" in str(r[4]) for r in rows)
        yield Claim(rows, paid(capped(f(x), 30000, had)) if counted else NOT_COUNTED, history)


def sdju(rng):
    def bill(kind, x, day, cause, place):
        """A bill of which `x` was paid in cash."""
        pool, account, own = (money(rng, top) if rng.random() < 0.7 else F(0) for top in (20000, 3000, 4000))
        return (kind, yuan(x + pool + account + own), yuan(pool), yuan(account) if account else "",
                yuan(own) if own else "", day, cause, place)

    edges = [0, F("1933.33"), F("1933.34")]
    for x, y in zip(values(rng, edges, 6000), values(rng, edges[::-1], 6000)):
        rows = []
        for kind, cash in (("门诊", x), ("住院", y)):
            for s, d in zip(sums := parts(rng, cash), days(rng, 2023, len(sums))):
                rows.append(bill(kind, s, d, rng.choice(["", "疾病"]), rng.choice(["", "是"])))
        due = capped(x * F(3, 10), 580) + capped(y * F(3, 10), 580)
        if counted := rng.random() < 0.95:
            due = paid(due)
        else:
            rows, due = [], NOT_COUNTED
        for left_out in range(4):
            if rng.random() < 0.1 or not rows:
                cause = rng.choice(["工伤", "交通事故", "产检", "生育"]) if left_out == 1 else ""
                day = day_outside(rng, 2023) if left_out == 2 else f"2023-07-0{left_out + 1}"
                place = "否" if left_out in (0, 3) else ""
                rows.append(bill(rng.choice(["门诊", "住院"]), money(rng, 6000) + FEN, day, cause, place))
        status = rng.choice(["在职"] * 8 + ["退休", "试用期", ""])
        if counted and status == "试用期":
            due = refused("eligible")
        elif counted and status == "":
            due = held("UNKNOWN-VALUE")
        yield Claim(rows, due, roster=status)


def yueyang(rng):
    f = piecewise([(0, 0), (5000, 1500), (10000, 3250), (20000, 7250), (30000, 11750)], F(1, 2))
    edges = [0, F("166.66"), F("166.67"), 5000, 10000, 20000, 30000, 106500]
    stream = values(rng, edges, 200000)
    while True:
        count = rng.choice([1, 1, 1, 2, 3])
        had, used, rows, due = None, F(0), [], []
        for x, d in zip([next(stream) for _ in range(count)], days(rng, 2014, count)):
            amount = f(x)
            amount = F(50) if 0 < amount < 50 else amount
            if had is None:
                used = had = had_before(rng, 50000, amount)
            if rng.random() < 0.05:
                rows.append((yuan(x), day_outside(rng, 2014)))
                due.append(NOT_COUNTED)
                continue
            rows.append((yuan(x), d))
            due.append(paid(capped(amount, 50000, used)))
            used += due[-1][1]
        yield Claim(rows, due, payments(rng, had, 2014) + last_year(rng, had, 2014))


def zhangjiajie(rng):
    f = piecewise([(0, 0), (5000, 2250), (10000, 4750), (20000, 10250), (30000, 16250)], F(7, 10))
    for x in values(rng, [0, 5000, 10000, 20000, 30000, F("78214.28"), F("78214.29")], 150000):
        had = had_before(rng, 50000, f(x))
        sums = parts(rng, x)
        if len(set(sums)) < len(sums):  # without a date two equal rows are one row twice
            sums = [x]
        history = payments(rng, had, 2014) + last_year(rng, had, 2014)
        yield Claim([(yuan(s),) for s in sums], paid(capped(f(x), 50000, had)), history)


def cug(rng):
    for x in values(rng, [5000, 10000], 20000):
        listed = rng.random() < 0.5
        sums = parts(rng, x)
        other = beside(rng, rng.choice([5000, 10000])) if rng.random() < 0.3 else None
        dates = iter(days(rng, 2024, len(sums) + 1))
        rows = [("是" if listed else "否", yuan(s), next(dates)) for s in sums]
        if other is not None:
            rows.append(("否" if listed else "是", yuan(other), next(dates)))
        if rng.random() < 0.1:
            rows.append((rng.choice("是否"), yuan(money(rng, 20000)), day_outside(rng, 2024)))
        on_list = x if listed else other or F(0)
        off_list = max([F(0)] + (sums if not listed else [other or F(0)]))
        most = x + (other or F(0))
        decision = rng.choice([None] + [beside(rng, most)] * 4 + [beside(rng, 0)] + [money(rng, most)] * 4)
        reached = on_list >= 5000 or off_list > 10000
        yield Claim(rows, decided(decision, 0, most) if reached else refused("gate"), decision=decision)


def hust(rng):
    """Until 2023-08-31, so that the last day of the period is not the last of a year of birth."""
    born_edges = [datetime.date(2005, 8, 30), datetime.date(2005, 8, 31), datetime.date(2005, 9, 1)]
    stream = values(rng, [0, 100, 200], 900)
    while True:
        children, both = rng.randrange(1, 4), rng.random() < 0.5
        divorced, sex = rng.choice(["是", "否", "否", ""]), rng.choice("男男男女女" + " ").strip()
        category = rng.choice(["事业编", "人事代理", "大集体", "起薪博后"] * 3 + ["附属医院", ""])
        rows, due = [], []
        for child in "甲乙丙"[:rng.randrange(1, children + 1)]:
            born = datetime.date(2000, 1, 1) + datetime.timedelta(days=rng.randrange(8600))
            born = rng.choice(born_edges) if rng.random() < 0.3 else born
            age = 2023 - born.year - ((born.month, born.day) > (8, 31))
            right = "双职工" if both and children == 1 else "单职工"
            level = right if rng.random() < 0.8 else rng.choice(["单职工", "双职工"])
            premium = next(stream)
            rows.append((child, born, children, "是" if both else "否", divorced, level, yuan(premium), category, sex))
            no = age >= 18 or category == "附属医院" or level != right
            father_needed = both and divorced != "是"
            if no or (father_needed and sex == "女"):
                due.append(refused("eligible"))
            elif category == "" or (father_needed and sex == ""):
                due.append(held("UNKNOWN-VALUE"))
            else:
                due.append(paid(premium))
        yield Claim(rows, due)


COSTS = {
    "whu-serious-illness-2017": Policy(2017, ["就诊类别", "自付金额", "出院日期"], whu),
    "zjhu-medical-aid-2015": Policy(2015, ["就诊类别", "目录内自付", "目录外自费", "是否定点或批准医院", "出院日期"], zjhu),
    "sdju-medical-subsidy-2023": Policy(2023, [
        "就诊类别", "医疗费总额", "统筹支付", "个人账户支付", "目录外自费", "结算日期", "费用原因", "是否医保定点"], sdju),
    "yueyang-mutual-aid-2014": Policy(2014, ["目录内自付", "出院日期"], yueyang),
    "zhangjiajie-mutual-aid-2014": Policy(2014, ["医保后自付"], zhangjiajie),
    "cug-serious-illness-2024": Policy(2024, ["是否目录内病种", "校医院审核自付金额", "出院日期"], cug),
    "hust-children-insurance-2023": Policy(2023, [
        "子女姓名", "子女出生日期", "子女数", "是否双职工", "是否离异", "档次", "保费", "人员类别", "性别"], hust, until="08-31"),
}
