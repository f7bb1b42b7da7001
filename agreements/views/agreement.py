"""One agreement: its form, its history, and a partner's agreements."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.actions import (
    AgreementKeptError,
    check_discard_agreement,
    discard_agreement,
    save_agreement,
)
from agreements.documents import history_of
from agreements.forms import AgreementForm, PartyFormSet
from agreements.models import Agreement
from agreements.views.access import agreement_to_change, agreement_to_read
from organisations.models import Partner
from partnerships.access import role_required
from partnerships.confirmation import Confirmation, ask_first
from partnerships.rows import asks_for_row, hush, with_row_added
from partnerships.whole_numbers import whole_number

SHOWN_ON_PARTNER_PAGE = 50


@role_required("agreements.add_agreement")
def agreement_create(request):
    """Register an agreement, perhaps with the partner from whose page it is begun."""
    return _edit(request, Agreement(), begun_with=_chosen_partners(request))


@role_required("agreements.change_agreement")
def agreement_edit(request, pk):
    """Change an agreement's own facts and parties."""
    return _edit(request, agreement_to_change(request, pk))


@role_required("agreements.change_agreement")
def agreement_discard(request, pk):
    """Remove an agreement that was registered by mistake, once the user has been asked."""
    agreement = agreement_to_change(request, pk)
    try:
        if request.method != "POST":
            check_discard_agreement(agreement)
            return ask_first(request, _discarding(agreement))
        discard_agreement(agreement, by=request.user)
    except AgreementKeptError as error:
        messages.error(request, str(error))
        return redirect(agreement)
    messages.success(request, _("%(name)s is discarded.") % {"name": agreement})
    return redirect("agreements:agreement_list")


@require_safe
@role_required("agreements.view_agreement")
def agreement_history(request, pk):
    """Who changed what, when and why, in the agreement and everything that belongs to it."""
    agreement = agreement_to_read(request, pk)
    context = {"agreement": agreement, "entries": history_of(agreement)}
    return render(request, "agreements/agreement_history.html", context)


@require_safe
@role_required("agreements.view_agreement")
def partner_agreements(request, pk):
    """The partner's agreements that the user may read, as a part of the partner's page."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    agreements = Agreement.objects.visible_to(request.user).filter(
        parties__partner__in=Partner.objects.same_as(partner)
    )
    found = agreements.with_status(localdate()).select_related("committee").order_by("-pk")
    context = {"partner": partner, "agreements": found[:SHOWN_ON_PARTNER_PAGE]}
    fragment = "agreements/partials/partner_agreements.html"
    template = fragment if request.htmx else "agreements/partner_agreements.html"
    return render(request, template, context)


def _discarding(agreement):
    consequence = _(
        "“%(name)s” leaves the register with its draft and everything written in it. Only an agreement that was registered by mistake is discarded; what has come to an end stays. The log keeps what it said."
    ) % {"name": agreement}
    return Confirmation(
        _("Discard the agreement"), str(agreement), agreement.get_absolute_url(), [consequence]
    )


def _chosen_partners(request) -> tuple[Partner, ...]:
    """The partner that the address names, when there is one."""
    pk = whole_number(request.GET.get("partner", ""))
    if pk is None:
        return ()
    partners = Partner.objects.visible_to(request.user).select_related("merged_into")
    return (get_object_or_404(partners, pk=pk).survivor,)


def _edit(request, agreement, begun_with=()):
    data = with_row_added(request.POST or None)
    known = (
        tuple(party.partner for party in agreement.parties.select_related("partner"))
        if agreement.pk
        else ()
    )
    form = AgreementForm(data, instance=agreement, user=request.user)
    parties = PartyFormSet(
        data,
        prefix="parties",
        kind=data.get("kind", "") if data else "",
        known=known,
        initial=[{"partner": partner} for partner in known or begun_with],
    )
    if asks_for_row(data):
        hush([form, parties])
    elif data and all([form.is_valid(), parties.is_valid()]):
        is_new = agreement.pk is None
        saved = save_agreement(
            form.save(commit=False),
            partners=parties.partners,
            themes=form.cleaned_data["themes"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        if is_new:
            messages.success(
                request,
                _("%(name)s is registered. Now enter its terms and contributions.")
                % {"name": saved},
            )
            return redirect("agreements:revision_edit", pk=saved.draft.pk)
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect(saved)
    context = {"agreement": agreement, "form": form, "parties": parties}
    return render(request, "agreements/agreement_edit.html", context)
