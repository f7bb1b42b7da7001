"""Three wordings of one thing: where two people changed what a third had begun from."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
PARAGRAPH = re.compile(r".+?(?:\n[ \t]*\n\s*|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Hunk:
    """Items of the base from `start` up to `end`, and what one side has in their place."""

    start: int
    end: int
    items: tuple

    @property
    def only_adds(self) -> bool:
        return self.start == self.end

    def overlaps(self, other: "Hunk") -> bool:
        """Do both speak of the same place? Beside what another changes, something may be added."""
        if self.only_adds and other.only_adds:
            return self.start == other.start
        return self.start < other.end and other.start < self.end


def merge(
    base: Sequence[Item], mine: Sequence[Item], theirs: Sequence[Item], *, keep_both: bool = False
) -> list[Item] | None:
    """The base with both sides' changes; None where they speak of the same place.

    With `keep_both`, what both add in one place all stands there: theirs, then mine.
    """
    ours = _hunks(base, mine)
    others = [hunk for hunk in _hunks(base, theirs) if hunk not in ours]
    for hunk in ours:
        met = [other for other in others if hunk.overlaps(other)]
        if met and not (keep_both and hunk.only_adds and met[0].only_adds):
            return None
        for other in met:
            rest = tuple(item for item in other.items if item not in hunk.items)
            others[others.index(other)] = Hunk(other.start, other.end, rest)
    merged = list(base)
    for hunk in sorted([*ours, *others], key=lambda hunk: (hunk.start, hunk.end), reverse=True):
        merged[hunk.start : hunk.end] = hunk.items
    return merged


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """The same for running text, paragraph by paragraph."""
    merged = merge(*(_paragraphs(text) for text in (base, mine, theirs)))
    return None if merged is None else "\n\n".join(merged)


def _hunks(base: Sequence[Item], side: Sequence[Item]) -> list[Hunk]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [Hunk(i, j, tuple(side[k:m])) for tag, i, j, k, m in codes if tag != "equal"]


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip("\n") for paragraph in PARAGRAPH.findall(text.strip("\n"))]
