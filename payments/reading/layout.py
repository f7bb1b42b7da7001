"""Which facts a row may have, and where in a file they stand."""

from dataclasses import dataclass

from payments.models import PaymentSource
from payments.reading.files import OpenedFile
from payments.reading.problems import Problem, UnreadableFileError

MOST_KEY_COLUMNS = 3
# What a text may hold at most; the same as in the database.
LIMITS = {
    "account": 20,
    "project": 60,
    "voucher": 60,
    "reference": 100,
    "payee_name": 200,
    "payee_number": 60,
    "text": 500,
    "reversed_key": 200,
}
COLUMNS = ("paid_on", "amount", *LIMITS)


@dataclass(frozen=True)
class Layout:
    """The position of each mapped column in a file's rows."""

    positions: dict[str, int]
    keys: tuple[int, ...]

    @classmethod
    def of(cls, opened: OpenedFile, source: PaymentSource) -> "Layout":
        """The source's columns found in the file's headings. Raises UnreadableFileError."""
        headings = opened.headings(source.heading_row)
        if not any(headings):
            raise UnreadableFileError(Problem("no_headings", values={"row": source.heading_row}))
        columns = dict(source.columns)
        keys = tuple(_position(headings, name) for name in columns.pop("key", []))
        positions = {
            name: _position(headings, heading)
            for name, heading in columns.items()
            if name in COLUMNS and heading
        }
        return cls(positions, keys)


def _position(headings: list[str], name: str) -> int:
    if name not in headings:
        raise UnreadableFileError(Problem("no_such_heading", values={"name": name}))
    if headings.count(name) > 1:
        raise UnreadableFileError(Problem("same_heading", values={"name": name}))
    return headings.index(name)
