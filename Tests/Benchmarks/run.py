#!/usr/bin/env python3
"""Times reading a workbook, and its whole trip to every report, beside rival programs. See docs/PERFORMANCE.md.

    make bench RIVALS=FOLDER [PYTHON=python3] [ROWS=1000000] [RUNS=5] [WORK=FOLDER]

RIVALS is a folder with gen.py, which makes the workbook, and polars_e2e.py; PYTHON has fastexcel and polars.
Programs take turns, so that a machine that slows down slows both. Printed: median (least–most) of the wall time, of the
CPU time, and the largest memory of a run; then the ratio to the rival.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ.get("PROGRAM") or os.path.join(HERE, "../../.build/release/aidledger")
PYTHON = os.environ.get("PYTHON") or "python3"
ROWS = int(os.environ.get("ROWS") or 1_000_000)
RUNS = int(os.environ.get("RUNS") or 5)
FASTEXCEL = "import fastexcel, sys; fastexcel.read_excel(sys.argv[1]).load_sheet_eager(0)"
BATCH = """batch: bench
period: {from: 2024-01-01, to: 2025-12-31}
pay_date: 2025-12-31
policies: [policies/]
applications:
  - {programme: bench, files: [list.xlsx]}
funds: {pool: {amount: FUND}}
"""
# Yuan for each row: some 60 % of what is asked, so that the fund is short and must be shared by priority.
FUND = 1470


def once(command, allowed):
    """Wall seconds, CPU seconds and MiB of one run."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in allowed:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def race(title, entrants, before=lambda: None):
    """Entrants by name: the command, and the statuses that mean it did its work. The first is ours."""
    runs = {name: [] for name in entrants}
    for _ in range(RUNS):
        for name, (command, allowed) in entrants.items():
            before()
            runs[name].append(once(command, allowed))
    print(f"{title}, {RUNS} runs each")
    figures = {}
    for name, own in runs.items():
        wall, cpu, memory = ([run[i] for run in own] for i in range(3))
        figures[name] = (statistics.median(wall), statistics.median(cpu), max(memory))
        print(f"  {name:28} {figures[name][0]:7.2f} s ({min(wall):.2f}–{max(wall):.2f})"
              f"  CPU {figures[name][1]:7.2f} s  {figures[name][2]:6.0f} MiB")
    ours, *rivals = figures.values()
    for rival in rivals:
        print("  ratio                        " + "  ".join(
            f"{name} {a / b:.3f}" for name, a, b in zip(("wall", "CPU", "memory"), ours, rival)), flush=True)


def main():
    rivals = os.environ.get("RIVALS")
    if not rivals:
        sys.exit("Set RIVALS to a folder with gen.py (and polars_e2e.py): the workbook is made by it.")
    work = os.environ.get("WORK") or tempfile.mkdtemp()
    os.makedirs(work, exist_ok=True)
    book = os.path.join(work, "list.xlsx")
    if not os.path.exists(book):
        subprocess.run([PYTHON, os.path.join(rivals, "gen.py"), str(ROWS), "shared", book],
                       check=True, stdout=subprocess.DEVNULL)
    os.makedirs(os.path.join(work, "policies"), exist_ok=True)
    shutil.copy(os.path.join(HERE, "policies/bench.yaml"), os.path.join(work, "policies"))
    with open(os.path.join(work, "batch.yaml"), "w") as file:
        file.write(BATCH.replace("FUND", str(FUND * ROWS)))

    race("start (--help)", {"aidledger": ([PROGRAM, "--help"], {0})})
    race("reading every cell", {
        "aidledger read-all": ([PROGRAM, "read-all", book], {0}),
        "fastexcel": ([PYTHON, "-c", FASTEXCEL, book], {0})})
    out = os.path.join(work, "out")
    entrants = {"aidledger run --dry-run": (
        [PROGRAM, "run", work, "--dry-run", "--out", out, "--store", os.path.join(work, "store.sqlite")], {0, 1})}
    rival = os.path.join(rivals, "polars_e2e.py")
    if os.path.exists(rival):
        entrants["polars"] = ([PYTHON, rival, book, os.path.join(work, "polars.csv")], {0})
    race("list to every report", entrants, before=lambda: shutil.rmtree(out, ignore_errors=True))
    print(f"Files in {work}")


main()
