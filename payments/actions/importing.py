"""From an uploaded file to payments: check, import, start again, discard.

A run reads the file outside of any transaction and says how far it is; what it writes, it writes in
one. A run that is killed has therefore written nothing, and another one can be started.
"""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from partnerships.history import attributed
from payments.actions.reversals import match_reversals
from payments.actions.survey import CHUNK, Survey, imported_before
from payments.models import ImportBatch, Payment, PaymentSource
from payments.reading import Problem, UnreadableFileError, open_file

State = ImportBatch.State
Clock = Callable[[], datetime]


class BatchRefusedError(Exception):
    """The file cannot be taken a step further now; the message is for the user."""


class RunLostError(Exception):
    """Another run was started in this one's place, so this one writes nothing."""


@transaction.atomic
def upload_batch(
    source: PaymentSource, *, name: str, content: bytes, by: User, at: datetime
) -> ImportBatch:
    """Keep an uploaded file. Raises UnreadableFileError, or BatchRefusedError when it is known."""
    open_file(content, is_sie=source.is_sie)
    digest = hashlib.sha256(content).hexdigest()
    known = source.batches.filter(sha256=digest).exclude(state=State.DISCARDED).first()
    if known and known.imported_at:
        raise BatchRefusedError(
            _("This very file was imported on %(date)s. Nothing in it is new.")
            % {"date": localtime(known.imported_at).date()}
        )
    if known:
        raise BatchRefusedError(
            _(
                "This very file is uploaded already. Go on with it under Imports, or discard it there first."
            )
        )
    batch = ImportBatch(
        source=source,
        file_name=name[-200:],
        size=len(content),
        sha256=digest,
        uploaded_at=at,
        uploaded_by=by,
    )
    batch.file.save(name, ContentFile(content), save=False)
    attributed(batch, by=by).save()
    return batch


def begin_check(batch: ImportBatch, *, by: User, at: datetime) -> uuid.UUID:
    """Take a file to be checked; gives the run that may do it. Raises BatchRefusedError."""
    return _begin(batch, State.CHECKING, [State.UPLOADED, State.CHECKED], by=by, at=at)


def begin_import(batch: ImportBatch, *, by: User, at: datetime) -> uuid.UUID:
    """Take a checked file to be imported; gives the run that may do it. Raises BatchRefusedError."""
    batch.refresh_from_db()
    if batch.state == State.CHECKED and not batch.may_be_imported:
        raise BatchRefusedError(
            _("The file cannot be imported as it is. See what the check says, and check it again.")
        )
    return _begin(batch, State.IMPORTING, [State.CHECKED], by=by, at=at)


def begin_again(batch: ImportBatch, *, by: User, at: datetime) -> uuid.UUID:
    """Give a run that has stood still a successor. Raises BatchRefusedError."""
    batch.refresh_from_db()
    if not batch.has_stood_still(at):
        raise BatchRefusedError(
            _(
                "The file is being worked on. Wait, and start again only when nothing has happened for some minutes."
            )
        )
    return _begin(batch, State(batch.state), [State(batch.state)], by=by, at=at)


@transaction.atomic
def _begin(
    batch: ImportBatch, state: State, allowed: list[State], *, by: User, at: datetime
) -> uuid.UUID:
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in allowed:
        raise BatchRefusedError(
            _("The file is %(state)s, so this cannot be done now.")
            % {"state": locked.get_state_display()}
        )
    locked.state, locked.run, locked.alive_at = state, uuid.uuid4(), at
    locked.rows_done, locked.rows_total = 0, None
    attributed(locked, by=by).save()
    return locked.run


def check_batch(batch: ImportBatch, *, run: uuid.UUID, clock: Clock) -> None:
    """Read the file and keep what was found. Raises RunLostError."""
    survey = _survey(batch, run, clock)
    _finish_check(batch, run, survey)


def import_batch(batch: ImportBatch, *, run: uuid.UUID, by: User, clock: Clock) -> None:
    """Write all of the file's new payments or, when something is wrong with it, none.

    Raises RunLostError.
    """
    survey = _survey(batch, run, clock)
    if isinstance(survey, Problem) or survey.problems or not survey.payments:
        _finish_check(batch, run, survey)
    else:
        _write(batch, run, survey, by=by, at=clock())


@transaction.atomic
def stop_run(batch: ImportBatch, *, run: uuid.UUID, by: User | None = None) -> None:
    """Say that a run broke down; the file can then be checked again. Does nothing to a later run."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.run == run and locked.is_running:
        locked.state = State.CHECKED
        locked.outcome, locked.problems = {"problem_count": 1}, [Problem("stopped").as_dict()]
        attributed(locked, by=by).save()


@transaction.atomic
def discard_batch(batch: ImportBatch, *, by: User) -> None:
    """Give up a file that is not imported and remove it. Raises BatchRefusedError."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    check_open(locked)
    stored = str(locked.file.name)
    locked.state, locked.file = State.DISCARDED, ""
    attributed(locked, by=by).save()
    transaction.on_commit(partial(batch.file.storage.delete, stored))


def check_open(batch: ImportBatch) -> None:
    """Raises BatchRefusedError unless the file waits to be checked, imported or discarded."""
    if not batch.is_open:
        raise BatchRefusedError(
            _("The file is %(state)s, so this cannot be done now.")
            % {"state": batch.get_state_display()}
        )


def _survey(batch: ImportBatch, run: uuid.UUID, clock: Clock) -> Survey | Problem:
    """What is in the file, or the problem that keeps it from being read."""
    try:
        with batch.file.open("rb") as stored:
            opened = open_file(stored.read(), is_sie=batch.source.is_sie)
        total = len(opened.table) or len(opened.lines)
        _say(batch, run, clock, 0, total)
        return Survey.of(batch, opened, lambda done: _say(batch, run, clock, done, total))
    except UnreadableFileError as error:
        return error.problem


def _say(batch: ImportBatch, run: uuid.UUID, clock: Clock, done: int, total: int) -> None:
    """Write how far the run is. Progress is no fact about the file, so it leaves no history."""
    mine = ImportBatch.objects.filter(
        pk=batch.pk, run=run, state__in=[State.CHECKING, State.IMPORTING]
    )
    if not mine.update(rows_done=min(done, total), rows_total=total, alive_at=clock()):
        raise RunLostError(batch.pk)


@transaction.atomic
def _finish_check(batch: ImportBatch, run: uuid.UUID, survey: Survey | Problem) -> None:
    locked = _locked(batch, run)
    if isinstance(survey, Problem):
        locked.outcome, locked.problems = {"problem_count": 1}, [survey.as_dict()]
    else:
        locked.outcome, locked.problems = survey.outcome(), survey.kept_problems()
    locked.state = State.CHECKED
    locked.save()


@transaction.atomic
def _write(batch: ImportBatch, run: uuid.UUID, survey: Survey, *, by: User, at: datetime) -> None:
    """Everything or nothing. The lock on the source lets one import of it write at a time."""
    PaymentSource.objects.select_for_update().get(pk=batch.source_id)
    locked = _locked(batch, run)
    keys = [payment.external_key for payment in survey.payments]
    for start in range(0, len(keys), CHUNK):
        survey.without(set(imported_before(batch, keys[start : start + CHUNK])))
    rows = bulk_create_with_history(
        survey.payments, Payment, batch_size=CHUNK, default_user=by, default_date=at
    )
    match_reversals([row for row in rows if row.is_reversal], by=by, at=at)
    locked.outcome, locked.problems = survey.outcome(), []
    locked.state, locked.imported_at, locked.imported_by = State.IMPORTED, at, by
    attributed(locked, by=by).save()


def _locked(batch: ImportBatch, run: uuid.UUID) -> ImportBatch:
    """The batch's row, if the run still is the one that may write. Raises RunLostError."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.run != run or not locked.is_running:
        raise RunLostError(batch.pk)
    return locked
