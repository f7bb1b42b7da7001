"""Real processes: schedulers that run at once, and a worker that is killed in the middle of a letter."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from followups.actions import Hand, ReceiptTo, submit_report
from followups.models import ReceiptLetter
from tests.accounts.factories import UserFactory
from tests.followups.factories import FollowUpPlanFactory, report_on
from worklist.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = "django.core.mail.backends.filebased.EmailBackend"
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def letters(tmp_path):
    """A receipt and a reminder that wait to be sent; gives the folder of what was sent."""
    user = UserFactory()
    report = report_on(FollowUpPlanFactory(filled=False), by=user)
    submit_report(report, hand=Hand(user, now()), receipt=ReceiptTo("forening@example.org", "sv"))
    Letter.objects.create(user=user, written_at=now(), subject="Att göra", text="Ett möte.")
    folder = tmp_path / "sent"
    folder.mkdir()
    return folder


def start(command, folder, mail=PLAIN):
    """One of the portal's commands, as a process with this test's database."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        server, _slash, options = os.environ["DATABASE_URL"].rpartition("/portal")
        url = f"{server}/{name}{options}"
    return subprocess.Popen(
        [sys.executable, "manage.py", *command.split()],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.worklist.worker_settings",
            "DATABASE_URL": url,
            "DEBUG": "on",
            "MAIL_BACKEND": mail,
            "MAIL_FOLDER": str(folder),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def run(*processes):
    """Wait for them all; gives how they ended."""
    complaints = [process.communicate(timeout=120)[1].decode() for process in processes]
    ended = [process.returncode for process in processes]
    assert set(ended) <= {0, -signal.SIGKILL}, complaints
    return ended


def an_hour_passes():
    """What was claimed and begun before the kill is an hour old."""
    for model in (Letter, ReceiptLetter):
        for row in model.objects.filter(sent_at__isnull=True, tried_at__isnull=False):
            model.objects.filter(pk=row.pk).update(tried_at=row.tried_at - AN_HOUR)
    for job in DBTaskResult.objects.filter(started_at__isnull=False):
        DBTaskResult.objects.filter(pk=job.pk).update(started_at=job.started_at - AN_HOUR)


def sent(folder):
    """How often each letter went out, by its Message-ID."""
    text = "\n".join(
        path.read_text(encoding="utf-8", errors="replace") for path in folder.iterdir()
    )
    return Counter(re.findall(r"^Message-ID: (\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(("dies", "at_most"), [("DiesBefore", 1), ("DiesAfter", 2)])
def test_a_killed_worker_loses_no_letter_and_two_schedulers_double_none(letters, dies, at_most):
    """A letter that the mail server got goes out again under its own Message-ID, never as another."""
    run(start("scheduled_work", letters), start("scheduled_work", letters))
    ended = run(start("db_worker --batch", letters, f"tests.worklist.dying_mail.{dies}"))
    assert ended == [-signal.SIGKILL]
    assert DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists()

    an_hour_passes()
    run(start("scheduled_work", letters), start("scheduled_work", letters))
    run(start("db_worker --batch", letters), start("db_worker --batch", letters))

    expected = {Letter.objects.get().message_id, ReceiptLetter.objects.get().message_id}
    found = sent(letters)
    assert set(found) == expected
    assert sum(found.values()) <= 1 + at_most
    assert isinstance(Letter.objects.get().sent_at, datetime)
    assert isinstance(ReceiptLetter.objects.get().sent_at, datetime)
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists()
