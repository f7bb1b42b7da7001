"""Documents of record: one list over all apps, for scripts and batches."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Record:
    """One document of record."""

    id: str
    kind: str
    title: str
    diary_number: str
    agreement: str
    state: str

    def as_dict(self) -> dict[str, str]:
        """The record for JSON."""
        return asdict(self)


class RecordSource(Protocol):
    """What an app offers: its documents, and the bytes of one of them."""

    prefix: str

    def records(self) -> Iterator[Record]:
        """The app's documents, oldest first."""

    def render(self, key: str) -> bytes | None:
        """The PDF of the document with this key; None when there is none."""


@dataclass(frozen=True)
class Issued:
    """What anybody may know of a document that was issued: no title, no matter, no person.

    `url` leads to it for the user who asked, and is empty when the user may not read it.
    """

    kind: str
    issuer: str
    on: date
    number: int
    latest: int
    url: str = ""

    @property
    def is_replaced(self) -> bool:
        """Has a later version been issued?"""
        return self.number < self.latest


@runtime_checkable
class IssuingSource(Protocol):
    """A source that keeps what it has issued with its SHA-256."""

    def find_issued(self, sha256: str, user: Any) -> Issued | None:
        """The issued document with these bytes, as far as the user may know of it."""


class UnknownRecordError(LookupError):
    """No document has this id; the message is for the user."""


def sources() -> list[RecordSource]:
    """The sources that the settings name."""
    return [import_string(path)() for path in settings.DOCUMENT_SOURCES]


def all_records() -> Iterator[Record]:
    """Every document of record in the installation."""
    for source in sources():
        yield from source.records()


def find_issued(sha256: str, user: Any) -> Issued | None:
    """Which document the portal issued with these bytes; None when it did not."""
    found = (s.find_issued(sha256, user) for s in sources() if isinstance(s, IssuingSource))
    return next((issued for issued in found if issued), None)


def render(record_id: str) -> bytes:
    """The document's PDF: as it was issued, else as it would be issued now.

    Raises UnknownRecordError.
    """
    prefix, _dash, key = record_id.partition("-")
    for source in sources():
        if source.prefix == prefix and (pdf := source.render(key)) is not None:
            return pdf
    raise UnknownRecordError(
        f"There is no document “{record_id}”. `manage.py documents` lists them."
    )
