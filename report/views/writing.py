"""Writing an edition: facts and sections, figures, and a section as it will be printed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships import markdown
from partnerships.access import role_required
from partnerships.rows import asks_for_row, hush, with_row_added
from report.actions import EditionFrozenError, remove_figure, save_edition, save_figure
from report.documents import content_of, filled, unknown_marks
from report.forms import EditionForm, ExclusionFormSet, FigureForm, SectionsForm, list_draft
from report.forms.text import LONGEST_TEXT
from report.models import Edition, ReportFigure
from report.views.edition import edition_of

PERMISSION = "report.change_edition"


@role_required(PERMISSION)
def edition_edit(request, pk):
    """Write the edition's sections."""
    edition = edition_of(request, pk)
    if not edition.is_draft:
        return _refused(request, edition)
    form = EditionForm(request.POST or None, instance=edition)
    sections = SectionsForm(request.POST or None, edition=edition, prefix="sections")
    if request.POST and all([form.is_valid(), sections.is_valid()]):
        try:
            save_edition(
                form.save(commit=False),
                texts=sections.texts(),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except EditionFrozenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The edition is saved."))
            return redirect(edition)
    context = {
        "edition": edition,
        "form": form,
        "sections": sections,
        "figures": edition.figures.all(),
    }
    return render(request, "report/edition_edit.html", context)


@require_POST
@role_required(PERMISSION)
def section_preview(request, pk, section):
    """One section as it will be printed with the text that is sent; nothing is saved."""
    edition = edition_of(request, pk)
    row = get_object_or_404(edition.sections, pk=section)
    text = request.POST.get(f"sections-{row.pk}", "")[:LONGEST_TEXT]
    figures = content_of(edition, at=now())["figures"]
    unknown = unknown_marks(text, [figure["code"] for figure in figures])
    problems = markdown.problems(text) + [
        _("%(mark)s is no figure of the edition.") % {"mark": mark} for mark in unknown
    ]
    html = filled(markdown.to_html(text), figures, lambda _figure, words: words)
    return render(request, "report/partials/preview.html", {"html": html, "problems": problems})


@role_required(PERMISSION)
def figure_create(request, pk):
    """Add a figure to the edition."""
    return _edit_figure(request, ReportFigure(edition=edition_of(request, pk)))


@role_required(PERMISSION)
def figure_edit(request, pk):
    """Change a figure and what it leaves out."""
    return _edit_figure(request, _figure(request, pk))


@require_POST
@role_required(PERMISSION)
def figure_remove(request, pk):
    """Remove a figure from the edition."""
    figure = _figure(request, pk)
    try:
        remove_figure(figure, by=request.user)
    except EditionFrozenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The figure is removed. Its history is kept."))
    return redirect(figure.edition)


def _edit_figure(request, figure):
    edition = figure.edition
    if not edition.is_draft:
        return _refused(request, edition)
    data = with_row_added(request.POST or None)
    form = FigureForm(data, instance=figure)
    exclusions = ExclusionFormSet(data, instance=figure, prefix="exclusions")
    if asks_for_row(data):
        hush([form, exclusions])
    elif data and all([form.is_valid(), exclusions.is_valid()]):
        try:
            save_figure(form.save(commit=False), exclusions=list_draft(exclusions), by=request.user)
        except EditionFrozenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": figure})
            return redirect(edition)
    context = {"edition": edition, "figure": figure, "form": form, "exclusions": exclusions}
    return render(request, "report/figure_edit.html", context)


def _figure(request, pk):
    figures = ReportFigure.objects.filter(edition__in=Edition.objects.visible_to(request.user))
    return get_object_or_404(figures.select_related("edition__series__municipality"), pk=pk)


def _refused(request, edition):
    messages.error(request, _("The board has noted the edition, and it is not changed."))
    return redirect(edition)
