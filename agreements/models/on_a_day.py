"""Which revision applied on a day, with what is uncertain said rather than guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.models.life import Life
from agreements.models.revision import Revision


@dataclass(frozen=True)
class RevisionOn:
    """The answer for one day.

    `candidates` are the decided revisions that can have applied, the latest last: one when it is
    certain, none when none applied or the start is not known. `agreed` is a revision that was
    agreed by then and came into force later.
    """

    day: date
    candidates: tuple[Revision, ...]
    agreed: Revision | None = None

    @classmethod
    def among(cls, revisions: Iterable[Revision], life: Life, day: date) -> "RevisionOn":
        """The answer from all the revisions of one agreement.

        A later start replaces an earlier one; of two with the same start (a correction), the later
        number does.
        """
        started = sorted(
            (row for row in revisions if not row.is_draft and row.in_force_from), key=_order
        )
        base = [row for row in started if row.has_certainly_begun(day)][-1:]
        later = started[started.index(base[0]) + 1 :] if base else started
        possible = [row for row in later if row.can_have_begun(day)]
        agreed = [
            row
            for row in later
            if row not in possible and row.agreed_on and row.agreed_on.earliest <= day
        ]
        candidates = () if life.is_over(day) else (*base, *possible)
        return cls(day, candidates, agreed[-1] if agreed else None)

    @property
    def is_uncertain(self) -> bool:
        """Can more than one revision have applied, or one that may not have begun?"""
        return len(self.candidates) > 1 or not all(
            candidate.has_certainly_begun(self.day) for candidate in self.candidates
        )

    @property
    def certain(self) -> Revision | None:
        """The one that applied; None when none did or it is uncertain which."""
        return None if self.is_uncertain else self.revision

    @property
    def revision(self) -> Revision | None:
        """The latest that can have applied; None when none applied."""
        return self.candidates[-1] if self.candidates else None


def _order(revision: Revision) -> tuple[date, int]:
    starts = revision.in_force_from
    return (starts.possibly_from if starts else date.max, revision.number)
