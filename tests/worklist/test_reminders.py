"""Reminders: each once, however the scheduler runs, fails or is killed."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given, strategies as st

from accounts.permissions import Role
from partnerships.dates import ApproximateDate
from partnerships.due import Due
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory, RevisionFactory, TermFactory
from worklist.actions import letters_to_send, send, to_tell, write_letters
from worklist.models import Letter, Reminder, ReminderChoice
from worklist.stuck import restart_stuck

pytestmark = pytest.mark.django_db
LAST_DAY = date(2025, 12, 31)
MONDAY = date(2025, 7, 7)


@pytest.fixture
def ending(committee, officer):
    """A grant of the officer's, with a last day; nobody asks for a basis for renewing it."""
    agreement = AgreementFactory(committee=committee, officer=officer, kind="grant")
    RevisionFactory(agreement=agreement, decided=True)
    TermFactory(agreement=agreement, ends=ApproximateDate.exactly(LAST_DAY))
    return agreement


def at(day):
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def run(day):
    with time_machine.travel(at(day)):
        call_command("scheduled_work", verbosity=0)


def days(start, count, step=1):
    return [start + timedelta(days=number * step) for number in range(count)]


def test_an_officer_is_told_half_a_year_a_month_and_the_day_before_the_end(ending, officer):
    for day in days(LAST_DAY - timedelta(days=200), 202):
        run(day)

    told = list(Reminder.objects.order_by("moment").values_list("moment", flat=True))
    assert told == [LAST_DAY - timedelta(days=before) for before in (180, 30, 0)]
    assert [letter.to for letter in mail.outbox] == [[officer.email]] * 3
    assert ending.name in mail.outbox[0].body
    assert ending.get_absolute_url() in mail.outbox[0].body


def test_a_week_without_the_scheduler_loses_nothing(ending):
    run(LAST_DAY - timedelta(days=200))
    run(LAST_DAY - timedelta(days=23))

    assert [row.moment for row in Reminder.objects.all()] == [LAST_DAY - timedelta(days=30)]
    assert len(mail.outbox) == 1


def test_running_twice_tells_once(ending):
    for _time in range(3):
        run(MONDAY)

    assert Letter.objects.count() == len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_running_twice_at_once_tells_once(ending):
    gate, made = threading.Barrier(4), []

    def work():
        gate.wait()
        made.extend(write_letters(today=MONDAY, at=at(MONDAY)))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Letter.objects.count() == len(made) == 1


def test_a_letter_whose_sender_died_is_sent_when_its_claim_is_old(ending):
    write_letters(today=MONDAY, at=at(MONDAY))
    letter = Letter.objects.get()
    Letter.objects.update(tried_at=at(MONDAY))

    early = letters_to_send(at=at(MONDAY) + timedelta(minutes=5))
    late = letters_to_send(at=at(MONDAY) + timedelta(minutes=20))

    assert (early, late) == ([], [letter])
    assert send(letter, at=at(MONDAY) + timedelta(minutes=20))
    assert not send(letter, at=at(MONDAY) + timedelta(minutes=40))
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_delays_a_letter_and_loses_none(ending, monkeypatch):
    sending = EmailBackend.send_messages

    def down(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    run(MONDAY)
    monkeypatch.setattr(EmailBackend, "send_messages", sending)
    run(MONDAY + timedelta(days=1))

    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == Letter.objects.get().message_id


def test_who_wants_letters_on_mondays_or_never_gets_them_so(ending, officer):
    choice = ReminderChoice.objects.create(user=officer, rhythm="weekly")
    run(MONDAY + timedelta(days=1))
    before = len(mail.outbox)
    run(MONDAY + timedelta(days=7))

    assert (before, len(mail.outbox)) == (0, 1)
    choice.rhythm = "never"
    choice.save()
    run(LAST_DAY - timedelta(days=2))
    assert len(mail.outbox) == 1


def test_nobody_is_told_of_what_they_do_not_answer_for(ending, committee, stranger, reader):
    other = member_of(committee, Role.OFFICER)
    run(MONDAY)

    recipients = {letter.user for letter in Letter.objects.all()}
    assert not recipients & {other, stranger, reader}


def test_the_committees_officers_are_told_when_the_officer_has_left(ending, committee, officer):
    other = member_of(committee, Role.OFFICER)
    officer.is_active = False
    officer.save()

    run(MONDAY)

    assert Letter.objects.get().user == other


def test_a_job_whose_worker_died_is_started_again():
    facts = {"args_kwargs": {"args": [1], "kwargs": {}}, "task_path": "worklist.tasks.send_letter"}
    facts |= {
        "backend_name": "default",
        "run_after": at(MONDAY),
        "status": TaskResultStatus.RUNNING,
    }
    old = DBTaskResult.objects.create(started_at=at(MONDAY), **facts)
    new = DBTaskResult.objects.create(started_at=at(MONDAY) + timedelta(minutes=25), **facts)

    assert restart_stuck(at=at(MONDAY) + timedelta(minutes=31)) == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def due_on(day, *, stays=False):
    return Due("key", day, "Sista dag", "Avtal", "/", "Nämnden", (180, 30, 0), stays)


@given(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.lists(st.integers(1, 40), min_size=1, max_size=40),
)
def test_however_the_scheduler_misses_days_the_latest_moment_is_told_and_none_twice(first, gaps):
    row, told, today = due_on(first + timedelta(days=200)), [], first
    for gap in gaps:
        told += [one.moment for one in to_tell([row], today) if one.moment not in told]
        today += timedelta(days=gap)

    assert len(told) == len(set(told))
    last_run = today - timedelta(days=gaps[-1])
    come = [row.on - timedelta(days=days) for days in row.days_before]
    come = [moment for moment in come if moment <= last_run]
    if come and last_run <= row.on + timedelta(days=45):
        assert max(come) in told


def test_what_is_long_past_is_not_told_unless_it_stays_to_be_done():
    long_ago = date(2020, 1, 1)

    assert to_tell([due_on(long_ago)], MONDAY) == []
    assert [one.moment for one in to_tell([due_on(long_ago, stays=True)], MONDAY)] == [long_ago]
