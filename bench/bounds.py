"""What must hold, as ratios within one run."""

from dataclasses import dataclass
from typing import Any

MOST_QUERIES = 8  # of a page, however many rows it shows
REGISTER_OVER_RAW = 9.0
GROWTH = 1.2  # of a page at the largest size over the same page at the smallest
OFFSET_GROWS = 1.5  # or the meter does not work
BOUND = (
    "register", "search", "agreement", "partners", "payments", "worklist", "start", "deciding",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """One bound, what was measured, and whether it held."""

    what: str
    measured: float
    bound: float
    held: bool

    @property
    def line(self) -> str:
        """As a row of the report."""
        return f"| {self.what} | {self.measured:.2f} | {self.bound:g} | {'yes' if self.held else '**no**'} |"


def verdicts(runs: list[dict[str, Any]]) -> list[Verdict]:
    """Every bound, for each engine with its sizes from the smallest to the largest."""
    found: list[Verdict] = []
    for engine in sorted({run["engine"] for run in runs}):
        sizes = sorted(
            (run for run in runs if run["engine"] == engine), key=lambda run: run["agreements"]
        )
        for run in sizes:
            found += _of_one(run)
        if len(sizes) > 1:
            found += _of_growth(sizes[0], sizes[-1])
    return found


def _of_one(run: dict[str, Any]) -> list[Verdict]:
    label = f"{run['engine']}, {run['agreements']:,}"
    ratio = run["cost"]["register"] / run["cost"]["raw"]
    counts = [count for name, count in run["queries"].items() if name.startswith(BOUND)]
    return [
        _at_most(f"{label}: register page over the raw floor", ratio, REGISTER_OVER_RAW),
        _at_most(f"{label}: most queries of a page", max(counts), MOST_QUERIES),
    ]


def _of_growth(smallest: dict[str, Any], largest: dict[str, Any]) -> list[Verdict]:
    label = f"{largest['engine']}, {smallest['agreements']:,} → {largest['agreements']:,}"
    found = [
        _at_most(f"{label}: {name}", largest["cost"][name] / smallest["cost"][name], GROWTH)
        for name in largest["cost"]
        if name.startswith(BOUND)
    ]
    grown = largest["cost"]["offset"] / smallest["cost"]["offset"]
    meter = Verdict(
        f"{label}: the meter sees an OFFSET grow", grown, OFFSET_GROWS, grown >= OFFSET_GROWS
    )
    return [*found, meter]


def _at_most(what: str, measured: float, bound: float) -> Verdict:
    return Verdict(what, measured, bound, measured <= bound)
