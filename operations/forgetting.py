"""Rows that nobody asks for again go: sessions that have ended, and jobs that are done."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=14)  # what a job did, and how it failed


def forget_old(*, at: datetime) -> int:
    """Remove ended sessions, and jobs that ended two weeks ago; no job is begun by it."""
    Session.objects.filter(expire_date__lt=at).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT).delete()
    return 0
