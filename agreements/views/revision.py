"""Revisions: read, write, decide and discard."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.actions import (
    DraftExistsError,
    RevisionFrozenError,
    RevisionNotDecidableError,
    amend,
    decide_revision,
    discard_draft,
    save_revision,
)
from agreements.forms import ContributionFormSet, RevisionDecideForm, RevisionForm, StatedTotalsForm
from agreements.forms.contribution import side_choices
from agreements.models import Agreement, ContributionTotals, Revision
from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, with_row_added


@require_safe
@role_required("agreements.view_agreement")
def revision_detail(request, pk):
    """One revision with its contributions, as stated and as computed."""
    revision = get_object_or_404(
        Revision.objects.visible_to(request.user).with_contributions(), pk=pk
    )
    context = {
        "revision": revision,
        "agreement": revision.agreement,
        "totals": ContributionTotals.of(revision),
        "may_change": request.user.has_perm("agreements.change_agreement", revision.agreement),
    }
    return render(request, "agreements/revision_detail.html", context)


@require_POST
@role_required("agreements.change_agreement")
def revision_create(request, pk):
    """Start the next revision of the agreement from the latest one."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    require(request.user, "agreements.change_agreement", agreement)
    try:
        revision = amend(agreement, by=request.user)
    except DraftExistsError as error:
        messages.error(request, str(error))
        return redirect(agreement)
    return redirect("agreements:revision_edit", pk=revision.pk)


@role_required("agreements.change_agreement")
def revision_edit(request, pk):
    """Write a draft: its terms, its contributions and the totals it states."""
    revision = get_object_or_404(
        Revision.objects.visible_to(request.user).with_contributions(), pk=pk
    )
    require(request.user, "agreements.change_agreement", revision.agreement)
    if not revision.is_draft:
        messages.error(
            request, _("A decided revision is not changed. Make a new revision instead.")
        )
        return redirect(revision)
    data = with_row_added(request.POST or None)
    form = RevisionForm(data, instance=revision)
    contributions = ContributionFormSet(data, instance=revision, prefix="contributions")
    totals = StatedTotalsForm(
        data, revision=revision, sides=side_choices(revision), prefix="totals"
    )
    if asks_for_row(data):
        hush([form, contributions, totals])
    elif data and all([form.is_valid(), contributions.is_valid(), totals.is_valid()]):
        try:
            save_revision(
                form.save(commit=False),
                contributions=contributions.drafts(),
                removed=contributions.removed(),
                stated_totals=totals.totals(),
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except RevisionFrozenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Revision %(number)s is saved.") % {"number": revision.number}
            )
            return redirect(revision)
    context = {
        "revision": revision,
        "agreement": revision.agreement,
        "form": form,
        "contributions": contributions,
        "totals": totals,
    }
    return render(request, "agreements/revision_edit.html", context)


@role_required("agreements.decide_revision")
def revision_decide(request, pk):
    """Register that the revision is decided; from then on it is not changed."""
    revision = get_object_or_404(
        Revision.objects.visible_to(request.user).with_contributions(), pk=pk
    )
    require(request.user, "agreements.decide_revision", revision.agreement)
    form = RevisionDecideForm(request.POST or None)
    if form.is_valid():
        try:
            decide_revision(revision, by=request.user, at=now(), **form.cleaned_data)
        except RevisionNotDecidableError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Revision %(number)s is decided.") % {"number": revision.number}
            )
            return redirect(revision.agreement)
    context = {
        "revision": revision,
        "agreement": revision.agreement,
        "totals": ContributionTotals.of(revision),
        "form": form,
    }
    return render(request, "agreements/revision_decide.html", context)


@require_POST
@role_required("agreements.change_agreement")
def revision_discard(request, pk):
    """Remove a draft that came to nothing."""
    revision = get_object_or_404(
        Revision.objects.visible_to(request.user).select_related("agreement__committee"), pk=pk
    )
    require(request.user, "agreements.change_agreement", revision.agreement)
    try:
        discard_draft(revision, by=request.user)
    except RevisionFrozenError as error:
        messages.error(request, str(error))
        return redirect(revision)
    messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect(revision.agreement)
