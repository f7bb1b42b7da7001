"""Payments: the list, one payment, sums, exports, and the parts of other pages."""

from tempfile import TemporaryFile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from organisations.models import Partner
from partnerships.access import role_required
from partnerships.export import MOST_SHEET_ROWS, csv_lines, write_workbook
from partnerships.history import entries
from partnerships.pagination import page_of
from payments.documents import EXPORT_HEADINGS, export_rows, totals_of, years_with_payments
from payments.forms import PaymentFilter, TotalsForm
from payments.matching import possible_originals
from payments.models import Payment
from payments.promises import chart_of, years_of

SHOWN_ON_PARTNER_PAGE = 12  # years


@require_safe
@role_required("payments.view_payment")
def payment_list(request):
    """The payments the user may read, newest first, with the sum of all that the filter lets through."""
    form = PaymentFilter(request.GET, user=request.user)
    payments = form.filtered(Payment.objects.visible_to(request.user))
    page = page_of(
        payments.select_related("agreement", "source", "partner"),
        key="paid_on",
        descending=True,
        cursor=request.GET.get("page", ""),
    )
    context = {"form": form, "page": page, "sums": payments.summed("direction")}
    return render(request, "payments/payment_list.html", context)


@require_safe
@role_required("payments.view_payment")
def payment_export(request, kind):
    """What the list's filter lets through, as CSV or Excel."""
    form = PaymentFilter(request.GET, user=request.user)
    payments = form.filtered(Payment.objects.visible_to(request.user))
    headings = [str(heading) for heading in EXPORT_HEADINGS]
    name = "-".join([_("payments"), str(localdate())])
    if kind == "csv":
        lines = csv_lines(headings, export_rows(payments))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if kind != "xlsx":
        raise Http404
    if payments.order_by()[: MOST_SHEET_ROWS + 1].count() > MOST_SHEET_ROWS:
        context = {"form": form, "limit": MOST_SHEET_ROWS}
        return render(request, "payments/export_too_large.html", context, status=422)
    target = TemporaryFile()  # noqa: SIM115  (the response closes it)
    write_workbook(target, title=_("Payments"), headings=headings, rows=export_rows(payments))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx")


@require_safe
@role_required("payments.view_payment")
def payment_totals(request):
    """What was paid in a year, by committee and kind of agreement."""
    payments = Payment.objects.visible_to(request.user)
    years = years_with_payments(payments)
    form = TotalsForm(request.GET, years=years)
    form.is_valid()
    year = form.cleaned_data.get("year") or next(iter(years), None)
    context = {
        "form": form,
        "years": years,
        "year": year,
        "totals": totals_of(payments, year) if year else [],
    }
    return render(request, "payments/payment_totals.html", context)


@require_safe
@role_required("payments.view_payment")
def payment_detail(request, pk):
    """One payment as the source had it, what it belongs to, and how that came about."""
    payments = Payment.objects.visible_to(request.user).select_related(
        "agreement", "partner", "source", "batch", "reverses"
    )
    payment = get_object_or_404(payments, pk=pk)
    may_match = request.user.has_perm("payments.match_payment", payment.agreement)
    can_link = may_match and payment.is_reversal and not payment.reverses
    visible = Payment.objects.visible_to(request.user)
    context = {
        "payment": payment,
        "may_match": may_match,
        "may_import": request.user.has_perm("payments.import_payment"),
        "may_link": can_link and possible_originals(payment).exists(),
        "reverses": visible.filter(pk=payment.reverses_id).first(),
        "reversals": visible.filter(reverses=payment),
        "entries": entries([payment.history.all()]),
    }
    return render(request, "payments/payment_detail.html", context)


@require_safe
@role_required("payments.view_payment")
def agreement_payments(request, pk):
    """What was promised and paid each year, as a part of the agreement's page."""
    agreement = get_object_or_404(
        Agreement.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    payments = Payment.objects.visible_to(request.user).filter(agreement=agreement)
    years = years_of(agreement, payments, today=localdate())
    context = {
        "agreement": agreement,
        "years": years,
        "chart": chart_of(years),
        "has_payments": any(year.paid_count or year.received_count for year in years),
        "has_received": any(year.received_count for year in years),
        "totals": {row["direction"]: row["total"] for row in payments.summed("direction")},
    }
    fragment = "payments/partials/agreement_payments.html"
    template = fragment if request.htmx else "payments/agreement_payments.html"
    return render(request, template, context)


@require_safe
@role_required("payments.view_payment")
def partner_payments(request, pk):
    """What was paid to and received from a partner each year, as a part of the partner's page."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    payments = Payment.objects.visible_to(request.user).filter(partner=partner)
    rows = payments.summed("paid_on__year", "direction").order_by("-paid_on__year", "-direction")
    context = {"partner": partner, "rows": rows[: 2 * SHOWN_ON_PARTNER_PAGE]}
    fragment = "payments/partials/partner_payments.html"
    template = fragment if request.htmx else "payments/partner_payments.html"
    return render(request, template, context)
