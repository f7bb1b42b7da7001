"""Reminders: written once for each moment, and sent until the mail server has taken them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _, ngettext, override

from accounts.models import User
from agreements.models import Agreement
from partnerships.dates.bounds import moved
from partnerships.due import Due, due_for
from partnerships.history import attributed
from partnerships.sending import waits
from partnerships.together import Questions, ask
from worklist.models import CalendarFeed, Letter, Reminder, ReminderChoice

AHEAD = timedelta(days=180)
LATE = timedelta(days=45)  # what was missed while nothing ran is still told so long after its day
LANGUAGE = "sv"
MONDAY, FRIDAY = 0, 4


@dataclass(frozen=True)
class Told:
    """What is due, and the latest of its moments that has come."""

    row: Due
    moment: date


def agreements_of(user: User) -> QuerySet[Agreement]:
    """The agreements that the user answers for: as officer, or in a committee where nobody does."""
    unattended = Q(officer__isnull=True) | Q(officer__is_active=False)
    committees = user.committees_where("agreements.change_agreement")
    visible = Agreement.objects.visible_to(user)
    return visible.filter(Q(officer=user) | (unattended & Q(committee__in=committees)))


def due_of(user: User, *, first: date, last: date, most: int | None = None) -> Questions[list[Due]]:
    """What is the user's to do: on the agreements answered for, and what was given by name."""
    return due_for(user, agreements_of(user), first=first, last=last, most=most)


def to_tell(rows: Iterable[Due], today: date) -> list[Told]:
    """What has reached a moment. Of several moments that have come, the latest counts alone."""
    told = []
    for row in rows:
        come = [moved(row.on, days=-days) for days in row.days_before]
        come = [moment for moment in come if moment <= today]
        if come and (row.stays or row.on >= today - LATE):
            told.append(Told(row, max(come)))
    return told


def write_letters(*, today: date, at: datetime) -> list[Letter]:
    """Write each user one letter of what has come since the last; safe to run twice at once.

    A user whose letter cannot be written keeps nobody else from theirs. Raises an ExceptionGroup
    with every such failure, after the last user.
    """
    users = User.objects.filter(is_active=True, memberships__isnull=False).distinct()
    choices = {choice.user_id: choice.rhythm for choice in ReminderChoice.objects.all()}
    letters, failures = [], []
    for user in users.order_by("pk").iterator():
        if not _is_day_for(choices.get(user.pk, ReminderChoice.Rhythm.DAILY), today):
            continue
        try:
            letter = _write_letter(user, today, at)
        except Exception as failure:  # whatever it is, it is this user's
            failure.add_note(f"in the letter to user {user.pk}")
            failures.append(failure)
        else:
            letters += [letter] if letter else []
    if failures:
        raise ExceptionGroup("letters that could not be written", failures)
    return letters


def send(letter: Letter, *, at: datetime) -> bool:
    """Send a letter that nobody else is sending. False when it has gone or another process has it.

    It is claimed first and marked as sent after, outside of any transaction: a process that dies in
    between leaves a claim that grows old, and the letter goes out again under the same Message-ID.
    """
    mine = Letter.objects.filter(pk=letter.pk).filter(waits(at))
    if not mine.update(tried_at=at):
        return False
    EmailMessage(
        letter.subject,
        letter.text,
        to=[letter.user.email],
        headers={"Message-ID": letter.message_id},
    ).send()
    Letter.objects.filter(pk=letter.pk).update(sent_at=at)
    return True


def letters_to_send(*, at: datetime) -> list[Letter]:
    """Letters that have not been sent and that nobody has tried lately, oldest first."""
    return list(Letter.objects.filter(waits(at)).order_by("written_at", "pk"))


def open_calendar(user: User) -> str:
    """Give the user a new calendar address; the old one stops. The secret is told this once."""
    secret = CalendarFeed.new_secret()
    feed = CalendarFeed.objects.filter(user=user).first() or CalendarFeed(user=user)
    feed.secret_sha256 = CalendarFeed.hashed(secret)
    attributed(feed, by=user, reason=_("New calendar address")).save()
    return secret


def close_calendar(user: User) -> None:
    """Take the calendar address back."""
    for feed in CalendarFeed.objects.filter(user=user):
        attributed(feed, by=user, reason=_("Calendar address taken back")).delete()


def _is_day_for(rhythm: str, today: date) -> bool:
    if rhythm == ReminderChoice.Rhythm.NEVER:
        return False
    if rhythm == ReminderChoice.Rhythm.WEEKLY:
        return today.weekday() == MONDAY
    return today.weekday() <= FRIDAY


def _write_letter(user: User, today: date, at: datetime) -> Letter | None:
    rows = ask(due_of(user, first=today - LATE, last=today + AHEAD))
    told = to_tell(rows, today)
    done = set(
        Reminder.objects.filter(user=user, key__in=[one.row.key for one in told]).values_list(
            "key", "moment"
        )
    )
    new = [one for one in told if (one.row.key, one.moment) not in done]
    if not new:
        return None
    try:
        with transaction.atomic():
            return _keep_letter(user, new, today, at)
    except IntegrityError:
        return None  # another run has just written of some of them; the rest comes next time


def _keep_letter(user: User, new: list[Told], today: date, at: datetime) -> Letter:
    with override(LANGUAGE):
        subject = ngettext(
            "%(count)s thing to attend to", "%(count)s things to attend to", len(new)
        ) % {"count": len(new)}
        text = render_to_string(
            "worklist/letter.txt",
            {
                "user": user,
                "rows": [one.row for one in new],
                "today": today,
                "site": settings.SITE_URL,
            },
        )
    letter = Letter.objects.create(user=user, written_at=at, subject=subject, text=text)
    for one in new:
        Reminder.objects.create(user=user, key=one.row.key, moment=one.moment, letter=letter)
    return letter
