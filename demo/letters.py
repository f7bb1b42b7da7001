"""The letters that the demo's portal has sent: caught in a folder instead of going out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

BETWEEN_LETTERS = b"\n" + b"-" * 79 + b"\n"  # as Django's file backend writes it
SHOWN = 50


@dataclass(frozen=True)
class CaughtLetter:
    """One letter as its reader would see it."""

    sent_at: datetime | None
    to: str
    subject: str
    text: str
    attachments: tuple[str, ...]


def caught_letters() -> list[CaughtLetter]:
    """The latest letters, the newest first."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    files = sorted(Path(folder).glob("*.log"), reverse=True) if folder else []
    letters: list[CaughtLetter] = []
    for file in files[:SHOWN]:
        letters += reversed(list(_letters_in(file.read_bytes())))
    return letters[:SHOWN]


def _letters_in(content: bytes) -> Iterator[CaughtLetter]:
    for part in content.split(BETWEEN_LETTERS):
        if part.strip():
            yield _letter(message_from_bytes(part.lstrip(), policy=policy.default))


def _moment(sent: datetime) -> datetime:
    """The moment; Django writes it in UTC with a zone that says "not known"."""
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _letter(message: EmailMessage) -> CaughtLetter:
    body = message.get_body(preferencelist=("plain",))
    return CaughtLetter(
        sent_at=_moment(message["Date"].datetime) if message["Date"] else None,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=body.get_content().strip() if body else "",
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )
