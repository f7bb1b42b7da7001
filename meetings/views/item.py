"""The items of a meeting: put on the agenda, written, read, numbered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.documents.comparison import compare_words
from meetings import checks
from meetings.actions import (
    MeetingRefusedError,
    MinutesRefusedError,
    add_item,
    move_item,
    next_number,
    number_items,
    put_on_agenda,
    save_item,
    take_off,
)
from meetings.bindings import bindings_of
from meetings.documents import extract_as_issued, extract_document
from meetings.duties import queue_of
from meetings.forms import ItemForm, NumbersForm
from meetings.models import AgendaItem
from meetings.views.access import (
    CHANGE,
    item_to_change,
    item_to_read,
    meeting_to_change,
    told,
)
from meetings.views.meeting import pdf_response
from partnerships.access import require, role_required
from partnerships.downloads import file_name, word_response
from partnerships.pdf import render_pdf
from partnerships.whole_numbers import whole_number


@require_POST
@role_required(CHANGE)
def item_add(request, pk):
    """Put a memo from the queue on the agenda."""
    meeting = meeting_to_change(request, pk)
    chosen = request.POST.get("memo", "")
    memos = queue_of(request.user).filter(committee=meeting.committee_id)
    memo = get_object_or_404(memos, pk=whole_number(chosen))
    sentence = _("“%(title)s” is on the agenda.") % {"title": memo.title}
    told(request, sentence, put_on_agenda, memo, meeting, by=request.user, at=now())
    return redirect(meeting)


@role_required(CHANGE)
def item_create(request, pk):
    """Put a matter without a memo on the agenda."""
    meeting = meeting_to_change(request, pk)
    item = AgendaItem()
    form = ItemForm(
        request.POST or None, instance=item, user=request.user, committee=meeting.committee
    )
    if form.is_valid():
        try:
            add_item(
                meeting,
                form.save(commit=False),
                agreements=form.cleaned_data["named"],
                by=request.user,
            )
        except MeetingRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/item_edit.html", context)


@role_required(CHANGE)
def item_edit(request, pk):
    """Write an item's own words, and name the agreements it is about."""
    item = item_to_change(request, pk)
    form = ItemForm(
        request.POST or None, instance=item, user=request.user, committee=item.committee
    )
    if form.is_valid():
        try:
            save_item(
                form.save(commit=False), agreements=form.cleaned_data["named"], by=request.user
            )
        except MeetingRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The item is saved."))
            return redirect(item)
    context = {"meeting": item.meeting, "item": item, "form": form}
    return render(request, "meetings/item_edit.html", context)


@require_POST
@role_required(CHANGE)
def item_move(request, pk):
    """Move an item one place up or down on the agenda."""
    item = item_to_change(request, pk)
    try:
        move_item(item, up=request.POST.get("to") == "up", by=request.user)
    except MeetingRefusedError as error:
        messages.error(request, str(error))
    return redirect(item.meeting)


@require_POST
@role_required(CHANGE)
def item_remove(request, pk):
    """Take an item off the agenda."""
    item = item_to_change(request, pk)
    told(request, _("The item is off the agenda."), take_off, item, by=request.user, at=now())
    return redirect(item.meeting)


@require_safe
@role_required("meetings.view_meeting")
def item_detail(request, pk):
    """One § as it is printed, with what the memo proposed and what was decided."""
    item = item_to_read(request, pk)
    may_change = request.user.has_perm(CHANGE, item)
    decision = getattr(item, "decision", None)
    extract = getattr(item, "extract", None)
    context = {
        "item": item,
        "meeting": item.meeting,
        "decision": decision,
        "extract": extract,
        "document": extract_as_issued(extract) if extract else extract_document(item),
        "changes": list(_changes(item, decision)) if decision else [],
        "may_change": may_change,
        "may_write": may_change and not item.is_adjusted,
        "may_check": request.user.has_perm("meetings.check_condition", item),
        "remarks": checks.item_remarks(item) if may_change else [],
        "done": [binding for binding in bindings_of(item) if binding.is_done],
        "answers": bool(item.memo and item.memo.answers_interpellation),
    }
    return render(request, "meetings/item_detail.html", context)


@require_safe
@role_required("meetings.export_extract")
def extract_pdf(request, pk):
    """The extract as it was issued, byte for byte; before the adjustment as it stands, marked."""
    item = item_to_read(request, pk)
    require(request.user, "meetings.export_extract", item)
    extract = getattr(item, "extract", None)
    content = extract.read_pdf() if extract else render_pdf(extract_document(item))
    return pdf_response(content, f"{item.meeting.rules.extract_name} {item.meeting} {item}")


@require_safe
@role_required("meetings.export_extract")
def extract_word(request, pk):
    """The extract as a Word file: the words as issued, or before the adjustment as they stand."""
    item = item_to_read(request, pk)
    require(request.user, "meetings.export_extract", item)
    extract = getattr(item, "extract", None)
    document = extract_as_issued(extract) if extract else extract_document(item)
    words = f"{item.meeting.rules.extract_name} {item.meeting} {item}"
    return word_response(document, file_name(words, otherwise=f"item-{item.pk}"))


@role_required(CHANGE)
def meeting_number(request, pk):
    """Give the items their §; the next free ones are suggested."""
    meeting = meeting_to_change(request, pk)
    items = [item for item in meeting.items.all() if not item.is_adjusted]
    first = next_number(meeting.committee, meeting.held_on.year)
    form = NumbersForm(request.POST or None, items=items, first=first)
    if form.is_valid():
        try:
            number_items(meeting, form.numbers(), by=request.user)
        except MinutesRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The items have their §."))
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "first": first}
    return render(request, "meetings/meeting_number.html", context)


def _changes(item: AgendaItem, decision):
    """Each point word by word against the memo's; what was left out comes last."""
    points = list(decision.points.all())
    for number, point in enumerate(points, start=1):
        yield compare_words(str(number), point.proposed, point.text)
    used = {point.proposed for point in points}
    for text in item.proposed_points:
        if text not in used:
            yield compare_words("–", text, "")
