"""What a number that is worked out from others is worked out from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from report.figures.answer import Answer, answer_of
from report.figures.rows import CONTRIBUTIONS
from report.figures.scope import Scope
from report.models import Basis, Measure


class Derived(TextChoices):
    """A number of a report that has no rows of its own."""

    SHARE = "share", _("the municipality's share of the contributions")
    DIFFERENCE = "difference", _("paid less promised in money")
    CHANGE = "change", _("change of what was paid per year since the edition before")
    GROWTH = "growth", _("change of what was paid per year, as a share of the edition before")


@dataclass(frozen=True)
class Term:
    """One of the figures that another is worked out from, with the rows behind it."""

    measure: Measure
    scope: Scope
    basis: str
    answer: Answer


def terms_of(measure: str, scope: Scope, *, basis: str, before: Sequence[int] = ()) -> list[Term]:
    """The terms of a derived number, or of a mean over years; none when it has rows of its own.

    `before` are the years of the edition before.
    """
    if measure == Derived.SHARE:
        wanted = [(Measure.PROMISED, scope), (Measure.PROMISED_BY_PARTNERS, scope)]
    elif measure == Derived.DIFFERENCE:
        wanted = [(Measure.PAID, scope), (Measure.PROMISED_MONEY, scope)]
    elif measure in Derived:
        earlier = replace(scope, years=tuple(before))
        wanted = [(Measure.PAID, each) for each in (earlier, scope)]
        basis = Basis.PER_YEAR
    elif measure in CONTRIBUTIONS and len(scope.years) > 1:
        wanted = [(Measure(measure), scope.of_year(year)) for year in scope.years]
    else:
        return []
    return [
        Term(each, its_scope, basis, answer_of(each, its_scope, basis=basis))
        for each, its_scope in wanted
    ]


def worked_out(measure: str, terms: Sequence[Term]) -> Decimal | None:
    """The derived number; None when one of its terms is not known, or it divides by nothing."""
    first, second = (term.answer.value for term in terms)
    if first is None or second is None:
        return None
    if measure == Derived.SHARE:
        return first / (first + second) if first + second else None
    if measure == Derived.DIFFERENCE:
        return first - second
    if measure == Derived.CHANGE:
        return second - first
    return (second - first) / first if first else None
