"""Files that a page hands over to be kept and worked on."""

from django.http import HttpResponse
from django.utils.text import slugify

from partnerships.documents import Document
from partnerships.word import CONTENT_TYPE, SUFFIX, write_word

LONGEST_NAME = 120


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
