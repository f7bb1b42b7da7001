"""Dialogues: find, start, read, change, close and fetch the log."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogues.actions import (
    DialogueClosedError,
    DialogueNotClosableError,
    close_dialogue,
    save_dialogue,
)
from dialogues.documents import history_of, partner_name
from dialogues.forms import CloseForm, DialogueFilter, DialogueForm
from dialogues.models import Dialogue
from dialogues.records import pdf_of
from dialogues.views.access import dialogue_to_change, dialogue_to_read
from partnerships.access import role_required
from partnerships.documents import DocumentRefusedError
from partnerships.downloads import table_response
from partnerships.pagination import page_of


@require_safe
@role_required("dialogues.view_dialogue")
def dialogue_list(request):
    """The dialogues the user may read, newest first."""
    form = DialogueFilter(request.GET)
    dialogues = form.filtered(Dialogue.objects.visible_to(request.user))
    page = page_of(
        dialogues.select_related("committee", "partner", "project", "officer"),
        key="pk",
        descending=True,
        cursor=request.GET.get("page", ""),
    )
    context = {
        "form": form,
        "page": page,
        "may_start": request.user.has_perm("dialogues.add_dialogue"),
    }
    return render(request, "dialogues/dialogue_list.html", context)


@require_safe
@role_required("dialogues.view_dialogue")
def dialogue_export(request, file_type):
    """What the filter lets through, every row of it, as CSV or XLSX."""
    dialogues = DialogueFilter(request.GET).filtered(Dialogue.objects.visible_to(request.user))
    found = dialogues.select_related("committee", "partner", "project", "officer").order_by("-pk")
    headings = [
        _("Dialogue"), _("State"), _("Diary number"), _("Organisation"), _("Project"),
        _("Initiative"), _("Began"), _("Committee"), _("Officer"),
    ]  # fmt: skip
    rows = (
        [
            row.name,
            str(_("open") if row.is_open else row.get_outcome_display()),
            row.diary_number,
            str(row.partner),
            str(row.project or ""),
            str(row.get_initiative_display()),
            str(row.started_on or ""),
            str(row.committee),
            str(row.officer or ""),
        ]
        for row in found
    )
    name = f"dialoger-{localdate().isoformat()}"
    return table_response(file_type, name, title=_("Dialogues"), headings=headings, rows=rows)


@require_safe
@role_required("dialogues.view_dialogue")
def dialogue_detail(request, pk):
    """The dialogue with its log."""
    dialogue = dialogue_to_read(request, pk)
    context = {
        "dialogue": dialogue,
        "partner_name": partner_name(dialogue),
        "following": dialogue.followed_by.all(),
        "may_change": request.user.has_perm("dialogues.change_dialogue", dialogue)
        and dialogue.is_open,
        "may_assess": request.user.has_perm("assessments.add_assessment", dialogue),
    }
    return render(request, "dialogues/dialogue_detail.html", context)


@role_required("dialogues.add_dialogue")
def dialogue_create(request):
    """Start a dialogue: where a partnership begins."""
    return _edit(request, Dialogue(created_by=request.user))


@role_required("dialogues.change_dialogue")
def dialogue_edit(request, pk):
    """Change an open dialogue's own facts."""
    dialogue = dialogue_to_change(request, pk)
    if not dialogue.is_open:
        return _closed(request, dialogue)
    return _edit(request, dialogue)


@role_required("dialogues.change_dialogue")
def dialogue_close(request, pk):
    """Close the dialogue with its outcome; its log is issued."""
    dialogue = dialogue_to_change(request, pk)
    form = CloseForm(request.POST or None, dialogue=dialogue, user=request.user)
    if form.is_valid():
        try:
            close_dialogue(dialogue, by=request.user, at=now(), **form.cleaned_data)
        except (DialogueClosedError, DialogueNotClosableError, DocumentRefusedError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The dialogue is closed and its log is issued."))
            return redirect(dialogue)
    return render(request, "dialogues/dialogue_close.html", {"dialogue": dialogue, "form": form})


@require_safe
@role_required("dialogues.view_dialogue")
def dialogue_history(request, pk):
    """Who changed what, when and why, in the dialogue and its log."""
    dialogue = dialogue_to_read(request, pk)
    context = {"dialogue": dialogue, "entries": history_of(dialogue)}
    return render(request, "dialogues/dialogue_history.html", context)


@require_safe
@role_required("dialogues.view_dialogue")
def dialogue_pdf(request, pk):
    """The log as PDF."""
    dialogue = dialogue_to_read(request, pk)
    response = HttpResponse(pdf_of(dialogue), content_type="application/pdf")
    name = slugify(f"dialoglogg {dialogue.diary_number} {dialogue.name}")[:120]
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _edit(request, dialogue):
    form = DialogueForm(request.POST or None, instance=dialogue, user=request.user)
    if form.is_valid():
        is_new = dialogue.pk is None
        try:
            save_dialogue(
                form.save(commit=False), by=request.user, reason=form.cleaned_data["reason"]
            )
        except DialogueClosedError as error:
            form.add_error(None, str(error))
        else:
            started = _("The dialogue is started. Write down the meetings as they are held.")
            messages.success(request, started if is_new else _("The dialogue is saved."))
            return redirect(dialogue)
    return render(request, "dialogues/dialogue_edit.html", {"dialogue": dialogue, "form": form})


def _closed(request, dialogue):
    messages.error(
        request, _("The dialogue is closed and its log is issued. Start a new dialogue to go on.")
    )
    return redirect(dialogue)
