"""The rows behind each measure. What a page sums and what it lists come from the same queries."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    AgreementTheme,
    Contribution,
    Party,
    PeriodBasis,
    Revision,
)
from followups.figures import answers_of
from followups.models import Indicator
from organisations.models import Partner
from payments.models import Direction, Payment
from report.figures.scope import Lacks, Scope
from report.models import Basis, Measure

MONTHS = 12
# SEK for a whole year; null when the line does not say one.
PER_YEAR = Case(
    When(period_basis=PeriodBasis.PER_YEAR, then=F("stated_amount")),
    When(period_basis=PeriodBasis.PER_MONTH, then=F("stated_amount") * MONTHS),
    output_field=DecimalField(max_digits=18, decimal_places=2),
)
IS_MONEY = Q(form=Contribution.Form.CASH) | Q(
    form=Contribution.Form.NOT_STATED, kind=Contribution.Kind.CASH
)


def in_force_between(first: date, last: date, path: str = "") -> Q:
    """Agreements that were certainly in force on some day from the first to the last."""
    is_over = f"{path}over_possibly"
    return Q(**{f"{path}begins_certainly__lte": last}) & (
        Q(**{f"{is_over}__isnull": True}) | Q(**{f"{is_over}__gt": first})
    )


def perhaps_in_force_between(first: date, last: date) -> Q:
    """Agreements that can have been in force then, those that certainly were among them."""
    return Q(begins_possibly__lte=last) & (
        Q(over_certainly__isnull=True) | Q(over_certainly__gt=first)
    )


def payments_in(scope: Scope) -> QuerySet[Payment]:
    """The payments of the scope's years that belong to one of its agreements."""
    found = Payment.objects.filter(
        municipality=scope.municipality,
        agreement__isnull=False,
        paid_on__range=(scope.first_day, scope.last_day),
    )
    if scope.kind:
        found = found.filter(agreement__kind=scope.kind)
    if scope.committee:
        found = found.filter(agreement__committee=scope.committee)
    if scope.theme:
        themed = AgreementTheme.objects.filter(theme=scope.theme)
        found = found.filter(agreement__in=themed.values("agreement"))
    if scope.lacks == Lacks.THEME:
        found = found.filter(agreement__themes__isnull=True)
    if scope.lacks == Lacks.PARTNER:
        found = found.filter(partner__isnull=True)
    return found.filter(partner=scope.partner) if scope.partner else found


def unmatched_in(scope: Scope) -> QuerySet[Payment]:
    """What was paid in the scope's years of which nobody has said whether it has an agreement."""
    return Payment.objects.unmatched().filter(
        municipality=scope.municipality,
        direction=Direction.PAID,
        paid_on__range=(scope.first_day, scope.last_day),
    )


def contributions_in(scope: Scope, year: int) -> QuerySet[Contribution]:
    """The lines of the revision of each agreement that applied last in the year, with `per_year`.

    An agreement counts when it was certainly in force on some day of the year. Its amounts are for
    a whole year, also when it began or ended within it.
    """
    first, last, path = date(year, 1, 1), date(year, 12, 31), "revision__agreement__"
    decided = {"decided_at__isnull": False, "in_force_earliest__lte": last}
    later = Revision.objects.filter(**decided, agreement=OuterRef("revision__agreement")).filter(
        Q(in_force_earliest__gt=OuterRef("revision__in_force_earliest"))
        | Q(
            in_force_earliest=OuterRef("revision__in_force_earliest"),
            number__gt=OuterRef("revision__number"),
        )
    )
    lines = Contribution.objects.filter(
        scope.covers(path),
        in_force_between(first, last, path),
        **{f"revision__{name}": value for name, value in decided.items()},
    ).filter(~Exists(later))
    if scope.partner:
        lines = lines.filter(Q(party=Party.MUNICIPALITY) | Q(partner=scope.partner))
    return lines.annotate(per_year=PER_YEAR)


def without_follow_up(agreements: QuerySet[Agreement], on: date) -> QuerySet[Agreement] | None:
    """The agreements in force on the day that nothing follows up; None where nobody can say."""
    path = settings.REPORT_SOURCES.get("without_follow_up")
    return import_string(path)(agreements, on) if path else None


def with_indicators(scope: Scope) -> QuerySet[Agreement]:
    """The agreements in force on the last day whose plan has an indicator that is followed."""
    last = scope.last_day
    followed = Indicator.objects.filter(plan__agreement=OuterRef("pk"), is_followed=True)
    return scope.agreements().filter(in_force_between(last, last)).filter(Exists(followed))


CONTRIBUTIONS = {
    Measure.PROMISED: Q(party=Party.MUNICIPALITY),
    Measure.PROMISED_MONEY: Q(party=Party.MUNICIPALITY) & IS_MONEY,
    Measure.PROMISED_BY_PARTNERS: Q(party=Party.PARTNER),
}
PAYMENTS = {Measure.PAID: Direction.PAID, Measure.RECEIVED: Direction.RECEIVED}


class Behind(models.TextChoices):
    """What a report's sums are told to hold, or not to hold, besides its measures."""

    REVERSED = "reversed", _("paid back")
    UNMATCHED = "unmatched", _("paid, and matched with no agreement")
    UNCERTAIN = "uncertain", _("agreements that may have been in force")
    UNKNOWN_LINES = "unknown_lines", _("contributions without an amount per year")
    TARGETS_MET = "met", _("indicators that met their target")
    TARGETS_NOT_MET = "not_met", _("indicators that did not meet their target")
    TARGETS_UNKNOWN = "unknown", _("indicators without a reported figure or a target")


TARGETS = {
    Behind.TARGETS_MET: True,
    Behind.TARGETS_NOT_MET: False,
    Behind.TARGETS_UNKNOWN: None,
}


def rows_of(measure: str, scope: Scope, *, basis: str = "") -> QuerySet | None:
    """The rows that the measure counts or sums; None when the portal cannot say which.

    Contributions are those of the last year of the scope. Counts on a day are of its last day.
    """
    if measure in PAYMENTS:
        return payments_in(scope).filter(direction=PAYMENTS[Measure(measure)])
    if measure in CONTRIBUTIONS:
        year = max(scope.years)
        return contributions_in(scope, year).filter(CONTRIBUTIONS[Measure(measure)])
    if measure in Behind:
        return _behind(Behind(measure), scope)
    if measure == Measure.WITHOUT_FOLLOW_UP:
        return without_follow_up(scope.agreements(), scope.last_day)
    if measure == Measure.WITH_INDICATORS:
        return with_indicators(scope)
    first = scope.last_day if basis == Basis.ON_A_DAY else scope.first_day
    in_force = scope.agreements().filter(in_force_between(first, scope.last_day))
    if measure == Measure.PARTNERS:
        return Partner.objects.filter(pk__in=in_force.values("partners"))
    return in_force


def _behind(measure: Behind, scope: Scope) -> QuerySet:
    if measure == Behind.REVERSED:
        return payments_in(scope).filter(direction=Direction.PAID, amount__lt=0)
    if measure == Behind.UNMATCHED:
        return unmatched_in(scope)
    if measure == Behind.UNKNOWN_LINES:
        lines: Any = contributions_in(scope, max(scope.years))
        return lines.filter(per_year__isnull=True)
    if measure == Behind.UNCERTAIN:
        days = scope.first_day, scope.last_day
        perhaps = scope.agreements().filter(perhaps_in_force_between(*days))
        return perhaps.exclude(in_force_between(*days))
    answers = answers_of(with_indicators(scope))
    keys = [key for key, is_met in answers.items() if is_met is TARGETS[measure]]
    return Indicator.objects.filter(pk__in=keys)
