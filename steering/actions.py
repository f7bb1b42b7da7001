"""What changes more than one row of a steering group's work, or has a precondition."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.history import attributed
from partnerships.locked import typed_onto
from steering.documents import notes_pdf
from steering.models import GroupMeeting, GroupRole, GroupTask, SteeringGroup

HANDED_OVER = ("responsible", "responsible_role", "due_on")


class NotesIssuedError(Exception):
    """Notes that are laid down are not changed; the message is for the user."""


class NotesEmptyError(Exception):
    """There is nothing to lay down; the message is for the user."""


class TaskNotChangeableError(Exception):
    """The task cannot be settled or changed so; the message is for the user."""


@dataclass
class Rows:
    """The rows of the lists that belong to something: those to save, and those to remove."""

    kept: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)


@transaction.atomic
def save_group(
    group: SteeringGroup,
    *,
    roles: Iterable[GroupRole],
    removed: Iterable[GroupRole] = (),
    by: User,
    reason: str = "",
) -> SteeringGroup:
    """Save a group with its roles."""
    attributed(group, by=by, reason=reason).save()
    _save_rows(Rows(list(roles), list(removed)), {"group": group}, by, reason)
    return group


@transaction.atomic
def save_meeting(meeting: GroupMeeting, *, rows: Rows, by: User, reason: str = "") -> GroupMeeting:
    """Save a meeting with its counts, decisions and tasks. Raises NotesIssuedError."""
    _refuse_issued(meeting)
    attributed(meeting, by=by, reason=reason).save()
    _save_rows(rows, {"meeting": meeting}, by, reason)
    return meeting


@transaction.atomic
def remove_meeting(meeting: GroupMeeting, *, by: User, reason: str) -> None:
    """Take a meeting away that was written down by mistake. Raises NotesIssuedError."""
    _refuse_issued(meeting)
    rows = [*meeting.counts.all(), *meeting.decisions.all(), *meeting.tasks.all()]
    for row in (*rows, meeting):
        attributed(row, by=by, reason=reason).delete()


@transaction.atomic
def issue_notes(meeting: GroupMeeting, *, by: User, at: datetime) -> GroupMeeting:
    """Lay down the notes: their PDF is kept, and nothing in them is changed any more.

    Raises NotesIssuedError or NotesEmptyError.
    """
    _refuse_issued(meeting)
    fresh = GroupMeeting.objects.with_notes().get(pk=meeting.pk)
    if not (fresh.notes.strip() or fresh.counts.all() or fresh.decisions.all()):
        raise NotesEmptyError(_("Write notes, a count or a decision before you lay them down."))
    fresh.issued_at, fresh.issued_by = at, by
    pdf = notes_pdf(fresh)
    fresh.pdf_sha256 = sha256(pdf).hexdigest()
    fresh.pdf.save(f"notes-{fresh.pk}.pdf", ContentFile(pdf), save=False)
    attributed(fresh, by=by, reason=_("Laid down")).save()
    return fresh


@transaction.atomic
def settle_task(
    task: GroupTask, *, state: GroupTask.State, outcome: str, by: User, at: datetime
) -> GroupTask:
    """Say that a task is done, or dropped and why. Raises TaskNotChangeableError."""
    locked = _open_task(task)
    if state == GroupTask.State.DROPPED and not outcome.strip():
        raise TaskNotChangeableError(_("Say why the task is dropped."))
    locked.state, locked.outcome = state, outcome
    locked.settled_at, locked.settled_by = at, by
    attributed(locked, by=by, reason=outcome).save()
    return locked


@transaction.atomic
def resume_task(task: GroupTask, *, by: User) -> GroupTask:
    """Take a settled task up again; what came of it stands in the history."""
    locked = GroupTask.objects.select_for_update().get(pk=task.pk)
    if locked.is_open:
        raise TaskNotChangeableError(_("The task is still to be done."))
    locked.state, locked.outcome = GroupTask.State.OPEN, ""
    locked.settled_at = locked.settled_by = None
    attributed(locked, by=by, reason=_("Taken up again")).save()
    return locked


@transaction.atomic
def hand_over_task(task: GroupTask, *, by: User, reason: str) -> GroupTask:
    """Give an open task another day or somebody else. Raises TaskNotChangeableError."""
    locked = typed_onto(_open_task(task), task, HANDED_OVER)
    attributed(locked, by=by, reason=reason).save()
    return locked


def _open_task(task: GroupTask) -> GroupTask:
    locked = GroupTask.objects.select_for_update().get(pk=task.pk)
    if not locked.is_open:
        raise TaskNotChangeableError(
            _("The task is settled already. Take it up again to change it.")
        )
    return locked


def _refuse_issued(meeting: GroupMeeting) -> None:
    if meeting.pk:
        locked = GroupMeeting.objects.select_for_update().get(pk=meeting.pk)
        if locked.is_issued:
            raise NotesIssuedError(
                _(
                    "The notes are laid down and are not changed. Write the change in the next notes."
                )
            )


def _save_rows(rows: Rows, parent: dict[str, models.Model], by: User, reason: str) -> None:
    for row in rows.removed:
        attributed(row, by=by, reason=reason).delete()
    for row in rows.kept:
        for name, value in parent.items():
            setattr(row, name, value)
        attributed(row, by=by, reason=reason).save()
