"""What decisions leave to be done on agreements, and what their minutes leave to the secretary."""

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from accounts.models import User
from agreements.models import AgreementQuerySet
from meetings.duties import meetings_of, to_dispatch, waiting_memos
from meetings.models import (
    AgendaItem,
    DecisionCondition,
    DecisionEffect,
    Meeting,
    Minutes,
    Notice,
)
from meetings.models.meeting import ADJUSTED_WITHIN
from meetings.models.minutes import NOTICE_WITHIN
from partnerships.dates.bounds import moved
from partnerships.due import Due, Waiting, by_day
from partnerships.together import Questions

CONDITION_DAYS, APPEAL_DAYS = (30, 7, 0), (0,)
SHORTEST_APPEAL = 22  # days: three weeks, and the day after
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


def given_to(
    user: User, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """What the user has to do as secretary; it stays until it is done."""
    mine = meetings_of(user)
    minutes = Minutes.objects.filter(meeting__in=mine).defer("content")
    notices = Notice.objects.filter(minutes__meeting__in=mine, taken_down_on__isnull=True)
    asked = (
        (mine.filter(state=Meeting.State.HELD), "held_on", ADJUSTED_WITHIN),
        (
            minutes.filter(notice__isnull=True).select_related("meeting__committee"),
            "adjusted_on",
            NOTICE_WITHIN,
        ),
        (to_dispatch(mine), "minutes__adjusted_on", NOTICE_WITHIN),
        (notices.select_related("minutes__meeting__committee"), "posted_on", SHORTEST_APPEAL),
    )
    found = yield [
        rows_then
        for rows, day, after in asked
        for rows_then in by_day(
            rows, day, first=moved(first, days=-after), last=moved(last, days=-after), most=most
        )
    ]
    duties = [_duty_due(row) for rows in found for row in rows]
    return [duty for duty in duties if duty.on <= last]


def waiting(user: User) -> Questions[list[Waiting]]:
    """How many memos wait for a meeting that the user keeps."""
    by_committee = waiting_memos(user).order_by().values("committee")
    (counts,) = yield [by_committee.annotate(waiting=Count("pk"))]
    count = sum(row["waiting"] for row in counts)
    if not count:
        return []
    what = ngettext(
        "%(count)s memo waits for a meeting", "%(count)s memos wait for a meeting", count
    )
    return [Waiting(what % {"count": count}, reverse("meetings:desk"))]


def _duty_due(row: Meeting | Minutes | AgendaItem | Notice) -> Due:
    if isinstance(row, Meeting):
        return _of_meeting(row, "adjust", row.adjust_by, _("Adjust the minutes"))
    if isinstance(row, Minutes):
        return _of_meeting(row.meeting, f"post-{row.pk}", row.post_by, _("Post the notice"))
    if isinstance(row, Notice):
        meeting, key = row.minutes.meeting, f"take-down-{row.pk}"
        return _of_meeting(meeting, key, row.take_down_on, _("Take down the notice"))
    if row.minutes is None:
        raise ValueError("An item whose extract is to be sent has minutes.")
    duty = _of_meeting(row.meeting, f"send-{row.pk}", row.minutes.post_by, _("Send the extract"))
    url = reverse("meetings:dispatch", args=[row.pk])
    return replace(duty, title=f"{row.meeting} {row}", url=url)


def _of_meeting(meeting: Meeting, key: str, on: date, what: str) -> Due:
    return Due(
        key=f"meeting-{meeting.pk}-{key}-{on.isoformat()}",
        on=on,
        what=what,
        title=str(meeting),
        url=meeting.get_absolute_url(),
        committee=meeting.committee.name,
        days_before=(),  # shown, without a letter of its own
        stays=True,
    )


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
