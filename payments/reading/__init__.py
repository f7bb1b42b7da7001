"""Reads what finance systems export. One door: `open_file` and `rows_of`; problems carry row numbers."""

from payments.reading.files import OpenedFile, open_file
from payments.reading.layout import COLUMNS, MOST_KEY_COLUMNS
from payments.reading.problems import Problem, UnreadableFileError, sentence_of
from payments.reading.rows import Reading, ReadRow, rows_of

__all__ = [
    "COLUMNS",
    "MOST_KEY_COLUMNS",
    "OpenedFile",
    "Problem",
    "ReadRow",
    "Reading",
    "UnreadableFileError",
    "open_file",
    "rows_of",
    "sentence_of",
]
