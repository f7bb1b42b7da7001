"""Writing a memo: start it, edit it, see a section as it will be printed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.models import Agreement
from memos.actions import MemoFrozenError, save_memo
from memos.documents import MUNICIPALITY_TABLE, PARTNER_TABLE, section_blocks
from memos.forms import (
    InterpellationForm,
    MarkdownField,
    MemoCreateForm,
    MemoForm,
    SectionsForm,
    list_draft,
    list_formsets,
)
from memos.models import Interpellation, Memo
from partnerships import markdown
from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, with_row_added


@role_required("memos.add_memo")
def memo_create(request):
    """Start a memo, usually from an agreement."""
    agreement = _chosen_agreement(request)
    memo = Memo(created_by=request.user, agreement=agreement)
    initial = (
        {"agreement": agreement, "title": agreement.name, "committee": agreement.committee_id}
        if agreement
        else {}
    )
    form = MemoCreateForm(request.POST or None, instance=memo, initial=initial, user=request.user)
    if form.is_valid():
        memo = form.save(commit=False)
        if memo.agreement:
            memo.office, memo.revision = memo.agreement.office, memo.agreement.latest_revision
            memo.diary_number = memo.agreement.diary_number
        save_memo(memo, texts={}, lists=[], by=request.user)
        messages.success(request, _("The memo is started. Write its sections."))
        return redirect("memos:memo_edit", pk=memo.pk)
    return render(request, "memos/memo_create.html", {"form": form, "agreement": agreement})


@role_required("memos.change_memo")
def memo_edit(request, pk):
    """Write the memo."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    require(request.user, "memos.change_memo", memo)
    if not memo.is_draft:
        words = {"state": memo.get_state_display()}
        messages.error(request, _("The memo is %(state)s and is not changed.") % words)
        return redirect(memo)
    data = with_row_added(request.POST or None)
    form = MemoForm(data, instance=memo, user=request.user)
    sections = SectionsForm(data, memo=memo, prefix="sections")
    lists = list_formsets(data, memo)
    interpellation = _interpellation_form(data, memo)
    every = [form, sections, *lists.values(), *([interpellation] if interpellation else [])]
    if asks_for_row(data):
        hush(every)
    elif data and all([each.is_valid() for each in every]):  # noqa: C419  (all of them, so that all complain)
        try:
            save_memo(
                form.save(commit=False),
                texts=sections.texts(),
                lists=[list_draft(formset) for formset in lists.values()],
                interpellation=interpellation and interpellation.save(commit=False),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except MemoFrozenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The memo is saved."))
            return redirect(memo)
    context = {
        "memo": memo,
        "form": form,
        "sections": sections,
        "lists": lists,
        "interpellation": interpellation,
        "also": [part for part in (interpellation, lists) if part],
        "table_marks": [MUNICIPALITY_TABLE, PARTNER_TABLE],
    }
    return render(request, "memos/memo_edit.html", context)


@require_POST
@role_required("memos.change_memo")
def memo_preview(request, pk, section):
    """One section as it will be printed with the text that is sent; nothing is saved."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    require(request.user, "memos.change_memo", memo)
    template_section = get_object_or_404(memo.template.sections, pk=section)
    text = request.POST.get(f"sections-{section}", "")[: MarkdownField().max_length]
    context = {
        "blocks": [
            block for block in section_blocks(template_section, text, memo) if not block.is_empty
        ],
        "problems": markdown.problems(text),
    }
    return render(request, "memos/partials/preview.html", context)


def _interpellation_form(data, memo):
    """The form of who asked whom; None for a memo that answers no interpellation."""
    if not memo.answers_interpellation:
        return None
    instance = getattr(memo, "interpellation", None) or Interpellation(memo=memo)
    return InterpellationForm(data, instance=instance, prefix="interpellation")


def _chosen_agreement(request) -> Agreement | None:
    """The agreement that the page was opened from, when the user may read it."""
    pk = request.POST.get("agreement") or request.GET.get("agreement") or ""
    if not (pk.isascii() and pk.isdigit()):
        return None
    return get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
