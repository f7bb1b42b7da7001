"""What is kept on a plan of the next report that it asks for, so that the worklist need not compute it."""

from agreements.models import Agreement
from followups.models import FollowUpPlan


def keep_next(agreement: Agreement) -> None:
    """Write it to the row of the agreement's plan, if there is one.

    Every action that changes the plan, begins a report or changes the agreement's life does, with
    the agreement locked.
    """
    plans = FollowUpPlan.objects.filter(agreement=agreement.pk)
    plan = plans.select_related("agreement").first()
    if plan is not None:
        plans.update(**plan.next_now())
