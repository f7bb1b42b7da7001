"""The extract is sent to those it concerns."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from meetings.actions import DispatchRefusedError, close_matter, hand_over, write_letters
from meetings.forms import AddressesForm
from meetings.models import AgendaItem, DecisionRecipient
from meetings.tasks import send_extract
from meetings.views.access import CHANGE, item_to_change, told
from memos.models import Memo
from partnerships.access import role_required
from partnerships.whole_numbers import whole_number


@role_required(CHANGE)
def dispatch(request, pk):
    """Who gets the extract, who has got it, and how."""
    item = item_to_change(request, pk)
    decision = getattr(item, "decision", None)
    if decision is None or not item.is_adjusted:
        messages.error(request, _("The extract is sent when the minutes are adjusted."))
        return redirect(item)
    chosen = request.POST.get("recipient", "")
    form = AddressesForm(request.POST, prefix=chosen) if request.method == "POST" else None
    if form and form.is_valid():
        recipient = _recipient(item, chosen)
        try:
            letters = write_letters(
                recipient, form.cleaned_data["addresses"], by=request.user, at=now()
            )
        except DispatchRefusedError as error:
            form.add_error("addresses", str(error))
        else:
            _send(letters)
            messages.success(
                request,
                ngettext(
                    "The extract is on its way to %(count)s address.",
                    "The extract is on its way to %(count)s addresses.",
                    len(letters),
                )
                % {"count": len(letters)},
            )
            return redirect("meetings:dispatch", pk=item.pk)
    recipients = list(decision.recipients.prefetch_related("letters__written_by"))
    context = {
        "item": item,
        "meeting": item.meeting,
        "rows": [(row, _form_for(row, chosen, form)) for row in recipients],
        "form": form,
        "all_done": all(row.is_done for row in recipients),
        "may_close": bool(item.memo and item.memo.state == Memo.State.DECIDED),
    }
    return render(request, "meetings/dispatch.html", context)


@require_POST
@role_required(CHANGE)
def paper_hand_over(request, pk, recipient):
    """Tick that the paper was handed over, or take the tick away."""
    item = item_to_change(request, pk)
    row = _recipient(item, str(recipient))
    on = None if row.handed_over_on else localdate()
    sentence = _("Ticked.") if on else _("The tick is taken away.")
    told(request, sentence, hand_over, row, on=on, by=request.user)
    return redirect("meetings:dispatch", pk=item.pk)


@require_POST
@role_required(CHANGE)
def matter_close(request, pk):
    """Close the memo of a matter that is dispatched."""
    item = item_to_change(request, pk)
    if not hasattr(item, "decision"):
        messages.error(request, _("What was decided on the item is not recorded."))
        return redirect(item)
    told(request, _("The matter is closed."), close_matter, item, by=request.user, at=now())
    return redirect("meetings:dispatch", pk=item.pk)


def _send(letters) -> None:
    """Hand the letters to the worker once they are written."""
    for letter in letters:
        transaction.on_commit(partial(send_extract.enqueue, letter.pk))


def _recipient(item: AgendaItem, chosen: str) -> DecisionRecipient:
    return get_object_or_404(DecisionRecipient, decision__item=item, pk=whole_number(chosen))


def _form_for(row: DecisionRecipient, chosen: str, form: AddressesForm | None) -> AddressesForm:
    return form if form and str(row.pk) == chosen else AddressesForm(prefix=str(row.pk))
