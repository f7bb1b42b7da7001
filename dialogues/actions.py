"""What changes more than one row of a dialogue, or has a precondition."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement
from dialogues.documents import dialogue_pdf
from dialogues.models import Dialogue, DialogueMeeting, Participant
from partnerships.dates import ApproximateDate
from partnerships.history import attributed

CARRIED_ON = ("committee", "officer", "partner", "project", "name", "diary_number", "need")


class DialogueClosedError(Exception):
    """A closed dialogue is not changed; the message is for the user."""


class DialogueNotClosableError(Exception):
    """The dialogue cannot be closed so; the message is for the user."""


@transaction.atomic
def save_dialogue(dialogue: Dialogue, *, by: User, reason: str = "") -> Dialogue:
    """Save an open dialogue. Raises DialogueClosedError when it was closed meanwhile."""
    if dialogue.pk:
        _open_locked(dialogue)
    attributed(dialogue, by=by, reason=reason).save()
    return dialogue


@transaction.atomic
def save_meeting(
    meeting: DialogueMeeting,
    *,
    participants: Iterable[Participant],
    removed: Iterable[Participant] = (),
    by: User,
    reason: str = "",
) -> DialogueMeeting:
    """Save an entry of the log with who took part. Raises DialogueClosedError."""
    _open_locked(meeting.dialogue)
    attributed(meeting, by=by, reason=reason).save()
    for row in removed:
        attributed(row, by=by, reason=reason).delete()
    for row in participants:
        row.meeting = meeting
        attributed(row, by=by, reason=reason).save()
    return meeting


@transaction.atomic
def remove_meeting(meeting: DialogueMeeting, *, by: User, reason: str) -> None:
    """Take an entry out of the log; its history stays. Raises DialogueClosedError."""
    _open_locked(meeting.dialogue)
    for row in meeting.participants.all():
        attributed(row, by=by, reason=reason).delete()
    attributed(meeting, by=by, reason=reason).delete()


@transaction.atomic
def close_dialogue(
    dialogue: Dialogue,
    *,
    outcome: Dialogue.Outcome,
    reason: str,
    agreement: Agreement | None = None,
    ended_on: ApproximateDate | None = None,
    by: User,
    at: datetime,
) -> Dialogue:
    """Close a dialogue with its outcome and issue its log; then nothing is changed any more.

    One that goes on as a pre-stage gets a new dialogue, which follows it. Raises
    DialogueClosedError or DialogueNotClosableError with a sentence for the user.
    """
    _open_locked(dialogue)
    fresh = Dialogue.objects.with_log().get(pk=dialogue.pk)
    if problem := _why_not_close(fresh, outcome, reason, agreement):
        raise DialogueNotClosableError(problem)
    fresh.outcome, fresh.outcome_reason, fresh.ended_on = outcome, reason, ended_on
    fresh.agreement = agreement if outcome == Dialogue.Outcome.AGREEMENT else None
    fresh.closed_at, fresh.closed_by = at, by
    pdf = dialogue_pdf(fresh)
    fresh.pdf_sha256 = sha256(pdf).hexdigest()
    fresh.pdf.save(f"dialogue-{fresh.pk}.pdf", ContentFile(pdf), save=False)
    attributed(fresh, by=by, reason=_("Closed")).save()
    if outcome == Dialogue.Outcome.PRE_STAGE:
        _carry_on(fresh, by)
    return fresh


def _open_locked(dialogue: Dialogue) -> Dialogue:
    locked = Dialogue.objects.select_for_update(of=("self",)).get(pk=dialogue.pk)
    if not locked.is_open:
        raise DialogueClosedError(
            _("The dialogue is closed and its log is issued. Start a new dialogue to go on.")
        )
    return locked


def _why_not_close(
    dialogue: Dialogue, outcome: str, reason: str, agreement: Agreement | None
) -> str:
    """Why the dialogue cannot be closed so, as a sentence; empty when it can."""
    if outcome == Dialogue.Outcome.AGREEMENT and agreement is None:
        return _("Choose the agreement that the dialogue leads to. Register it first if need be.")
    if outcome == Dialogue.Outcome.ENDED and not reason.strip():
        return _("Say why the dialogue ends. The organisation can ask for the log.")
    if outcome == Dialogue.Outcome.PRE_STAGE and dialogue.kind == Dialogue.Kind.PRE_STAGE:
        return _("This is a pre-stage already. It can lead to an agreement or end.")
    if not dialogue.meetings.exists():
        return _("The log is empty. Write down at least one meeting first.")
    return ""


def _carry_on(dialogue: Dialogue, by: User) -> Dialogue:
    """The pre-stage in which the dialogue goes on."""
    kept = {name: getattr(dialogue, name) for name in CARRIED_ON}
    following = Dialogue(
        **kept,
        kind=Dialogue.Kind.PRE_STAGE,
        follows=dialogue,
        initiative=dialogue.initiative,
        started_on=dialogue.ended_on,
        created_by=by,
    )
    attributed(following, by=by, reason=_("Goes on from a closed dialogue")).save()
    return following
