"""What a figure is about: whose agreements, of which kind, in which years."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from agreements.models import Agreement, AgreementPartner
from organisations.models import Committee, Municipality, Partner


@dataclass(frozen=True)
class Scope:
    """The filter that a figure and the rows behind it share. Empty parts let everything through."""

    municipality: Municipality
    years: tuple[int, ...]
    kind: str = ""
    committee: Committee | None = None
    partner: Partner | None = None

    @property
    def first_day(self) -> date:
        """The first day of the first year."""
        return date(min(self.years), 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of the last year."""
        return date(max(self.years), 12, 31)

    def agreements(self) -> QuerySet[Agreement]:
        """The decided agreements that it is about."""
        return Agreement.objects.filter(self.covers())

    def covers(self, path: str = "") -> Q:
        """Is an agreement one of these? `path` leads to it from other rows, with its underscores."""
        own = Committee.objects.filter(municipality=self.municipality)
        conditions: dict[str, Any] = {"is_decided": True, "committee__in": own}
        if self.kind:
            conditions["kind"] = self.kind
        if self.committee:
            conditions["committee"] = self.committee
        if self.partner:
            parties = AgreementPartner.objects.filter(partner=self.partner)
            conditions["pk__in"] = parties.values("agreement")
        return Q(**{f"{path}{name}": value for name, value in conditions.items()})

    def of_year(self, year: int) -> "Scope":
        """The same in one year."""
        return Scope(self.municipality, (year,), self.kind, self.committee, self.partner)
