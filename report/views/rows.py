"""The rows behind a figure: the page, and the same rows for a spreadsheet."""

from tempfile import TemporaryFile

from django.db.models import Q
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement, Contribution
from followups.models import Indicator
from organisations.models import Partner
from partnerships.access import role_required
from partnerships.export import MOST_SHEET_ROWS, csv_lines, write_workbook
from partnerships.pagination import page_of
from payments.models import Payment
from report.documents import ROW_HEADINGS, export_rows
from report.documents.cells import query_of
from report.documents.rows import prepared
from report.figures import (
    Behind,
    Derived,
    Lacks,
    answer_of,
    rows_of,
    terms_of,
    worked_out,
)
from report.figures.answer import SUMMED
from report.figures.rows import CONTRIBUTIONS
from report.forms import RowsForm
from report.models import Basis, Measure
from report.models.figure import AMOUNTS
from report.views.edition import edition_of

MEASURES = dict([*Measure.choices, *Behind.choices, *Derived.choices])
SUMS = {*AMOUNTS, *SUMMED}
KEYS = {
    Payment: ("paid_on", True),
    Contribution: ("pk", False),
    Indicator: ("pk", False),
}
BY_NAME = ("sort_key", False)
ROW_TEMPLATES = {
    Agreement: "report/partials/rows_agreement.html",
    Contribution: "report/partials/rows_contribution.html",
    Indicator: "report/partials/rows_indicator.html",
    Partner: "report/partials/rows_partner.html",
    Payment: "report/partials/rows_payment.html",
}


@require_safe
@role_required("report.view_edition")
def figure_rows(request, pk):
    """The rows that a figure counts or sums, those that the user may read."""
    edition = edition_of(request, pk)
    form = _filter(request, edition)
    scope = form.scope
    measure, basis = form.cleaned_data["measure"], form.cleaned_data["basis"] or Basis.WHOLE_PERIOD
    context = {
        "edition": edition,
        "measure_name": MEASURES[measure],
        "scope": scope,
        "kind": Agreement.Kind(scope.kind).label if scope.kind else "",
        "lacks": Lacks(scope.lacks).label if scope.lacks else "",
        "is_amount": measure in SUMS,
    }
    if terms := _terms(edition, measure, scope, basis):
        context |= _worked_out(measure, scope, basis, terms)
        return render(request, "report/figure_terms.html", context)
    rows = _behind(measure, scope, basis)
    seen = _visible(rows, request.user)
    key, descending = KEYS.get(rows.model, BY_NAME)
    page = page_of(
        prepared(seen), key=key, descending=descending, cursor=request.GET.get("page", "")
    )
    is_mean = basis == Basis.PER_YEAR and measure in SUMS and len(scope.years) > 1
    context |= {
        "page": page,
        "answer": answer_of(measure, scope, basis=Basis.WHOLE_PERIOD if is_mean else basis),
        "mean": answer_of(measure, scope, basis=basis) if is_mean else None,
        "hidden": rows.count() - seen.count(),
        "row_template": ROW_TEMPLATES[rows.model],
        "query": _query(request),
    }
    return render(request, "report/figure_rows.html", context)


@require_safe
@role_required("report.view_edition")
def rows_export(request, pk, file_type):
    """The same rows, all of them that the user may read, as CSV or Excel."""
    edition = edition_of(request, pk)
    form = _filter(request, edition)
    measure, basis = form.cleaned_data["measure"], form.cleaned_data["basis"]
    if _terms(edition, measure, form.scope, basis):
        raise Http404
    rows = _behind(measure, form.scope, basis)
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


def _filter(request, edition):
    """The filter of the link; 404 for what no link of the portal holds."""
    form = RowsForm(request.GET, edition=edition)
    if not form.is_valid():
        raise Http404
    return form


def _behind(measure, scope, basis):
    rows = rows_of(measure, scope, basis=basis)
    if rows is None:
        raise Http404
    return rows


def _terms(edition, measure, scope, basis):
    """What the figure is worked out from; none when it has rows of its own."""
    previous = edition.previous
    before = previous.years if previous else ()
    if measure in (Derived.CHANGE, Derived.GROWTH) and not before:
        raise Http404
    return terms_of(measure, scope, basis=basis, before=before)


def _worked_out(measure, scope, basis, terms):
    """Each term with the link to its rows, and what they come to."""
    if measure in Derived:
        value = worked_out(measure, terms)
    else:
        value = answer_of(measure, scope, basis=basis).value
    return {
        "value": value,
        "is_share": measure in (Derived.SHARE, Derived.GROWTH),
        "is_change": measure in (Derived.DIFFERENCE, Derived.CHANGE),
        "is_mean": measure in CONTRIBUTIONS and basis == Basis.PER_YEAR,
        "terms": [
            {
                "name": term.measure.label,
                "years": term.scope.years,
                "answer": term.answer,
                "query": _query_of(term),
            }
            for term in terms
        ],
    }


def _query_of(term):
    scope = term.scope
    return query_of(
        term.measure,
        scope.years,
        basis=term.basis,
        kind=scope.kind,
        committee=scope.committee.pk if scope.committee else "",
        partner=scope.partner.pk if scope.partner else "",
        theme=scope.theme.pk if scope.theme else "",
        lacks=scope.lacks,
    )


def _visible(rows, user):
    """Those of the rows that the user may read."""
    agreements = Agreement.objects.visible_to(user)
    if rows.model is Partner:
        return rows
    if rows.model is Payment:
        may_match = user.has_perm("payments.match_payment")
        unmatched = Q(agreement__isnull=True) if may_match else Q(pk__in=[])
        return rows.filter(agreements.include() | unmatched)
    names = {Contribution: "revision__agreement", Indicator: "plan__agreement"}
    return rows.filter(agreements.include(names.get(rows.model, "pk")))


def _query(request):
    """The link's filter without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
