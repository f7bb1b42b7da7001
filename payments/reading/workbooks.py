"""The one door to openpyxl for reading: the first sheet of a workbook, within limits."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from payments.reading.problems import Problem, UnreadableFileError

UNPACKS_TO_AT_MOST = 300 * 1024 * 1024
MOST_PARTS = 500
UNWANTED = (b"<!DOCTYPE", b"<!ENTITY")
CHUNK = 1024 * 1024


def sheet_rows(content: bytes, *, max_rows: int, max_columns: int) -> Iterator[list[Any]]:
    """The cells of the first sheet, row by row. Raises UnreadableFileError before or while reading."""
    _check(content)
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        for row in sheet.iter_rows(max_row=max_rows, max_col=max_columns, values_only=True):
            yield list(row)
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise UnreadableFileError(Problem("workbook")) from error


def _check(content: bytes) -> None:
    """Refuse what unpacks to too much or declares entities, before anything of it is parsed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableFileError(Problem("workbook"))
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > UNPACKS_TO_AT_MOST
            ):
                raise UnreadableFileError(Problem("workbook_large"))
            left = UNPACKS_TO_AT_MOST
            for part in parts:
                left -= _unpacked_size(archive, part, left)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise UnreadableFileError(Problem("workbook")) from error


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """What the part really unpacks to, which its directory entry may understate."""
    size, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise UnreadableFileError(Problem("workbook_large"))
            if part.filename.endswith((".xml", ".rels")) and _declares(tail + chunk):
                raise UnreadableFileError(Problem("workbook_hostile"))
            tail = chunk[-32:]
    return size


def _declares(chunk: bytes) -> bool:
    """Does the XML declare a document type? Written in UTF-16, every other byte is null."""
    plain = chunk.replace(b"\0", b"")
    return any(mark in plain for mark in UNWANTED)
