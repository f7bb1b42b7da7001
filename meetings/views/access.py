"""The meeting or item a page is about, when the user may see or change it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404

from meetings.actions import MeetingRefusedError
from meetings.models import AgendaItem, Meeting
from partnerships.access import require

CHANGE = "meetings.change_meeting"
READ_DRAFTS = "meetings.view_draft_minutes"


def meeting_to_read(request, pk) -> Meeting:
    """The meeting with its committee; 404 when it is not the user's to see."""
    meetings = Meeting.objects.visible_to(request.user)
    return get_object_or_404(meetings.select_related("committee__municipality"), pk=pk)


def meeting_to_change(request, pk) -> Meeting:
    """The meeting; 404 when it is not the user's to see, 403 to change."""
    meeting = meeting_to_read(request, pk)
    require(request.user, CHANGE, meeting)
    return meeting


def item_to_read(request, pk) -> AgendaItem:
    """The item with everything; 404 when it is not the user's to see."""
    items = AgendaItem.objects.visible_to(request.user).with_everything()
    return get_object_or_404(items, pk=pk)


def item_to_change(request, pk) -> AgendaItem:
    """The item with everything; 404 when it is not the user's to see, 403 to change."""
    item = item_to_read(request, pk)
    require(request.user, CHANGE, item)
    return item


def told(request, sentence: str, action, *args, **words) -> bool:
    """Do something and say so, or say why not. Was it done?"""
    try:
        action(*args, **words)
    except MeetingRefusedError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, sentence)
    return True
