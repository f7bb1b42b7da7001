"""What the municipality promised in money each year, beside what was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from agreements.models import Agreement, Contribution, Party, PeriodBasis, Revision, RevisionOn
from agreements.models.life import Life
from partnerships.charts import Chart, Series
from payments.models import Direction

MONTHS = 12
MOST_YEARS = 40


@dataclass(frozen=True)
class Promise:
    """What one revision promises in money for a whole year; None when its lines do not say."""

    revision: Revision
    amount: Decimal | None

    @classmethod
    def of(cls, revision: Revision) -> "Promise":
        """The sum of the municipality's lines in money, if each is known per year or per month."""
        lines = [
            line
            for line in revision.contributions.all()
            if line.party == Party.MUNICIPALITY and _is_money(line)
        ]
        amounts = [_per_year(line) for line in lines]
        known = [amount for amount in amounts if amount is not None]
        is_known = bool(lines) and len(known) == len(lines)
        return cls(revision, sum(known, Decimal(0)) if is_known else None)


@dataclass(frozen=True)
class YearOfPayments:
    """One year: what was promised for all of it, and what was paid and received.

    `promised` is None when nothing applied, when it is not stated per year, and when more than one
    revision applied or can have applied: `promises` then says what each of them promises.
    """

    year: int
    promises: tuple[Promise, ...]
    is_whole: bool
    is_over: bool
    paid: Decimal | None
    paid_count: int
    received: Decimal | None
    received_count: int

    @property
    def promised(self) -> Decimal | None:
        """SEK for a whole year of the one revision that applied."""
        return self.promises[0].amount if len(self.promises) == 1 else None

    @property
    def difference(self) -> Decimal | None:
        """Paid less promised; None when the year cannot be compared."""
        if not (self.is_whole and self.is_over) or self.promised is None:
            return None
        return (self.paid or Decimal(0)) - self.promised


def years_of(agreement: Agreement, payments, *, today: date) -> list[YearOfPayments]:
    """Every year in which the agreement applied or was paid, newest first; not beyond today's."""
    revisions = list(Revision.objects.filter(agreement=agreement).with_contributions())
    life = Life.of(revisions, agreement.terms.all(), agreement.terminations.all())
    sums = _sums(payments)
    years = set(sums)
    if life.begins_possibly:
        last = min(today, life.over_certainly or today).year
        years |= set(range(max(life.begins_possibly.year, last - MOST_YEARS), last + 1))
    promises = {revision.pk: Promise.of(revision) for revision in revisions}
    return [
        _year(year, sums.get(year, {}), revisions, life, promises, today)
        for year in sorted(years, reverse=True)
    ]


def _year(
    year: int,
    sums: dict,
    revisions: Sequence[Revision],
    life: Life,
    promises: dict[int, Promise],
    today: date,
) -> YearOfPayments:
    """The year's answer from the revisions that applied on the first and last day of each month."""
    days = [date(year, month, 1) for month in range(1, MONTHS + 1)] + [date(year, 12, 31)]
    answers = [RevisionOn.among(revisions, life, day) for day in days]
    applied = {row.pk: row for answer in answers for row in answer.candidates}
    return YearOfPayments(
        year=year,
        promises=tuple(promises[pk] for pk in applied),
        is_whole=len(applied) == 1 and all(answer.certain for answer in answers),
        is_over=year < today.year,
        paid=sums.get("paid"),
        paid_count=sums.get("paid_count", 0),
        received=sums.get("received"),
        received_count=sums.get("received_count", 0),
    )


def _sums(payments) -> dict[int, dict]:
    """Sum and count per year and direction; a year without payments is not among them."""
    rows = payments.annotate(year=ExtractYear("paid_on")).values("year").order_by("year")
    amounts = {
        name: aggregate
        for direction in Direction.values
        for name, aggregate in (
            (direction, Sum("amount", filter=Q(direction=direction))),
            (f"{direction}_count", Count("pk", filter=Q(direction=direction))),
        )
    }
    return {row["year"]: row for row in rows.annotate(**amounts)}


def _is_money(line: Contribution) -> bool:
    """Is it given in money? A line that does not say how it is given counts by its kind."""
    if line.form == Contribution.Form.NOT_STATED:
        return line.kind == Contribution.Kind.CASH
    return line.form == Contribution.Form.CASH


def _per_year(line: Contribution) -> Decimal | None:
    """SEK per year; None when it is not known or not stated for a year or a month."""
    if line.stated_amount is None:
        return None
    if line.period_basis == PeriodBasis.PER_MONTH:
        return line.stated_amount * MONTHS
    return line.stated_amount if line.period_basis == PeriodBasis.PER_YEAR else None


def chart_of(years: Sequence[YearOfPayments]) -> Chart:
    """Promised beside paid, oldest first; a year whose promise is not one known amount has no bar for it."""
    years = sorted(years, key=attrgetter("year"))
    return Chart(
        title=_("Promised and paid each year"),
        heading=_("Year"),
        categories=[str(year.year) for year in years],
        series=[
            Series(_("Promised"), [year.promised for year in years]),
            Series(_("Paid"), [year.paid for year in years]),
        ],
        unit="kr",
    )
