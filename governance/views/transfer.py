"""Transfers of services: the list, one of them, its form and its history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from governance.actions import save_transfer
from governance.forms import (
    AgreementField,
    ArrangementFormSet,
    OutcomeFormSet,
    ServiceTransferForm,
    rows_draft,
)
from governance.history import history_of_transfer
from governance.models import ServiceTransfer
from partnerships.access import role_required
from partnerships.downloads import table_response
from partnerships.pagination import page_of
from partnerships.rows import asks_for_row, hush, with_row_added

SUGGESTIONS = 10


@require_safe
@role_required("governance.view_servicetransfer")
def transfer_list(request):
    """The transfers, by name, with search."""
    search = request.GET.get("q", "").strip()
    transfers = ServiceTransfer.objects.visible_to(request.user).matching(search)
    page = page_of(
        transfers.select_related("decided_by").prefetch_related("arrangements__partner"),
        key="sort_key",
        cursor=request.GET.get("page", ""),
    )
    context = {"page": page, "search": search, "municipality": request.user.municipality}
    return render(request, "governance/transfer_list.html", context)


@require_safe
@role_required("governance.view_servicetransfer")
def transfer_export(request, file_type):
    """What the search finds, every row of it, as CSV or XLSX."""
    transfers = ServiceTransfer.objects.visible_to(request.user)
    found = transfers.matching(request.GET.get("q", "").strip()).order_by("sort_key", "pk")
    found = found.select_related("decided_by").prefetch_related("arrangements__partner")
    headings = [
        _("Name"), _("The source's word"), _("Transferred"), _("Municipal service"), _("Partners"),
        _("Decided by"),
    ]  # fmt: skip
    rows = (
        [
            transfer.name,
            transfer.label,
            str(transfer.transferred_on or ""),
            transfer.service,
            ", ".join(str(partner) for partner in transfer.partners),
            str(transfer.decided_by or ""),
        ]
        for transfer in found
    )
    name = f"overlatelser-{localdate().isoformat()}"
    title = _("Transfers of services")
    return table_response(file_type, name, title=title, headings=headings, rows=rows)


@require_safe
@role_required("governance.view_servicetransfer")
def transfer_detail(request, pk):
    """One transfer: why, what happened to whom, and what came of it."""
    transfers = ServiceTransfer.objects.visible_to(request.user)
    transfer = get_object_or_404(
        transfers.select_related(
            "municipality", "decided_by", "activity__document"
        ).prefetch_related("arrangements__partner"),
        pk=pk,
    )
    readable = Agreement.objects.visible_to(request.user).filter(arrangements__transfer=transfer)
    agreements = readable.in_bulk()
    context = {
        "transfer": transfer,
        "arrangements": [
            (arrangement, agreements.get(arrangement.agreement_id))
            for arrangement in transfer.arrangements.all()
        ],
        "outcomes": transfer.outcomes.all(),
        "may_change": request.user.has_perm("governance.change_servicetransfer"),
    }
    return render(request, "governance/transfer_detail.html", context)


@role_required("governance.add_servicetransfer")
def transfer_create(request):
    """Register a transfer in the user's own municipality."""
    if request.user.municipality is None:
        raise PermissionDenied
    return _edit(request, ServiceTransfer(municipality=request.user.municipality))


@role_required("governance.change_servicetransfer")
def transfer_edit(request, pk):
    """Change a transfer with its arrangements and outcomes."""
    return _edit(request, get_object_or_404(_visible(request), pk=pk))


@require_safe
@role_required("governance.view_servicetransfer")
def transfer_history(request, pk):
    """Who changed what, when and why, in the transfer and all that belongs to it."""
    transfer = get_object_or_404(_visible(request), pk=pk)
    entries = history_of_transfer(transfer, user=request.user)
    context = {"transfer": transfer, "entries": entries}
    return render(request, "governance/transfer_history.html", context)


@require_safe
@role_required("agreements.view_agreement")
def agreement_options(request):
    """Suggestions for an agreement box, as the options of a datalist."""
    text = next(iter(request.GET.values()), "").strip()
    agreements = Agreement.objects.visible_to(request.user).matching(text)
    found = agreements.prefetch_related("parties__partner")[:SUGGESTIONS] if text else []
    labels = [AgreementField.label_of(agreement) for agreement in found]
    return render(request, "governance/partials/agreement_options.html", {"labels": labels})


def _visible(request):
    return ServiceTransfer.objects.visible_to(request.user).select_related("municipality")


def _edit(request, transfer):
    data = with_row_added(request.POST or None)
    form = ServiceTransferForm(data, instance=transfer)
    arrangements = ArrangementFormSet(
        data, instance=transfer, prefix="arrangements", user=request.user
    )
    outcomes = OutcomeFormSet(data, instance=transfer, prefix="outcomes")
    every = [form, arrangements, outcomes]
    if asks_for_row(data):
        hush(every)
    elif data and all([each.is_valid() for each in every]):  # noqa: C419  (all of them, so that all complain)
        save_transfer(
            form.save(commit=False),
            arrangements=rows_draft(arrangements),
            outcomes=rows_draft(outcomes),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("%(name)s is saved.") % {"name": transfer})
        return redirect(transfer)
    context = {
        "transfer": transfer,
        "form": form,
        "arrangements": arrangements,
        "outcomes": outcomes,
    }
    return render(request, "governance/transfer_edit.html", context)
