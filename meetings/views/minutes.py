"""Adjustment, notice, and the minutes as they were issued."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import checks
from meetings.actions import MinutesRefusedError, adjust, save_notice
from meetings.documents import minutes_document, notice_document
from meetings.forms import AdjustForm, NoticeForm
from meetings.models import AgendaItem, Minutes, Notice
from meetings.views.access import CHANGE, READ_DRAFTS, meeting_to_change, meeting_to_read
from meetings.views.meeting import pdf_response
from partnerships.access import require, role_required
from partnerships.pdf import render_pdf


@role_required(CHANGE)
def meeting_adjust(request, pk):
    """Register that the minutes are adjusted, or some items at once."""
    meeting = meeting_to_change(request, pk)
    items = meeting.items.filter(minutes__isnull=True)
    form = AdjustForm(request.POST or None, items=items)
    if form.is_valid():
        try:
            adjust(meeting, **form.cleaned_data, by=request.user, at=now())
        except MinutesRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The minutes are adjusted. Now post the notice."))
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "lacking": checks.lacking(meeting),
        "lacking_people": checks.lacking_people(meeting),
    }
    return render(request, "meetings/meeting_adjust.html", context)


@role_required(CHANGE)
def notice_edit(request, pk):
    """Register that the notice was posted or taken down."""
    minutes = _minutes(request, pk)
    require(request.user, CHANGE, minutes)
    notice = getattr(minutes, "notice", None) or Notice(minutes=minutes)
    form = NoticeForm(request.POST or None, instance=notice)
    if form.is_valid():
        try:
            save_notice(form.save(commit=False), by=request.user, today=localdate())
        except MinutesRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The notice is saved."))
            return redirect(minutes.meeting)
    context = {"minutes": minutes, "meeting": minutes.meeting, "notice": notice, "form": form}
    return render(request, "meetings/notice_edit.html", context)


@require_safe
@role_required("meetings.view_meeting")
def notice_pdf(request, pk):
    """What is posted on the notice board."""
    minutes = _minutes(request, pk)
    notice = get_object_or_404(Notice, minutes=minutes)
    return pdf_response(render_pdf(notice_document(notice)), f"anslag {minutes}")


@require_safe
@role_required("meetings.view_meeting")
def minutes_pdf(request, pk):
    """Adjusted minutes, byte for byte as they were issued."""
    minutes = _minutes(request, pk)
    name = f"{minutes.meeting.rules.minutes_name} {minutes}"
    return pdf_response(minutes.read_pdf(), name)


@require_safe
@role_required(READ_DRAFTS)
def meeting_minutes(request, pk):
    """The minutes as they stand, marked as not adjusted, for those who sign them."""
    meeting = meeting_to_read(request, pk)
    require(request.user, READ_DRAFTS, meeting)
    items = list(AgendaItem.objects.with_everything().filter(meeting=meeting))
    content = render_pdf(minutes_document(meeting, items))
    return pdf_response(content, f"{meeting.rules.minutes_name} {meeting}")


def _minutes(request, pk) -> Minutes:
    minutes = Minutes.objects.visible_to(request.user)
    return get_object_or_404(
        minutes.select_related("meeting__committee__municipality", "notice"), pk=pk
    )
