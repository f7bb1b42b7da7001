"""The rows behind each measure. What a page sums and what it lists come from the same queries."""

from datetime import date

from django.conf import settings
from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.module_loading import import_string

from agreements.models import Agreement, Contribution, Party, PeriodBasis, Revision
from followups.models import Indicator
from organisations.models import Partner
from payments.models import Direction, Payment
from report.figures.scope import Scope
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
    return found.filter(partner=scope.partner) if scope.partner else found


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


def rows_of(measure: str, scope: Scope, *, basis: str = "") -> QuerySet | None:
    """The rows that the measure counts or sums; None when the portal cannot say which.

    Contributions are those of the last year of the scope. Counts on a day are of its last day.
    """
    if measure in PAYMENTS:
        return payments_in(scope).filter(direction=PAYMENTS[Measure(measure)])
    if measure in CONTRIBUTIONS:
        year = max(scope.years)
        return contributions_in(scope, year).filter(CONTRIBUTIONS[Measure(measure)])
    if measure == Measure.WITHOUT_FOLLOW_UP:
        return without_follow_up(scope.agreements(), scope.last_day)
    if measure == Measure.WITH_INDICATORS:
        return with_indicators(scope)
    first = scope.last_day if basis == Basis.ON_A_DAY else scope.first_day
    in_force = scope.agreements().filter(in_force_between(first, scope.last_day))
    if measure == Measure.PARTNERS:
        return Partner.objects.filter(pk__in=in_force.values("partners"))
    return in_force
