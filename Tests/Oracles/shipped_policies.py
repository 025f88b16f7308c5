#!/usr/bin/env python3
"""Recomputes random claims under every shipped policy with exact fractions, by breakpoints of the piecewise function
instead of by tiers, and compares every award (outcome, amount, reason) with what the program says.

    python3 Tests/Oracles/shipped_policies.py BINARY [CLAIMS-PER-POLICY] [POLICY…]

Values exactly at every edge, one fen below and one fen above, come first and again and again; the rest is random with a
fixed seed. Figures are copied from the printed rules by hand: nothing is read from a policy but its programme and fund.
"""

import random
import sys

from claims import ROOT, batches, differences
from costs import COSTS
from grants import GRANTS

POLICIES = COSTS | GRANTS


def check(binary, name, count):
    """How many claims come out otherwise than they must."""
    policy, rng = POLICIES[name], random.Random(name)
    claims = awards = wrong = in_fen = 0
    for batch in batches(policy, rng, count):
        fund = policy.fund(rng, batch) if policy.fund else (0, 0)
        claims += sum(1 for claim in batch if claim.rows)
        awards += sum(len(claim.due) for claim in batch if claim.rows)
        for is_money, difference in differences(binary, name, policy, batch, fund):
            wrong += 1
            in_fen += is_money
            if wrong <= 5:
                print(f"  {difference}")
    print(f"{name}: {claims} claims, {awards} awards, {wrong} differences, {in_fen} of them in fen", flush=True)
    return wrong


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    shipped = {path.stem for path in (ROOT / "Templates/policies").glob("*.yaml")}
    if shipped != set(POLICIES):
        sys.exit(f"not the shipped policies: {sorted(shipped ^ set(POLICIES))}")
    names = sys.argv[3:] or list(POLICIES)
    sys.exit(1 if sum(check(sys.argv[1], name, count) for name in names) else 0)


if __name__ == "__main__":
    main()
