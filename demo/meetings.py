"""The demo's meetings, from a municipality's files: what was decided, and one that is to come."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import localtime

from accounts.models import User
from accounts.permissions import Role
from meetings.actions import (
    DecisionDraft,
    adjust,
    call_meeting,
    close_matter,
    hand_over,
    hold_meeting,
    number_items,
    put_on_agenda,
    record_decision,
    save_notice,
)
from meetings.bindings import bindings_of
from meetings.models import (
    AgendaItem,
    Attendee,
    Decision,
    DecisionRecipient,
    Meeting,
    MinutesRules,
    Notice,
    ProtocolNote,
)
from memos.actions import ListDraft
from memos.models import Memo
from organisations.models import Committee, Municipality

Keep = Callable[[Any], Any]
Read = Callable[[str], dict[str, Any]]


def load_meetings(
    facts: dict[str, Any], *, municipality: Municipality, keep: Keep, read: Read, at: datetime
) -> None:
    """Everything that the file says of meetings."""
    for rules in facts.get("minutes_rules", []):
        keep(MinutesRules(municipality=municipality, **rules))
    for name in facts.get("meetings", []):
        _held(read(name), municipality, keep, at)
    for to_come in facts.get("meetings_to_come", []):
        _planned(dict(to_come), municipality, keep, at)


def _held(facts: dict[str, Any], municipality: Municipality, keep: Keep, at: datetime) -> None:
    """A meeting of the past, through every step that one of today takes."""
    meeting = keep(Meeting(committee=_committee(municipality, facts), held_on=facts["held_on"]))
    secretary = _secretary(meeting.committee)
    people = {
        person["name"]: keep(Attendee(meeting=meeting, position=position, **person))
        for position, person in enumerate(facts["people"], start=1)
    }
    items = [
        put_on_agenda(_memo(row["memo"], meeting), meeting, by=secretary, at=at)
        for row in facts["items"]
    ]
    call_meeting(meeting, by=secretary, at=at)
    hold_meeting(meeting, by=secretary, at=at)
    for item, row in zip(items, facts["items"], strict=True):
        _item(item, row, people, keep, secretary, at)
    numbers = {item.pk: row["number"] for item, row in zip(items, facts["items"], strict=True)}
    number_items(meeting, numbers, by=secretary)
    minutes = adjust(meeting, **facts["adjusted"], by=secretary, at=at)
    notice = Notice(minutes=minutes, **facts["notice"])
    save_notice(notice, by=secretary, today=localtime(at).date())
    for item in items:
        for recipient in DecisionRecipient.objects.filter(decision__item=item):
            hand_over(recipient, on=facts["dispatched_on"], by=secretary)
        close_matter(AgendaItem.objects.with_everything().get(pk=item.pk), by=secretary, at=at)


def _item(
    item: AgendaItem,
    facts: dict[str, Any],
    people: dict[str, Attendee],
    keep: Keep,
    secretary: User,
    at: datetime,
) -> None:
    for position, note in enumerate(facts.get("notes", []), start=1):
        member = people[note["member"]]
        keep(ProtocolNote(item=item, member=member, position=position, text=note["text"].strip()))
    proposed = dict(enumerate(item.proposed_points))
    points = [(text, proposed.get(place, "")) for place, text in enumerate(facts["points"])]
    recipients = item.memo_version.content["recipients"] if item.memo_version else []
    draft = DecisionDraft(
        decision=Decision(**facts["decision"]),
        points=points,
        recipients=ListDraft(rows=[DecisionRecipient(**row) for row in recipients]),
        bindings=bindings_of(item),
    )
    record_decision(item, draft, by=secretary, at=at)


def _planned(facts: dict[str, Any], municipality: Municipality, keep: Keep, at: datetime) -> None:
    """A meeting so many days from the day the demo is loaded."""
    people = facts.pop("people", [])
    meeting = keep(
        Meeting(
            committee=_committee(municipality, facts),
            held_on=localtime(at).date() + timedelta(days=facts["in_days"]),
            begins_at=time.fromisoformat(facts["begins_at"]),
            place=facts["place"],
        )
    )
    for position, person in enumerate(people, start=1):
        keep(Attendee(meeting=meeting, position=position, **person))


def _committee(municipality: Municipality, facts: dict[str, Any]) -> Committee:
    return municipality.committees.get(name=facts["committee"])


def _memo(title: str, meeting: Meeting) -> Memo:
    return Memo.objects.get(title=title, committee=meeting.committee)


def _secretary(committee: Committee) -> User:
    return User.objects.filter(
        memberships__committee=committee, memberships__role=Role.SECRETARY
    ).get()
