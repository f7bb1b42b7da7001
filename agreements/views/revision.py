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
    TooManyDraftsError,
    amend,
    bring_up_to_date,
    check_discard,
    decide_revision,
    discard_draft,
    save_revision,
)
from agreements.checks import outdated
from agreements.documents import compare, revision_sha256
from agreements.forms import (
    CompareForm,
    ContributionFormSet,
    OriginalTermForm,
    RevisionDecideForm,
    RevisionForm,
    StatedTotalsForm,
)
from agreements.forms.contribution import side_choices
from agreements.models import ContributionTotals, Revision, Term
from agreements.views.access import agreement_to_change, agreement_to_read
from partnerships.access import require, role_required
from partnerships.confirmation import ask_before_discarding
from partnerships.rows import asks_for_row, hush, with_row_added


@require_safe
@role_required("agreements.view_agreement")
def revision_detail(request, pk):
    """One revision with its contributions, as stated and as computed."""
    revisions = Revision.objects.visible_to(request.user).with_contributions()
    revision = get_object_or_404(revisions.with_beginning(), pk=pk)
    context = {
        "revision": revision,
        "agreement": revision.agreement,
        "totals": ContributionTotals.of(revision),
        "may_change": request.user.has_perm("agreements.change_agreement", revision.agreement),
        "decided_since": revision.is_draft
        and outdated(revision, list(revision.agreement.revisions.all())),
        "term": _initial_term(revision),
    }
    return render(request, "agreements/revision_detail.html", context)


@role_required("agreements.change_agreement")
def revision_create(request, pk):
    """Start the next revision of the agreement from the latest one; asks first beside a draft."""
    agreement = agreement_to_change(request, pk)
    if request.method != "POST":  # the question asked again, in another language for example
        return redirect(agreement)
    try:
        revision = amend(agreement, by=request.user, beside_drafts="beside" in request.POST)
    except DraftExistsError as error:
        drafts = Revision.objects.filter(agreement=agreement).drafts().with_beginning()
        context = {"agreement": agreement, "drafts": drafts, "sentence": str(error)}
        return render(request, "agreements/revision_create.html", context)
    except TooManyDraftsError as error:
        messages.error(request, str(error))
        return redirect(agreement)
    return redirect("agreements:revision_edit", pk=revision.pk)


@role_required("agreements.change_agreement")
def revision_edit(request, pk):
    """Write a draft: its terms, its contributions and the totals it states."""
    revisions = Revision.objects.visible_to(request.user).with_contributions()
    revision = get_object_or_404(revisions.with_beginning(), pk=pk)
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
    term = _initial_term(revision)
    term_form = term and OriginalTermForm(data, instance=term, prefix="term", revision_form=form)
    forms = [form, contributions, totals, *([term_form] if term_form else [])]
    if asks_for_row(data):
        hush(forms)
    elif data and all([part.is_valid() for part in forms]):  # noqa: C419 - each says what is wrong
        try:
            save_revision(
                form.save(commit=False),
                term=term_form.term(revision.agreement) if term_form else None,
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
        "term_form": term_form,
        "also": [part for part in (totals, term_form) if part],
    }
    return render(request, "agreements/revision_edit.html", context)


@require_POST
@role_required("agreements.change_agreement")
def revision_update(request, pk):
    """Bring a draft up to date with what was decided since it was begun."""
    revisions = Revision.objects.visible_to(request.user)
    revision = get_object_or_404(revisions.select_related("agreement__committee"), pk=pk)
    require(request.user, "agreements.change_agreement", revision.agreement)
    try:
        conflicts = bring_up_to_date(revision, by=request.user)
    except RevisionFrozenError as error:
        messages.error(request, str(error))
        return redirect(revision)
    if conflicts:
        names = ", ".join(_field_name(name) for name in conflicts)
        messages.warning(
            request,
            _("Both have changed: %(names)s. The draft's own words stand; compare and decide.")
            % {"names": names},
        )
    else:
        messages.success(request, _("The draft is up to date."))
    return redirect(revision)


@require_safe
@role_required("agreements.view_agreement")
def revision_compare(request, pk):
    """Two revisions word by word, with the change of each contribution in kronor."""
    agreement = agreement_to_read(request, pk)
    revisions = Revision.objects.filter(agreement=agreement).with_contributions().with_beginning()
    ordered = list(revisions)
    chosen = request.GET or {
        "before": ordered[-2].pk if len(ordered) > 1 else None,
        "after": ordered[-1].pk if ordered else None,
    }
    form = CompareForm(chosen, revisions=revisions)
    comparison = (
        compare(form.cleaned_data["before"], form.cleaned_data["after"])
        if form.is_valid()
        else None
    )
    context = {"agreement": agreement, "form": form, "comparison": comparison}
    return render(request, "agreements/revision_compare.html", context)


@role_required("agreements.decide_revision")
def revision_decide(request, pk):
    """Register that the revision is decided; from then on it is not changed."""
    revisions = Revision.objects.visible_to(request.user).with_contributions()
    revision = get_object_or_404(revisions, pk=pk)
    require(request.user, "agreements.decide_revision", revision.agreement)
    form = RevisionDecideForm(request.POST or None)
    if form.is_valid():
        shown = request.POST.get("shown", "")
        try:
            decide_revision(revision, by=request.user, at=now(), shown=shown, **form.cleaned_data)
        except RevisionNotDecidableError as error:
            form.add_error(None, str(error))
            revision = get_object_or_404(revisions.all(), pk=pk)  # as it is by now
        else:
            messages.success(
                request, _("Revision %(number)s is decided.") % {"number": revision.number}
            )
            return redirect(revision.agreement)
    context = {
        "revision": revision,
        "agreement": revision.agreement,
        "totals": ContributionTotals.of(revision),
        "term": _initial_term(revision),
        "form": form,
        "shown": revision_sha256(revision),
    }
    return render(request, "agreements/revision_decide.html", context)


@role_required("agreements.change_agreement")
def revision_discard(request, pk):
    """Remove a draft that came to nothing, once the user has been asked."""
    revision = get_object_or_404(
        Revision.objects.visible_to(request.user).select_related("agreement__committee"), pk=pk
    )
    require(request.user, "agreements.change_agreement", revision.agreement)
    try:
        if request.method != "POST":
            check_discard(revision)
            subject = f"{revision.agreement}, {revision}"
            return ask_before_discarding(request, subject, back=revision.get_absolute_url())
        discard_draft(revision, by=request.user)
    except RevisionFrozenError as error:
        messages.error(request, str(error))
        return redirect(revision)
    messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect(revision.agreement)


def _initial_term(revision):
    """The initial term, which is written with the original revision; None for later ones."""
    if revision.kind != Revision.Kind.ORIGINAL:
        return None
    return revision.agreement.terms.filter(number=0).first() or Term(agreement=revision.agreement)


def _field_name(name):
    """A field's name for the user; the label of a contribution as it is."""
    names = {field.name: str(field.verbose_name) for field in Revision._meta.concrete_fields}
    return names.get(name, name)
