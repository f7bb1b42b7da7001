"""A document of record as a Word file, for those who go on working with the text.

It says what the page and the PDF say, in the same order, with Word's own styles: headings that the
navigation pane lists, numbered points, tables whose first row is a heading on every page. It is a
copy to work in; the document of record is the PDF. The same document gives the same bytes.
"""

from datetime import UTC
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from docx.shared import Cm

from partnerships.documents import Document
from partnerships.word.blocks import write_block
from partnerships.word.markup import add_contents, add_page_number, legal, prepare_styles

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIX = "docx"
A4, MARGIN = (Cm(21), Cm(29.7)), Cm(2.5)
LOGO_HEIGHT = Cm(1.4)
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a file in an archive


def write_word(document: Document) -> bytes:
    """The document as a .docx file (Office Open XML, ISO/IEC 29500)."""
    word = docx.Document()
    prepare_styles(word, language=document.language, colour=document.letterhead_colour)
    _say_what_it_is(word, document)
    _write_page_edges(word, document)
    _write_letterhead(word, document)
    word.add_heading(legal(document.title), level=1)
    if document.has_contents:
        add_contents(word, [section.heading for section in document.printed_sections])
    for section in document.printed_sections:
        if section.heading:
            heading = word.add_heading(legal(section.heading), level=section.level)
            heading.paragraph_format.page_break_before = section.starts_page
        for block in section.printed_blocks:
            write_block(block, word)
    return _packed(word)


def _say_what_it_is(word: WordFile, document: Document) -> None:
    said = word.core_properties
    said.title = legal(document.title)[:255]
    said.author = legal(document.author or document.municipality_name)[:255]
    said.subject = legal(document.document_name)[:255]
    said.comments = legal(document.description)[:255]
    said.identifier = legal(document.running_identifier)[:255]
    said.language = document.language
    said.last_modified_by = said.author
    said.created = document.created_at.astimezone(UTC).replace(tzinfo=None)
    said.modified = document.modified_at.astimezone(UTC).replace(tzinfo=None)


def _write_page_edges(word: WordFile, document: Document) -> None:
    """The paper, and what stands at the head and the foot of every page."""
    section = word.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    head = section.header.paragraphs[0]
    running = (document.document_name, document.running_identifier, document.draft_mark)
    head.text = legal("\t".join(part for part in running if part))
    for line in document.page_heading:
        section.header.add_paragraph(legal(line), style="Header")
    foot = section.footer.paragraphs[0]
    if document.signature_row:
        foot.text = "\t".join(f"{legal(label)} ____________" for label in document.signature_row)
        foot = section.footer.add_paragraph(style="Footer")
    foot.add_run(f"{legal(document.footer_text)}\t" if document.footer_text else "")
    add_page_number(foot)


def _write_letterhead(word: WordFile, document: Document) -> None:
    sender = word.add_paragraph(style="Sender")
    if document.logo and (picture := _picture(document.logo)):
        shape = sender.add_run().add_picture(picture, height=LOGO_HEIGHT)
        shape._inline.docPr.set("descr", legal(document.municipality_name))
    else:
        sender.add_run(legal(document.municipality_name))
    name = word.add_paragraph(legal(document.document_name), style="Subtitle")
    if document.is_draft:
        name.add_run(f" – {legal(document.draft_mark)}")
    for field in document.printed_header_fields:
        paragraph = word.add_paragraph(style="Header field")
        paragraph.add_run(f"{legal(field.label)}: ").bold = True
        paragraph.add_run(legal(", ".join(field.printed_lines)))


def _picture(logo: bytes) -> BytesIO | None:
    """The logo when Word can show it, which it cannot when it is drawn as SVG."""
    try:
        Image.from_blob(logo)
    except UnrecognizedImageError:
        return None
    return BytesIO(logo)


def _packed(word: WordFile) -> bytes:
    """The file's bytes, without the moment when they were packed."""
    written, packed = BytesIO(), BytesIO()
    word.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, EARLIEST)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return packed.getvalue()
