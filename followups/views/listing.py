"""Every report that the user may read, filtered, paged and exported."""

from datetime import date

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import AgreementPartner
from followups.due import due
from followups.forms import ReportFilter
from followups.models import FollowUpReport
from partnerships.access import role_required
from partnerships.downloads import table_response
from partnerships.export import Cell
from partnerships.pagination import page_of
from partnerships.together import ask
from worklist.actions import agreements_of

VIEW = "followups.view_followupreport"
FETCHED_AT_ONCE = 1000
LATE_AT_MOST = 20  # the worklist has the rest
WITH_PARTNERS = Prefetch("agreement__parties", AgreementPartner.objects.select_related("partner"))


@require_safe
@role_required(VIEW)
def report_list(request):
    """The reports that were begun or received, and above them what is late in the user's own work."""
    today = localdate()
    form = ReportFilter(request.GET, user=request.user)
    page = page_of(
        _found(request, form, today), key="sort_on", descending=True,
        cursor=request.GET.get("page", ""),
    )  # fmt: skip
    late = [
        row
        for row in ask(due(agreements_of(request.user), first=today, last=today))
        if row.is_overdue(today)
    ]
    context = {
        "form": form,
        "page": page,
        "late": late[:LATE_AT_MOST],
        "late_count": len(late),
        "today": today,
    }
    return render(request, "followups/report_list.html", context)


@require_safe
@role_required(VIEW)
def report_export(request, file_type):
    """What the filter lets through, every row of it, as CSV or XLSX."""
    today = localdate()
    form = ReportFilter(request.GET, user=request.user)
    found = _found(request, form, today).order_by("-sort_on", "-pk")
    headings = [
        _("Agreement"), _("Diary number"), _("Partners"), _("Committee"), _("First day of the period"),
        _("Last day of the period"), _("Due"), _("State"), _("Handed in"), _("Received"),
        _("Measurability"), _("Decided"),
    ]  # fmt: skip
    rows = (_row(report) for report in found.iterator(chunk_size=FETCHED_AT_ONCE))
    name = f"uppfoljning-{today.isoformat()}"
    return table_response(file_type, name, title=_("Follow-up"), headings=headings, rows=rows)


def _found(request, form, today):
    """The reports that the user may read and the filter lets through, with what a row shows."""
    reports = FollowUpReport.objects.visible_to(request.user).with_day()
    shown = reports.select_related("agreement__committee").prefetch_related("values", WITH_PARTNERS)
    return form.filtered(shown, today)


def _row(report) -> list[Cell]:
    return [
        report.agreement.name,
        report.agreement.diary_number,
        ", ".join(str(party.partner) for party in report.agreement.parties.all()),
        str(report.agreement.committee),
        report.period_starts,
        report.period_ends,
        report.due_on,
        str(report.get_state_display()),
        _day(report.handed_in_at),
        str(report.received_on or ""),
        str(report.measurability.label),
        _day(report.decided_at),
    ]


def _day(moment) -> date | None:
    return localtime(moment).date() if moment else None
