"""The one door to WeasyPrint: a document becomes a PDF for the archive that everybody can read.

The file is PDF/A-3a and PDF/UA-1 at once. Nothing outside the bundled fonts, style sheets and the
document itself can be reached while it is made, and the same document gives the same bytes.
"""

import re
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from partnerships.documents import Attachment, Document, DocumentRefusedError
from partnerships.pdf.characters import printable
from partnerships.pdf.engine import print_html
from partnerships.pdf.pictures import draft_mark, printable_logo

__all__ = ["render_pdf"]

# About a hundred pages, or fifteen hundred rows of tables: seconds of work, not minutes.
MAX_CHARACTERS = 300_000
MAX_TAGS = 10_000
# Wrapping a word takes time that grows with its square, so that an endless one is given places to break.
LETTER = r"(?:&[#\w]+;|[^\s<>&])"
ENDLESS_WORD = re.compile(LETTER + "{200,}")
STRETCH = re.compile(LETTER + "{40}")
ZERO_WIDTH_SPACE = "\u200b"


def render_pdf(document: Document, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The document as a PDF. Raises DocumentRefusedError with a sentence for the user."""
    context = {"document": document, "is_printed": True}
    html = printable(render_to_string("documents/document.html", context))
    if len(html) > MAX_CHARACTERS or html.count("<") > MAX_TAGS:
        raise DocumentRefusedError(
            _("The document is too long to be printed. Shorten it, or attach parts of it as files.")
        )
    pictures = {}
    if document.logo:
        pictures["logo"] = (printable_logo(document.logo), "image/png")
    if document.is_draft:
        pictures["draft-mark"] = (draft_mark(document.draft_mark), "image/svg+xml")
    for block in document.charts:
        pictures[block.picture_name] = (printable(block.chart.svg).encode(), "image/svg+xml")
    return print_html(
        ENDLESS_WORD.sub(lambda word: STRETCH.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", word[0]), html),
        colour=document.letterhead_colour,
        is_draft=document.is_draft,
        pictures=pictures,
        attachments=attachments,
        moment=document.modified_at,
    )
