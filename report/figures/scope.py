"""What a figure is about: whose agreements, of which kind, in which years."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agreements.models import Agreement
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
        own = Committee.objects.filter(municipality=self.municipality)
        found = Agreement.objects.filter(is_decided=True, committee__in=own)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.committee:
            found = found.filter(committee=self.committee)
        if self.partner:
            found = found.filter(partners=self.partner)
        return found

    def of_year(self, year: int) -> "Scope":
        """The same in one year."""
        return Scope(self.municipality, (year,), self.kind, self.committee, self.partner)
