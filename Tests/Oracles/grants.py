"""Claims under the shipped policies that pay fixed amounts or what a committee decides; households; short funds."""

import calendar
import datetime

from claims import (
    F, Claim, Policy, beside, capped, decided, decisions, had_before, held, last_year, money, paid, payments,
    refused, values, yuan)


def shandong(rng):
    stream = values(rng, [0, 3000, 6000], 9000)
    while True:
        count = rng.choice([1, 1, 2, 3, 4])
        sums = [next(stream) for _ in range(count)]
        sums = sums if len(set(sums)) == count else sums[:1]  # two equal rows are one row twice
        used = had = had_before(rng, 6000, min(sums[0], F(3000)))
        due = []
        for x in sums:
            due.append(paid(capped(min(x, F(3000)), 6000, used)))
            used += due[-1][1]
        yield Claim([(yuan(x),) for x in sums], due, payments(rng, had, 2019) + last_year(rng, had, 2019))


def nwu(rng):
    stream = values(rng, [0], 9000)
    while True:
        people = rng.choice([1, 2, 3, 4, 5, 6, None])
        income = beside(rng, 1000 * (people or 1)) if rng.random() < 0.5 else next(stream)
        income = None if rng.random() < 0.1 else income
        ground, grade = rng.choice(["本人去世", "家庭收入低", "家庭收入低", "其他"]), rng.choice(["较重", "一般", "一般", ""])
        row = (ground, grade, "" if income is None else yuan(income), people or "")
        history = payments(rng, beside(rng, 300) if rng.random() < 0.1 else F(0), 2010)
        history += last_year(rng, F(500) if rng.random() < 0.2 else F(0), 2010)
        limit = any(str(h[1]).startswith("2010") and len(h) == 2 for h in history)
        unknown = ground == "家庭收入低" and None in (income, people)
        if ground == "家庭收入低" and not unknown and income >= 1000 * people:
            due = refused("eligible")
        elif limit:  # a certain no, whatever else is unknown (DECISIONS 24)
            due = refused("limit")
        elif unknown or (ground != "本人去世" and grade == ""):
            due = held("UNKNOWN-VALUE")
        else:
            due = paid(F(1000) if ground == "本人去世" else F({"较重": 500, "一般": 300}[grade]))
        yield Claim([row], due, history)


def szpt(rng):
    table = {"重大疾病": 5000, "慢性病": 3000, "手术": 2000, "亲属去世": 2000, "一般住院": 1000, "生育": 1000}
    stream = values(rng, [6], 12)
    while True:
        rows, due = [], []
        for event in rng.sample(list(table), rng.choice([1, 1, 2, 3])):
            months = next(stream) if rng.random() < 0.9 else None
            rows.append((event, "" if months is None else yuan(months)))
            short = event == "慢性病" and (months or 0) < 6
            due.append(refused("eligible") if short else paid(F(table[event])))
        yield Claim(rows, due)


def hzu(rng):
    """Up to two shares; covered from the day after payment for three years; 180 days of waiting the first time."""
    def years_after(day, years):
        last = calendar.monthrange(day.year + years, day.month)[1]
        return day.replace(year=day.year + years, day=min(day.day, last))

    while True:
        cover = datetime.date(2020, 1, 1) + datetime.timedelta(days=rng.randrange(6 * 365))
        if rng.random() < 0.02:
            cover = rng.choice([datetime.date(2020, 2, 29), datetime.date(2024, 2, 29)])
        end = years_after(cover, 3)
        edge = rng.choice([cover, cover + datetime.timedelta(days=180), end])
        after = rng.choice([-1, 0, 1]) if rng.random() < 0.5 else rng.randrange(-30, 900)
        diagnosed = min(edge + datetime.timedelta(days=after), datetime.date(2026, 12, 31))
        first, covered, shares = rng.random() < 0.5, rng.random() < 0.9, rng.choice([0, 1, 1, 1, 2, 2, 2, 3])
        row = (shares, cover - datetime.timedelta(days=1), "是" if first else "否", diagnosed, "是" if covered else "否")
        waited = not first or (diagnosed - cover).days >= 180
        if covered and 1 <= shares <= 2 and cover <= diagnosed < end and waited:
            yield Claim([row], paid(F(15000 * shares)))
        else:
            yield Claim([row], refused("eligible"))


def zj_industry(rng):
    """Days add up over the term: 300 for up to six, then 50 a day for at most 40; 25,000 once in a life."""
    def worth(total):
        return F(0) if total == 0 else F(300) if total <= 6 else F(50 * min(total, 40))

    while True:
        before = rng.choice([0, 0, 0, 1, 5, 6, 7, 39, 40, 41, rng.randrange(1, 60)])
        rows = [(rng.choice([0, 1, 6, 7, 34, 40, rng.randrange(50)]), rng.random() < 0.2)
                for _ in range(rng.choice([1, 1, 2, 3]))]
        rows = rows if len(set(rows)) == len(rows) else rows[:1]  # two equal rows are one row twice
        now = sum(days for days, _ in rows)
        memory = []
        if before:
            memory.append((worth(before), "2023-03-01", "inpatient", "", "", f"住院累计={before}"))
        had_major = rng.choice([None, None, None, "2021-05-05", "2023-04-01"])
        if had_major:
            memory.append((F(25000), had_major, "major", "", "", "住院累计=0" if had_major[:4] == "2023" else ""))
        stay = max(worth(before + now) - worth(before), F(0))
        major = F(25000) if any(listed and days for days, listed in rows) and not had_major else F(0)
        due = paid(stay + major) if now else refused("when")
        yield Claim([(days, "是" if listed else "否") for days, listed in rows], due, memory=memory)


def zztrc(rng):
    for x in values(rng, [0, 500, 2000], 3000):
        had = had_before(rng, 2000, min(x, F(2000)))
        status = rng.choice(["在职"] * 7 + ["退休", "", None])
        due = paid(capped(x, 2000, had))
        if status != "在职":
            due = {"退休": refused("eligible"), "": held("UNKNOWN-VALUE"), None: held("NOT-ON-ROSTER")}[status]
        history = payments(rng, had, 2022) + last_year(rng, money(rng, 2000) if rng.random() < 0.1 else F(0), 2022)
        yield Claim([(yuan(x),)], due, history, roster=status)


# Committees.

def within(decision, least, most, room):
    """A decision must lie within its range and what a cap leaves."""
    return decided(decision, least, min(F(most), max(room, F(0))))


def medical(rng):
    for decision in decisions(rng, [0, 2000], 3000):
        excluded = rng.choice(["", "否", "否", "否", "是"])
        had = had_before(rng, 5000, min(decision or F(0), F(2000)))
        due = refused("eligible") if excluded == "是" else within(decision, 0, 2000, 5000 - had)
        yield Claim([(excluded,)], due, payments(rng, had, 2019) + last_year(rng, had, 2019), decision)


def schooling(rng):
    """A row a child. What the child had is on the list; of several rows each has a decision of its own, by record."""
    stream = decisions(rng, [0, 2000], 2500)
    while True:
        rows, due, amounts = [], [], []
        for child in "甲乙丙"[:rng.choice([1, 1, 2, 3])]:
            decision = next(stream)
            had = had_before(rng, 5000, min(decision or F(0), F(2000)))
            excluded = rng.choice(["", "否", "否", "否", "是"])
            rows.append((child, yuan(had) if had or rng.random() < 0.5 else "", excluded))
            due.append(refused("eligible") if excluded == "是" else within(decision, 0, 2000, 5000 - had))
            amounts.append(decision)
        yield Claim(rows, due, decision=amounts[0] if len(rows) == 1 and rng.random() < 0.5 else amounts)


def household(rng, claims):
    """Marries the two claims, named by one or by both, in one unit or in two; in record order."""
    for claim in claims:
        claim.unit = rng.choice(["甲学院", "乙学院"])
    one, two = claims
    one.spouse, two.spouse = rng.choice([(two, one), (two, None), (None, one)])
    return sorted(claims, key=lambda claim: claim.unit)


def living(rng):
    """5,000 a year for a household, whoever of the couple has it; a spouse may have had some without applying."""
    stream = decisions(rng, [0, 2000], 2500)
    while True:
        couple = []
        for _ in range(rng.choice([1, 2, 2])):
            had = had_before(rng, 5000, F(2000)) / rng.choice([1, 2])
            history = payments(rng, F(int(had * 100), 100), 2019) + last_year(rng, had, 2019)
            couple.append(Claim([(rng.choice(["", "否", "否", "否", "否", "是"]),)], [], history, next(stream)))
        order = household(rng, couple) if len(couple) == 2 else couple
        if len(couple) == 2 and rng.random() < 0.2:
            couple[1].rows, couple[1].decision = [], None
        room = F(5000) - sum(h[0] for c in couple for h in c.history if len(h) == 2 and "2019" in str(h[1]))
        for claim in order:
            if claim.decision is not None and room > 0 and rng.random() < 0.3:
                claim.decision = beside(rng, min(room, F(2000)))
            if claim.rows:
                excluded = claim.rows[0][0] == "是"
                claim.due = [refused("eligible") if excluded else within(claim.decision, 0, 2000, room)]
                room -= claim.due[0][1]
        yield couple


def yangtze(rng):
    """1,000 to 3,000; of a couple one has it: the larger, of equal ones the first; a decided before an undecided."""
    stream = decisions(rng, [1000, 3000], 4000)
    while True:
        couple = []
        for _ in range(rng.choice([1, 2, 2])):
            history = payments(rng, F(1500) if rng.random() < 0.1 else F(0), 2022)
            decision = next(stream) if rng.random() < 0.8 else F(rng.choice([1000, 2000, 3000]))
            due = decided(decision, 1000, 3000)  # out of range is not decided either (DECISIONS 22)
            couple.append(Claim([("本人患病",)], due, history, decision))
        if len(couple) == 2:
            order = household(rng, couple)
            if rng.random() < 0.2:
                couple[1].rows, couple[1].decision, couple[1].due = [], None, []
            had = [any(len(h) == 2 for h in claim.history) for claim in order]
            for claim, spouse_had in zip(order, had[::-1]):
                if spouse_had and claim.rows:
                    claim.due = [refused("COUPLE-BOTH")]
            left = [claim for claim in order if claim.rows and claim.due[0][0] != "refused"]
            if len(left) == 2 and any(claim.due[0][0] == "paid" for claim in left):
                kept = max(left, key=lambda claim: claim.due[0][1])  # the first of equal ones
                left[1 - left.index(kept)].due = [refused("COUPLE-BOTH")]
        yield couple


def xmu(rng):
    table = {1: (30000, 50000), 2: (10000, 20000), 3: 30000, 4: (20000, 30000), 5: 50000}
    for decision in decisions(rng, [10000, 20000, 30000, 50000], 60000):
        kind = rng.randrange(0, 7)
        entry = table.get(kind)
        if entry is None:
            due = refused("eligible")
        else:
            due = fixed(decision, F(entry)) if isinstance(entry, int) else decided(decision, *entry)
        yield Claim([(kind,)], due, decision=decision)


def fixed(decision, amount):
    """A class with one amount: a committee that wrote another must be asked."""
    return paid(amount) if decision is None or decision == amount else held("DECISION-RANGE")


# Funds.

def carried(rng, fund):
    """A fund as its amount and what was carried over."""
    part = money(rng, fund) if rng.random() < 0.5 else F(0)
    return fund - part, part


def all_or_nobody(rng, claims):
    """Just enough, a fen over or a fen short; short, and everybody waits."""
    asked = sum(claim.due[0][1] for claim in claims)
    fund = beside(rng, asked)
    if fund < asked:
        for claim in claims:
            claim.due = [held("stop") if claim.due[0][0] == "paid" else claim.due[0]]
    return carried(rng, fund)


def in_order(rng, claims):
    """Just enough for the first so many, a fen over or short. Where the money ends it ends for all who come after."""
    queue = sorted(enumerate(claims), key=lambda pair: (*pair[1].keys.values(), pair[0]))
    queue = [claim for _, claim in queue if claim.due[0][0] == "paid"]
    fund = left = beside(rng, sum(claim.due[0][1] for claim in queue[:rng.randrange(len(queue) + 2)]))
    for claim in queue:
        left = left - claim.due[0][1] if left >= claim.due[0][1] else F(-1)
        if left < 0:
            claim.due = [("zero", F(0), "pool")]
    return carried(rng, fund)


def rank(value):
    """Numbers ascend, what is blank comes last."""
    return (value is None, value or 0)


def ten_places(rng, claims):
    """The first ten in order have a place; there is no fund."""
    queue = sorted(enumerate(claims), key=lambda pair: (*pair[1].keys.values(), pair[0]))
    queue = [claim for _, claim in queue if claim.due[0][0] == "paid"]
    for claim in queue[10:]:
        claim.due = [refused("places")]
    return F(0), F(0)


def xzit(rng):
    while True:
        provincial, place = rng.choice(["否", "否", "否", "是", ""]), rng.choice([None, *range(1, 12)])
        claim = Claim([(provincial, place or "")], {
            "否": paid(F(2000)), "是": refused("eligible"), "": held("REQUIRED-BLANK")}[provincial])
        claim.keys = {"place": rank(place)}
        yield claim


def spring(rng):
    """For those whom this batch's hardship grants pay; model workers first, then women, then single parents."""
    grants = {  # a row of the other list, and whether it is paid: yes, no, not known
        ("其他", "较重", "", ""): True, ("其他", "一般", "", ""): True, ("本人去世", "", "", ""): True,
        ("家庭收入低", "一般", "999.99", 1): True, ("家庭收入低", "一般", "1000", 1): False, ("其他", "", "", ""): None,
        None: False}
    for x in values(rng, [0, 500, 800], 2000):
        grant = rng.choice(list(grants)[:4]) if rng.random() < 0.6 else rng.choice(list(grants))
        model, single = rng.choice(["是", "否", ""]), rng.choice(["是", "否", ""])
        sex, place = rng.choice(["男", "女", ""]), rng.choice([None, *range(1, 9)])
        due = {True: paid(x), False: refused("eligible"), None: held("UNKNOWN-VALUE")}[grants[grant]]
        claim = Claim([(yuan(x), model, single, sex, place or "")], due, also=grant)
        claim.keys = {
            "model": model != "是", "woman": {"女": 0, "男": 1, "": 2}[sex], "single": single != "是", "place": rank(place)}
        yield claim


GRANTS = {
    "shandong-warmth-2019": Policy(2019, ["核定金额"], shandong),
    "nwu-hardship-2010": Policy(2010, ["困难原因", "补助等次", "家庭月收入", "家庭人口"], nwu),
    "szpt-condolence-2015": Policy(2015, ["慰问事项", "病假月数"], szpt),
    "hzu-women-cover-2025": Policy(2025, ["份数", "缴费日期", "是否首次参保", "确诊日期", "是否保障病种"], hzu),
    "zztrc-festival-2022": Policy(2022, ["本次标准"], zztrc),
    "cat-medical-2018": Policy(2019, ["是否负面清单"], medical),
    "cat-schooling-2018": Policy(2019, ["子女姓名", "该子女本年已受助金额", "是否负面清单"], schooling),
    "cat-living-2018": Policy(2019, ["是否负面清单"], living),
    "ytu-hardship-2022": Policy(2022, ["困难类型"], yangtze),
    "xmu-emergency-fund-2024": Policy(2024, ["类别"], xmu, 500, all_or_nobody),
    "zj-industry-2023": Policy(2023, ["住院天数", "是否首次确诊重大疾病"], zj_industry),
    "xzit-hardship-2021": Policy(2021, ["是否已报省级项目", "基层工会排序"], xzit, 500, ten_places),
    "spring-warmth-2023": Policy(
        2023, ["慰问标准", "是否先进工作者", "是否单亲", "性别", "基层工会排序"], spring, 500, in_order,
        ("nwu-hardship-2010", ["困难原因", "补助等次", "家庭月收入", "家庭人口"])),
}
