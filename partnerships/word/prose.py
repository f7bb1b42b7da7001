"""Running text, as `partnerships.markdown` gives it, in Word's paragraphs."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordFile
from docx.text.paragraph import Paragraph
from lxml import html
from lxml.html import HtmlElement

from partnerships.word.markup import legal, new_list, number_with, repeat_heading

HEADINGS = {f"h{level}": level for level in range(2, 7)}
DEEPEST_STYLE = 3  # Word's template has lists of three depths


def write_html(word: WordFile, source: str) -> None:
    """Write each paragraph, list, quotation and table at the end of the file."""
    for element in html.fragments_fromstring(source):
        if isinstance(element, str):
            if element.strip():
                word.add_paragraph(legal(element.strip()))
        else:
            _write(word, element)


def _write(word: WordFile, element: HtmlElement) -> None:
    match element.tag:
        case "ul" | "ol":
            _write_list(word, element, depth=1)
        case "blockquote":
            for part in element:
                _write_inline(word.add_paragraph(style="Quote"), part)
        case "table":
            _write_table(word, element)
        case "hr":
            word.add_paragraph()
        case tag if tag in HEADINGS:
            _write_inline(word.add_heading(level=HEADINGS[tag]), element)
        case _:
            _write_inline(word.add_paragraph(), element)


def _write_list(word: WordFile, element: HtmlElement, depth: int) -> None:
    kind = "List Number" if element.tag == "ol" else "List Bullet"
    style = kind if depth == 1 else f"{kind} {min(depth, DEEPEST_STYLE)}"
    numbering = (
        new_list(word, style, starts_at=int(element.get("start", 1)))
        if element.tag == "ol"
        else None
    )
    for item in element.iterchildren("li"):
        paragraph = word.add_paragraph(style=style)
        if numbering is not None:
            number_with(paragraph, numbering)
        _write_inline(paragraph, item, without={"ul", "ol"})
        for nested in item.iterchildren("ul", "ol"):
            _write_list(word, nested, depth + 1)


def _write_table(word: WordFile, element: HtmlElement) -> None:
    rows = list(element.iter("tr"))
    table = word.add_table(rows=0, cols=max(len(row) for row in rows), style="Table Grid")
    for row in rows:
        for cell, source in zip(table.add_row().cells, row, strict=False):
            cell.paragraphs[0].style = "Table text"
            _write_inline(cell.paragraphs[0], source, bold=source.tag == "th")
    repeat_heading(table.rows[0])
    word.add_paragraph(style="Table text")


def _write_inline(
    paragraph: Paragraph, element: HtmlElement, *, without: set[str] | None = None, **marks: bool
) -> None:
    for text, how in _runs(element, marks, without or set()):
        if text == "\n":
            paragraph.add_run().add_break()
            continue
        run = paragraph.add_run(text)
        run.bold, run.italic = how.get("bold"), how.get("italic")


def _runs(
    element: HtmlElement, marks: dict[str, bool], without: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words in their order, each with how they are marked; a line break is "\\n"."""
    if element.text:
        yield _flowing(element.text), marks
    for child in element:
        if child.tag == "br":
            yield "\n", marks
        elif child.tag not in without:
            marked = {"strong": {"bold": True}, "em": {"italic": True}}.get(child.tag, {})
            yield from _runs(child, marks | marked, without)
        if child.tail:
            yield _flowing(child.tail), marks


def _flowing(text: str) -> str:
    """Text whose line feeds are those of the source, not of the writer."""
    return legal(text).replace("\n", " ")
