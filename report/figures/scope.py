"""What a figure is about: whose agreements, of which kind, in which years."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementPartner, AgreementTheme, Theme
from organisations.models import Committee, Municipality, Partner


class Lacks(TextChoices):
    """What the rows of a scope have none of."""

    PARTNER = "partner", _("payee not in the register")
    THEME = "theme", _("no theme")


@dataclass(frozen=True)
class Scope:
    """The filter that a figure and the rows behind it share. Empty parts let everything through."""

    municipality: Municipality
    years: tuple[int, ...]
    kind: str = ""
    committee: Committee | None = None
    partner: Partner | None = None
    theme: Theme | None = None
    lacks: str = ""

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
        chosen = Q(**{f"{path}is_decided": True, f"{path}committee__in": own})
        if self.kind:
            chosen &= Q(**{f"{path}kind": self.kind})
        if self.committee:
            chosen &= Q(**{f"{path}committee": self.committee})
        if self.partner:
            parties = AgreementPartner.objects.filter(partner=self.partner)
            chosen &= Q(**{f"{path}pk__in": parties.values("agreement")})
        if self.theme:
            themed = AgreementTheme.objects.filter(theme=self.theme)
            chosen &= Q(**{f"{path}pk__in": themed.values("agreement")})
        if self.lacks == Lacks.THEME:
            chosen &= Q(**{f"{path}themes__isnull": True})
        return chosen

    def of_year(self, year: int) -> "Scope":
        """The same in one year."""
        return replace(self, years=(year,))
