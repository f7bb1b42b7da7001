"""What decisions leave to be done on agreements: conditions to check, and the last day of appeal."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.models import Agreement
from meetings.models import AgendaItem, DecisionCondition, DecisionEffect
from partnerships.due import Due

CONDITION_DAYS, APPEAL_DAYS = (30, 7, 0), (0,)
LONGEST_APPEAL = timedelta(days=60)  # three weeks, holidays, and a day that was set by hand


def due(agreements: QuerySet[Agreement], *, first: date, last: date) -> Iterator[Due]:
    """Conditions stay until they are checked; a day of appeal passes."""
    yield from _conditions(agreements, last)
    yield from _appeals(agreements, first, last)


def _conditions(agreements: QuerySet[Agreement], last: date) -> Iterator[Due]:
    waiting = DecisionCondition.objects.filter(
        checked_on__isnull=True,
        check_on__lte=last,
        decision__item__item_agreements__agreement__in=agreements,
    )
    for row in waiting.select_related("decision__item__committee").distinct():
        item = row.decision.item
        yield Due(
            key=f"condition-{row.pk}-{row.check_on.isoformat()}",
            on=row.check_on,
            what=_("Condition of a decision to be checked"),
            title=row.text if len(row.text) <= 100 else f"{row.text[:99]}…",
            url=item.get_absolute_url(),
            committee=item.committee.name,
            days_before=CONDITION_DAYS,
            stays=True,
        )


def _appeals(agreements: QuerySet[Agreement], first: date, last: date) -> Iterator[Due]:
    """Decisions that changed an agreement, until they can no longer be appealed."""
    changed = DecisionEffect.objects.filter(agreement__in=agreements).exclude(
        kind=DecisionEffect.Kind.NOTED
    )
    items = AgendaItem.objects.filter(
        decision__effects__in=changed, minutes__notice__posted_on__gte=first - LONGEST_APPEAL
    )
    for item in items.select_related("minutes__notice", "committee").distinct():
        on = item.minutes.notice.last_day_of_appeal if item.minutes else last
        if first <= on <= last:
            yield Due(
                key=f"appeal-{item.pk}-{on.isoformat()}",
                on=on,
                what=_("Last day to appeal the decision"),
                title=str(item),
                url=item.get_absolute_url(),
                committee=item.committee.name,
                days_before=APPEAL_DAYS,
            )
