"""What a partner got from the municipality in three rolling years, beside the limits for state aid.

An indicator, never a verdict: whether support is state aid at all is a question of law, and other
public givers count too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from django.db import models
from django.utils.translation import gettext as _, gettext_lazy

from agreements.models import Agreement, Contribution, Party, PeriodBasis, Revision
from organisations.models import ExchangeRate, Threshold
from partnerships.dates.bounds import moved
from partnerships.money import kronor, plain_number

YEARS, MONTHS_IN_A_YEAR = 3, 12
CENT, STEP = Decimal("0.01"), Decimal("0.0001")
COUNTED_KINDS = (Agreement.Kind.IOP, Agreement.Kind.GRANT)
LIMITS = (Threshold.Kind.DE_MINIMIS, Threshold.Kind.DE_MINIMIS_SGEI)


class Standing(models.TextChoices):
    """How the sum stands to a limit."""

    ABOVE = "above", gettext_lazy("above")
    BELOW = "below", gettext_lazy("not above")
    UNSAID = "unsaid", gettext_lazy("cannot be computed")


@dataclass(frozen=True)
class AidRow:
    """A line of the municipality's contributions on the days that count, with its arithmetic."""

    agreement: Agreement
    revision: Revision
    line: Contribution | None
    starts: date | None
    ends: date | None
    arithmetic: str = ""
    amount: Decimal | None = None
    missing: str = ""


@dataclass(frozen=True)
class Limit:
    """A limit in force on the day, and how the sum stands to it."""

    threshold: Threshold
    standing: Standing


@dataclass(frozen=True)
class StateAid:
    """The rows, their sum in kronor and euro, and the limits of the day."""

    day: date
    rows: tuple[AidRow, ...]
    rate: ExchangeRate | None
    thresholds: tuple[Threshold, ...]

    @property
    def first_day(self) -> date:
        """The first of the three rolling years' days."""
        return _years(self.day)[0][0]

    @cached_property
    def total(self) -> Decimal:
        """The sum of what can be computed, in SEK."""
        return sum((row.amount for row in self.rows if row.amount is not None), Decimal(0))

    @cached_property
    def missing(self) -> list[AidRow]:
        """The rows that cannot be computed."""
        return [row for row in self.rows if row.missing]

    @property
    def euro(self) -> Decimal | None:
        """The sum in euro; None when no rate is known for the day."""
        return self.rate.in_euro(self.total) if self.rate else None

    @cached_property
    def limits(self) -> list[Limit]:
        """Each limit with how the sum stands to it."""
        return [Limit(threshold, self._standing(threshold)) for threshold in self.thresholds]

    @property
    def warns(self) -> bool:
        """Is the sum above a limit?"""
        return any(limit.standing == Standing.ABOVE for limit in self.limits)

    def _standing(self, threshold: Threshold) -> Standing:
        """Above is above whatever is missing; below can only be said when nothing is."""
        if self.euro is None or threshold.eur is None:
            return Standing.UNSAID
        if self.euro > threshold.eur:
            return Standing.ABOVE
        return Standing.UNSAID if self.missing else Standing.BELOW


def state_aid(agreements: Iterable[Agreement], *, day: date) -> StateAid:
    """The indicator on the day, from agreements with their revisions and contributions."""
    rows = [row for agreement in agreements for row in _rows(agreement, day)]
    thresholds = Threshold.objects.on(day).filter(kind__in=LIMITS).order_by("eur")
    rate = ExchangeRate.objects.on(day).first()
    return StateAid(day, tuple(rows), rate, tuple(thresholds))


def _years(day: date) -> list[tuple[date, date]]:
    """The three years that end with the day, each with its first and last day."""
    ends = [moved(day, months=-back * MONTHS_IN_A_YEAR) for back in range(YEARS, -1, -1)]
    return [(moved(before, days=1), end) for before, end in pairwise(ends)]


def _rows(agreement: Agreement, day: date) -> Iterator[AidRow]:
    """The lines of each decided revision, on the days when it applied."""
    if agreement.kind not in COUNTED_KINDS:
        return
    decided = [revision for revision in agreement.revisions.all() if not revision.is_draft]
    decided.sort(key=lambda row: (row.in_force_earliest or date.min, row.number))
    for index, revision in enumerate(decided):
        first = revision.in_force_earliest
        if first is None:
            missing = _("From when %(revision)s applies is not known.") % {"revision": revision}
            yield AidRow(agreement, revision, None, None, None, missing=missing)
            continue
        later = [row.in_force_earliest for row in decided[index + 1 :] if row.in_force_earliest]
        over = [bound for bound in (*later[:1], agreement.over_certainly) if bound]
        last = moved(min(over), days=-1) if over else None
        yield from _lines(agreement, revision, first, last, day)


def _lines(
    agreement: Agreement, revision: Revision, first: date, last: date | None, day: date
) -> Iterator[AidRow]:
    """The municipality's lines of one revision, as far as they fall within the three years."""
    starts, ends = max(first, _years(day)[0][0]), min(last or day, day)
    if ends < starts:
        return
    for line in revision.contributions.all():
        if line.party == Party.MUNICIPALITY:
            found = _amount(line, starts, ends, first, last, day)
            yield AidRow(agreement, revision, line, starts, ends, *found)


def _amount(
    line: Contribution, starts: date, ends: date, first: date, last: date | None, day: date
) -> tuple[str, Decimal | None, str]:
    """The arithmetic, the amount and, when it cannot be computed, why."""
    stated = line.stated_amount
    if stated is None:
        return "", None, _("The amount is not known.")
    match line.period_basis:
        case PeriodBasis.PER_YEAR:
            share, factor = _share_of_years(starts, ends, day), ""
        case PeriodBasis.PER_MONTH:
            share, factor = _share_of_years(starts, ends, day) * MONTHS_IN_A_YEAR, ""
        case PeriodBasis.WHOLE_TERM if last is not None:
            days, all_days = (ends - starts).days + 1, (last - first).days + 1
            share, factor = Decimal(days) / Decimal(all_days), f"{days} / {all_days}"
        case PeriodBasis.WHOLE_TERM:
            return "", None, _("The amount is for the whole term, and its end is not known.")
        case _:
            return "", None, _("What period the amount is for is not stated.")
    amount = (stated * share).quantize(CENT)
    return f"{kronor(stated)} × {factor or plain_number(share.quantize(STEP))}", amount, ""


def _share_of_years(starts: date, ends: date, day: date) -> Decimal:
    """How many years the days come to; a whole rolling year is exactly one."""
    share = Decimal(0)
    for first, last in _years(day):
        days = (min(ends, last) - max(starts, first)).days + 1
        if days > 0:
            share += Decimal(days) / Decimal((last - first).days + 1)
    return share
