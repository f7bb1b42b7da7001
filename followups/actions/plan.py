"""Plans: begun from a template or from nothing, and changed with everything that belongs to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement
from followups.actions.next_due import keep_next
from followups.actions.refusals import FollowUpRefusedError
from followups.actions.rows import keep_rows
from followups.models import (
    FollowUpPlan,
    FollowUpReport,
    Indicator,
    NarrativeQuestion,
    PlanTemplate,
)
from followups.states import IS_OPEN
from partnerships.history import attributed

Row = TypeVar("Row", bound=models.Model)
PLAN_COPIED = ("rhythm", "counts_from", "days_to_hand_in")
INDICATOR_COPIED = (
    "position", "name", "unit", "definition", "goal", "direction", "target", "target_to",
)  # fmt: skip
QUESTION_COPIED = ("position", "heading", "hint", "is_required")


@dataclass
class RowsDraft:
    """The rows of one of the plan's lists, in order, and the rows to remove."""

    rows: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)


@transaction.atomic
def start_plan(
    agreement: Agreement, *, template: PlanTemplate | None, starts_on: date | None, by: User
) -> FollowUpPlan:
    """Begin the agreement's plan, with what the template holds. Raises FollowUpRefusedError."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    if FollowUpPlan.objects.filter(agreement=agreement).exists():
        raise FollowUpRefusedError(_("The agreement has a follow-up plan already."))
    plan = FollowUpPlan(agreement=agreement, starts_on=starts_on)
    reason = _("New plan")
    if template:
        reason = _("New plan from the template “%(name)s”") % {"name": template}
        _copy(template, plan, PLAN_COPIED)
    attributed(plan, by=by, reason=reason).save()
    if template:
        for row in template.indicators.all():
            indicator = _copy(row, Indicator(plan=plan), INDICATOR_COPIED)
            attributed(indicator, by=by, reason=reason).save()
        for question in template.questions.all():
            asked = _copy(question, NarrativeQuestion(plan=plan), QUESTION_COPIED)
            attributed(asked, by=by, reason=reason).save()
    keep_next(agreement)
    return plan


@transaction.atomic
def save_plan(
    plan: FollowUpPlan,
    *,
    indicators: RowsDraft,
    questions: RowsDraft,
    dates: RowsDraft,
    by: User,
    reason: str = "",
) -> FollowUpPlan:
    """Save a plan with its lists; reports that are being written follow it, one after the other:
    whoever saves answers to one of them is waited for, and what was saved stays.

    An indicator or a question that a report has asked for is not removed but no longer followed.
    Raises FollowUpRefusedError.
    """
    Agreement.objects.select_for_update().get(pk=plan.agreement_id)
    _refuse_removal(
        indicators.removed,
        "values",
        _("“%(name)s” has been reported on. Untick “followed” instead of removing it."),
    )
    _refuse_removal(
        questions.removed,
        "answers",
        _("“%(name)s” has been asked in a report. Untick “asked” instead of removing it."),
    )
    attributed(plan, by=by, reason=reason).save()
    for draft in (indicators, questions, dates):
        for row in draft.removed:
            attributed(row, by=by, reason=reason).delete()
    for indicator in indicators.rows:
        if not indicator.goal.strip() and indicator.obligation:
            indicator.goal = indicator.obligation.text
    _save_in_order(plan, indicators.rows, by, reason)
    _save_in_order(plan, questions.rows, by, reason)
    for row in dates.rows:
        row.plan = plan
        attributed(row, by=by, reason=reason).save()
    reports = FollowUpReport.objects.filter(agreement=plan.agreement_id, state__in=IS_OPEN)
    for report in reports.select_for_update(of=("self",)).order_by("pk"):
        keep_rows(report, plan, by=by)
    keep_next(plan.agreement)
    return plan


def _copy(source: models.Model, target: Row, names: Sequence[str]) -> Row:
    for name in names:
        setattr(target, name, getattr(source, name))
    return target


def _save_in_order(plan: FollowUpPlan, rows: list[Any], by: User, reason: str) -> None:
    for position, row in enumerate(rows, start=1):
        row.plan, row.position = plan, position
        attributed(row, by=by, reason=reason).save()


def _refuse_removal(rows: list[Any], name: str, sentence: str) -> None:
    for row in rows:
        if getattr(row, name).exists():
            raise FollowUpRefusedError(sentence % {"name": row})
