"""Tables for a spreadsheet, as CSV or as an Excel workbook.

What people or other systems wrote may begin like a formula (`=HYPERLINK(…)`), and a spreadsheet would
run it. In CSV such a text gets an apostrophe before it; in a workbook every text is marked as text.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Cell = str | Decimal | date | int | None
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MOST_SHEET_ROWS = 1_048_575  # besides the headings
AMOUNT_FORMAT = "#,##0.00"
BOM = "\ufeff"


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV that Swedish Excel opens as it is: UTF-8 with BOM, semicolons, comma in amounts."""
    yield BOM + _line(headings)
    for row in rows:
        yield _line([_csv_text(cell) for cell in row])


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_workbook(
    target: IO[bytes], *, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write the table to an open binary file as .xlsx, row by row."""
    write_sheets(target, [Sheet(title, headings, rows)])


def write_sheets(target: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write several tables to an open binary file as .xlsx; their titles are to differ."""
    workbook = Workbook(write_only=True)
    for each in sheets:
        _write_sheet(workbook, each.title, each.headings, each.rows)
    workbook.save(target)


def _write_sheet(
    workbook: Workbook, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = workbook.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    bold = [_text_cell(sheet, heading) for heading in headings]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in rows:
        sheet.append([_sheet_cell(sheet, cell) for cell in row])


def defused(text: str) -> str:
    """The text, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_BEGINS) else text


def _line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return defused(cell) if isinstance(cell, str) else str(cell)


def _sheet_cell(sheet, cell: Cell):
    if isinstance(cell, str):
        return _text_cell(sheet, cell)
    written = WriteOnlyCell(sheet, cell)
    if isinstance(cell, Decimal):
        written.number_format = AMOUNT_FORMAT
    return written


def _text_cell(sheet, text: str):
    """A cell of text, whatever it begins with; characters that XML cannot hold are left out."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\")[:31] or "1"
