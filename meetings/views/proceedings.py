"""What the members did on an item, and what was decided."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings.actions import (
    DecisionRefusedError,
    MeetingRefusedError,
    check_condition,
    record_answer,
    record_decision,
    remove_vote,
    save_proceedings,
    save_vote,
)
from meetings.forms import (
    ConditionCheckForm,
    DecisionForms,
    VoteForm,
    list_draft,
    proceedings_formsets,
)
from meetings.models import Attendee, DecisionCondition, Vote
from meetings.views.access import CHANGE, item_to_change, told
from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, with_row_added

CHECK = "meetings.check_condition"


@role_required(CHANGE)
def item_proceedings(request, pk):
    """Motions, reservations, notes, abstentions and recusals."""
    item = item_to_change(request, pk)
    if item.is_adjusted:
        return _closed(request, item)
    data = with_row_added(request.POST or None)
    lists = proceedings_formsets(data, item)
    problem = None
    if asks_for_row(data):
        hush(lists.values())
    elif data and all([formset.is_valid() for formset in lists.values()]):  # noqa: C419 - all complain
        drafts = {name: list_draft(formset) for name, formset in lists.items()}
        try:
            save_proceedings(item, lists=drafts, by=request.user)
        except MeetingRefusedError as error:
            problem = str(error)
        else:
            messages.success(request, _("What the members did is saved."))
            return redirect(item)
    context = {
        "item": item,
        "meeting": item.meeting,
        "lists": lists,
        "problem": problem,
        "has_people": item.meeting.attendees.exists(),
    }
    return render(request, "meetings/item_proceedings.html", context)


@role_required(CHANGE)
def vote_create(request, pk):
    """Write down a vote on the item."""
    item = item_to_change(request, pk)
    return _vote(request, Vote(item=item))


@role_required(CHANGE)
def vote_edit(request, pk, vote):
    """Change what is written of a vote."""
    item = item_to_change(request, pk)
    return _vote(request, get_object_or_404(item.votes.all(), pk=vote))


@require_POST
@role_required(CHANGE)
def vote_remove(request, pk, vote):
    """Remove a vote that was not held."""
    item = item_to_change(request, pk)
    row = get_object_or_404(item.votes.all(), pk=vote)
    told(request, _("The vote is removed."), remove_vote, row, by=request.user)
    return redirect(item)


@role_required(CHANGE)
def item_decide(request, pk):
    """Record what was decided; the memo moves on and the agreements change with it."""
    item = item_to_change(request, pk)
    if item.is_adjusted:
        return _closed(request, item)
    data = with_row_added(request.POST or None)
    forms = DecisionForms(data, item)
    if asks_for_row(data):
        hush(forms.every)
    elif data and forms.are_valid():
        try:
            decision = record_decision(item, forms.draft(), by=request.user, at=now())
        except MeetingRefusedError as error:
            forms.main.add_error(None, str(error))
        else:
            messages.success(request, _what_it_did(decision, forms.effects))
            return redirect(item)
    context = {"item": item, "meeting": item.meeting, "forms": forms, "form": forms.main}
    return render(request, "meetings/item_decide.html", context)


def _what_it_did(decision, asked) -> str:
    """That it is recorded, and what it did in each agreement that the page asked of."""
    done = {
        effect.agreement_id: effect
        for effect in decision.effects.select_related("revision", "termination")
    }
    sentences = [_done_in(form.agreement, done.get(form.agreement.pk)) for form in asked]
    return " ".join([_("The decision is recorded."), *sentences])


def _done_in(agreement, effect) -> str:
    words = {"agreement": agreement}
    if effect is None:
        return _("Nothing changed in the agreement %(agreement)s.") % words
    if effect.kind == effect.Kind.REVISION:
        words["revision"] = effect.revision
        return _("%(revision)s of the agreement %(agreement)s is decided.") % words
    if effect.kind == effect.Kind.NOTED:
        return _("It is noted, and nothing changed in the agreement %(agreement)s.") % words
    if effect.termination.scope == effect.termination.Scope.PARTIAL:
        return _("A part of the agreement %(agreement)s is terminated.") % words
    return _("The agreement %(agreement)s is terminated.") % words


@require_POST
@role_required(CHANGE)
def item_answer(request, pk):
    """Record that an interpellation is answered."""
    item = item_to_change(request, pk)
    done = _("The interpellation is recorded as answered.")
    told(request, done, record_answer, item, by=request.user, at=now())
    return redirect(item)


@role_required(CHECK)
def condition_check(request, pk):
    """Say what came of a condition."""
    conditions = DecisionCondition.objects.visible_to(request.user)
    condition = get_object_or_404(conditions.select_related("decision__item"), pk=pk)
    require(request.user, CHECK, condition)
    form = ConditionCheckForm(request.POST or None)
    if form.is_valid():
        try:
            check_condition(condition, **form.cleaned_data, on=localdate(), by=request.user)
        except DecisionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The condition is checked."))
            return redirect(condition.decision.item)
    context = {"condition": condition, "item": condition.decision.item, "form": form}
    return render(request, "meetings/condition_check.html", context)


def _vote(request, vote):
    item = vote.item
    if item.is_adjusted:
        return _closed(request, item)
    form = VoteForm(request.POST or None, instance=vote, members=_voters(item))
    if form.is_valid():
        try:
            save_vote(form.save(commit=False), choices=form.choices(), by=request.user)
        except MeetingRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The vote is saved."))
            return redirect(item)
    context = {"item": item, "meeting": item.meeting, "vote": vote, "form": form}
    return render(request, "meetings/vote_edit.html", context)


def _voters(item) -> list[Attendee]:
    """Those who decide or are absent, without the biased."""
    recused = {row.member_id for row in item.recusals.all()}
    present = Attendee.Presence.PRESENT
    people = item.meeting.attendees.all()
    return [p for p in people if p.is_elected and p.presence != present and p.pk not in recused]


def _closed(request, item):
    messages.error(request, _("The minutes are adjusted and not changed any more."))
    return redirect(item)
