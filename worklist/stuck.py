"""Jobs whose worker died: they are found and started again."""

from datetime import datetime, timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

STUCK_AFTER = timedelta(minutes=30)  # far longer than any job takes


def restart_stuck(*, at: datetime) -> int:
    """Put jobs that have been running for too long back in the queue; gives how many.

    Every job of the portal can be run twice: what it has done it finds done.
    """
    stuck = DBTaskResult.objects.running().filter(started_at__lte=at - STUCK_AFTER)
    return stuck.update(status=TaskResultStatus.READY, started_at=None)
