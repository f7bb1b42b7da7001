"""Opens an uploaded file, whatever it is, within limits: as rows of cells, or as lines of SIE."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from payments.reading.problems import Problem, UnreadableFileError
from payments.reading.workbooks import sheet_rows

MEGABYTE = 1024 * 1024
LARGEST_FILE = 25 * MEGABYTE
MOST_ROWS = 200_000
MOST_COLUMNS = 100
DELIMITERS = ";\t,"
LINES_TO_SNIFF = 20
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class OpenedFile:
    """A table's rows of cells (text, or what Excel holds), or the lines of a SIE file."""

    table: list[list[Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def headings(self, row: int) -> list[str]:
        """The headings in a row (counted from 1); trailing empty ones are left out."""
        cells = self.table[row - 1] if row <= len(self.table) else []
        texts = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        return texts


def open_file(content: bytes, *, is_sie: bool) -> OpenedFile:
    """The file's rows or lines. Raises UnreadableFileError with a sentence that says what to do."""
    if not content.strip():
        raise UnreadableFileError(Problem("empty"))
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(Problem("too_large", values={"limit": LARGEST_FILE // MEGABYTE}))
    if is_sie:
        return OpenedFile(lines=_sie_lines(content))
    if content.startswith(OLD_EXCEL):
        raise UnreadableFileError(Problem("old_excel"))
    if content.startswith(ZIP):
        rows = sheet_rows(content, max_rows=MOST_ROWS + 100, max_columns=MOST_COLUMNS)
        return OpenedFile(table=_limited(rows))
    return OpenedFile(table=_limited(_csv_rows(_decoded(content))))


def _sie_lines(content: bytes) -> list[str]:
    """SIE 4 is written in code page 437, and nothing else (#FORMAT PC8)."""
    if content.startswith((ZIP, OLD_EXCEL)) or b"\0" in content:
        raise UnreadableFileError(Problem("not_sie"))
    return content.removeprefix(b"\xef\xbb\xbf").decode("cp437").splitlines()


def _decoded(content: bytes) -> str:
    """The text, in UTF-8 if it is that and else in Windows-1252; UTF-16 says itself what it is."""
    encodings = ["utf-16"] if content.startswith(UTF_16) else ["utf-8-sig", "cp1252"]
    if encodings[0] != "utf-16" and b"\0" in content:
        raise UnreadableFileError(Problem("binary"))
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(Problem("encoding"))


def _csv_rows(text: str) -> Iterator[list[Any]]:
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=_delimiter(lines[:LINES_TO_SNIFF]), strict=True)
    rows = 0
    try:
        for row in reader:
            rows += 1
            yield row[:MOST_COLUMNS]
    except csv.Error as error:
        raise UnreadableFileError(Problem("not_table", values={"row": rows + 1})) from error


def _delimiter(lines: list[str]) -> str:
    """The delimiter that divides most of the first rows into equally many cells."""

    def weight(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1]
        most_common = max(set(widths), key=widths.count, default=0)
        return widths.count(most_common), most_common

    return max(DELIMITERS, key=weight)


def _limited(rows: Iterator[list[Any]]) -> list[list[Any]]:
    """The rows, unless there are too many; empty ones at the end are left out."""
    table: list[list[Any]] = []
    for row in rows:
        if len(table) >= MOST_ROWS + 50:
            raise UnreadableFileError(Problem("too_many_rows", values={"limit": f"{MOST_ROWS:,}"}))
        table.append(row)
    while table and not any(cell not in (None, "") for cell in table[-1]):
        table.pop()
    if not table:
        raise UnreadableFileError(Problem("empty"))
    return table
