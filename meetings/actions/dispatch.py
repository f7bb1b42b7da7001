"""An adjusted § is sent to those it concerns: a letter to each address, once, or on paper."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _, override

from accounts.models import User
from meetings.actions.errors import DispatchRefusedError
from meetings.models import AgendaItem, DecisionRecipient, DispatchLetter, Extract
from meetings.words import LANGUAGE
from memos.actions import MemoMoveError, move_memo
from memos.models import Memo
from partnerships.history import attributed
from partnerships.sending import waits


@transaction.atomic
def write_letters(
    recipient: DecisionRecipient, addresses: Iterable[str], *, by: User, at: datetime
) -> list[DispatchLetter]:
    """Write a letter with the extract to each address that has none; sent by a job of its own.

    Raises DispatchRefusedError with a sentence for the user.
    """
    item = recipient.decision.item
    AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    extract = Extract.objects.filter(item=item).first()
    if extract is None:
        raise DispatchRefusedError(_("The extract is sent when the minutes are adjusted."))
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses))
    told = set(extract.letters.values_list("address", flat=True))
    new = [address for address in wanted if address and address not in told]
    if not new:
        raise DispatchRefusedError(_("Every one of these addresses has been sent the extract."))
    subject, text = _letter(extract)
    letters = [
        DispatchLetter(
            recipient=recipient,
            extract=extract,
            address=address,
            subject=subject,
            text=text,
            written_at=at,
            written_by=by,
        )
        for address in new
    ]
    for letter in letters:
        attributed(letter, by=by).save()
    return letters


def send(letter: DispatchLetter, *, at: datetime) -> bool:
    """Send a letter that nobody else is sending. False when it has gone or another process has it.

    It is claimed first and marked as sent after, as reminders are (docs/adr/0012).
    """
    mine = DispatchLetter.objects.filter(pk=letter.pk).filter(waits(at))
    if not mine.update(tried_at=at):
        return False
    message = EmailMessage(
        letter.subject,
        letter.text,
        to=[letter.address],
        headers={"Message-ID": letter.message_id},
    )
    extract = letter.extract
    message.attach(_file_name(extract), extract.read_pdf(), "application/pdf")
    message.send()
    letter.refresh_from_db()
    letter.sent_at = at
    attributed(letter, by=letter.written_by, reason=_("Sent")).save()
    return True


def letters_to_send(*, at: datetime) -> list[DispatchLetter]:
    """Letters that have not been sent and that nobody has tried lately, oldest first."""
    return list(DispatchLetter.objects.filter(waits(at)).order_by("written_at", "pk"))


@transaction.atomic
def hand_over(recipient: DecisionRecipient, *, on: date | None, by: User) -> DecisionRecipient:
    """Tick that the paper was handed over on a day; None takes the tick away."""
    locked = DecisionRecipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
    if not Extract.objects.filter(item=locked.decision.item).exists():
        raise DispatchRefusedError(_("The extract is sent when the minutes are adjusted."))
    locked.handed_over_on, locked.handed_over_by = on, by if on else None
    attributed(locked, by=by, reason=_("On paper") if on else _("Not on paper")).save()
    return locked


@transaction.atomic
def close_matter(item: AgendaItem, *, by: User, at: datetime) -> None:
    """Close the memo of a decision that everybody has. Raises DispatchRefusedError."""
    recipients = item.decision.recipients.prefetch_related("letters")
    if waiting := [row for row in recipients if not row.is_done]:
        raise DispatchRefusedError(
            _("%(name)s has not got the extract yet.") % {"name": waiting[0]}
        )
    if item.memo is None:
        raise DispatchRefusedError(_("The item has no memo to close."))
    try:
        move_memo(item.memo, to=Memo.State.CLOSED, by=by, at=at, reason=_("Dispatched"))
    except MemoMoveError as error:
        raise DispatchRefusedError(str(error)) from error


def _letter(extract: Extract) -> tuple[str, str]:
    """The subject and the text, in the language of record."""
    item = extract.item
    with override(LANGUAGE):
        text = render_to_string(
            "meetings/letter.txt",
            {"item": item, "meeting": item.meeting, "sha256": extract.pdf_sha256},
        )
    return f"{item.meeting.rules.extract_name}: {item.meeting}, {item}"[:300], text


def _file_name(extract: Extract) -> str:
    item = extract.item
    return f"{slugify(f'{item.meeting} § {item.number} {item.title}')[:100]}.pdf"
