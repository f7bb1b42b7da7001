"""Counts of persons for everyone's eyes: none so small that somebody could be recognised.

This is the one place that decides what is too few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST = 5  # persons; fewer could be recognised

Count = int | Decimal


@dataclass(frozen=True)
class OpenCounts:
    """Counts as they may be published, in the order they came. None is `left out`."""

    cells: tuple[Count | None, ...]
    total: Count | None


def is_few(count: Count) -> bool:
    """Is it so few persons that the count is left out? Nobody is few, too."""
    return count < FEWEST


def open_counts(cells: Sequence[Count]) -> OpenCounts:
    """Counts that do not overlap, and their total, so that no left-out count can be recomputed.

    Few persons are left out. What is left out together is the total less what is shown: when that
    gives a count away, the smallest of the shown counts is left out too (all of the smallest, or
    their order would tell), and when none is left to take, the total itself.
    """
    total = sum(cells)
    hidden = {place for place, count in enumerate(cells) if is_few(count)}
    if hidden and _is_given_away(cells, hidden):
        shown = [count for place, count in enumerate(cells) if place not in hidden]
        hidden |= {place for place, count in enumerate(cells) if shown and count == min(shown)}
    published = tuple(None if place in hidden else count for place, count in enumerate(cells))
    keeps_total = not hidden or (not is_few(total) and not _is_given_away(cells, hidden))
    return OpenCounts(published, total if keeps_total else None)


def _is_given_away(cells: Sequence[Count], hidden: set[int]) -> bool:
    """Does the sum of the hidden counts say what each of them is?

    It does for one alone, and for several that are all none or all as many as few can be.
    """
    values = {cells[place] for place in hidden}
    return len(hidden) == 1 or values in ({0}, {FEWEST - 1})
