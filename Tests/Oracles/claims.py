"""What the oracle of the shipped policies is made of: exact sums, claims with what must come out of them, and batches.

A policy's claims come from a generator of `Claim`s or households (lists of claims); see costs.py and grants.py.
"""

import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
from bisect import bisect_right
from fractions import Fraction as F
from itertools import islice

ROOT = pathlib.Path(__file__).resolve().parents[2]
FEN = F(1, 100)


# Sums and dates.

def half_up(x):
    return F(int(x * 100 + F(1, 2)), 100)


def yuan(x):
    return f"{int(x * 100) // 100}.{int(x * 100) % 100:02d}"


def money(rng, top):
    return F(rng.randrange(int(top * 100) + 1), 100)


def beside(rng, x):
    """Exactly at `x`, one fen below or one fen above; never below 0."""
    return max(half_up(F(x)) + rng.choice([-FEN, F(0), FEN]), F(0))


def values(rng, edges, top):
    """At every edge, one fen below and one fen above; then without end: one in four there again, the rest anywhere."""
    yield from (F(e) + d for e in edges for d in (-FEN, F(0), FEN) if F(e) + d >= 0)
    while True:
        yield beside(rng, rng.choice(edges)) if rng.random() < 0.25 else money(rng, top)


def parts(rng, x):
    """`x` as one sum, or as two or three above 0."""
    cuts = sorted({money(rng, x) for _ in range(rng.choice([0, 0, 1, 2]))} - {F(0), x})
    return [b - a for a, b in zip([F(0), *cuts], [*cuts, x])]


def days(rng, year, count):
    """Different days of the year, its first and its last among them more often than chance has it."""
    first = datetime.date(year, 1, 1)
    chosen = rng.sample(range(1, 364), count)
    if rng.random() < 0.3:
        chosen[0] = 0
    if rng.random() < 0.3:
        chosen[-1] = 364
    return [first + datetime.timedelta(days=n) for n in chosen]


def day_outside(rng, year):
    return rng.choice([f"{year - 1}-12-31", f"{year + 1}-01-01"])


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


# Earlier payments.

def had_before(rng, cap, due):
    """What was paid before: mostly nothing; else what leaves room for just `due`, or the whole cap, or anything."""
    roll = rng.random()
    if roll < 0.6:
        return F(0)
    if roll < 0.8:
        return beside(rng, max(cap - half_up(due), F(0)))
    return beside(rng, cap) if roll < 0.85 else money(rng, cap * F(11, 10))


def payments(rng, amount, year):
    """`amount` paid within the year, and at times a returned payment, which does not count."""
    sums = [s for s in parts(rng, amount) if s > 0]
    made = list(zip(sums, days(rng, year, max(len(sums), 1))))
    if rng.random() < 0.05:
        made.append((money(rng, 5000) + FEN, f"{year}-06-01", "returned"))
    return made


def last_year(rng, amount, year):
    return [(amount, rng.choice([f"{year - 1}-12-31", f"{year - 2}-05-05"]))] if amount > 0 else []


# Claims.

def paid(amount):
    amount = half_up(amount)
    return ("paid" if amount > 0 else "zero", amount, None)


def refused(code):
    return ("refused", F(0), code)


def held(code):
    return ("held", F(0), code)


NOT_COUNTED = ("not_counted", F(0), "count")


class Claim:
    """One person: rows as the list has them, earlier payments, decisions; and the awards that must come out.

    `due`: one award, or a list, one a row. `decision`: the person's, or a list, one a row (None: undecided).
    `roster`: the status there; None: not on it. `also`: a row in the list of the policy's other programme.
    `memory`: earlier payments that name their benefit: (amount, day, benefit, group, base, remembered).
    Without rows the person does not apply.
    """

    def __init__(self, rows, due, history=(), decision=None, roster="在职", unit="甲学院", spouse=None, also=None,
                 memory=()):
        self.memory = memory
        self.rows, self.due = rows, due if isinstance(due, list) else [due]
        self.history, self.decision, self.roster = history, decision, roster
        self.unit, self.spouse, self.also = unit, spouse, also
        self.keys = {}  # what a short fund looks at


def decided(decision, least, most):
    """The award of a committee that may decide from `least` to `most`."""
    if decision is None:
        return held("DECISION-MISSING")
    if decision == 0 and least == 0:
        return refused("committee")  # nothing at all is a no
    return paid(decision) if least <= decision <= most else held("DECISION-RANGE")


def decisions(rng, edges, top):
    """Amounts a committee writes; one in eight is missing."""
    for x in values(rng, edges, top):
        yield None if rng.random() < 0.125 else x


class Policy:
    """How the claims of one shipped policy are made and laid out in batches.

    `fund(rng, claims)` chooses the fund (amount, carried over) and puts what it does to the claims into their `due`.
    `other`: the shipped policy of another programme that the same people apply for, and its list's headings.
    """

    def __init__(self, year, headings, claims, size=25_000, fund=None, other=None, until="12-31"):
        self.year, self.headings, self.claims, self.size = year, headings, claims, size
        self.fund, self.other, self.until = fund, other, until


def policy_text(name):
    text = (ROOT / f"Templates/policies/{name}.yaml").read_text()
    keys = dict(line.split(": ", 1) for line in text.splitlines() if line.startswith(("programme: ", "fund: ")))
    return text, keys["programme"].strip(), keys.get("fund", "").strip()


def id_number(number):
    """An invented person's."""
    born = datetime.date(1950, 1, 1) + datetime.timedelta(days=number // 400)
    sequence = number % 400 + 100
    # With 00 and a check digit 0 the number would look cut off behind the fifteenth digit.
    digits = f"420100{born:%Y%m%d}{sequence if sequence % 100 else 500 + sequence // 50}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def write(path, headings, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])


def write_batch(folder, name, policy, people, fund, records):
    """`people`: (staff number, claim). `records`: the ids of a person's awards, once the program has told them."""
    text, programme, key = policy_text(name)
    policies, applications = {"p.yaml": text}, [f"{{programme: {programme}, files: [applications/a.csv]}}"]
    if policy.other:
        other, headings = policy.other
        policies["o.yaml"], other_programme, _ = policy_text(other)
        applications.append(f"{{programme: {other_programme}, files: [applications/o.csv]}}")
        rows = [[staff, "张三", claim.unit, *claim.also] for staff, claim in people if claim.also]
        write(folder / "applications/o.csv", ["工号", "姓名", "所在单位", *headings], rows)
    (folder / "policies").mkdir(exist_ok=True)
    for file, content in policies.items():
        (folder / "policies" / file).write_text(content)
    funds = f"funds: {{{key}: {{amount: {yuan(fund[0])}, carried_over: {yuan(fund[1])}}}}}\n" if key else ""
    (folder / "batch.yaml").write_text(
        f"batch: oracle\nperiod: {{from: {policy.year}-01-01, to: {policy.year}-{policy.until}}}\n"
        f"pay_date: {policy.year + 1}-12-31\npolicies: [policies/]\napplications: [{', '.join(applications)}]\n"
        f"roster: [roster.csv]\nhistory: [history.csv]\ndecisions: [decisions.csv]\n{funds}")
    ids = {id(claim): id_number(int(staff)) for staff, claim in people}
    spouses = {staff: ids.get(id(claim.spouse), "") for staff, claim in people}
    listed = {staff for staff, claim in people if claim.rows and int(staff) % 3 == 0}  # spouse named on the list
    rows = [[staff, "张三", claim.unit, spouses[staff] if staff in listed else "", *row]
            for staff, claim in people for row in claim.rows]
    write(folder / "applications/a.csv", ["工号", "姓名", "所在单位", "配偶身份证号", *policy.headings], rows)
    rows = [[staff, "张三", claim.roster, ids[id(claim)], "" if staff in listed else spouses[staff]]
            for staff, claim in people if claim.roster is not None]
    write(folder / "roster.csv", ["工号", "姓名", "状态", "身份证号", "配偶身份证号"], rows)
    rows = [["old", programme, staff, yuan(amount), day, *(status or ["paid"])]
            for staff, claim in people for amount, day, *status in claim.history]
    rows += [["old", programme, staff, yuan(amount), day, "paid", *parts]
             for staff, claim in people for amount, day, *parts in claim.memory]
    headings = ["batch", "programme", "staff_no", "amount", "paid_on", "status", "benefit", "of", "base", "remembered"]
    write(folder / "history.csv", headings, [row + [""] * (len(headings) - len(row)) for row in rows])
    rows = []
    for staff, claim in people:
        if isinstance(claim.decision, list):
            pairs = zip(records.get(staff, []), claim.decision)
            rows += [[record, "", "", yuan(amount)] for record, amount in pairs if amount is not None]
        elif claim.decision is not None:
            rows.append(["", programme, staff, yuan(claim.decision)])
    write(folder / "decisions.csv", ["record", "programme", "staff_no", "amount"], rows)


def run(binary, folder):
    """The exit status, and the awards of every person in the order of their rows."""
    done = subprocess.run(
        [binary, "run", str(folder), "--dry-run", "--progress", "never"], capture_output=True, text=True, cwd=ROOT)
    explained = folder / "out/explanations.jsonl"
    if not explained.exists():
        sys.exit(done.stderr[-2000:] + done.stdout[-500:])
    awards = {}
    with open(explained, encoding="utf-8") as lines:
        for award in map(json.loads, lines):
            awards.setdefault((award["programme"], award["staff_no"]), []).append(award)
    for list_ in awards.values():
        list_.sort(key=lambda award: award["rows"][0]["row"])
    return done.returncode, awards


def differences(binary, name, policy, claims, fund):
    """Lays the claims out as one batch, runs it and yields what comes out otherwise than it must: (whether it is money,
    words)."""
    people = [(f"{i + 1:08d}", claim) for i, claim in enumerate(claims)]
    programme = policy_text(name)[1]
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top) / "b"
        folder.mkdir()
        write_batch(folder, name, policy, people, fund, {})
        status, awards = run(binary, folder)
        if any(isinstance(claim.decision, list) for claim in claims):
            records = {staff: [a["record"] for a in list_] for (p, staff), list_ in awards.items() if p == programme}
            write_batch(folder, name, policy, people, fund, records)
            status, awards = run(binary, folder)
    for staff, claim in people:
        came = awards.pop((programme, staff), [])
        want = claim.due if claim.rows else []
        same = len(came) == len(want) and all(
            (a["outcome"], F(a["amount"])) == (outcome, amount)
            and (code is None or code in [reason["code"] for reason in a["reasons"]])
            for a, (outcome, amount, code) in zip(came, want))
        if not same:
            got = [(a["outcome"], a["amount"], [(r["code"], r["text"]) for r in a["reasons"]]) for a in came]
            money_differs = [F(a["amount"]) for a in came] != [amount for _, amount, _ in want]
            amounts = claim.decision if isinstance(claim.decision, list) else [claim.decision]
            decision = [amount if amount is None else yuan(amount) for amount in amounts]
            history = [(yuan(a), *map(str, more)) for a, *more in claim.history]
            yield money_differs, (
                f"{staff} {claim.rows} history {history} decision {decision} {claim.keys}: expected "
                f"{[(o, yuan(a), c) for o, a, c in want]}, got {got}")
    left = [key for key in awards if key[0] == programme]
    if left:
        yield True, f"awards for people who did not apply: {left[:5]}"
    outcomes = [award[0] for claim in claims if claim.rows for award in claim.due]
    stopped = any(award[2] == "stop" for claim in claims for award in claim.due)
    must = 2 if stopped else 1 if {"refused", "held"} & set(outcomes) else 0
    if status != must and not policy.other:
        yield False, f"exit status {status} instead of {must}"


def flat(households):
    for household in households:
        yield from household if isinstance(household, list) else [household]


def batches(policy, rng, count):
    """The first `count` claims, a household never in two batches."""
    stream, done = policy.claims(rng), 0
    while done < count:
        batch, applying = [], 0
        while applying < min(policy.size, count - done):
            one = list(flat(islice(stream, 1)))
            batch += one
            applying += sum(1 for claim in one if claim.rows)
        done += applying
        yield batch
