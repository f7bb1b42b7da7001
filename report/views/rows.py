"""The rows behind a figure: the page, and the same rows for a spreadsheet."""

from tempfile import TemporaryFile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement, Contribution
from organisations.models import Partner
from partnerships.access import role_required
from partnerships.export import MOST_SHEET_ROWS, csv_lines, write_workbook
from partnerships.pagination import page_of
from payments.models import Payment
from report.documents import ROW_HEADINGS, export_rows
from report.documents.rows import prepared
from report.figures import answer_of, rows_of
from report.figures.rows import CONTRIBUTIONS
from report.forms import RowsForm
from report.models import Basis, Measure
from report.models.figure import AMOUNTS
from report.views.edition import edition_of

KEYS = {Payment: ("paid_on", True), Contribution: ("pk", False)}
BY_NAME = ("sort_key", False)
ROW_TEMPLATES = {
    Agreement: "report/partials/rows_agreement.html",
    Contribution: "report/partials/rows_contribution.html",
    Partner: "report/partials/rows_partner.html",
    Payment: "report/partials/rows_payment.html",
}


@require_safe
@role_required("report.view_edition")
def figure_rows(request, pk):
    """The rows that a figure counts or sums, those that the user may read."""
    edition = edition_of(request, pk)
    form, rows = _behind(request, edition)
    measure, scope = form.cleaned_data["measure"], form.scope
    basis = form.cleaned_data["basis"] or Basis.WHOLE_PERIOD
    seen = _visible(rows, request.user)
    key, descending = KEYS.get(rows.model, BY_NAME)
    page = page_of(
        prepared(seen), key=key, descending=descending, cursor=request.GET.get("page", "")
    )
    summed = scope.of_year(max(scope.years)) if measure in CONTRIBUTIONS else scope
    hidden = rows.count() - seen.count()
    context = {
        "edition": edition,
        "measure": Measure(measure),
        "scope": scope,
        "kind": Agreement.Kind(scope.kind).label if scope.kind else "",
        "page": page,
        "answer": answer_of(measure, summed, basis=basis),
        "is_amount": measure in AMOUNTS,
        "hidden": hidden,
        "row_template": ROW_TEMPLATES[rows.model],
        "year": max(scope.years),
        "other_years": [year for year in scope.years if year != max(scope.years)]
        if measure in CONTRIBUTIONS
        else [],
        "query": _query(request),
    }
    return render(request, "report/figure_rows.html", context)


@require_safe
@role_required("report.view_edition")
def rows_export(request, pk, file_type):
    """The same rows, all of them that the user may read, as CSV or Excel."""
    edition = edition_of(request, pk)
    _form, rows = _behind(request, edition)
    seen = _visible(rows, request.user)
    headings = [str(heading) for heading in ROW_HEADINGS[rows.model]]
    name = f"rapport-{edition.period}-underlag"
    if file_type == "csv":
        lines = csv_lines(headings, export_rows(seen))
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    if file_type != "xlsx" or seen.order_by()[: MOST_SHEET_ROWS + 1].count() > MOST_SHEET_ROWS:
        raise Http404
    target = TemporaryFile()  # noqa: SIM115  (the response closes it)
    write_workbook(target, title=_("Rows"), headings=headings, rows=export_rows(seen))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx")


def _behind(request, edition):
    """The filter of the link and its rows; 404 for what no link of the portal holds."""
    form = RowsForm(request.GET, edition=edition)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data
    rows = rows_of(chosen["measure"], form.scope, basis=chosen["basis"])
    if rows is None:
        raise Http404
    return form, rows


def _visible(rows, user):
    """Those of the rows that the user may read."""
    agreements = Agreement.objects.visible_to(user)
    if rows.model is Partner:
        return rows
    name = {Payment: "agreement", Contribution: "revision__agreement"}.get(rows.model, "pk")
    return rows.filter(**{f"{name}__in": agreements})


def _query(request):
    """The link's filter without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
