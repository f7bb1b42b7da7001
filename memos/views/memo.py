"""Memos: find, read, submit, fetch and discard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.models import Agreement
from memos import checks
from memos.actions import MemoFrozenError, MemoNotSubmittableError, discard_memo, submit_memo
from memos.documents import memo_document
from memos.models import Memo
from memos.records import pdf_of
from partnerships.access import require, role_required
from partnerships.pagination import page_of

SHOWN = 50


@require_safe
@role_required("memos.view_memo")
def memo_list(request):
    """The memos the user may read, newest first."""
    search = request.GET.get("q", "").strip()
    memos = Memo.objects.visible_to(request.user).matching(search)
    page = page_of(
        memos.select_related("committee", "agreement"),
        key="pk",
        descending=True,
        cursor=request.GET.get("page", ""),
    )
    return render(request, "memos/memo_list.html", {"page": page, "search": search})


@require_safe
@role_required("memos.view_memo")
def memo_detail(request, pk):
    """A draft as it will be printed, with what it lacks; a submitted memo as it was issued."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    may_change = request.user.has_perm("memos.change_memo", memo)
    context = {
        "memo": memo,
        "document": memo_document(memo) if memo.is_draft else None,
        "missing": checks.missing(memo) if memo.is_draft and may_change else [],
        "remarks": checks.remarks(memo) if memo.is_draft and may_change else [],
        "may_change": may_change and memo.is_draft,
    }
    return render(request, "memos/memo_detail.html", context)


@require_safe
@role_required("memos.view_memo")
def agreement_memos(request, pk):
    """The memos on one agreement, as a part of the agreement's page."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    memos = Memo.objects.visible_to(request.user).filter(agreement=agreement)
    context = {
        "agreement": agreement,
        "memos": memos.select_related("committee").order_by("-pk")[:SHOWN],
    }
    template = (
        "memos/partials/agreement_memos.html" if request.htmx else "memos/agreement_memos.html"
    )
    return render(request, template, context)


@require_safe
@role_required("memos.view_memo")
def memo_pdf(request, pk):
    """The memo as PDF."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    response = HttpResponse(pdf_of(memo), content_type="application/pdf")
    name = (
        slugify(f"{memo.template.document_name} {memo.diary_number} {memo.title}")[:120]
        or f"memo-{memo.pk}"
    )
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_POST
@role_required("memos.submit_memo")
def memo_submit(request, pk):
    """Submit the memo to the committee."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.submit_memo", memo)
    try:
        submit_memo(memo, by=request.user, at=now())
    except (MemoNotSubmittableError, MemoFrozenError) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The memo is submitted to %(committee)s.") % {"committee": memo.committee}
        )
    return redirect(memo)


@require_POST
@role_required("memos.change_memo")
def memo_discard(request, pk):
    """Remove a draft that came to nothing."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.change_memo", memo)
    try:
        discard_memo(memo, by=request.user)
    except MemoFrozenError as error:
        messages.error(request, str(error))
        return redirect(memo)
    messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect("memos:memo_list")
