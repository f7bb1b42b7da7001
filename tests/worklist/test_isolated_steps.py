"""One fault in the scheduled work: it is told with its traceback, and everything else is done."""

import logging
from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import resolve

from accounts.permissions import Role
from operations.models import ScheduledRun
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory, RevisionFactory, TermFactory
from worklist import actions
from worklist.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(caplog):
    """What is logged, with tracebacks."""
    caplog.set_level(logging.ERROR)
    return caplog


def broken(*args, **kwargs):
    raise OverflowError("date value out of range")


def test_a_step_that_fails_stops_no_other(told, settings, monkeypatch):
    done = []
    monkeypatch.setattr("worklist.management.commands.scheduled_work.write_letters", broken)
    monkeypatch.setattr(
        "worklist.management.commands.scheduled_work.seal", lambda *, at: done.append("seal")
    )

    with pytest.raises(CommandError, match="write_letters"):
        call_command("scheduled_work", verbosity=0)

    assert done == ["seal"]
    assert "date value out of range" in told.text
    assert "Traceback" in told.text
    assert not ScheduledRun.objects.exists()


def test_a_user_whose_letter_fails_keeps_nobody_else_from_theirs(
    committee, officer, told, monkeypatch, time_machine
):
    other = member_of(committee, Role.OFFICER)
    for user in (officer, other):
        agreement = AgreementFactory(committee=committee, officer=user, kind="grant")
        RevisionFactory(agreement=agreement, decided=True)
        TermFactory(agreement=agreement, ends=ApproximateDate.exactly(date(2025, 12, 31)))
    resolve("/worklist/")  # so that the pages, if nobody asked for them yet, keep the true function
    due_of = actions.due_of
    monkeypatch.setattr(
        actions,
        "due_of",
        lambda user, **days: broken() if user == officer else due_of(user, **days),
    )
    time_machine.move_to("2025-07-07 08:00Z")

    with pytest.raises(CommandError):
        call_command("scheduled_work", verbosity=0)

    assert [letter.user for letter in Letter.objects.all()] == [other]
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert f"user {officer.pk}" in told.text
