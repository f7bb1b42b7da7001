"""One figure asked of the register: its value, and what it lacks."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, Sum

from payments.models import Payment
from report.figures.cells import Cells
from report.figures.rows import (
    CONTRIBUTIONS,
    PAYMENTS,
    Behind,
    contributions_in,
    payments_in,
    rows_of,
)
from report.figures.scope import Scope
from report.models import Basis, Measure
from report.models.figure import AMOUNTS

CENT = Decimal("0.01")
SUMMED = (Behind.REVERSED, Behind.UNMATCHED)


@dataclass(frozen=True)
class Answer:
    """The value, None when it is not known; `unknown` rows have no amount and are not in it."""

    value: Decimal | None
    unknown: int = 0

    @property
    def is_partial(self) -> bool:
        """Is something known left out, so that the value is `at least`?"""
        return self.value is not None and self.unknown > 0


def answer_of(measure: str, scope: Scope, *, basis: str, cells: Cells | None = None) -> Answer:
    """The measure's value in the scope. Amounts per year are the mean of its years.

    Counts are of a day when the basis says so, the last one, else of the whole time. Sums that
    `cells` hold already are taken from there.
    """
    if not scope.years:
        return Answer(None)
    if measure in AMOUNTS and cells and cells.hold(scope):
        answer = _held(measure, scope, cells)
    elif measure in PAYMENTS:
        answer = _paid(Measure(measure), scope)
    elif measure in CONTRIBUTIONS:
        answer = _promised(Measure(measure), scope)
    elif measure in SUMMED:
        rows = rows_of(measure, scope)
        answer = Answer(rows.aggregate(total=Sum("amount"))["total"] if rows is not None else None)
    else:
        return _counted(measure, scope, basis)
    if answer.value is None or basis != Basis.PER_YEAR:
        return answer
    mean = (answer.value / len(scope.years)).quantize(CENT, ROUND_HALF_UP)
    return Answer(mean, answer.unknown)


def _held(measure: str, scope: Scope, cells: Cells) -> Answer:
    """The same from sums that were made before."""
    committee = scope.committee.pk if scope.committee else None
    if measure in PAYMENTS and not set(scope.years) <= cells.paid_years:
        return Answer(None)
    sums = [cells.sums(year=year, kind=scope.kind, committee=committee) for year in scope.years]
    unknown = sum(getattr(each, f"unknown_{measure}", 0) for each in sums)
    known = [value for each in sums if (value := getattr(each, measure)) is not None]
    return Answer(sum(known, Decimal(0)) if known or not unknown else None, unknown)


def _paid(measure: Measure, scope: Scope) -> Answer:
    """What was paid; not known when no payment of some year has come in to the portal."""
    imported = Payment.objects.filter(municipality=scope.municipality)
    for year in scope.years:
        if not imported.in_year(year).exists():
            return Answer(None)
    rows = payments_in(scope).filter(direction=PAYMENTS[measure])
    return Answer(rows.aggregate(total=Sum("amount"))["total"] or Decimal(0))


def _promised(measure: Measure, scope: Scope) -> Answer:
    """The contributions of each year, added; lines without an amount per year are counted."""
    amount, unknown, lines = Decimal(0), 0, 0
    for year in scope.years:
        rows = contributions_in(scope, year).filter(CONTRIBUTIONS[measure])
        sums = rows.aggregate(
            total=Sum("per_year"),
            unknown=Count("pk", filter=Q(per_year__isnull=True)),
            lines=Count("pk"),
        )
        amount += sums["total"] or Decimal(0)
        unknown, lines = unknown + sums["unknown"], lines + sums["lines"]
    return Answer(None if lines and unknown == lines else amount, unknown)


def _counted(measure: str, scope: Scope, basis: str) -> Answer:
    rows = rows_of(measure, scope, basis=basis)
    return Answer(None if rows is None else Decimal(rows.count()))
