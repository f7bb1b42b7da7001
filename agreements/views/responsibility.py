"""Who is responsible when, and the transfer of many agreements at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, ngettext

from agreements.actions import (
    NothingToTransferError,
    plan_transfer,
    save_responsibilities,
    transfer,
)
from agreements.forms import (
    BudgetFormSet,
    ResponsibilityFormSet,
    TransferForm,
    TransferSearchForm,
)
from agreements.forms.responsibility import MOST_TRANSFERRED
from agreements.models import Agreement
from agreements.views.access import agreement_to_change
from partnerships.access import role_required
from partnerships.rows import asks_for_row, hush, with_row_added
from partnerships.whole_numbers import whole_number


@role_required("agreements.change_agreement")
def responsibility_edit(request, pk):
    """Who bears the cost and who administers the agreement, with the budgets."""
    agreement = agreement_to_change(request, pk)
    data = with_row_added(request.POST or None)
    periods = ResponsibilityFormSet(data, instance=agreement, prefix="periods")
    budgets = BudgetFormSet(data, instance=agreement, prefix="budgets")
    if asks_for_row(data):
        hush([periods, budgets])
    elif data and all([periods.is_valid(), budgets.is_valid()]):
        save_responsibilities(
            agreement,
            rows=[*periods.kept(), *budgets.kept()],
            removed=[*periods.removed(), *budgets.removed()],
            by=request.user,
        )
        messages.success(request, _("The responsibility is saved."))
        return redirect(agreement)
    context = {"agreement": agreement, "periods": periods, "budgets": budgets}
    return render(request, "agreements/responsibility_edit.html", context)


@role_required("agreements.change_agreement")
def agreement_transfer(request):
    """Transfer agreements from one committee to another: search, preview, carry out."""
    search = TransferSearchForm(request.GET or None, user=request.user)
    context = {"search": search}
    if search.is_valid():
        chosen = search.cleaned_data
        found = _transferable(chosen["from_committee"], localdate())
        form = TransferForm(request.POST or None, agreements=found)
        plans = plan_transfer(
            list(found[:MOST_TRANSFERRED]),
            to=chosen["to_committee"],
            office=chosen["to_office"],
            first_day=chosen["first_day"],
        )
        if form.is_valid():
            return _carry_out(request, form, plans, chosen["to_committee"])
        context |= {
            "form": form,
            "plans": plans,
            "ticked": {whole_number(key) for key in request.POST.getlist("agreements")},
            "chosen": chosen,
            "loses_sight": chosen["to_committee"]
            not in request.user.committees_where("agreements.view_agreement"),
        }
    return render(request, "agreements/agreement_transfer.html", context)


def _transferable(committee, today):
    """The committee's agreements that have not ended."""
    agreements = Agreement.objects.filter(committee=committee).with_status(today)
    over = agreements.filter(over_certainly__lte=today)
    return agreements.exclude(pk__in=over.values("pk")).order_by("sort_key", "pk")


def _carry_out(request, form, plans, committee):
    wanted = set(form.cleaned_data["agreements"].values_list("pk", flat=True))
    try:
        count = transfer(
            [plan for plan in plans if plan.agreement.pk in wanted],
            to=committee,
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except NothingToTransferError as error:
        messages.error(request, str(error))
        return redirect(request.get_full_path())
    messages.success(
        request,
        ngettext(
            "%(count)s agreement is transferred to %(committee)s.",
            "%(count)s agreements are transferred to %(committee)s.",
            count,
        )
        % {"count": count, "committee": committee},
    )
    return redirect("agreements:agreement_list")
