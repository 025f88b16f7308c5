#!/usr/bin/env bash
# Times the whole trip of a million rows, beside a rival pipeline if there is one. See docs/PERFORMANCE.md.
#   RIVALS=FOLDER PYTHON=python3 ROWS=1000000 bash Tests/Benchmarks/run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=${PROGRAM:-$here/../../.build/release/aidledger}
rows=${ROWS:-1000000}
python=${PYTHON:-python3}
work=${WORK:-$(mktemp -d)}
timed() { /usr/bin/time -f "$1: %e s wall, %U s user, %M KiB peak" -o "$work/time" "${@:2}" >"$work/said" 2>&1 || true; cat "$work/time" | tail -1; }

[ -n "${RIVALS:-}" ] || { echo "Set RIVALS to a folder with gen.py (and polars_e2e.py) to make the workbook."; exit 0; }
[ -e "$work/list.xlsx" ] || "$python" "$RIVALS/gen.py" "$rows" shared "$work/list.xlsx"
mkdir -p "$work/policies"
cp "$here/policies/bench.yaml" "$work/policies/"
cat >"$work/batch.yaml" <<YAML
batch: bench
period: {from: 2024-01-01, to: 2025-12-31}
pay_date: 2025-12-31
policies: [policies/]
applications:
  - {programme: bench, files: [list.xlsx]}
funds: {pool: {amount: 9000000000}}
YAML
timed "aidledger run --dry-run" "$program" run "$work" --dry-run --out "$work/out" --store "$work/store.sqlite"
if [ -e "$RIVALS/polars_e2e.py" ]; then timed "polars" "$python" "$RIVALS/polars_e2e.py" "$work/list.xlsx" "$work/polars.csv"; fi
echo "Files in $work"
