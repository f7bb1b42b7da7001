"""The payments in a file, one by one, each with what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from payments.models import PaymentSource
from payments.reading.cells import CellError, amount_of, date_of, org_number_of, text_of
from payments.reading.files import OpenedFile
from payments.reading.layout import LIMITS, Layout
from payments.reading.problems import Problem
from payments.reading.sie import Transaction, Voucher, vouchers_of

LONGEST_KEY = 200


@dataclass(frozen=True)
class ReadRow:
    """A payment as the file has it; the names are those of `Payment`."""

    row_number: int
    external_key: str
    paid_on: date
    amount: Decimal
    account: str = ""
    project: str = ""
    voucher: str = ""
    reference: str = ""
    reversed_key: str = ""
    payee_name: str = ""
    payee_number: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """One row of the file: a payment, or why it is left out, or what is wrong; and what to know."""

    number: int
    row: ReadRow | None = None
    left_out: str = ""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def rows_of(opened: OpenedFile, source: PaymentSource) -> Iterator[Reading]:
    """Every row of the file in its order. Raises UnreadableFileError when the layout is another."""
    if source.is_sie:
        yield from _sie_rows(opened.lines, source)
        return
    layout = Layout.of(opened, source)
    for number, cells in enumerate(opened.table, start=1):
        if number > source.heading_row and any(cell not in (None, "") for cell in cells):
            yield _Row(number, cells, layout, source).read()


def _sie_rows(lines: list[str], source: PaymentSource) -> Iterator[Reading]:
    for voucher in vouchers_of(lines):
        if isinstance(voucher, Problem):
            yield Reading(voucher.row or 0, problems=(voucher,))
            continue
        wrong = tuple(voucher.problems())
        if wrong:
            yield Reading(voucher.line, problems=wrong)
            continue
        for ordinal, row in enumerate(voucher.rows, start=1):
            yield _sie_row(voucher, ordinal, row, source)


def _sie_row(voucher: Voucher, ordinal: int, row: Transaction, source: PaymentSource) -> Reading:
    """A row of a voucher; its key is the year, the voucher and its place in the voucher."""
    cells = [
        voucher.day,
        f"{row.amount:f}",
        row.account,
        row.project,
        voucher.name,
        " – ".join(dict.fromkeys(text for text in (voucher.text, row.text) if text)),
        f"{voucher.day[:4]} {voucher.name}/{ordinal}",
    ]
    names = ("paid_on", "amount", "account", "project", "voucher", "text")
    layout = Layout({name: position for position, name in enumerate(names)}, (len(names),))
    return _Row(row.line, cells, layout, source, pattern="%Y%m%d", mark=".").read()


class _Row:
    """One row being read."""

    def __init__(
        self,
        number: int,
        cells: list[Any],
        layout: Layout,
        source: PaymentSource,
        *,
        pattern: str = "",
        mark: str = "",
    ):
        self.number, self.cells, self.layout, self.source = number, cells, layout, source
        self.pattern = pattern or source.date_format
        self.mark = mark or source.decimal_mark
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []

    def read(self) -> Reading:
        """The payment, or why there is none."""
        account = self._text("account")
        prefixes = self.source.account_prefixes
        if prefixes and not account.startswith(prefixes):
            return Reading(self.number, left_out="account")
        amount = self._required("amount", lambda cell: amount_of(cell, self.mark))
        if amount == 0 and not self.problems:
            return Reading(self.number, left_out="zero")
        number, is_person = self._payee_number()
        if is_person:
            return Reading(self.number, left_out="person")
        day = self._required("paid_on", lambda cell: date_of(cell, self.pattern))
        key = self._key()
        names = ("project", "voucher", "reference", "reversed_key", "payee_name", "text")
        texts = {name: self._text(name) for name in names}
        if self.problems or day is None or amount is None:
            return Reading(self.number, problems=tuple(self.problems))
        sign = -1 if self.source.sign == PaymentSource.Sign.NEGATIVE else 1
        row = ReadRow(
            row_number=self.number,
            external_key=key,
            paid_on=day,
            amount=amount * sign,
            account=account,
            payee_number=number,
            **texts,
        )
        return Reading(self.number, row, remarks=tuple(self.remarks))

    def _cell(self, name: str) -> Any:
        position = self.layout.positions.get(name)
        return None if position is None or position >= len(self.cells) else self.cells[position]

    def _text(self, name: str) -> str:
        return self._try(name, lambda cell: text_of(cell, limit=LIMITS[name])) or ""

    def _required(self, name: str, read) -> Any:
        known = len(self.problems)
        value = self._try(name, read)
        if value is None and len(self.problems) == known:
            self.problems.append(Problem("missing", self.number, {"column": name}))
        return value

    def _try(self, name: str, read) -> Any:
        try:
            return read(self._cell(name))
        except CellError as error:
            values = {"column": name, **error.values}
            self.problems.append(Problem(error.code, self.number, values))
            return None

    def _key(self) -> str:
        """The row's key: the texts of its key columns, of which none may be empty."""
        parts = []
        for position in self.layout.keys:
            cell = self.cells[position] if position < len(self.cells) else None
            try:
                parts.append(text_of(cell, limit=LONGEST_KEY // len(self.layout.keys) - 3))
            except CellError as error:
                self.problems.append(
                    Problem(error.code, self.number, {"column": "key", **error.values})
                )
                return ""
        if not parts or not all(parts):
            self.problems.append(Problem("missing", self.number, {"column": "key"}))
        return " | ".join(parts)

    def _payee_number(self) -> tuple[str, bool]:
        """The organisation number as far as it is one, and whether it is a person's instead."""
        try:
            return org_number_of(self._cell("payee_number")), False
        except CellError as error:
            if error.code == "number":
                self.remarks.append(Problem("number", self.number, error.values))
            elif error.code != "person":
                self.problems.append(
                    Problem(error.code, self.number, {"column": "payee_number", **error.values})
                )
            return "", error.code == "person"
