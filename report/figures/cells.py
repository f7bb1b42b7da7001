"""All sums of a report: by year, kind and committee, by theme, and by partner."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear

from agreements.models import Theme
from organisations.models import Partner
from payments.models import Direction
from report.figures.groups import PARTNER, grouped, paid_years
from report.figures.rows import payments_in, unmatched_in
from report.figures.scope import Scope
from report.figures.sums import Sums

Key = tuple[int, str, int]
LARGEST = 20


@dataclass(frozen=True)
class PartnerSums:
    """What was paid to a partner in each year."""

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
        years = scope.years if promised_in is None else tuple(promised_in)
        found = grouped(scope, ("kind", "committee"), years=years)
        return cls(scope, found, _unmatched(scope), paid_years(scope), frozenset(years))

    def hold(self, scope: Scope) -> bool:
        """Can the sums of the other scope be taken from these?"""
        mine = self.scope
        return (
            mine.municipality == scope.municipality
            and set(scope.years) <= self.promised_years
            and (scope.partner, scope.theme, scope.lacks) == (mine.partner, mine.theme, mine.lacks)
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


def sums_of_partners(scope: Scope, partners: Sequence[Partner]) -> dict[int, Sums]:
    """All sums of the partners in the scope's last year, by key. They overlap: none can be added."""
    last = scope.of_year(max(scope.years))
    keys = [partner.pk for partner in partners]
    found = grouped(last, (PARTNER,), years=last.years, partners=keys) if keys else {}
    return {key: sums for (_year, key), sums in found.items()}


def by_theme(scope: Scope) -> list[tuple[Theme | None, Sums]]:
    """The sums of each theme in the scope's last year, and of the agreements without any.

    An agreement with several themes counts in each of them. Nothing when there are no themes.
    """
    themes = Theme.objects.filter(municipality=scope.municipality).in_bulk()
    if not themes:
        return []
    last = scope.of_year(max(scope.years))
    found = grouped(last, ("themes",), years=last.years)
    rows = [(themes.get(key) if key else None, sums) for (_year, key), sums in found.items()]
    return sorted(rows, key=lambda row: (row[0] is None, str(row[0])))


def _unmatched(scope: Scope) -> dict[int, tuple[Decimal, int]]:
    """What was paid of which nobody has said yet whether it belongs to an agreement."""
    rows = unmatched_in(scope).order_by().annotate(year=ExtractYear("paid_on")).values("year")
    sums = rows.annotate(total=Sum("amount"), count=Count("pk"))
    return {row["year"]: (row["total"], row["count"]) for row in sums if row["count"]}
