"""Terms, notice, extensions, terminations and obligations of an agreement."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agreements.actions import (
    ExtensionRefusedError,
    extend,
    save_rows,
    save_validity,
    terminate,
)
from agreements.forms import (
    ExtensionForm,
    ObligationFormSet,
    TermForm,
    TerminationForm,
    ValidityForm,
)
from agreements.models import Party, Term, Termination
from agreements.views.access import agreement_to_change
from partnerships.access import require, role_required
from partnerships.dates import ApproximateDate
from partnerships.dates.bounds import moved
from partnerships.rows import asks_for_row, hush, with_row_added


@role_required("agreements.change_agreement")
def agreement_validity(request, pk):
    """The initial term, how many extensions are allowed, and each party's notice."""
    agreement = agreement_to_change(request, pk)
    initial = agreement.terms.filter(number=0).first() or Term(agreement=agreement)
    form = ValidityForm(request.POST or None, instance=agreement)
    term_form = TermForm(request.POST or None, instance=initial, prefix="term")
    if request.POST and all([form.is_valid(), term_form.is_valid()]):
        save_validity(
            form.save(commit=False),
            term=term_form.term(agreement),
            notices=form.notices(),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The validity is saved."))
        return redirect(agreement)
    context = {"agreement": agreement, "form": form, "term_form": term_form}
    return render(request, "agreements/validity_edit.html", context)


@role_required("agreements.change_agreement")
def agreement_extend(request, pk):
    """Register the agreement's next term."""
    agreement = agreement_to_change(request, pk)
    last = agreement.terms.order_by("-number").first()
    term = Term(agreement=agreement, starts=_day_after(last))
    form = ExtensionForm(request.POST or None, instance=term)
    if form.is_valid():
        try:
            made = extend(form.save(commit=False), by=request.user)
        except ExtensionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("%(term)s until %(end)s is registered.") % {"term": made, "end": made.ends},
            )
            return redirect(agreement)
    context = {"agreement": agreement, "form": form, "last": last, "left": _left(agreement, last)}
    return render(request, "agreements/extension_create.html", context)


@role_required("agreements.change_agreement")
def termination_create(request, pk):
    """Register that the agreement, or a part of it, is terminated."""
    agreement = agreement_to_change(request, pk)
    termination = Termination(
        agreement=agreement, by=Party.MUNICIPALITY, scope=Termination.Scope.FULL
    )
    return _terminate(request, termination)


@role_required("agreements.change_agreement")
def termination_edit(request, pk):
    """Change what is registered of a termination."""
    terminations = Termination.objects.visible_to(request.user)
    found = terminations.select_related("agreement__committee__municipality")
    termination = get_object_or_404(found, pk=pk)
    require(request.user, "agreements.change_agreement", termination.agreement)
    return _terminate(request, termination)


@role_required("agreements.change_agreement")
def obligations_edit(request, pk):
    """What each party has undertaken to do."""
    agreement = agreement_to_change(request, pk)
    data = with_row_added(request.POST or None)
    rows = ObligationFormSet(data, instance=agreement, prefix="obligations")
    if asks_for_row(data):
        hush([rows])
    elif data and rows.is_valid():
        save_rows(agreement, rows.kept(), removed=rows.removed(), by=request.user)
        messages.success(request, _("The undertakings are saved."))
        return redirect(agreement)
    context = {"agreement": agreement, "rows": rows}
    return render(request, "agreements/obligations_edit.html", context)


def _terminate(request, termination):
    form = TerminationForm(request.POST or None, instance=termination)
    if form.is_valid():
        terminate(
            form.save(commit=False),
            ends=list(form.cleaned_data["ends"]),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The termination is registered."))
        return redirect(termination.agreement)
    context = {"agreement": termination.agreement, "termination": termination, "form": form}
    return render(request, "agreements/termination_edit.html", context)


def _day_after(term):
    """The day after a term whose last day is known to the day."""
    if term is None or term.ends is None or not term.ends.is_exact:
        return None
    return ApproximateDate.exactly(moved(term.ends.latest, days=1))


def _left(agreement, last):
    """How many extensions are left; None when it is not known."""
    allowed = agreement.extensions_allowed
    return None if allowed is None else max(0, allowed - (last.number if last else 0))
