"""A decision is recorded, and takes effect in the agreements that it binds, in one transaction."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.actions import (
    RevisionNotDecidableError,
    TerminationRefusedError,
    decide_revision,
    terminate,
)
from agreements.models import Agreement, Party, Revision, Termination
from meetings.actions.errors import DecisionRefusedError
from meetings.actions.locks import locked_item, remove, save_list
from meetings.bindings import Binding, BindingRefusedError
from meetings.documents import order_sentence
from meetings.models import (
    AgendaItem,
    Decision,
    DecisionCondition,
    DecisionEffect,
    DecisionPoint,
    Meeting,
)
from memos.actions import ListDraft, MemoMoveError, move_memo
from memos.models import Memo
from partnerships.history import attributed

Kind = DecisionEffect.Kind


@dataclass
class EffectDraft:
    """What the decision is to do in an agreement: decide the revision, or give the termination."""

    agreement: Agreement
    kind: str
    revision: Revision | None = None
    termination: Termination | None = None


@dataclass
class DecisionDraft:
    """A decision with all that goes with it. `points` are the texts with what was proposed."""

    decision: Decision
    points: list[tuple[str, str]]
    conditions: ListDraft = field(default_factory=ListDraft)
    recipients: ListDraft = field(default_factory=ListDraft)
    effects: list[EffectDraft] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)


def record_decision(item: AgendaItem, draft: DecisionDraft, *, by: User, at: datetime) -> Decision:
    """Record what was decided; the memo moves on, and what it binds changes with it.

    Until the minutes are adjusted its words can be recorded anew, but not its outcome and effects:
    those have happened. An agreement in which nothing was done can still get its effect, once.
    What takes time is done before anything is locked. Raises DecisionRefusedError with a sentence
    for the user, the agreement's own where it cannot change.
    """
    try:
        for binding in draft.bindings:
            binding.prepare(at=at)
        return _record(item, draft, by=by, at=at)
    except BindingRefusedError as error:
        raise DecisionRefusedError(str(error)) from error


@transaction.atomic
def _record(item: AgendaItem, draft: DecisionDraft, *, by: User, at: datetime) -> Decision:
    locked = locked_item(item)
    before = getattr(locked, "decision", None)
    _is_ready(locked, draft, before)
    decision = draft.decision
    decision.item, decision.recorded_at, decision.recorded_by = locked, at, by
    if not decision.order_text.strip():
        decision.order_text = _order(locked, decision)
    attributed(decision, by=by).save()
    _save_points(decision, draft.points, by)
    _save_conditions(decision, draft.conditions, by)
    save_list(draft.recipients, {"decision": decision}, by=by)
    for effect in draft.effects:
        _take_effect(decision, effect, by, at)
    if before is None:
        for binding in draft.bindings:
            binding.take_effect(decision, by=by, at=at)
        _move_memo(locked, decision, by, at)
    return decision


@transaction.atomic
def record_answer(item: AgendaItem, *, by: User, at: datetime) -> AgendaItem:
    """Record that an interpellation is answered, which decides nothing. Raises DecisionRefusedError."""
    locked = locked_item(item)
    if not (locked.memo and locked.memo.answers_interpellation):
        raise DecisionRefusedError(
            _("The item answers no interpellation. Record what was decided.")
        )
    if locked.is_answered:
        return locked
    _is_at_the_meeting(locked)
    _moved(locked.memo, Memo.State.CLOSED, locked, by, at)
    locked.is_answered = True
    attributed(locked, by=by, reason=_("The interpellation is answered")).save()
    return locked


@transaction.atomic
def check_condition(
    condition: DecisionCondition, *, finding: str, on: date, by: User
) -> DecisionCondition:
    """Say what came of a condition. Raises DecisionRefusedError with a sentence for the user."""
    locked = DecisionCondition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    if locked.checked_on:
        raise DecisionRefusedError(_("The condition has been checked already."))
    if not finding.strip():
        raise DecisionRefusedError(_("Write what you found."))
    locked.finding, locked.checked_on, locked.checked_by = finding.strip(), on, by
    attributed(locked, by=by, reason=_("Checked")).save()
    return locked


def _is_ready(item: AgendaItem, draft: DecisionDraft, before: Decision | None) -> None:
    if item.memo and item.memo.answers_interpellation:
        raise DecisionRefusedError(
            _("An answer to an interpellation decides nothing. Record that it is answered.")
        )
    _is_at_the_meeting(item)
    if not draft.points:
        raise DecisionRefusedError(_("Write at least one point."))
    if before and before.outcome != draft.decision.outcome:
        raise DecisionRefusedError(
            _(
                "The outcome has been recorded and has had its effect. Only its words can be changed."
            )
        )
    if (draft.effects or draft.bindings) and not draft.decision.settles:
        raise DecisionRefusedError(_("A matter that is put off has no effect. Choose none."))
    named = {agreement.pk for agreement in item.agreements.all()}
    if any(effect.agreement.pk not in named for effect in draft.effects):
        raise DecisionRefusedError(_("Name the agreement on the item first."))
    if before:
        _has_no_effect_yet(before, draft.effects)


def _has_no_effect_yet(before: Decision, effects: list[EffectDraft]) -> None:
    done = {effect.agreement_id for effect in before.effects.all()}
    if again := next((effect for effect in effects if effect.agreement.pk in done), None):
        raise DecisionRefusedError(
            _("The decision has had its effect in the agreement %(agreement)s already.")
            % {"agreement": again.agreement}
        )


def _is_at_the_meeting(item: AgendaItem) -> None:
    if item.meeting.state not in {Meeting.State.CALLED, Meeting.State.HELD}:
        raise DecisionRefusedError(
            _("The meeting is %(state)s. What was decided is recorded when it has been called.")
            % {"state": item.meeting.get_state_display()}
        )


def _order(item: AgendaItem, decision: Decision) -> str:
    if decision.order != Decision.Order.ONLY_ONE:
        raise DecisionRefusedError(_("Write in which order the chair put the proposals."))
    return order_sentence(item, decision.proposed_by)


def _save_points(decision: Decision, points: list[tuple[str, str]], by: User) -> None:
    remove(decision.points.all(), by=by)
    for position, (text, proposed) in enumerate(points, start=1):
        point = DecisionPoint(decision=decision, position=position, text=text, proposed=proposed)
        attributed(point, by=by).save()


def _save_conditions(decision: Decision, draft: ListDraft, by: User) -> None:
    """Save the conditions' words; what an officer has found of them stays, and so do they."""
    stored = {row.pk: row for row in decision.conditions.select_for_update(of=("self",))}
    removed = [stored[row.pk] for row in draft.removed if row.pk in stored]
    if checked := next((row for row in removed if row.checked_on), None):
        raise DecisionRefusedError(
            _(
                "The condition “%(text)s” has been checked and is not removed. Let it stand, or change its words."
            )
            % {"text": checked.text}
        )
    rows = []
    for row in draft.rows:
        kept = stored.get(row.pk, row)
        kept.text, kept.check_on = row.text, row.check_on
        rows.append(kept)
    save_list(ListDraft(rows=rows, removed=removed), {"decision": decision}, by=by)


def _take_effect(decision: Decision, draft: EffectDraft, by: User, at: datetime) -> None:
    """Do in the agreement what was decided; its refusal is the decision's."""
    item = decision.item
    reason = _("%(meeting)s: %(title)s") % {"meeting": item.meeting, "title": item.title}
    effect = DecisionEffect(decision=decision, agreement=draft.agreement, kind=draft.kind)
    try:
        if draft.kind == Kind.REVISION and draft.revision:
            effect.revision = decide_revision(draft.revision, by=by, at=at, reason=reason)
        elif draft.kind == Kind.TERMINATION and draft.termination:
            row = draft.termination
            row.agreement, row.by = draft.agreement, Party.MUNICIPALITY
            row.decided_by_role = item.committee.name
            effect.termination = terminate(row, ends=[], by=by, reason=reason)
    except (RevisionNotDecidableError, TerminationRefusedError) as error:
        raise DecisionRefusedError(f"{draft.agreement}: {error}") from error
    attributed(effect, by=by, reason=reason).save()


def _move_memo(item: AgendaItem, decision: Decision, by: User, at: datetime) -> None:
    if item.memo:
        _moved(item.memo, decision.memo_state, item, by, at)


def _moved(memo: Memo, to: str, item: AgendaItem, by: User, at: datetime) -> None:
    try:
        move_memo(memo, to=to, by=by, at=at, reason=str(item.meeting))
    except MemoMoveError as error:
        raise DecisionRefusedError(str(error)) from error
