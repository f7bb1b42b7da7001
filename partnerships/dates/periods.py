"""Facts that last from one date to another, either of which may be vague, and what held on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from partnerships.dates.approximate import ApproximateDate


class Period(Protocol):
    """What has a first and a last day. No start is `not known`; no end is `has not ended`."""

    @property
    def starts(self) -> ApproximateDate | None: ...

    @property
    def ends(self) -> ApproximateDate | None: ...


Row = TypeVar("Row", bound=Period)


def possibly_covers(row: Period, day: date) -> bool:
    """Can the row have held on the day?"""
    begun = row.starts is None or row.starts.possibly_from <= day
    return begun and (row.ends is None or day <= row.ends.possibly_until)


def certainly_covers(row: Period, day: date) -> bool:
    """Did the row hold on the day, however its vague dates are read?"""
    begun = row.starts is not None and row.starts.certainly_from <= day
    return begun and (row.ends is None or day <= row.ends.certainly_until)


def certainly_overlap(first: Period, second: Period) -> bool:
    """Is there a day on which both held, however their vague dates are read?"""
    if first.starts is None or second.starts is None:
        return False
    begun = max(first.starts.certainly_from, second.starts.certainly_from)
    return certainly_covers(first, begun) and certainly_covers(second, begun)


@dataclass(frozen=True)
class RowsOn(Generic[Row]):
    """Which of several rows that replace each other held on a day.

    `candidates` are those that can have, the latest last; with more than one, or with one that may
    have begun later or ended before, the answer is uncertain. When no row is registered at all
    nothing is known; when none of them can have held, none did.
    """

    day: date
    candidates: tuple[Row, ...]
    is_known: bool

    @classmethod
    def among(cls, rows: Iterable[Row], day: date) -> "RowsOn[Row]":
        """The answer from all the rows of one agreement: one that has certainly begun replaces
        those that began before it."""
        rows = list(rows)
        possible = sorted(
            (row for row in rows if possibly_covers(row, day)),
            key=lambda row: row.starts.possibly_from if row.starts else date.min,
        )
        for index in range(len(possible) - 1, 0, -1):
            if certainly_covers(possible[index], day):
                return cls(day, tuple(possible[index:]), is_known=True)
        return cls(day, tuple(possible), is_known=bool(rows))

    @property
    def is_uncertain(self) -> bool:
        """Can another answer be right, among them that none held?"""
        return len(self.candidates) > 1 or self.may_be_none

    @property
    def may_be_none(self) -> bool:
        """Is there one candidate, which had perhaps not begun or had ended? (Several hand over.)"""
        return len(self.candidates) == 1 and not certainly_covers(self.candidates[0], self.day)

    @property
    def certain(self) -> Row | None:
        """The one that held; None when none did or it is uncertain which."""
        return self.candidates[0] if self.candidates and not self.is_uncertain else None
