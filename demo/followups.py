"""The demo's follow-up: an account that a source tells of, and an invented agreement with reports."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from agreements.models import Agreement
from followups.actions import (
    AnswersDraft,
    Hand,
    Seen,
    approve_report,
    open_report,
    received,
    save_answers,
    submit_report,
)
from followups.actions.next_due import keep_next
from followups.models import (
    FollowUpPlan,
    FollowUpReport,
    Indicator,
    NarrativeQuestion,
    PlanTemplate,
    TemplateIndicator,
    TemplateQuestion,
)
from organisations.models import Municipality
from partnerships.dates import ApproximateDate

Keep = Callable[[Any], Any]


def load_accounts(
    facts: dict[str, Any], *, municipality: Municipality, by: User, at: datetime
) -> None:
    """The accounts that partners gave outside of the portal, as a municipality's sources tell."""
    agreements = Agreement.objects.filter(committee__municipality=municipality)
    for row in facts.get("accounts", []):
        received(
            agreements.get(name=row["agreement"]),
            on=ApproximateDate.parse(row["received_on"]),
            account=row["account"],
            by=by,
            at=at,
        )


def load_template(facts: dict[str, Any], *, municipality: Municipality, keep: Keep) -> None:
    """A template of plans with its indicators and questions."""
    plain = {name: facts[name] for name in ("name", "kind", "rhythm", "days_to_hand_in")}
    template = keep(PlanTemplate(municipality=municipality, **plain))
    for position, row in enumerate(facts["indicators"], start=1):
        keep(TemplateIndicator(template=template, position=position, **_with_target(row)))
    for position, row in enumerate(facts["questions"], start=1):
        keep(TemplateQuestion(template=template, position=position, **row))


def load_plan(agreement: Agreement, facts: dict[str, Any], *, keep: Keep) -> FollowUpPlan:
    """The agreement's plan: the template's indicators with a baseline each, tied to its goals."""
    plan_facts = facts["plan"]
    plain = {name: plan_facts[name] for name in ("rhythm", "days_to_hand_in", "note")}
    plan = keep(FollowUpPlan(agreement=agreement, **plain))
    for position, row in enumerate(facts["template"]["indicators"], start=1):
        baseline = Decimal(plan_facts["baselines"][row["name"]])
        keep(Indicator(plan=plan, position=position, baseline=baseline, **_with_target(row)))
    for position, row in enumerate(plan_facts["questions"], start=1):
        keep(NarrativeQuestion(plan=plan, position=position, **row))
    keep_next(agreement)
    return plan


def load_report(agreement: Agreement, facts: dict[str, Any], *, by: User) -> FollowUpReport:
    """A report that was handed in by the partner and approved."""
    handed_in_at = datetime.fromisoformat(str(facts["handed_in_at"]))
    first_day = date(facts["year"], 1, 1)
    report = open_report(agreement, period_starts=first_day, by=by, at=handed_in_at)
    save_answers(report, _answers(report, facts), seen=Seen(report.edition), by=None)
    submit_report(report, hand=Hand(None, handed_in_at, facts["name"]))
    decided_at = datetime.fromisoformat(str(facts["decided_at"]))
    return approve_report(report, hand=Hand(by, decided_at))


def _answers(report: FollowUpReport, facts: dict[str, Any]) -> AnswersDraft:
    delivered = facts["delivered"]
    return AnswersDraft(
        values={
            row.pk: (
                _decimal(facts["figures"][row.indicator.name][0]),
                facts["figures"][row.indicator.name][1],
            )
            for row in report.values.all()
        },
        texts={
            answer.pk: text
            for answer, text in zip(report.answers.all(), facts["answers"], strict=True)
        },
        uses={
            use.pk: (_decimal(delivered[use.contribution.label]), "") for use in report.uses.all()
        },
        deviations=facts["deviations"],
    )


def _with_target(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "target": Decimal(row["target"])}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
