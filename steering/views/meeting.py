"""The meetings of a group: written down, laid down, and fetched as PDF."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnerships.access import role_required
from partnerships.documents import DocumentRefusedError
from partnerships.downloads import file_name
from partnerships.rows import asks_for_row, hush, rows_to_keep, with_row_added
from steering.actions import (
    NotesEmptyError,
    NotesIssuedError,
    Rows,
    issue_notes,
    remove_meeting,
    save_meeting,
)
from steering.forms import CountFormSet, DecisionFormSet, MeetingForm, RemoveForm, TaskFormSet
from steering.models import GroupMeeting
from steering.records import pdf_of
from steering.views.access import (
    CHANGE,
    VIEW,
    group_to_change,
    meeting_to_change,
    meeting_to_read,
)


@require_safe
@role_required(VIEW)
def meeting_detail(request, pk):
    """The notes of the meeting, with its counts, decisions and tasks."""
    meeting = meeting_to_read(request, pk)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "agreement": meeting.agreement,
        "today": localdate(),
        "may_change": request.user.has_perm(CHANGE, meeting.agreement),
    }
    return render(request, "steering/meeting_detail.html", context)


@role_required(CHANGE)
def meeting_create(request, pk):
    """Write down a meeting of the group."""
    group = group_to_change(request, pk)
    return _edit(request, GroupMeeting(group=group, recorded_by=request.user))


@role_required(CHANGE)
def meeting_edit(request, pk):
    """Change notes that are not laid down yet."""
    meeting = meeting_to_change(request, pk)
    if meeting.is_issued:
        messages.error(
            request,
            _("The notes are laid down and are not changed. Write the change in the next notes."),
        )
        return redirect(meeting)
    return _edit(request, meeting)


@role_required(CHANGE)
def meeting_remove(request, pk):
    """Take a meeting away that was written down by mistake."""
    meeting = meeting_to_change(request, pk)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        try:
            remove_meeting(meeting, by=request.user, **form.cleaned_data)
        except NotesIssuedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is taken away. Its history is kept."))
            return redirect(meeting.group)
    context = {"meeting": meeting, "group": meeting.group, "form": form}
    return render(request, "steering/meeting_remove.html", context)


@require_POST
@role_required(CHANGE)
def meeting_issue(request, pk):
    """Lay down the notes."""
    meeting = meeting_to_change(request, pk)
    try:
        issue_notes(meeting, by=request.user, at=now())
    except (NotesIssuedError, NotesEmptyError, DocumentRefusedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The notes are laid down."))
    return redirect(meeting)


@require_safe
@role_required(VIEW)
def meeting_pdf(request, pk):
    """The notes as PDF."""
    meeting = meeting_to_read(request, pk)
    name = file_name(f"{meeting.group} {meeting}", otherwise="minnesanteckningar")
    return HttpResponse(
        pdf_of(meeting),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def _edit(request, meeting):
    data = with_row_added(request.POST or None)
    form = MeetingForm(data, instance=meeting)
    tasks = {"user": request.user}
    lists = {
        "counts": CountFormSet(data, instance=meeting, prefix="counts"),
        "decisions": DecisionFormSet(data, instance=meeting, prefix="decisions"),
        "tasks": TaskFormSet(data, instance=meeting, prefix="tasks", form_kwargs=tasks),
    }
    every = [form, *lists.values()]
    if asks_for_row(data):
        hush(every)
    elif data and all([each.is_valid() for each in every]):  # noqa: C419  (all of them, so that all complain)
        try:
            save_meeting(
                form.save(commit=False),
                rows=_rows(lists.values()),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except NotesIssuedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is written down."))
            return redirect(meeting)
    context = {"meeting": meeting, "group": meeting.group, "form": form, **lists, "also": lists}
    return render(request, "steering/meeting_edit.html", context)


def _rows(formsets):
    """What the lists say is to be saved and removed."""
    rows = Rows()
    for formset in formsets:
        rows.kept += [row.save(commit=False) for row in rows_to_keep(formset)]
        rows.removed += [row.instance for row in formset.deleted_forms if row.instance.pk]
    return rows
