"""From when to when an agreement lasts, and so what it is on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.models.agreement import Status
from agreements.models.revision import Revision
from agreements.models.validity import Term, Termination
from partnerships.dates import ApproximateDate
from partnerships.dates.bounds import moved


@dataclass(frozen=True)
class Life:
    """The days between which an agreement begins and ends; named as they are kept on `Agreement`.

    `over_…` is the first day without the agreement. None is `not known` or, at the end, `none`.
    """

    is_decided: bool
    begins: ApproximateDate | None
    begins_possibly: date | None
    begins_certainly: date | None
    over_possibly: date | None
    over_certainly: date | None
    is_terminated: bool

    @classmethod
    def of(
        cls,
        revisions: Iterable[Revision],
        terms: Iterable[Term],
        terminations: Iterable[Termination],
    ) -> "Life":
        """The life that follows from the decided revisions, the terms and the terminations."""
        decided = sorted(
            (revision for revision in revisions if not revision.is_draft),
            key=lambda revision: revision.number,
        )
        is_dated = bool(decided and decided[0].in_force_from)
        starts = [revision.in_force_from for revision in decided if revision.in_force_from]
        over = [_after(term) for term in sorted(terms, key=lambda term: term.number)[-1:]]
        stopped = [_stop(row) for row in terminations if row.scope == Termination.Scope.FULL]
        ends = [bounds for bounds in over + stopped if bounds]
        over_certainly = min((bounds[1] for bounds in ends), default=None)
        return cls(
            is_decided=bool(decided),
            begins=decided[0].in_force_from if decided else None,
            begins_possibly=min(start.possibly_from for start in starts) if is_dated else None,
            begins_certainly=min((start.certainly_from for start in starts), default=None),
            over_possibly=min((bounds[0] for bounds in ends), default=None),
            over_certainly=over_certainly,
            is_terminated=any(bounds and bounds[1] == over_certainly for bounds in stopped),
        )

    def is_over(self, on: date) -> bool:
        """Has it certainly ended by the day?"""
        return self.over_certainly is not None and self.over_certainly <= on

    def status_on(self, day: date) -> "StatusOn":
        """What the agreement is on the day, with every status it can have then."""
        if not self.is_decided:
            return StatusOn(day, (Status.DRAFT,))
        end = Status.TERMINATED if self.is_terminated else Status.EXPIRED
        if self.is_over(day):
            return StatusOn(day, (end,))
        has_begun = self.begins_certainly is not None and self.begins_certainly <= day
        if self.begins_possibly is None and not has_begun:
            return StatusOn(day, (Status.UNKNOWN,))
        if self.begins_possibly and self.begins_possibly > day:
            return StatusOn(day, (Status.UPCOMING,))
        before = () if has_begun else (Status.UPCOMING,)
        after = (end,) if self.over_possibly and self.over_possibly <= day else ()
        return StatusOn(day, (*before, Status.ACTIVE, *after))


@dataclass(frozen=True)
class StatusOn:
    """The statuses that an agreement can have had on a day: one when it is certain."""

    day: date
    candidates: tuple[Status, ...]

    @property
    def is_uncertain(self) -> bool:
        """Can it have been more than one thing?"""
        return len(self.candidates) > 1

    @property
    def status(self) -> Status:
        """The one status, or `uncertain`; the same as the register's."""
        return Status.UNCERTAIN if self.is_uncertain else self.candidates[0]


def _after(term: Term) -> tuple[date, date] | None:
    """The first days possibly and certainly after a term; None when it has no end."""
    if term.ends is None:
        return None
    return moved(term.ends.certainly_until, days=1), moved(term.ends.possibly_until, days=1)


def _stop(termination: Termination) -> tuple[date, date] | None:
    """The first days possibly and certainly without; None when it is not known from when."""
    stop = termination.effective_from
    return stop and (stop.possibly_from, stop.certainly_from)
