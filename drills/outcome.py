"""What a drill found."""

from collections import Counter
from dataclasses import dataclass, field

HEADINGS = (
    "drill", "faults", "acknowledged", "stored", "lost", "half-written", "doubled", "seconds down",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One row of the table. `lost` were acknowledged and are gone.

    A remark is a fault that no number tells; a note is only said. What was skipped found nothing.
    """

    drill: str
    faults: int
    acknowledged: int
    stored: int
    lost: int
    half_written: int
    doubled: int
    seconds_down: float
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_skipped: bool = False

    @property
    def is_good(self) -> bool:
        """Something was saved, and nothing lost, halved or doubled."""
        if self.is_skipped:
            return True
        nothing_wrong = not (self.lost or self.half_written or self.doubled or self.remarks)
        return nothing_wrong and self.acknowledged > 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The row, as HEADINGS names it."""
        if self.is_skipped:
            return (self.drill, *("–",) * (len(HEADINGS) - 2), "skipped")
        counts = (self.faults, self.acknowledged, self.stored, self.lost)
        rest = (self.half_written, self.doubled)
        return (self.drill, *map(str, counts), *map(str, rest), f"{self.seconds_down:.1f}")


def outcome_of(
    drill: str,
    *,
    faults: int,
    acknowledged: list[str],
    stored: dict,
    down: float,
    notes: list[str] | None = None,
) -> Outcome:
    """Hold what was acknowledged against what is stored: names, each with its rows' state."""
    times = Counter(row["name"] for row in stored["rows"])
    return Outcome(
        drill=drill,
        faults=faults,
        acknowledged=len(acknowledged),
        stored=len(stored["rows"]),
        lost=len(set(acknowledged) - set(times)),
        half_written=sum(not row["is_whole"] for row in stored["rows"]),
        doubled=sum(count - 1 for count in times.values()),
        seconds_down=down,
        remarks=stored["findings"],
        notes=notes or [],
    )


def skipped(drill: str, why: str) -> Outcome:
    """The row of a drill that could not be done here."""
    return Outcome(drill, 0, 0, 0, 0, 0, 0, 0.0, notes=[why], is_skipped=True)


def table(outcomes: list[Outcome]) -> str:
    """Every outcome as a row, in columns."""
    rows = [HEADINGS, *(outcome.cells for outcome in outcomes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
