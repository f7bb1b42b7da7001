"""Documents of record: one list over all apps, for scripts and batches."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Protocol

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


class UnknownRecordError(LookupError):
    """No document has this id; the message is for the user."""


def sources() -> list[RecordSource]:
    """The sources that the settings name."""
    return [import_string(path)() for path in settings.DOCUMENT_SOURCES]


def all_records() -> Iterator[Record]:
    """Every document of record in the installation."""
    for source in sources():
        yield from source.records()


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
