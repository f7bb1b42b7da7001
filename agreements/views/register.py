"""The register: every agreement the user may read, filtered, searched, sorted and exported."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.forms import REGISTER_FILTERS, RegisterForm
from agreements.models import Agreement, AgreementPartner, Status
from partnerships.access import role_required
from partnerships.downloads import table_response
from partnerships.pagination import page_of

FETCHED_AT_ONCE = 1000
LATEST_FIRST = "registered", "pk", True
SHOWN = (
    "name", "kind", "diary_number", "over_certainly", "notice_by", "sort_key", "committee__name",
    "committee",
)  # fmt: skip
WITH_PARTNERS = Prefetch("parties", AgreementPartner.objects.select_related("partner"))


@require_safe
@role_required("agreements.view_agreement")
def agreement_list(request):
    """The register, a page at a time."""
    today = localdate()
    form = RegisterForm(request.GET, user=request.user)
    day = form.day(today)
    found = _found(request, form, today)
    sort, key, descending = LATEST_FIRST if found.is_many else form.sort
    page = page_of(
        found.rows.with_follow_up_told().select_related("committee").only(*SHOWN),
        key=key,
        descending=descending,
        cursor=request.GET.get("page", ""),
        count=found.count,
    )
    context = {
        "form": form,
        "day": day,
        "is_today": day == today,
        "is_many": found.is_many,
        "page": page,
        "sort": sort,
        "descending": descending,
        "partner": form.cleaned_data.get("partner"),
        "is_filtered": any(request.GET.get(name) for name in REGISTER_FILTERS),
        "may_register": request.user.has_perm("agreements.add_agreement"),
    }
    return render(request, "agreements/agreement_list.html", context)


@require_safe
@role_required("agreements.view_agreement")
def agreement_export(request, file_type):
    """What the filter lets through, every row of it, as CSV or XLSX."""
    today = localdate()
    form = RegisterForm(request.GET, user=request.user)
    _sort, key, descending = form.sort
    order = f"{'-' if descending else ''}{key}"
    found = _found(request, form, today).rows.order_by(order, "pk")
    found = found.select_related("committee", "office", "officer")
    found = found.prefetch_related(WITH_PARTNERS)
    headings = [
        _("Agreement"), _("Kind"), _("Diary number"), _("Partners"), _("Status"), _("Last day"),
        _("Notice by"), _("Committee"), _("Office"), _("Officer"),
    ]  # fmt: skip
    rows = (_row(agreement) for agreement in found.iterator(chunk_size=FETCHED_AT_ONCE))
    name = f"avtal-{form.day(today).isoformat()}"
    return table_response(file_type, name, title=_("Agreements"), headings=headings, rows=rows)


def _found(request, form, today):
    """The agreements that the user may read and the filter lets through, with their status."""
    day = form.day(today)
    agreements = Agreement.objects.visible_to(request.user)
    agreements = agreements.with_status(day) if day == today else agreements.as_of(day)
    return form.filtered(agreements, today)


def _row(agreement):
    return [
        agreement.name,
        str(agreement.get_kind_display()),
        agreement.diary_number,
        ", ".join(str(party.partner) for party in agreement.parties.all()),
        str(Status(agreement.status).label),
        agreement.last_day,
        agreement.notice_by,
        str(agreement.committee),
        str(agreement.office or ""),
        str(agreement.officer or ""),
    ]
