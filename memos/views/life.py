"""The steps of a memo's life that are taken on its own page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from memos.actions import (
    MemoFrozenError,
    MemoMoveError,
    TemplateRefusedError,
    correct_memo,
    decide_by_role,
    move_to_template,
    submit_memo,
    template_changes,
)
from memos.forms import CorrectForm, RoleDecisionForm
from memos.models import Memo
from partnerships.access import require, role_required


@require_POST
@role_required("memos.submit_memo")
def memo_submit(request, pk):
    """Submit the memo to the committee."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.submit_memo", memo)
    try:
        submit_memo(memo, by=request.user, at=now())
    except (MemoMoveError, MemoFrozenError) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The memo is submitted to %(committee)s.") % {"committee": memo.committee}
        )
    return redirect(memo)


@role_required("memos.change_memo")
def memo_correct(request, pk):
    """Open a submitted memo as the draft of its next version, with the reason."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.change_memo", memo)
    form = CorrectForm(request.POST or None)
    if form.is_valid():
        try:
            correct_memo(memo, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except MemoMoveError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Write the new version. Readers see the submitted one until then.")
            )
            return redirect("memos:memo_edit", pk=memo.pk)
    return render(request, "memos/memo_correct.html", {"memo": memo, "form": form})


@role_required("memos.change_memo")
def memo_template(request, pk):
    """Move a draft to the newest version of its template, with what that changes."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    require(request.user, "memos.change_memo", memo)
    newest = memo.template.newest
    if request.method == "POST":
        try:
            move_to_template(memo, newest, by=request.user)
        except TemplateRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("The memo is printed by %(template)s.") % {"template": newest}
            )
        return redirect(memo)
    context = {"memo": memo, "newest": newest, "changes": template_changes(memo.template, newest)}
    return render(request, "memos/memo_template.html", context)


@role_required("memos.decide_memo_by_role")
def memo_decide(request, pk):
    """Register a decision that a role took without a meeting."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.decide_memo_by_role", memo)
    form = RoleDecisionForm(request.POST or None)
    if form.is_valid():
        try:
            decide_by_role(memo, **form.cleaned_data, by=request.user, at=now())
        except MemoMoveError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The decision is registered."))
            return redirect(memo)
    return render(request, "memos/memo_decide.html", {"memo": memo, "form": form})
