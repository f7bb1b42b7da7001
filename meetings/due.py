"""What decisions leave to be done on agreements: conditions to check, and the last day of appeal."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.models import AgreementQuerySet
from meetings.models import AgendaItem, DecisionCondition, DecisionEffect
from partnerships.due import Due, by_day
from partnerships.together import Questions

CONDITION_DAYS, APPEAL_DAYS = (30, 7, 0), (0,)
LONGEST_APPEAL = timedelta(days=60)  # three weeks, holidays, and a day that was set by hand


def due(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """Conditions stay until they are checked; a day of appeal passes."""
    late, coming, items = yield [
        *by_day(_unchecked(agreements), "check_on", first=first, last=last, most=most),
        _posted(agreements, first),
    ]
    return [
        *(_condition_due(row) for row in (*late, *coming)),
        *(_appeal_due(row, on) for row in items if first <= (on := _appeal_by(row)) <= last),
    ]


def _unchecked(agreements: AgreementQuerySet) -> QuerySet[DecisionCondition]:
    waiting = DecisionCondition.objects.filter(
        agreements.include("decision__item__item_agreements__agreement"),
        checked_on__isnull=True,
    )
    return waiting.select_related("decision__item__committee").distinct()


def _condition_due(row: DecisionCondition) -> Due:
    item = row.decision.item
    return Due(
        key=f"condition-{row.pk}-{row.check_on.isoformat()}",
        on=row.check_on,
        what=_("Condition of a decision to be checked"),
        title=row.text if len(row.text) <= 100 else f"{row.text[:99]}…",
        url=item.get_absolute_url(),
        committee=item.committee.name,
        days_before=CONDITION_DAYS,
        stays=True,
    )


def _posted(agreements: AgreementQuerySet, first: date) -> QuerySet[AgendaItem]:
    """What changed an agreement, and can perhaps still be appealed."""
    changed = DecisionEffect.objects.filter(agreements.include()).exclude(
        kind=DecisionEffect.Kind.NOTED
    )
    items = AgendaItem.objects.filter(
        decision__effects__in=changed, minutes__notice__posted_on__gte=first - LONGEST_APPEAL
    )
    return items.select_related("minutes__notice", "committee").distinct()


def _appeal_by(item: AgendaItem) -> date:
    if item.minutes is None:
        raise ValueError("An item whose minutes were posted has minutes.")
    return item.minutes.notice.last_day_of_appeal


def _appeal_due(item: AgendaItem, on: date) -> Due:
    return Due(
        key=f"appeal-{item.pk}-{on.isoformat()}",
        on=on,
        what=_("Last day to appeal the decision"),
        title=str(item),
        url=item.get_absolute_url(),
        committee=item.committee.name,
        days_before=APPEAL_DAYS,
    )
