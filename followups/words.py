"""Figures and outcomes in words: the same on the page and in the documents."""

from decimal import Decimal

from django.utils.translation import gettext as _

from followups.models import FundsUse
from partnerships.money import plain_number


def figure_words(value: Decimal | None) -> str:
    """A figure as Swedes write it; `not reported` is a word, never 0."""
    return _("not reported") if value is None else plain_number(value)


def met_words(is_met: bool | None) -> str:
    """Whether a target is met, as far as it can be said."""
    if is_met is None:
        return _("cannot be said")
    return _("yes") if is_met else _("no")


def party_words(use: FundsUse) -> str:
    """Who brings the contribution."""
    partner = use.contribution.partner
    return str(partner or use.report.agreement.municipality)
