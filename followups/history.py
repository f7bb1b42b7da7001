"""Who changed what, when and why in an agreement's follow-up plan."""

from followups.models import FollowUpPlan, Indicator, NarrativeQuestion, ReportingDate
from partnerships.history import Entry, entries


def history_of_plan(plan: FollowUpPlan) -> list[Entry]:
    """Every change of the plan, its indicators, its questions and its dates, newest first."""
    lists = (Indicator, NarrativeQuestion, ReportingDate)
    return entries(
        [
            FollowUpPlan.history.filter(id=plan.pk),
            *(model.history.filter(plan_id=plan.pk) for model in lists),
        ]
    )
