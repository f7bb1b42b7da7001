"""Printing a draft: ask for it, see how far it is, fetch it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from partnerships.access import role_required
from report.actions import ask_for_print
from report.models import Rendering
from report.tasks import print_report
from report.views.edition import edition_of


@require_POST
@role_required("report.view_edition")
def rendering_create(request, pk):
    """Ask for a draft to be printed."""
    edition = edition_of(request, pk)
    if edition.is_frozen:
        return redirect("report:edition_pdf", pk=edition.pk)
    at = now()
    rendering = ask_for_print(edition, by=request.user, at=at)
    if rendering.asked_at == at:
        print_report.enqueue(rendering.pk)
    return redirect(rendering)


@require_safe
@role_required("report.view_edition")
def rendering_detail(request, pk):
    """How far a printing is, and its file when it is done."""
    return render(request, "report/rendering_detail.html", _context(request, pk))


@require_safe
@role_required("report.view_edition")
def rendering_progress(request, pk):
    """How far it is; when it is over, or stands still, the page is to be fetched again."""
    context = _context(request, pk)
    rendering = context["rendering"]
    if request.htmx and (not rendering.is_running or context["has_stood_still"]):
        return HttpResponseClientRefresh()
    if not request.htmx:
        return redirect(rendering)
    return render(request, "report/partials/progress.html", context)


@require_safe
@role_required("report.view_edition")
def rendering_pdf(request, pk):
    """The printed draft."""
    rendering = _rendering(request, pk)
    if not rendering.file:
        raise Http404
    with rendering.file.open("rb") as file:
        content = file.read()
    name = f"rapport-{rendering.edition.period}-utkast.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _rendering(request, pk):
    rows = Rendering.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("edition__series"), pk=pk)


def _context(request, pk):
    rendering = _rendering(request, pk)
    return {"rendering": rendering, "has_stood_still": rendering.has_stood_still(now())}
