"""The rows of a report that the plan and the revision ask for."""

from accounts.models import User
from followups.models import (
    FollowUpPlan,
    FollowUpReport,
    FundsUse,
    IndicatorValue,
    NarrativeAnswer,
)
from partnerships.history import attributed

TARGET = ("direction", "target", "target_to")


def keep_rows(report: FollowUpReport, plan: FollowUpPlan, *, by: User) -> None:
    """Give the report a row for everything that is asked, with the targets as they are now.

    The report is locked, or nobody else has seen it yet.

    What was answered stays, also when it is no longer asked; what is neither asked nor answered goes.
    """
    _keep_values(report, plan, by)
    _keep_answers(report, plan, by)
    known = {use.contribution_id for use in report.uses.all()}
    if report.revision:
        for line in report.revision.contributions.all():
            if line.pk not in known:
                attributed(FundsUse(report=report, contribution=line), by=by).save()


def _keep_values(report: FollowUpReport, plan: FollowUpPlan, by: User) -> None:
    known = {value.indicator_id: value for value in report.values.all()}
    for indicator in plan.indicators.filter(is_followed=True):
        value = known.pop(indicator.pk, None)
        wanted = {name: getattr(indicator, name) for name in TARGET}
        if value is None:
            new = IndicatorValue(report=report, indicator=indicator, **wanted)
            attributed(new, by=by).save()
        elif wanted != {name: getattr(value, name) for name in TARGET}:
            for name, target in wanted.items():
                setattr(value, name, target)
            attributed(value, by=by).save(update_fields=TARGET)
    for value in known.values():
        if value.value is None and not value.comment:
            attributed(value, by=by).delete()


def _keep_answers(report: FollowUpReport, plan: FollowUpPlan, by: User) -> None:
    known = {answer.question_id: answer for answer in report.answers.all()}
    for question in plan.questions.filter(is_asked=True):
        if known.pop(question.pk, None) is None:
            attributed(NarrativeAnswer(report=report, question=question), by=by).save()
    for answer in known.values():
        if not answer.text:
            attributed(answer, by=by).delete()
