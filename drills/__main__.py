"""`python -m drills [NAME…] [--count N]`: prints what each drill found; fails on any loss."""

import argparse
import importlib
import sys

from drills.outcome import Outcome, table

DRILLS = (
    "workers_killed", "database_crashed", "restored", "standby_promoted", "disk_full", "jobs_killed",
)  # fmt: skip


def main() -> int:
    """Run the drills, and say with the exit code whether nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m drills", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(DRILLS)}")
    parser.add_argument("--count", type=int, help="faults, instead of the drill's own number")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(DRILLS):
        parser.error(
            f"there is no drill {', '.join(sorted(unknown))}; choose of {', '.join(DRILLS)}"
        )
    outcomes: list[Outcome] = []
    for name in asked.names or DRILLS:
        for outcome in importlib.import_module(f"drills.{name}").run(asked.count):
            print("  ".join(outcome.cells), file=sys.stderr, flush=True)
            outcomes.append(outcome)
    print(table(outcomes))
    for outcome in outcomes:
        for remark in (*outcome.remarks, *outcome.notes):
            print(f"{outcome.drill}: {remark}")
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
