"""Meetings: find, plan, read, call, hold."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import checks
from meetings.actions import (
    MeetingRefusedError,
    call_meeting,
    cancel_meeting,
    check_cancel,
    check_hold,
    hold_meeting,
    plan_meeting,
    save_meeting,
)
from meetings.documents import agenda_document
from meetings.duties import queue_of, wishes_for
from meetings.forms import AttendeeFormSet, MeetingCreateForm, MeetingForm, list_draft
from meetings.models import Meeting
from meetings.views.access import CHANGE, READ_DRAFTS, meeting_to_change, meeting_to_read, told
from partnerships.access import role_required
from partnerships.confirmation import Confirmation, ask_first
from partnerships.pagination import page_of
from partnerships.pdf import render_pdf
from partnerships.rows import asks_for_row, hush, with_row_added


@require_safe
@role_required("meetings.view_meeting")
def meeting_list(request):
    """The meetings of the user's committees: those to come, then the latest first."""
    meetings = Meeting.objects.visible_to(request.user).select_related("committee")
    page = page_of(meetings, key="held_on", descending=True, cursor=request.GET.get("page", ""))
    context = {"to_come": meetings.to_come(localdate()), "page": page}
    return render(request, "meetings/meeting_list.html", context)


@role_required(CHANGE)
def meeting_create(request):
    """Plan a meeting."""
    form = MeetingCreateForm(request.POST or None, user=request.user)
    if form.is_valid():
        meeting = plan_meeting(form.save(commit=False), by=request.user)
        messages.success(request, _("The meeting is planned. Now put its agenda together."))
        return redirect(meeting)
    return render(request, "meetings/meeting_create.html", {"form": form})


@require_safe
@role_required("meetings.view_meeting")
def meeting_detail(request, pk):
    """One meeting: its agenda, who was there, its minutes and what it lacks."""
    meeting = meeting_to_read(request, pk)
    may_change = request.user.has_perm(CHANGE, meeting)
    reads_drafts = request.user.has_perm(READ_DRAFTS, meeting)
    items = meeting.items.select_related("decision", "memo_version", "minutes")
    agendas = list(meeting.agendas.order_by("-number"))
    minutes = list(meeting.minutes.select_related("notice", "meeting__committee"))
    context = {
        "meeting": meeting,
        "items": items if reads_drafts or meeting.state != Meeting.State.PLANNED else [],
        "may_change": may_change,
        "reads_drafts": reads_drafts,
        "attendees": meeting.attendees.all() if reads_drafts or meeting.is_adjusted else [],
        "minutes": [(row, checks.minutes_remarks(row) if may_change else []) for row in minutes],
        "to_post": [row for row in minutes if may_change and not hasattr(row, "notice")],
        "agendas": agendas,
        "latest_agenda": agendas[0] if agendas and meeting.is_open else None,
        "lacking": checks.lacking(meeting) if may_change else [],
        "lacking_people": checks.lacking_people(meeting) if may_change else [],
        "queue": _queue(request, meeting) if may_change and meeting.takes_items else [],
        "wishes": wishes_for(meeting) if may_change and meeting.is_open else [],
        "called_off_at": _called_off_at(meeting),
        "has_begun": meeting.held_on <= localdate(),
    }
    return render(request, "meetings/meeting_detail.html", context)


@role_required(CHANGE)
def meeting_edit(request, pk):
    """When and where the meeting is, who is there, and who adjusts its minutes."""
    meeting = meeting_to_change(request, pk)
    data = with_row_added(request.POST or None)
    form = MeetingForm(data, instance=meeting)
    people = AttendeeFormSet(data, instance=meeting, prefix="people")
    if asks_for_row(data):
        hush([form, people])
    elif data and all([form.is_valid(), people.is_valid()]):
        try:
            save_meeting(
                form.save(commit=False),
                attendees=list_draft(people),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except MeetingRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is saved."))
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "people": people}
    return render(request, "meetings/meeting_edit.html", context)


@require_POST
@role_required(CHANGE)
def meeting_call(request, pk):
    """Lay down the agenda as it stands; the secretary sends it, the portal does not."""
    meeting = meeting_to_change(request, pk)
    done = _("The agenda is laid down. Fetch the PDF and send it to the members.")
    told(request, done, call_meeting, meeting, by=request.user, at=now())
    return redirect(meeting)


@role_required(CHANGE)
def meeting_hold(request, pk):
    """Mark the meeting as held, once the user has been asked."""
    meeting = meeting_to_change(request, pk)
    at = localtime(now())
    try:
        if request.method != "POST":
            check_hold(meeting, on=at.date())
            return ask_first(request, _holding(meeting))
        hold_meeting(meeting, by=request.user, at=at)
    except MeetingRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The meeting has been held."))
    return redirect(meeting)


@role_required(CHANGE)
def meeting_cancel(request, pk):
    """Call the meeting off, once the user has been asked."""
    meeting = meeting_to_change(request, pk)
    try:
        if request.method != "POST":
            check_cancel(meeting)
            return ask_first(request, _cancelling(meeting))
        cancel_meeting(meeting, by=request.user)
    except MeetingRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The meeting is called off."))
    return redirect(meeting)


@require_safe
@role_required("meetings.view_meeting")
def agenda_pdf(request, pk, number):
    """The agenda as it was laid down; number 0 is how it stands, for those who read drafts."""
    meeting = meeting_to_read(request, pk)
    if number == 0 and request.user.has_perm(READ_DRAFTS, meeting):
        content = render_pdf(agenda_document(meeting, list(meeting.items.all())))
    else:
        agenda = get_object_or_404(meeting.agendas, number=number)
        content = agenda.read_pdf()
    return pdf_response(content, f"{meeting.rules.agenda_name} {meeting}")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF to be shown in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name)[:120]}.pdf"'
    return response


def _called_off_at(meeting):
    if meeting.state != Meeting.State.CANCELLED:
        return None
    rows = meeting.history.filter(state=Meeting.State.CANCELLED)
    return rows.order_by("history_date").values_list("history_date", flat=True).first()


def _holding(meeting):
    consequences = [
        _("%(meeting)s is marked as held. It cannot be called off after that.")
        % {"meeting": meeting}
    ]
    if not meeting.agendas.exists():
        consequences.append(_("No agenda has been laid down, and none can be after that."))
    if not meeting.items.exists():
        consequences.append(_("Nothing is on the agenda."))
    return Confirmation(
        _("Mark as held"),
        str(meeting),
        meeting.get_absolute_url(),
        consequences,
        is_removal=False,
    )


def _cancelling(meeting):
    consequences = [
        _("%(meeting)s is called off, and cannot be taken up again: plan a new one instead.")
        % {"meeting": meeting},
        _("The portal tells nobody. Tell those who are called yourself."),
    ]
    return Confirmation(
        _("Call the meeting off"), str(meeting), meeting.get_absolute_url(), consequences
    )


def _queue(request, meeting):
    """The memos that can be put on the agenda; not those that this very meeting has tabled."""
    queue = queue_of(request.user).filter(committee=meeting.committee_id)
    return queue.exclude(versions__agenda_items__meeting=meeting)
