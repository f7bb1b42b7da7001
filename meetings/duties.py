"""What the secretary has to do, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from meetings import checks
from meetings.models import AgendaItem, DecisionRecipient, Meeting, MeetingRequest, Minutes
from memos.models import Memo

CHANGE = "meetings.change_meeting"


@dataclass(frozen=True)
class Duty:
    """Something to do by a day. `is_late` when the day has passed."""

    what: str
    on: date
    title: str
    url: str
    is_late: bool


@dataclass(frozen=True)
class Lack:
    """A meeting with what it lacks."""

    meeting: Meeting
    sentences: list[str]


def meetings_of(user: User) -> QuerySet[Meeting]:
    """The meetings that the user keeps as secretary."""
    meetings = Meeting.objects.filter(committee__in=user.committees_where(CHANGE))
    return meetings.select_related("committee__municipality")


def waiting_memos(user: User) -> QuerySet[Memo]:
    """The memos that wait for a meeting that the user keeps: submitted, or tabled at one."""
    return Memo.objects.filter(
        committee__in=user.committees_where(CHANGE),
        state__in=[Memo.State.SUBMITTED, Memo.State.TABLED],
    )


def queue_of(user: User) -> QuerySet[Memo]:
    """The same memos with what a list of them shows, the oldest first."""
    memos = waiting_memos(user).select_related(
        "committee", "agreement", "meeting_request__meeting__committee"
    )
    return memos.prefetch_related("versions").order_by("pk")


def duties(user: User, today: date) -> list[Duty]:
    """What must be adjusted, posted, taken down and dispatched, soonest first."""
    mine = meetings_of(user)
    rows = [*_to_adjust(mine, today), *_of_minutes(mine, today), *_to_dispatch(mine, today)]
    return sorted(rows, key=lambda duty: (duty.on, duty.title))


def lacks(user: User, today: date) -> list[Lack]:
    """The called and held meetings that lack something."""
    under_way = Q(state__in=[Meeting.State.CALLED, Meeting.State.HELD])
    forgotten = Q(state=Meeting.State.PLANNED, held_on__lt=today)
    meetings = meetings_of(user).filter(under_way | forgotten).order_by("held_on", "pk")
    found = [Lack(meeting, checks.lacking(meeting)) for meeting in meetings]
    return [lack for lack in found if lack.sentences]


def to_dispatch(meetings: QuerySet[Meeting]) -> QuerySet[AgendaItem]:
    """The adjusted items of these meetings whose extract somebody has not got yet."""
    without_letter = Q(letters__isnull=True) | Q(letters__sent_at__isnull=True)
    waiting = DecisionRecipient.objects.filter(without_letter, handed_over_on__isnull=True)
    items = AgendaItem.objects.filter(
        meeting__in=meetings, minutes__isnull=False, decision__in=waiting.values("decision")
    )
    return items.select_related("minutes", "meeting__committee").defer("minutes__content")


def wishes_for(meeting: Meeting) -> QuerySet[MeetingRequest]:
    """What officers want on the agenda."""
    return meeting.requests.select_related("memo", "asked_by")


def _to_adjust(meetings: QuerySet[Meeting], today: date) -> Iterator[Duty]:
    for meeting in meetings.filter(state=Meeting.State.HELD):
        day = meeting.adjust_by
        yield Duty(
            _("Adjust the minutes"), day, str(meeting), meeting.get_absolute_url(), day < today
        )


def _of_minutes(meetings: QuerySet[Meeting], today: date) -> Iterator[Duty]:
    waiting = Minutes.objects.filter(
        Q(notice__isnull=True) | Q(notice__taken_down_on__isnull=True), meeting__in=meetings
    )
    for minutes in waiting.select_related("meeting__committee", "notice"):
        notice = getattr(minutes, "notice", None)
        what = _("Take down the notice") if notice else _("Post the notice")
        day = notice.take_down_on if notice else minutes.post_by
        is_late = day < today and notice is None
        yield Duty(what, day, str(minutes), minutes.meeting.get_absolute_url(), is_late)


def _to_dispatch(meetings: QuerySet[Meeting], today: date) -> Iterator[Duty]:
    for item in to_dispatch(meetings):
        if item.minutes:
            day = item.minutes.post_by
            url = reverse("meetings:dispatch", args=[item.pk])
            yield Duty(_("Send the extract"), day, f"{item.meeting} {item}", url, day < today)
