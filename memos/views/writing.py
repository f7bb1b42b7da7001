"""Writing a memo: start it, edit it, see a section as it will be printed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.models import Agreement
from memos.actions import MemoChangedError, MemoFrozenError, save_memo
from memos.documents import MUNICIPALITY_TABLE, PARTNER_TABLE, section_blocks
from memos.forms import MarkdownField, Meanwhile, MemoCreateForm, MemoForms
from memos.models import Memo
from partnerships import markdown
from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, with_row_added
from partnerships.whole_numbers import whole_number


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
    data, meanwhile = with_row_added(request.POST or None), None
    if data and not asks_for_row(data):
        meanwhile = Meanwhile.between(memo, data)
        data = meanwhile.data if meanwhile else data
    forms = MemoForms(data, memo, request.user)
    if asks_for_row(data) or (meanwhile and meanwhile.is_news):
        hush(forms.every)
    elif data and forms.are_valid() and forms.is_settled(meanwhile):
        try:
            forms.save(by=request.user)
        except MemoChangedError:
            return memo_edit(request, pk)  # which now finds what was saved in this very moment
        except MemoFrozenError as error:
            forms.facts.add_error(None, str(error))
        else:
            messages.success(request, _("The memo is saved."))
            return redirect(memo)
    context = {
        "memo": memo,
        "form": forms.facts,
        "sections": forms.sections,
        "lists": forms.lists,
        "interpellation": forms.interpellation,
        "also": forms.also,
        "meanwhile": meanwhile,
        "comments": memo.comments.unresolved().select_related("by"),
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


def _chosen_agreement(request) -> Agreement | None:
    """The agreement that the page was opened from, when the user may read it."""
    pk = whole_number(request.POST.get("agreement") or request.GET.get("agreement") or "")
    if pk is None:
        return None
    return get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
