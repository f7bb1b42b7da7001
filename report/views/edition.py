"""Editions: the list, one of them, its exports, its memo, and noting it."""

import json

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnerships.access import role_required
from partnerships.confirmation import ask_before_discarding
from partnerships.export import csv_lines, write_sheets
from partnerships.history import entries
from report.actions import (
    EditionFrozenError,
    EditionNotReadyError,
    MemoNotPossibleError,
    check_draft,
    discard_edition,
    memo_from,
    note_edition,
    obstacles,
    start_edition,
)
from report.documents import (
    content_of,
    differences,
    open_data,
    table_rows,
    workbook_sheets,
)
from report.forms import EditionCreateForm, NoteForm
from report.models import (
    AskedOffice,
    Edition,
    FigureExclusion,
    FocusAnswer,
    FocusQuestion,
    ReportFigure,
    ReportSection,
    ReportSeries,
)
from report.records import pdf_of
from report.views.pages import sections_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_HEADINGS = ("Tabell", "Uppgift", "Säkerhet", "År", "Avser", "Värde")
PARTS = (ReportSection, ReportFigure, FocusQuestion, AskedOffice)


@require_safe
@role_required("report.view_edition")
def edition_list(request):
    """The municipality's editions, the latest years first, and the one that comes next."""
    editions = Edition.objects.select_related("noted_in")
    series = ReportSeries.objects.visible_to(request.user).select_related("committee")
    series = series.prefetch_related(Prefetch("editions", editions), "rhythms")
    today = localdate()
    rows = []
    for each in series:
        following = each.next_edition(today)
        editions = each.editions.all()
        started = next(
            (one for one in editions if following and one.year_from == following.year_from), None
        )
        rows.append({"series": each, "editions": editions, "next": following, "started": started})
    context = {
        "rows": rows,
        "may_change": request.user.has_perm("report.change_edition"),
    }
    return render(request, "report/edition_list.html", context)


@role_required("report.change_edition")
def edition_create(request):
    """Start an edition; the years that come next are suggested."""
    series = ReportSeries.objects.visible_to(request.user).first()
    following = series.next_edition(localdate()) if series else None
    initial = {}
    if series and following:
        initial = {
            "year_from": following.year_from,
            "year_to": following.year_to,
            "title": f"{series.name} {following.period}",
        }
    form = EditionCreateForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        edition = start_edition(form.save(commit=False), by=request.user)
        messages.success(request, _("The edition is started. Write its sections."))
        return redirect(edition)
    return render(request, "report/edition_create.html", {"form": form, "has_series": series})


@require_safe
@role_required("report.view_edition")
def edition_detail(request, pk):
    """A draft as it stands, a frozen edition as it was noted; every number leads to its rows."""
    edition = edition_of(request, pk)
    today = content_of(edition, at=now())
    content = edition.snapshot or today
    may_change = request.user.has_perm("report.change_edition")
    waiting = [row for row in edition.asked.all() if row.answered_at is None]
    context = {
        "edition": edition,
        "content": content,
        "sections": sections_of(edition, content),
        "differences": differences(edition.snapshot, today) if edition.snapshot else [],
        "obstacles": obstacles(edition) if edition.is_draft and may_change else [],
        "waiting": waiting if edition.is_draft else [],
        "may_change": may_change and edition.is_draft,
        "may_freeze": edition.is_draft and request.user.has_perm("report.freeze_edition"),
        "may_write_memo": edition.is_draft and may_write_memo(request.user, edition),
        "today": localdate(),
    }
    return render(request, "report/edition_detail.html", context)


@require_safe
@role_required("report.view_edition")
def edition_export(request, pk, file_type):
    """What the edition says, as Excel, CSV or JSON; JSON and CSV hold what everyone may have."""
    edition = edition_of(request, pk)
    content = edition.snapshot or content_of(edition, at=now())
    headers = {
        "Content-Disposition": f'attachment; filename="rapport-{edition.period}.{file_type}"'
    }
    if file_type == "xlsx":
        response = HttpResponse(content_type=XLSX, headers=headers)
        write_sheets(response, workbook_sheets(content))
        return response
    if file_type == "json":
        text = json.dumps(open_data(content), ensure_ascii=False, indent=2)
        return HttpResponse(text, content_type="application/json", headers=headers)
    if file_type != "csv":
        raise Http404
    lines = csv_lines(CSV_HEADINGS, table_rows(open_data(content)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@role_required("report.view_edition")
def edition_pdf(request, pk):
    """The PDF as noted, byte for byte."""
    edition = edition_of(request, pk)
    if not edition.is_frozen:
        raise Http404
    name = f"rapport-{edition.period}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf_of(edition), content_type="application/pdf", headers=headers)


@role_required("report.freeze_edition")
def edition_freeze(request, pk):
    """Say that the board has noted the edition, which freezes it."""
    edition = edition_of(request, pk)
    if not edition.is_draft:
        messages.error(request, _("The board has noted the edition, and it is not changed."))
        return redirect(edition)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        try:
            note_edition(edition, **form.cleaned_data, by=request.user, at=now())
        except (EditionFrozenError, EditionNotReadyError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The edition is noted and kept as it is."))
            return redirect(edition)
    context = {"edition": edition, "form": form, "obstacles": obstacles(edition)}
    return render(request, "report/edition_freeze.html", context)


@require_POST
@role_required("memos.add_memo")
def edition_memo(request, pk):
    """Start the memo by which the edition comes before the board."""
    edition = edition_of(request, pk)
    if not may_write_memo(request.user, edition):
        messages.error(
            request,
            _("Only an officer of %(committee)s can write its memo.")
            % {"committee": edition.series.committee},
        )
        return redirect(edition)
    try:
        memo = memo_from(edition, by=request.user, at=now())
    except (EditionFrozenError, MemoNotPossibleError) as error:
        messages.error(request, str(error))
        return redirect(edition)
    messages.success(request, _("The memo is started. Write its sections."))
    return redirect(memo)


@role_required("report.change_edition")
def edition_discard(request, pk):
    """Give up a draft, once the user has been asked."""
    edition = edition_of(request, pk)
    try:
        if request.method != "POST":
            check_draft(edition)
            return ask_before_discarding(request, str(edition), back=edition.get_absolute_url())
        discard_edition(edition, by=request.user)
    except EditionFrozenError as error:
        messages.error(request, str(error))
        return redirect(edition)
    messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect("report:edition_list")


@require_safe
@role_required("report.view_edition")
def edition_history(request, pk):
    """Who changed what, when and why."""
    edition = edition_of(request, pk)
    histories = [edition.history.all()]
    histories += [model.history.filter(edition=edition) for model in PARTS]
    histories += [
        FigureExclusion.history.filter(figure__edition=edition),
        FocusAnswer.history.filter(asked__edition=edition),
    ]
    context = {"edition": edition, "entries": entries(histories)}
    return render(request, "report/edition_history.html", context)


def edition_of(request, pk):
    """The edition, if it is the user's own municipality's."""
    return get_object_or_404(Edition.objects.visible_to(request.user).with_parts(), pk=pk)


def may_write_memo(user, edition) -> bool:
    """May the user write memos to the committee that the report goes to, and is there none yet?"""
    committees = user.committees_where("memos.add_memo")
    return edition.memo_id is None and edition.series.committee in committees
