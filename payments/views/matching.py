"""What did not match by itself: the queue, an officer's word, and the rules made of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from agreements.models import Agreement
from partnerships.access import require, role_required
from partnerships.history import attributed
from partnerships.pagination import page_of
from payments.actions import (
    MatchingRefusedError,
    decide_matching,
    link_reversal,
    match_again,
    undo_matching,
)
from payments.forms import MatchForm, ReversalForm, RuleForm, UndoForm
from payments.forms.matching import AgreementField
from payments.matching import possible_originals, suggestions
from payments.models import MatchingRule, Payment

PERMISSION = "payments.match_payment"
GROUPS = 50
OPTIONS = 10


@require_safe
@role_required(PERMISSION)
def payment_queue(request):
    """The payments that nobody has matched, in groups of those alike, the largest groups first."""
    waiting = Payment.objects.visible_to(request.user).unmatched()
    groups = list(waiting.grouped_alike()[: GROUPS + 1])
    context = {
        "groups": groups[:GROUPS],
        "has_more": len(groups) > GROUPS,
        "sums": waiting.summed("direction"),
    }
    return render(request, "payments/payment_queue.html", context)


@role_required(PERMISSION)
def payment_match(request, pk):
    """Say which agreement a payment belongs to, and those like it."""
    payment = _payment(request, pk)
    agreements = _own_agreements(request.user)
    others = Payment.objects.visible_to(request.user).unmatched().alike(payment)
    others = others.exclude(pk=payment.pk).count()
    suggested = suggestions(payment, agreements)
    form = MatchForm(
        request.POST or None,
        suggested=suggested,
        agreements=agreements,
        others=others,
        initial={"alike": True},
    )
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            count = decide_matching(
                payment,
                agreement=chosen["agreement"],
                by=request.user,
                at=now(),
                reason=chosen["reason"],
                alike=bool(chosen.get("alike")),
                as_rule=chosen["as_rule"],
            )
        except MatchingRefusedError as error:
            form.add_error(None, str(error))
        else:
            _tell(request, chosen["agreement"], count)
            return redirect("payments:payment_queue")
    context = {"payment": payment, "form": form, "suggested": suggested}
    return render(request, "payments/payment_match.html", context)


@role_required(PERMISSION)
def payment_unmatch(request, pk):
    """Put a payment back among those that are not matched."""
    payment = _payment(request, pk)
    form = UndoForm(request.POST or None)
    if form.is_valid():
        try:
            undo_matching(payment, by=request.user, reason=form.cleaned_data["reason"])
        except MatchingRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The payment is no longer matched."))
            return redirect(payment)
    context = {"payment": payment, "form": form}
    return render(request, "payments/payment_unmatch.html", context)


@role_required(PERMISSION)
def payment_reversal(request, pk):
    """Say which payment a reversal takes back."""
    payment = _payment(request, pk)
    visible = Payment.objects.visible_to(request.user)
    originals = possible_originals(payment).filter(pk__in=visible.values("pk"))
    form = ReversalForm(request.POST or None, originals=originals)
    if form.is_valid():
        try:
            link_reversal(payment, form.cleaned_data["original"], by=request.user)
        except MatchingRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The reversal is tied to the payment it takes back."))
            return redirect(payment)
    context = {"payment": payment, "form": form, "originals": originals}
    return render(request, "payments/payment_reversal.html", context)


@require_POST
@role_required(PERMISSION)
def payment_match_again(request):
    """Try what is not matched once more, after agreements or rules were added."""
    count = match_again(request.user.municipality, by=request.user, at=now())
    messages.success(
        request,
        ngettext("%(count)s payment was matched.", "%(count)s payments were matched.", count)
        % {"count": count},
    )
    return redirect("payments:payment_queue")


@require_safe
@role_required(PERMISSION)
def agreement_options(request):
    """Suggestions for an agreement box, as the options of a datalist."""
    text = next(iter(request.GET.values()), "").strip()
    found = _own_agreements(request.user).matching(text).select_related("committee")
    labels = [AgreementField.label_of(agreement) for agreement in found[:OPTIONS]] if text else []
    return render(request, "partials/options.html", {"labels": labels})


@require_safe
@role_required(PERMISSION)
def rule_list(request):
    """The rules of the municipality, newest first."""
    rules = MatchingRule.objects.visible_to(request.user).select_related("agreement", "source")
    page = page_of(rules, key="pk", descending=True, cursor=request.GET.get("page", ""))
    return render(request, "payments/rule_list.html", {"page": page})


@role_required(PERMISSION)
def rule_create(request):
    """Write a rule by hand."""
    return _edit_rule(request, MatchingRule(municipality=request.user.municipality))


@role_required(PERMISSION)
def rule_edit(request, pk):
    """Change a rule, or take it out of use."""
    return _edit_rule(
        request, get_object_or_404(MatchingRule.objects.visible_to(request.user), pk=pk)
    )


def _edit_rule(request, rule):
    form = RuleForm(
        request.POST or None,
        instance=rule,
        user=request.user,
        initial={"agreement": rule.agreement_id},
    )
    if form.is_valid():
        saved = form.save(commit=False)
        attributed(saved, by=request.user, reason=form.cleaned_data["reason"]).save()
        messages.success(request, _("The rule is saved. It is used from the next import on."))
        return redirect("payments:rule_list")
    return render(request, "payments/rule_edit.html", {"rule": rule, "form": form})


def _payment(request, pk):
    """The payment, if the user may match it both as it is and where it belongs now."""
    payments = Payment.objects.visible_to(request.user).select_related(
        "agreement", "source", "municipality", "partner"
    )
    payment = get_object_or_404(payments, pk=pk)
    require(request.user, PERMISSION, payment.agreement)
    return payment


def _own_agreements(user):
    """The agreements that the user may match payments with."""
    return Agreement.objects.filter(committee__in=user.committees_where(PERMISSION))


def _tell(request, agreement, count):
    values = {"count": count, "agreement": agreement}
    if agreement:
        text = ngettext(
            "%(count)s payment is matched with %(agreement)s.",
            "%(count)s payments are matched with %(agreement)s.",
            count,
        )
    else:
        text = ngettext(
            "%(count)s payment is set aside: it belongs to no agreement.",
            "%(count)s payments are set aside: they belong to no agreement.",
            count,
        )
    messages.success(request, text % values)
