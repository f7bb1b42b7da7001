"""Vouchers of a SIE 4 file (the exchange format of Swedish bookkeeping, www.sie.se).

Read are #VER with its #TRANS; #BTRANS (removed rows) and #RTRANS (added rows, which the standard
has repeated as #TRANS) are not. A voucher that does not add up, or has no number, is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from payments.reading.problems import Problem, UnreadableFileError

FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|\{([^}]*)\}|([^\s"{}]+)|(\S)')
PROJECT = "6"  # the dimension that the standard reserves for projects
TYPE_WITH_VOUCHERS = "4"


@dataclass
class Transaction:
    """One row of a voucher; `amount` is positive in debit."""

    line: int
    account: str
    project: str
    amount: Decimal
    text: str


@dataclass
class Voucher:
    """A voucher as the file has it; `day` and each text are not read yet."""

    line: int
    series: str
    number: str
    day: str
    text: str
    rows: list[Transaction] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Series and number, as one says it."""
        return f"{self.series}{self.number}"

    def problems(self) -> Iterator[Problem]:
        """Why the voucher as a whole cannot be taken."""
        if not self.number:
            yield Problem("sie_number", self.line)
        if difference := sum((row.amount for row in self.rows), Decimal(0)):
            values = {"voucher": self.name, "sum": f"{difference:f}"}
            yield Problem("sie_balance", self.line, values)


def fields_of(line: str) -> list[str]:
    """The fields of a line; a list of objects comes without its braces. Raises ValueError."""
    fields = []
    for found in FIELD.finditer(line):
        quoted, objects, plain, stray = found.groups()
        if stray is not None:
            raise ValueError(line)
        if quoted is not None:
            fields.append(re.sub(r"\\(.)", r"\1", quoted))
        else:
            fields.append(objects if objects is not None else plain)
    return fields


def vouchers_of(lines: list[str]) -> Iterator[Voucher | Problem]:
    """The file's vouchers, and the lines that cannot be read. Raises UnreadableFileError."""
    _check_type(lines)
    reader = _Reader()
    for number, line in enumerate(lines, start=1):
        yield from reader.read(number, line.strip())
    yield from reader.give_up(len(lines))


class _Reader:
    """Reads line by line; holds the voucher that is not closed yet."""

    def __init__(self) -> None:
        self.voucher: Voucher | None = None
        self.is_inside = False

    def read(self, number: int, line: str) -> Iterator[Voucher | Problem]:
        """The voucher that the line closes, or what is wrong with the line."""
        label = line.split(maxsplit=1)[0].upper() if line else ""
        try:
            if label == "#VER":
                yield from self.give_up(number)
                self.voucher = _voucher(number, line)
            elif label == "{":
                self.is_inside = self.voucher is not None
            elif label == "#TRANS" and self.voucher and self.is_inside:
                self.voucher.rows.append(_transaction(number, line))
            elif label == "}" and self.voucher:
                yield self.voucher
                self.voucher, self.is_inside = None, False
        except ValueError:
            yield Problem("sie_line", number)

    def give_up(self, number: int) -> Iterator[Problem]:
        """Say so when a voucher is still open."""
        if self.voucher:
            yield Problem("sie_end", number)
        self.voucher, self.is_inside = None, False


def _check_type(lines: list[str]) -> None:
    stated = [line.split() for line in lines if line.strip().upper().startswith("#SIETYP")]
    if not stated:
        raise UnreadableFileError(Problem("not_sie"))
    kind = stated[0][1] if len(stated[0]) > 1 else ""
    if kind != TYPE_WITH_VOUCHERS:
        raise UnreadableFileError(Problem("sie_type", values={"type": kind}))


def _voucher(number: int, line: str) -> Voucher:
    _label, series, name, day, *rest = fields_of(line)
    return Voucher(number, series, name, day, rest[0] if rest else "")


def _transaction(number: int, line: str) -> Transaction:
    _label, account, objects, amount, *rest = fields_of(line)
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", amount):
        raise ValueError(amount)
    pairs = fields_of(objects)
    by_dimension = dict(zip(pairs[::2], pairs[1::2], strict=True))
    text = rest[1] if len(rest) > 1 else ""
    return Transaction(number, account, by_dimension.get(PROJECT, ""), Decimal(amount), text)
