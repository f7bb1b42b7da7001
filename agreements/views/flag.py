"""Flags of an agreement: raised, and settled with a reason."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from agreements.actions import FlagSettledError, raise_flag, settle_check, settle_flag
from agreements.checks import findings
from agreements.documents import facts_of, fetch_with_facts
from agreements.forms import FlagForm, SettleForm
from agreements.models import Agreement, AgreementOn, SourceFlag
from agreements.views.access import agreement_to_change
from partnerships.access import require, role_required


@role_required("agreements.change_agreement")
def flag_create(request, pk):
    """Flag something odd in a source."""
    agreement = agreement_to_change(request, pk)
    form = FlagForm(request.POST or None, instance=SourceFlag(agreement=agreement))
    if form.is_valid():
        raise_flag(form.save(commit=False), by=request.user)
        messages.success(request, _("The flag is raised."))
        return redirect(f"{agreement.get_absolute_url()}#flags")
    return render(request, "agreements/flag_create.html", {"agreement": agreement, "form": form})


@role_required("agreements.change_agreement")
def flag_settle(request, pk):
    """Settle a flag with a reason."""
    flags = SourceFlag.objects.visible_to(request.user)
    flag = get_object_or_404(flags.select_related("agreement__committee"), pk=pk)
    require(request.user, "agreements.change_agreement", flag.agreement)
    return _settle(request, flag.agreement, flag, lambda **said: settle_flag(flag, **said))


@role_required("agreements.change_agreement")
def check_settle(request, pk):
    """Settle a finding of the portal's own checks (`?code=`) with a reason."""
    agreement = agreement_to_change(request, pk)
    (whole,) = fetch_with_facts(Agreement.objects.filter(pk=agreement.pk))
    found = findings(AgreementOn(facts_of(whole), localdate()))
    code = request.GET.get("code", "")
    finding = next((finding for finding in found if finding.code == code), None)
    if finding is None:
        raise Http404
    return _settle(
        request, agreement, finding, lambda **said: settle_check(agreement, finding, **said)
    )


def _settle(request, agreement, flag, settle):
    form = SettleForm(request.POST or None)
    if form.is_valid():
        try:
            settle(by=request.user, at=now(), **form.cleaned_data)
        except FlagSettledError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The flag is settled."))
        return redirect(f"{agreement.get_absolute_url()}#flags")
    context = {"agreement": agreement, "flag": flag, "form": form}
    return render(request, "agreements/flag_settle.html", context)
