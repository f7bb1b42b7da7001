"""The blocks of a document in Word's own shapes."""

from collections.abc import Sequence
from functools import singledispatch

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from docx.table import Table, _Cell

from partnerships.documents import (
    AmountTable,
    ChartBlock,
    FactTable,
    Lines,
    Points,
    Prose,
    Signatures,
)
from partnerships.word.markup import keep_whole, legal, new_list, number_with, repeat_heading
from partnerships.word.prose import write_html

LABEL_AND_AMOUNT = (Cm(11.5), Cm(4.5))
SIGNATURE_LINE = "_" * 36


@singledispatch
def write_block(block: object, word: WordFile) -> None:
    """Write the block at the end of the file.

    Raises TypeError for a block that this module has no shape for.
    """
    raise TypeError(f"A Word file has no shape for {type(block).__name__}.")


@write_block.register
def _(block: Prose, word: WordFile) -> None:
    write_html(word, block.printed_html)


@write_block.register
def _(block: Points, word: WordFile) -> None:
    if block.lead_word:
        for item in block.items:
            paragraph = word.add_paragraph(style="List Paragraph")
            paragraph.add_run(f"{legal(block.lead_word)} ").italic = True
            paragraph.add_run(legal(item))
        return
    numbering = new_list(word)
    for item in block.items:
        number_with(word.add_paragraph(legal(item), style="List Number"), numbering)


@write_block.register
def _(block: Lines, word: WordFile) -> None:
    for item in block.items:
        word.add_paragraph(legal(item), style="Line")


@write_block.register
def _(block: AmountTable, word: WordFile) -> None:
    rows = [(row.label, row.amount) for row in block.rows]
    total = [(block.total_label, block.total)] if block.total else []
    table = _table(
        word, (block.label_heading, block.amount_heading), [*rows, *total], block.caption
    )
    _to_the_right(table)
    if total:
        for cell in table.rows[-1].cells:
            _embolden(cell)
    _note(word, block.note)


@write_block.register
def _(block: FactTable, word: WordFile) -> None:
    table = _table(word, block.headings, block.rows, block.caption)
    if block.is_numeric:
        _to_the_right(table)
    _note(word, block.note)


@write_block.register
def _(block: ChartBlock, word: WordFile) -> None:
    """Its figures: a drawing of the portal's kind is not one that Word can show."""
    write_block(block.table, word)


@write_block.register
def _(block: Signatures, word: WordFile) -> None:
    if block.office:
        word.add_paragraph(legal(block.office))
    for signatory in block.signatories:
        paragraph = word.add_paragraph(SIGNATURE_LINE, style="Signature")
        for line in filter(None, (signatory.name, signatory.title)):
            paragraph.add_run().add_break()
            paragraph.add_run(legal(line))


def _table(
    word: WordFile, headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str
) -> Table:
    """A table whose first row is a heading on every page, and its caption above it."""
    if caption:
        word.add_paragraph(legal(caption), style="Caption").paragraph_format.keep_with_next = True
    table = word.add_table(rows=0, cols=len(headings), style="Table Grid")
    for row in (headings, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.paragraphs[0].style = "Table text"
            cell.paragraphs[0].add_run(legal(text))
    for cell in table.rows[0].cells:
        _embolden(cell)
    repeat_heading(table.rows[0])
    for row in table.rows:
        keep_whole(row)
    if len(headings) == len(LABEL_AND_AMOUNT):
        _widen_the_labels(table)
    return table


def _widen_the_labels(table: Table) -> None:
    for row in table.rows:
        for cell, width in zip(row.cells, LABEL_AND_AMOUNT, strict=True):
            cell.width = width


def _note(word: WordFile, note: str) -> None:
    """What stands under a table; an empty line keeps it from the next one."""
    word.add_paragraph(legal(note), style="Table text")


def _to_the_right(table: Table) -> None:
    for row in table.rows:
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _embolden(cell: _Cell) -> None:
    for run in cell.paragraphs[0].runs:
        run.bold = True
