"""Files that a page hands over to be kept and worked on."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

from partnerships.documents import Document
from partnerships.export import Cell, csv_lines, write_workbook
from partnerships.word import CONTENT_TYPE, SUFFIX, write_word

LONGEST_NAME = 120
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_name(words: str, *, otherwise: str) -> str:
    """A file's name, without its suffix, of words that any system can hold."""
    return slugify(words)[:LONGEST_NAME].strip("-") or otherwise


def word_response(document: Document, name: str) -> HttpResponse:
    """The document as a Word file, to be saved under the name."""
    disposition = f'attachment; filename="{name}.{SUFFIX}"'
    return HttpResponse(
        write_word(document),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": disposition},
    )


def table_response(
    file_type: str,
    name: str,
    *,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> HttpResponseBase:
    """A table to be saved under the name, as CSV or as an Excel workbook."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{file_type}"'}
    if file_type == "csv":
        lines = csv_lines(headings, rows)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    workbook = BytesIO()
    write_workbook(workbook, title=title, headings=headings, rows=rows)
    return HttpResponse(workbook.getvalue(), content_type=XLSX, headers=headers)
