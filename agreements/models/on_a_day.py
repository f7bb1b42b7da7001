"""Which revision applied on a day, with what is uncertain said rather than guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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
    def among(cls, revisions: Iterable[Revision], day: date) -> "RevisionOn":
        """The answer from all the revisions of one agreement."""
        decided = sorted(
            (revision for revision in revisions if not revision.is_draft),
            key=lambda revision: revision.number,
        )
        base = [revision for revision in decided if revision.has_certainly_begun(day)][-1:]
        later = [revision for revision in decided if not base or revision.number > base[0].number]
        possible = [revision for revision in later if revision.can_have_begun(day)]
        candidates = tuple(revision for revision in base + possible if not revision.has_ended(day))
        agreed = [
            revision
            for revision in later
            if revision not in possible
            and revision.in_force_from
            and revision.agreed_on
            and revision.agreed_on.earliest <= day
        ]
        return cls(day, candidates, agreed[-1] if agreed else None)

    @property
    def is_uncertain(self) -> bool:
        """Can more than one revision have applied, or one that may not have begun?"""
        return len(self.candidates) > 1 or not all(
            candidate.has_certainly_begun(self.day) for candidate in self.candidates
        )

    @property
    def revision(self) -> Revision | None:
        """The latest that can have applied; None when none applied."""
        return self.candidates[-1] if self.candidates else None
