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


def verdicts(runs: list[dict[str, Any]], growth: list[dict[str, Any]]) -> list[Verdict]:
    """Every bound: of each engine at each size, and from its smallest size to its largest."""
    found: list[Verdict] = []
    for engine in sorted({run["engine"] for run in runs}):
        for run in runs:
            found += _of_one(run) if run["engine"] == engine else []
        for grown in growth:
            found += _of_growth(grown) if grown["engine"] == engine else []
    return found


def _of_one(run: dict[str, Any]) -> list[Verdict]:
    label = f"{run['engine']}, {run['agreements']:,}"
    ratio = run["cost"]["register"] / run["cost"]["raw"]
    counts = [count for name, count in run["queries"].items() if name.startswith(BOUND)]
    return [
        _at_most(f"{label}: register page over the raw floor", ratio, REGISTER_OVER_RAW),
        _at_most(f"{label}: most queries of a page", max(counts), MOST_QUERIES),
    ]


def _of_growth(grown: dict[str, Any]) -> list[Verdict]:
    smallest, largest = grown["agreements"]
    label = f"{grown['engine']}, {smallest:,} → {largest:,}"
    ratios = grown["ratio"]
    found = [
        _at_most(f"{label}: {name}", ratio, GROWTH)
        for name, ratio in ratios.items()
        if name.startswith(BOUND)
    ]
    offset = ratios["offset"]
    meter = f"{label}: the meter sees an OFFSET grow"
    return [*found, Verdict(meter, offset, OFFSET_GROWS, offset >= OFFSET_GROWS)]


def _at_most(what: str, measured: float, bound: float) -> Verdict:
    return Verdict(what, measured, bound, measured <= bound)
