"""What `manage.py verify` holds plans against: what is kept of the next report that they ask for."""

from collections.abc import Iterator

from followups.models import FollowUpPlan
from followups.models.plan import NEXT


def broken_plans() -> Iterator[tuple[str, str]]:
    """Where a plan does not hold together, and how."""
    plans = FollowUpPlan.objects.select_related("agreement")
    facts = plans.prefetch_related("dates", "agreement__follow_up_reports")
    for plan in facts.iterator(chunk_size=500):
        kept = plan.next_now()
        if drifted := [name for name in NEXT if getattr(plan, name) != kept[name]]:
            where = f"followups.FollowUpPlan {plan.pk}"
            yield where, f"kept values do not follow from its facts: {', '.join(drifted)}"
