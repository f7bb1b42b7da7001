"""Which periods follow from a rhythm, and which of them nobody has reported on.

Pure arithmetic on days: nothing here asks the database or the clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.dates.bounds import moved

DAY = timedelta(days=1)
MONTHS_IN_A_YEAR = 12


class Rhythm(models.TextChoices):
    """How often a plan asks for a report. (Swedish: redovisningstakt)"""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF_YEAR = "half_year", _("every half year")
    YEAR = "year", _("every year")
    DATES = "dates", _("on given dates")


class CountsFrom(models.TextChoices):
    """Where the periods of a rhythm begin."""

    CALENDAR = "calendar", _("the calendar: with January, quarters and half years")
    FIRST_DAY = "first_day", _("the first day that is followed up")


MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.HALF_YEAR: 6, Rhythm.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """From a first to a last day, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()} – {self.last.isoformat()}"

    @property
    def whole_months(self) -> int | None:
        """How many months it lasts; None when it is not a whole number of months."""
        if self.last == date.max:
            return None
        near = (self.last.year - self.first.year) * MONTHS_IN_A_YEAR
        near += self.last.month - self.first.month
        for months in (near, near + 1):
            if months and moved(self.first, months=months) == self.last + DAY:
                return months
        return None


@dataclass(frozen=True)
class Asked:
    """What a plan asks for: the rhythm, and from the first to the last day of what is followed up.

    `days` are those of a plan with given dates.
    """

    rhythm: str
    counts_from: str
    first: date
    last: date | None
    days: tuple[date, ...] = ()

    def periods(self, until: date, *, since: date | None = None) -> Iterator[Period]:
        """The periods that begin by the one day and, if it is given, do not end before the other."""
        if self.rhythm == Rhythm.DATES:
            found = periods_to(self.days, first=self.first, last=self.last, until=until)
            return (period for period in found if since is None or period.last >= since)
        return regular_periods(
            MONTHS[Rhythm(self.rhythm)],
            counts_from=CountsFrom(self.counts_from),
            first=self.first,
            last=self.last,
            until=until,
            since=since,
        )

    def next_period(self, covered: Iterable[Period]) -> Period | None:
        """The first that no other covers; None when there is none and never will be."""
        covered = list(covered)
        after = max([self.first, *(period.last for period in covered)])
        return next(uncovered(self.periods(moved(after, days=1)), covered), None)


def regular_periods(
    months: int,
    *,
    counts_from: CountsFrom,
    first: date,
    last: date | None,
    until: date,
    since: date | None = None,
) -> Iterator[Period]:
    """The periods of so many months that begin by `until`, cut to the first and the last day.

    Counted from the calendar, a period of three months begins in January, April, July or October.
    Counted from the first day, every period begins on its day of the month, or on the last day of
    a shorter month: from 29 February, a year begins on 28 February and on 29 in leap years. Those
    that end before `since` are left out.
    """
    last = last or date.max
    anchor = first
    if counts_from == CountsFrom.CALENDAR:
        anchor = date(first.year, (first.month - 1) // months * months + 1, 1)
    gone = 0
    if since and since > first:
        gone = (since.year - anchor.year) * MONTHS_IN_A_YEAR + since.month - anchor.month
        gone = max(gone // months - 1, 0)  # one less: the day of the month may not have come
        first = max(first, moved(anchor, months=gone * months))
    for number in count(gone + 1):
        following = _months_after(anchor, number * months)
        ends = following - DAY if following else date.max
        if first <= ends and first <= min(last, until):
            if since is None or min(ends, last) >= since:
                yield Period(first, min(ends, last))
            first = following or date.max
        if following is None or following > min(last, until):
            return


def periods_to(days: Iterable[date], *, first: date, last: date | None, until: date):
    """The periods that end on given days, each from the day after the one before.

    Days before the first day give none; a day after the last one stands for the last.
    """
    for day in sorted(set(days)):
        ends = min(day, last or date.max)
        if first <= ends and first <= until:
            yield Period(first, ends)
            if ends == date.max:
                return
            first = ends + DAY


def uncovered(asked: Iterable[Period], covered: Iterable[Period]) -> Iterator[Period]:
    """The periods, less every day that another period covers already."""
    taken = sorted(covered)
    for period in asked:
        first: date | None = period.first
        for other in taken:
            if first is None or other.last < first or other.first > period.last:
                continue
            if first < other.first:
                yield Period(first, other.first - DAY)
            first = other.last + DAY if other.last < period.last else None
        if first is not None:
            yield Period(first, period.last)


def _months_after(anchor: date, months: int) -> date | None:
    """The day so many months later; None beyond the calendar."""
    try:
        return anchor + relativedelta(months=months)
    except (ValueError, OverflowError):
        return None
