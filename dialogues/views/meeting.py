"""The entries of a dialogue's log."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from dialogues.actions import DialogueClosedError, remove_meeting, save_meeting
from dialogues.forms import MeetingForm, ParticipantFormSet, RemoveForm
from dialogues.models import DialogueMeeting
from dialogues.views.access import dialogue_to_change
from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, rows_to_keep, with_row_added


@role_required("dialogues.change_dialogue")
def meeting_create(request, pk):
    """Write down a meeting in the dialogue's log."""
    dialogue = dialogue_to_change(request, pk)
    return _edit(request, DialogueMeeting(dialogue=dialogue, recorded_by=request.user))


@role_required("dialogues.change_dialogue")
def meeting_edit(request, pk):
    """Change an entry of the log; what stood there before stays in the history."""
    return _edit(request, _meeting_to_change(request, pk))


@role_required("dialogues.change_dialogue")
def meeting_remove(request, pk):
    """Take an entry out of the log, with a reason."""
    meeting = _meeting_to_change(request, pk)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        try:
            remove_meeting(meeting, by=request.user, **form.cleaned_data)
        except DialogueClosedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The entry is taken out. Its history is kept."))
            return redirect(meeting.dialogue)
    return render(request, "dialogues/meeting_remove.html", {"meeting": meeting, "form": form})


def _meeting_to_change(request, pk) -> DialogueMeeting:
    meetings = DialogueMeeting.objects.visible_to(request.user).select_related("dialogue")
    meeting = get_object_or_404(meetings, pk=pk)
    require(request.user, "dialogues.change_dialogue", meeting.dialogue)
    return meeting


def _edit(request, meeting):
    data = with_row_added(request.POST or None)
    form = MeetingForm(data, instance=meeting)
    participants = ParticipantFormSet(data, instance=meeting, prefix="participants")
    if asks_for_row(data):
        hush([form, participants])
    elif data and all([form.is_valid(), participants.is_valid()]):
        try:
            save_meeting(
                form.save(commit=False),
                participants=[row.save(commit=False) for row in rows_to_keep(participants)],
                removed=[row.instance for row in participants.deleted_forms if row.instance.pk],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except DialogueClosedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is written down."))
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "dialogue": meeting.dialogue,
        "form": form,
        "participants": participants,
    }
    return render(request, "dialogues/meeting_edit.html", context)
