"""The sums of a scope in a few queries, grouped by what an agreement is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum

from agreements.models import Party
from payments.models import Direction, Payment
from report.figures.rows import (
    IS_MONEY,
    contributions_in,
    in_force_between,
    payments_in,
    perhaps_in_force_between,
)
from report.figures.scope import Scope
from report.figures.sums import Sums

Key = tuple[Any, ...]
Found = Iterable[tuple[Key, dict[str, Any]]]
PARTNER = "parties__partner"
PAID = ("paid", "reversed", "received", "payment_count")
LINES = (
    "promised",
    "promised_money",
    "promised_by_partners",
    "unknown_lines",
    "unknown_promised",
    "unknown_promised_money",
)


def grouped(
    scope: Scope, columns: Sequence[str], *, years: Sequence[int], partners: Sequence[int] = ()
) -> dict[Key, Sums]:
    """The sums by year and the agreement's columns; contributions, which take longest, of `years`.

    By PARTNER they are those of `partners`: what was paid to each and what each contributes itself,
    and all that is promised in the agreements that it is party to.
    """
    parts: dict[Key, dict[str, Any]] = defaultdict(dict)
    for found in (
        _counts(scope, columns, partners),
        _payments(scope, columns, partners),
        _contributions(scope, columns, years, partners),
    ):
        for key, values in found:
            parts[key] |= values
    imported = paid_years(scope)
    return {key: Sums.known(row, was_imported=key[0] in imported) for key, row in parts.items()}


def paid_years(scope: Scope) -> frozenset[int]:
    """The years of which any payment of the municipality has come in."""
    imported = Payment.objects.filter(municipality=scope.municipality)
    return frozenset(year for year in scope.years if imported.in_year(year).exists())


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _counts(scope: Scope, columns: Sequence[str], partners: Sequence[int]) -> Found:
    counted = {}
    for year in scope.years:
        counted[f"certain_{year}"] = Count("pk", filter=in_force_between(*_days(year)))
        counted[f"perhaps_{year}"] = Count("pk", filter=perhaps_in_force_between(*_days(year)))
    agreements = scope.agreements().order_by()
    if partners:
        agreements = agreements.filter(parties__partner__in=partners)
    row: Any
    for row in agreements.values(*columns).annotate(**counted):
        for year in scope.years:
            certain, perhaps = row[f"certain_{year}"], row[f"perhaps_{year}"]
            if perhaps or certain:
                values = {"in_force": certain, "uncertain": max(perhaps - certain, 0)}
                yield (year, *(row[column] for column in columns)), values


def _payments(scope: Scope, columns: Sequence[str], partners: Sequence[int]) -> Found:
    """The years stand beside each other: few groups are added up in memory, many are sorted on disk."""
    paid, received = Q(direction=Direction.PAID), Q(direction=Direction.RECEIVED)
    summed: dict[str, Any] = {}
    for year in scope.years:
        own = Q(paid_on__range=_days(year))
        summed[f"paid_{year}"] = Sum("amount", filter=own & paid)
        summed[f"reversed_{year}"] = Sum("amount", filter=own & paid & Q(amount__lt=0))
        summed[f"received_{year}"] = Sum("amount", filter=own & received)
        summed[f"payment_count_{year}"] = Count("pk", filter=own)
    payments = payments_in(scope).order_by()
    paths = [f"agreement__{column}" for column in columns]
    if partners:
        payments, paths = payments.filter(partner__in=partners), ["partner"]
    row: Any
    for row in payments.values(*paths).annotate(**summed):
        for year in scope.years:
            values = {name: row[f"{name}_{year}"] for name in PAID}
            if values["payment_count"]:
                yield (year, *(row[path] for path in paths)), values


def _contributions(
    scope: Scope, columns: Sequence[str], years: Sequence[int], partners: Sequence[int]
) -> Found:
    ours, theirs = Q(party=Party.MUNICIPALITY), Q(party=Party.PARTNER)
    unknown = Q(per_year__isnull=True)
    paths = [f"revision__agreement__{column}" for column in columns]
    for year in years:
        lines = contributions_in(scope, year).order_by()
        if partners:
            lines = lines.filter(
                Q(party=Party.MUNICIPALITY) | Q(partner=F(paths[0])),
                **{f"{paths[0]}__in": partners},
            )
        rows: Any = lines.values(*paths).annotate(
            promised=Sum("per_year", filter=ours),
            promised_money=Sum("per_year", filter=ours & IS_MONEY),
            promised_by_partners=Sum("per_year", filter=theirs),
            unknown_lines=Count("pk", filter=unknown),
            unknown_promised=Count("pk", filter=unknown & ours),
            unknown_promised_money=Count("pk", filter=unknown & ours & IS_MONEY),
        )
        for row in rows:
            yield (year, *(row[path] for path in paths)), {name: row[name] for name in LINES}
