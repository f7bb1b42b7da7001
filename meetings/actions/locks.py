"""The meeting as it is now, and nobody else's until the end of the transaction."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from meetings.actions.errors import MeetingRefusedError
from meetings.models import AgendaItem, Meeting
from memos.actions import ListDraft
from partnerships.history import attributed


def locked_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked. Every change of a meeting and its items begins here."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    return Meeting.objects.select_related("committee__municipality").get(pk=meeting.pk)


def locked_item(item: AgendaItem) -> AgendaItem:
    """The item with everything, its meeting locked. Raises MeetingRefusedError once it is adjusted."""
    meeting = locked_meeting(item.meeting)
    found = AgendaItem.objects.with_everything().get(pk=item.pk)
    if found.is_adjusted or meeting.is_adjusted:
        raise MeetingRefusedError(_("The minutes are adjusted and not changed any more."))
    return found


def save_list(draft: ListDraft, owner: dict[str, Any], *, by: User) -> None:
    """Save the rows of a list in their order, and remove those that are to go."""
    remove(draft.removed, by=by)
    for position, row in enumerate(draft.rows, start=1):
        for name, value in owner.items():
            setattr(row, name, value)
        row.position = position
        attributed(row, by=by).save()


def remove(rows: Iterable[Any], *, by: User) -> None:
    """Remove rows; their history stays."""
    for row in rows:
        attributed(row, by=by).delete()
