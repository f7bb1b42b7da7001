"""All sums of a report in a few queries: by year, kind and committee, and by partner."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear

from agreements.models import Party
from organisations.models import Partner
from payments.models import Direction, Payment
from report.figures.rows import (
    IS_MONEY,
    contributions_in,
    in_force_between,
    payments_in,
    perhaps_in_force_between,
)
from report.figures.scope import Scope

Key = tuple[int, str, int]
LARGEST = 20
LINES = (
    "promised",
    "promised_money",
    "promised_by_partners",
    "unknown_lines",
    "unknown_promised",
    "unknown_promised_money",
)

PAID = ("paid", "reversed", "received", "payment_count")


@dataclass(frozen=True)
class Sums:
    """What some agreements come to in some years. None is `not known`, never 0.

    Counts are agreements certainly in force; `uncertain` are those that can have been. Amounts are
    SEK. `unknown_lines` are contributions without an amount per year, which no sum holds; of them
    `unknown_promised` and `unknown_promised_money` are the municipality's.
    """

    in_force: int = 0
    uncertain: int = 0
    paid: Decimal | None = None
    reversed: Decimal | None = None
    received: Decimal | None = None
    payment_count: int = 0
    promised: Decimal | None = None
    promised_money: Decimal | None = None
    promised_by_partners: Decimal | None = None
    unknown_lines: int = 0
    unknown_promised: int = 0
    unknown_promised_money: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            *(_plus(getattr(self, each.name), getattr(other, each.name)) for each in fields(Sums))
        )

    @property
    def unknown_promised_by_partners(self) -> int:
        """How many of the partners' lines have no amount per year."""
        return self.unknown_lines - self.unknown_promised

    @property
    def share(self) -> Decimal | None:
        """The municipality's part (0 to 1) of the contributions whose amount per year is known."""
        if self.promised is None or self.promised_by_partners is None:
            return None
        both = self.promised + self.promised_by_partners
        return self.promised / both if both else None

    @property
    def difference(self) -> Decimal | None:
        """Paid less promised in money; None when either is not known."""
        if self.paid is None or self.promised_money is None:
            return None
        return self.paid - self.promised_money


@dataclass(frozen=True)
class PartnerSums:
    """What was paid to a partner, and what it contributes, in each year."""

    partner: Partner | None
    by_year: dict[int, Decimal]
    total: Decimal


@dataclass(frozen=True)
class Cells:
    """The sums of a scope, for each year, kind and committee (by key) that has any."""

    scope: Scope
    found: dict[Key, Sums]
    unmatched: dict[int, tuple[Decimal, int]]
    paid_years: frozenset[int]  # of which payments have come in
    promised_years: frozenset[int]  # of which contributions were asked for

    @classmethod
    def of(cls, scope: Scope, *, promised_in: Sequence[int] | None = None) -> "Cells":
        """Everything in one query for agreements, one for payments and one a year for contributions.

        Contributions take most of the time; `promised_in` says of which years they are asked for.
        """
        parts: dict[Key, dict[str, Any]] = defaultdict(dict)
        for key, values in _counts(scope):
            parts[key] |= values
        for key, values in _payments(scope):
            parts[key] |= values
        years = scope.years if promised_in is None else tuple(promised_in)
        for key, values in _contributions(scope, years):
            parts[key] |= values
        unmatched = _unmatched(scope)
        paid_years = _paid_years(scope)
        found = {key: _known(values, key[0] in paid_years) for key, values in parts.items()}
        return cls(scope, found, unmatched, paid_years, frozenset(years))

    def hold(self, scope: Scope) -> bool:
        """Can the sums of the other scope be taken from these?"""
        mine = self.scope
        return (
            mine.municipality == scope.municipality
            and set(scope.years) <= self.promised_years
            and scope.partner == mine.partner
            and mine.kind in ("", scope.kind)
            and mine.committee in (None, scope.committee)
        )

    def sums(
        self, *, year: int | None = None, kind: str = "", committee: int | None = None
    ) -> Sums:
        """The sum over what is left open."""
        chosen = (
            sums
            for (its_year, its_kind, its_committee), sums in self.found.items()
            if year in (None, its_year)
            and kind in ("", its_kind)
            and committee in (None, its_committee)
        )
        return sum(chosen, Sums())

    @property
    def kinds(self) -> list[str]:
        """The kinds of agreement that have anything, the largest payments first."""
        kinds = {key[1] for key in self.found}
        return sorted(kinds, key=lambda kind: (-(self.sums(kind=kind).paid or 0), kind))

    @property
    def committees(self) -> list[int]:
        """The keys of the committees that have anything."""
        return sorted({key[2] for key in self.found})


def by_partner(scope: Scope, *, limit: int = LARGEST) -> list[PartnerSums]:
    """The partners to whom most was paid, with each year; payees that are not known are one row."""
    paid = payments_in(scope).filter(direction=Direction.PAID)
    largest = paid.values("partner").annotate(total=Sum("amount")).order_by("-total", "partner")
    totals = {row["partner"]: row["total"] for row in largest[:limit]}
    known = [key for key in totals if key is not None]
    chosen = Q(partner__in=known) | (Q(partner__isnull=True) if None in totals else Q(pk__in=[]))
    rows = paid.filter(chosen).annotate(year=ExtractYear("paid_on"))
    by_year: dict[int | None, dict[int, Decimal]] = defaultdict(dict)
    for row in rows.values("partner", "year").annotate(total=Sum("amount")):
        by_year[row["partner"]][row["year"]] = row["total"]
    partners = Partner.objects.in_bulk(known)
    return [
        PartnerSums(partners.get(key) if key is not None else None, by_year[key], total)
        for key, total in totals.items()
    ]


def _counts(scope: Scope) -> Iterable[tuple[Key, dict[str, Any]]]:
    def days(year: int) -> tuple[date, date]:
        return date(year, 1, 1), date(year, 12, 31)

    counted = {}
    for year in scope.years:
        certain, perhaps = in_force_between(*days(year)), perhaps_in_force_between(*days(year))
        counted[f"certain_{year}"] = Count("pk", filter=certain)
        counted[f"perhaps_{year}"] = Count("pk", filter=perhaps)
    row: Any
    for row in scope.agreements().order_by().values("kind", "committee").annotate(**counted):
        for year in scope.years:
            certain, perhaps = row[f"certain_{year}"], row[f"perhaps_{year}"]
            if perhaps or certain:
                yield (
                    (year, row["kind"], row["committee"]),
                    {"in_force": certain, "uncertain": max(perhaps - certain, 0)},
                )


def _payments(scope: Scope) -> Iterable[tuple[Key, dict[str, Any]]]:
    """The years stand beside each other: few groups are added up in memory, many are sorted on disk."""
    paid, received = Q(direction=Direction.PAID), Q(direction=Direction.RECEIVED)
    summed = {}
    for year in scope.years:
        own = Q(paid_on__range=(date(year, 1, 1), date(year, 12, 31)))
        summed[f"paid_{year}"] = Sum("amount", filter=own & paid)
        summed[f"reversed_{year}"] = Sum("amount", filter=own & paid & Q(amount__lt=0))
        summed[f"received_{year}"] = Sum("amount", filter=own & received)
        summed[f"payment_count_{year}"] = Count("pk", filter=own)
    grouped = payments_in(scope).order_by().values("agreement__kind", "agreement__committee")
    row: Any
    for row in grouped.annotate(**summed):
        for year in scope.years:
            values = {name: row[f"{name}_{year}"] for name in PAID}
            if values["payment_count"]:
                yield (year, row["agreement__kind"], row["agreement__committee"]), values


def _contributions(scope: Scope, years: Sequence[int]) -> Iterable[tuple[Key, dict[str, Any]]]:
    ours, theirs = Q(party=Party.MUNICIPALITY), Q(party=Party.PARTNER)
    unknown = Q(per_year__isnull=True)
    for year in years:
        lines = contributions_in(scope, year).order_by()
        rows: Any = lines.values(
            "revision__agreement__kind", "revision__agreement__committee"
        ).annotate(
            promised=Sum("per_year", filter=ours),
            promised_money=Sum("per_year", filter=ours & IS_MONEY),
            promised_by_partners=Sum("per_year", filter=theirs),
            unknown_lines=Count("pk", filter=unknown),
            unknown_promised=Count("pk", filter=unknown & ours),
            unknown_promised_money=Count("pk", filter=unknown & ours & IS_MONEY),
        )
        for row in rows:
            kind, committee = (
                row[f"revision__agreement__{name}"] for name in ("kind", "committee")
            )
            yield (year, kind, committee), {name: row[name] for name in LINES}


def _paid_years(scope: Scope) -> frozenset[int]:
    """The years of which any payment of the municipality has come in."""
    imported = Payment.objects.filter(municipality=scope.municipality)
    return frozenset(year for year in scope.years if imported.in_year(year).exists())


def _unmatched(scope: Scope) -> dict[int, tuple[Decimal, int]]:
    """What was paid of which nobody has said yet whether it belongs to an agreement."""
    waiting = Payment.objects.unmatched().filter(
        municipality=scope.municipality,
        direction=Direction.PAID,
        paid_on__range=(scope.first_day, scope.last_day),
    )
    rows = waiting.order_by().annotate(year=ExtractYear("paid_on")).values("year")
    sums = rows.annotate(total=Sum("amount"), count=Count("pk"))
    return {row["year"]: (row["total"], row["count"]) for row in sums if row["count"]}


def _known(values: dict[str, Any], was_imported: bool) -> Sums:
    """In a year of which payments came in, what is not among them is 0; before that, not known."""
    if was_imported:
        for name in ("paid", "reversed", "received"):
            values[name] = values.get(name) or Decimal(0)
    return Sums(**values)


def _plus(first: Any, second: Any) -> Any:
    if first is None or second is None:
        return second if first is None else first
    return first + second
