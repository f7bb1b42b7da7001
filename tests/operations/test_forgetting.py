"""Ended sessions and jobs that are done do not pile up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db


def job(status, ended):
    return DBTaskResult.objects.create(
        id=uuid4(),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="worklist.tasks.send_letter",
        backend_name="default",
        run_after=now(),
        status=status,
        finished_at=ended,
    )


def test_the_scheduled_work_forgets_ended_sessions_and_keeps_those_that_last():
    Session.objects.create(session_key="ended", expire_date=now() - timedelta(minutes=1))
    Session.objects.create(session_key="lasts", expire_date=now() + timedelta(hours=1))

    call_command("scheduled_work", verbosity=0)

    assert [session.session_key for session in Session.objects.all()] == ["lasts"]


def test_the_scheduled_work_forgets_jobs_that_ended_two_weeks_ago_however_they_ended():
    old, new = now() - timedelta(days=15), now() - timedelta(days=13)
    job(TaskResultStatus.SUCCESSFUL, old)
    job(TaskResultStatus.FAILED, old)
    kept = [job(TaskResultStatus.FAILED, new), job(TaskResultStatus.READY, None)]

    call_command("scheduled_work", verbosity=0)

    assert set(DBTaskResult.objects.all()) == set(kept)
