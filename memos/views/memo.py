"""Memos: find, read, fetch and discard."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from memos import checks, life
from memos.actions import MemoFrozenError, check_discard, discard_memo
from memos.documents import memo_document, memo_pdf as written_pdf, version_document
from memos.models import Memo, MemoRules, MemoTemplate, MemoVersion
from memos.models.memo import PREPARING
from memos.views.reading import shown_to
from partnerships.access import require, role_required
from partnerships.confirmation import ask_before_discarding
from partnerships.documents import Document
from partnerships.downloads import file_name, table_response, word_response
from partnerships.pagination import page_of

SHOWN = 50


@require_safe
@role_required("memos.view_memo")
def memo_list(request):
    """The memos the user may read, newest first."""
    search = request.GET.get("q", "").strip()
    memos = Memo.objects.visible_to(request.user).matching(search, request.user)
    page = page_of(
        memos.select_related("committee", "agreement").prefetch_related("versions"),
        key="pk",
        descending=True,
        cursor=request.GET.get("page", ""),
    )
    context = {"page": page, "memos": shown_to(request.user, page.rows), "search": search}
    return render(request, "memos/memo_list.html", context)


@require_safe
@role_required("memos.view_memo")
def memo_export(request, file_type):
    """What the search finds, as the user may read it, as CSV or XLSX."""
    search = request.GET.get("q", "").strip()
    memos = Memo.objects.visible_to(request.user).matching(search, request.user)
    found = memos.select_related("committee", "agreement").prefetch_related("versions")
    headings = [
        _("Memo"), _("State"), _("Committee"), _("Agreement"), _("Diary number"), _("Date"),
    ]  # fmt: skip
    rows = (
        [
            memo.title,
            str(memo.get_state_display()),
            str(memo.committee),
            str(memo.agreement or ""),
            memo.diary_number,
            memo.dated_on,
        ]
        for memo in shown_to(request.user, found.order_by("-pk"))
    )
    name = f"tjansteskrivelser-{localdate().isoformat()}"
    return table_response(file_type, name, title=_("Memos"), headings=headings, rows=rows)


@require_safe
@role_required("memos.view_memo")
def memo_detail(request, pk):
    """The memo as it stands for who prepares it, as it was last submitted for everybody else."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    version = _version_for(request.user, memo)
    may_write = request.user.has_perm("memos.change_memo", memo)
    steps = memo.steps.select_related("by")
    if not request.user.has_perm("memos.view_draft_memo", memo):
        steps = steps.exclude(to_state__in=PREPARING)
    (shown,) = shown_to(request.user, [memo])
    context = {
        "memo": shown,
        "version": version,
        "document": version_document(version) if version else memo_document(memo),
        "steps": steps,
        "stages": life.stages(shown, list(steps)),
        "rules": MemoRules.of(memo),
        "open_comments": memo.comments.unresolved().count() if not version else 0,
        "may_review": request.user.has_perm("memos.review_memo", memo),
        "open_to": set(life.open_to(request.user, memo)),
        "newer_template": _newer_template(memo) if may_write and memo.is_draft else None,
        "missing": checks.missing(memo) if may_write and memo.is_in_preparation else [],
        "remarks": checks.remarks(memo, on=localdate()) if may_write else [],
    }
    return render(request, "memos/memo_detail.html", context)


@require_safe
@role_required("memos.view_memo")
def version_detail(request, pk, number):
    """One version as it was submitted, with what became of it."""
    version = _submitted_version(request, pk, number)
    (shown,) = shown_to(request.user, [version.memo])
    context = {
        "memo": shown,
        "version": version,
        "document": version_document(version),
        "current": version.memo.current_version,
    }
    return render(request, "memos/version_detail.html", context)


@require_safe
@role_required("memos.view_memo")
def version_pdf(request, pk, number):
    """The PDF of one version, byte for byte as it was submitted."""
    version = _submitted_version(request, pk, number)
    return _pdf_response(version.memo, version.read_pdf(), f"v{version.number}")


@require_safe
@role_required("memos.view_memo")
def version_word(request, pk, number):
    """One version as a Word file, with the words that were submitted."""
    version = _submitted_version(request, pk, number)
    return _word_response(version.memo, version_document(version), f"v{version.number}")


@require_safe
@role_required("memos.view_memo")
def agreement_memos(request, pk):
    """The memos on one agreement, as a part of the agreement's page."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    memos = Memo.objects.visible_to(request.user).filter(agreement=agreement)
    context = {
        "agreement": agreement,
        "memos": shown_to(
            request.user,
            memos.select_related("committee").prefetch_related("versions").order_by("-pk")[:SHOWN],
        ),
    }
    template = (
        "memos/partials/agreement_memos.html" if request.htmx else "memos/agreement_memos.html"
    )
    return render(request, template, context)


@require_safe
@role_required("memos.view_memo")
def memo_pdf(request, pk):
    """The memo as PDF: as submitted, or as it stands for who prepares it."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    version = _version_for(request.user, memo)
    return _pdf_response(memo, version.read_pdf() if version else written_pdf(memo))


@require_safe
@role_required("memos.view_memo")
def memo_word(request, pk):
    """The memo as a Word file: as submitted, or as it stands for who prepares it."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).with_parts(), pk=pk)
    version = _version_for(request.user, memo)
    return _word_response(memo, version_document(version) if version else memo_document(memo))


@role_required("memos.change_memo")
def memo_discard(request, pk):
    """Remove a draft that came to nothing, once the user has been asked."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    require(request.user, "memos.change_memo", memo)
    try:
        if request.method != "POST":
            check_discard(memo)
            return ask_before_discarding(request, str(memo), back=memo.get_absolute_url())
        discard_memo(memo, by=request.user)
    except MemoFrozenError as error:
        messages.error(request, str(error))
        return redirect(memo)
    messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect("memos:memo_list")


def _version_for(user, memo: Memo) -> MemoVersion | None:
    """The submitted version that the user is shown; None: the memo as it stands."""
    if memo.is_in_preparation and user.has_perm("memos.view_draft_memo", memo):
        return None
    return memo.current_version


def _newer_template(memo: Memo) -> MemoTemplate | None:
    newest = memo.template.newest
    return None if newest == memo.template else newest


def _submitted_version(request, pk: int, number: int) -> MemoVersion:
    memo = get_object_or_404(Memo.objects.visible_to(request.user), pk=pk)
    return get_object_or_404(
        memo.versions.select_related("memo__committee__municipality", "submitted_by"),
        number=number,
    )


def _pdf_response(memo: Memo, content: bytes, suffix: str = "") -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(memo, suffix)}.pdf"'
    return response


def _word_response(memo: Memo, document: Document | None, suffix: str = "") -> HttpResponse:
    if document is None:
        raise Http404
    return word_response(document, _file_name(memo, suffix))


def _file_name(memo: Memo, suffix: str) -> str:
    words = f"{memo.template.document_name} {memo.diary_number} {memo.title}"
    name = file_name(words, otherwise=f"memo-{memo.pk}")
    return f"{name}-{suffix}" if suffix else name
