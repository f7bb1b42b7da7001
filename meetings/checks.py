"""What a meeting and its items lack, and what the secretary should look at."""

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from meetings.models import AgendaItem, Attendee, Decision, Meeting, Minutes
from partnerships.dates.bounds import moved

ADJUSTED_DAYS = 14


def lacking(meeting: Meeting) -> list[str]:
    """What stands between the meeting and its adjusted minutes, a sentence each."""
    if meeting.state in {Meeting.State.ADJUSTED, Meeting.State.CANCELLED}:
        return []
    return list(_lacking(meeting))


def lacking_people(meeting: Meeting) -> list[str]:
    """Those of the sentences that are settled where the meeting's people are named."""
    if meeting.state != Meeting.State.HELD:
        return []
    return list(_lacking_people(meeting))


def item_remarks(item: AgendaItem) -> list[str]:
    """What the secretary should look at on an item; never printed, never in the way."""
    return list(_item_remarks(item))


def minutes_remarks(minutes: Minutes) -> list[str]:
    """Days of the law that were not kept."""
    return list(_minutes_remarks(minutes))


def _lacking(meeting: Meeting) -> Iterator[str]:
    items = list(meeting.items.select_related("decision"))
    if not items:
        yield _("Nothing is on the agenda.")
    if not meeting.begins_at and meeting.is_open:
        yield _("It is not said when the meeting begins.")
    if not meeting.place and meeting.is_open:
        yield _("It is not said where the meeting is.")
    if meeting.is_open:
        return
    if undecided := [item for item in items if not item.is_concluded]:
        yield ngettext(
            "What was decided on %(count)s item is not recorded.",
            "What was decided on %(count)s items is not recorded.",
            len(undecided),
        ) % {"count": len(undecided)}
    if any(item.number is None for item in items):
        yield _("Some items have no § yet.")
    yield from _lacking_people(meeting)


def _lacking_people(meeting: Meeting) -> Iterator[str]:
    people = list(meeting.attendees.all())
    if not any(p.function == Attendee.Function.CHAIR and p.is_deciding for p in people):
        yield _("Say who was in the chair.")
    wanted, found = meeting.rules.adjusters, sum(person.is_adjuster for person in people)
    if found != wanted and (found < wanted or meeting.rules.pk):
        yield _("%(wanted)s adjusters are laid down; %(found)s are named.") % {
            "wanted": wanted,
            "found": found,
        }


def _item_remarks(item: AgendaItem) -> Iterator[str]:
    decision = getattr(item, "decision", None)
    if decision:
        yield from _decision_remarks(item, decision)
    if not item.diary_number:
        yield _("The item has no diary number.")
    if item.memo_version and not item.memo_version.content["dated_on"]:
        yield _("The memo has no date, so its line under the decision basis has none.")
    if not item.case_text and (item.memo_version is None or _has_no_text(item)):
        yield _("Nothing says what the matter is. Write it on the item.")
    for adjuster in (p for p in item.meeting.attendees.all() if p.is_adjuster):
        if any(row.member_id == adjuster.pk for row in item.recusals.all()):
            yield _("%(name)s is biased on the item and adjusts the minutes.") % {"name": adjuster}


def _has_no_text(item: AgendaItem) -> bool:
    """Did the memo come in with an earlier edition of the portal, as a PDF alone?"""
    return item.memo_version is not None and item.memo_version.content["document"] is None


def _decision_remarks(item: AgendaItem, decision: Decision) -> Iterator[str]:
    proposed, decided = len(item.proposed_points), len(decision.points.all())
    if item.memo_version and decision.order == Decision.Order.ONLY_ONE and proposed != decided:
        proposals = ngettext("%(number)s proposal", "%(number)s proposals", proposed)
        points = ngettext("%(number)s decision point", "%(number)s decision points", decided)
        yield f"{proposals % {'number': proposed}}, {points % {'number': decided}}."
    if decision.order == Decision.Order.VOTE and not item.votes.all():
        yield _("A vote was called for, and none is written down.")
    for vote in item.votes.all():
        if vote.carried is None:
            yield _("The vote is a tie, and it is not said how the chair voted.")
    if not decision.recipients.all():
        yield _("Nobody is named to whom the decision is sent.")


def _minutes_remarks(minutes: Minutes) -> Iterator[str]:
    meeting = minutes.meeting
    if minutes.adjusted_on > moved(meeting.held_on, days=ADJUSTED_DAYS):
        yield _("The minutes were adjusted after the last day, %(day)s.") % {
            "day": meeting.adjust_by.isoformat()
        }
    notice = getattr(minutes, "notice", None)
    if notice and notice.posted_on > minutes.post_by:
        yield _("The notice was posted after the last day, %(day)s.") % {
            "day": minutes.post_by.isoformat()
        }
    if notice and notice.appeal_until and notice.appeal_until < notice.computed_last_day:
        yield _("The last day of appeal is set earlier than the law gives, %(day)s.") % {
            "day": notice.computed_last_day.isoformat()
        }
