"""What belongs to the agreement's kind: grant, procurement or membership."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions import save_rows
from agreements.forms import FORMS, PlannedPaymentFormSet
from agreements.models import Agreement
from agreements.views.access import agreement_to_change
from partnerships.access import role_required
from partnerships.rows import asks_for_row, hush, with_row_added


@role_required("agreements.change_agreement")
def particulars_edit(request, pk):
    """Write what belongs to the agreement's kind; a grant also has its payout plan."""
    agreement = agreement_to_change(request, pk)
    if agreement.kind not in FORMS:
        raise Http404
    form_class, name = FORMS[agreement.kind]
    model = form_class._meta.model
    particulars = getattr(agreement, name, None) or model(agreement=agreement)
    data = with_row_added(request.POST or None)
    form = form_class(data, instance=particulars)
    payments = _payments(data, agreement)
    if asks_for_row(data):
        hush([form, *payments])
    elif data and all([form.is_valid(), *(rows.is_valid() for rows in payments)]):
        saved = [form.save(commit=False), *(row for rows in payments for row in rows.kept())]
        removed = [row for rows in payments for row in rows.removed()]
        save_rows(agreement, saved, removed=removed, by=request.user)
        messages.success(request, _("The particulars are saved."))
        return redirect(agreement)
    context = {"agreement": agreement, "form": form, "payments": payments}
    return render(request, "agreements/particulars_edit.html", context)


def _payments(data, agreement):
    """The payout plan of a grant, as a list of one formset; other kinds have none."""
    if agreement.kind != Agreement.Kind.GRANT:
        return []
    return [PlannedPaymentFormSet(data, instance=agreement, prefix="payments")]
