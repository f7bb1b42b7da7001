"""A document as a Word file: the same words in the same order, in Word's own styles."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings, strategies as st

from partnerships.charts import Chart, Series
from partnerships.documents import (
    AmountRow,
    AmountTable,
    ChartBlock,
    Document,
    FactTable,
    HeaderField,
    Lines,
    Points,
    Prose,
    Section,
    Signatory,
    Signatures,
)
from partnerships.markdown import to_html
from partnerships.word import write_word
from partnerships.word.blocks import write_block

AT = datetime(2019, 11, 12, 9, 30, tzinfo=UTC)


def document(*blocks, **fields):
    said = {
        "title": "Uppsägning av avtal",
        "document_name": "Tjänsteskrivelse",
        "municipality_name": "Exempelstads kommun",
        "sections": [Section("Ärende", blocks)],
        "created_at": AT,
        "modified_at": AT,
    }
    return Document(**said | fields)


def opened(*blocks, **fields):
    return docx.Document(BytesIO(write_word(document(*blocks, **fields))))


def words(word):
    """All the text of the body in its order, tables included."""
    return [node.text for node in word.element.body.iter(qn("w:t"))]


def test_the_words_stand_in_the_order_of_the_document():
    word = opened(
        Prose("Bakgrunden i korthet."),
        Points(["Nämnden säger upp avtalet.", "Punkten justeras omedelbart."]),
        AmountTable([AmountRow("Lön", "550 000 kr")], "Post", "Belopp", "Totalt", "550 000 kr"),
        Lines(["Coompanion Östergötland"]),
        Signatures("Kontoret", [Signatory("Lova Lyktsdotter", "Direktör")]),
        header_fields=[HeaderField("Diarienummer", ["KS 2019-1"])],
    )

    said = [text for text in words(word) if set(text) - {"_", " "}]
    assert said == [
        *("Exempelstads kommun", "Tjänsteskrivelse", "Diarienummer: ", "KS 2019-1"),
        *("Uppsägning av avtal", "Ärende", "Bakgrunden i korthet."),
        *("Nämnden säger upp avtalet.", "Punkten justeras omedelbart."),
        *("Post", "Belopp", "Lön", "550 000 kr", "Totalt", "550 000 kr"),
        *("Coompanion Östergötland", "Kontoret", "Lova Lyktsdotter", "Direktör"),
    ]


def test_headings_keep_their_levels_and_empty_sections_are_not_printed():
    sections = [
        Section("Kapitel", (), style="chapter"),
        Section("Del", (Prose("Text."),), level=3),
        Section("Tomt", (Prose(""),)),
    ]
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(sections=sections).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]

    assert headings == [
        ("Heading 1", "Uppsägning av avtal"),
        ("Heading 2", "Kapitel"),
        ("Heading 3", "Del"),
    ]


def numbering_of(paragraph):
    return paragraph._p.pPr.numPr.numId.val


def test_every_list_of_points_begins_at_one():
    word = opened(Points(["Första.", "Andra."]), Points(["En annan."]))
    first, second, other = (p for p in word.paragraphs if p.style.name == "List Number")

    assert numbering_of(first) == numbering_of(second) != numbering_of(other)
    numbers = {num.numId: num for num in word.part.numbering_part.element.num_lst}
    override = numbers[numbering_of(other)].lvlOverride_lst[0]
    assert override.startOverride.val == 1


def test_points_that_begin_with_a_word_are_not_numbered():
    word = opened(Points(["bifalla förslaget."], lead_word="att"))

    assert "att bifalla förslaget." in [paragraph.text for paragraph in word.paragraphs]
    assert not [p for p in word.paragraphs if p.style.name == "List Number"]


def test_a_tables_first_row_is_its_heading_on_every_page():
    (table,) = opened(FactTable(["År", "Belopp"], [["2019", "1 kr"]], is_numeric=True)).tables

    header, row = (r._tr.trPr for r in table.rows)
    assert header.find(qn("w:tblHeader")) is not None
    assert row.find(qn("w:tblHeader")) is None


def test_a_chart_becomes_its_table():
    chart = Chart(title="Deltagare", categories=["2019"], series=[Series("IOP", [Decimal(14)])])
    block = ChartBlock(chart)

    (table,) = opened(block).tables

    cells = [cell.text for row in table.rows for cell in row.cells]
    assert cells == [*block.table.headings, *(cell for row in block.table.rows for cell in row)]


def test_prose_keeps_its_marks_lists_and_tables():
    text = (
        "Ett **starkt** och *lutande* ord.\n\n1. ett\n2. två\n   - inre\n\n"
        "> Citat.\n\n### Rubrik\n\n| Post | Kr |\n|---|--:|\n| Lön | 5 |\n"
    )
    word = opened(Prose(to_html(text)))

    styles = [(p.style.name, p.text) for p in word.paragraphs]
    assert ("List Number", "ett") in styles
    assert ("List Bullet 2", "inre") in styles
    assert ("Quote", "Citat.") in styles
    assert ("Heading 3", "Rubrik") in styles
    marked = {run.text: (run.bold, run.italic) for p in word.paragraphs for run in p.runs}
    assert (marked["starkt"], marked["lutande"]) == ((True, None), (None, True))
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["Lön", "5"]


def test_it_is_swedish_and_says_what_it_is():
    word = opened(Prose("Text."), author="Kontoret", running_identifier="KS 2019-1")

    said = word.core_properties
    assert (said.title, said.author, said.identifier) == (
        "Uppsägning av avtal",
        "Kontoret",
        "KS 2019-1",
    )
    assert said.created == AT
    (language,) = word.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "sv-SE"


def test_the_draft_is_marked_on_every_page_and_pages_are_counted():
    word = opened(Prose("Text."), draft_mark="Utkast")
    section = word.sections[0]

    assert "Utkast" in section.header.paragraphs[0].text
    fields = [node.text.strip() for node in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_same_document_gives_the_same_bytes():
    said = document(Points(["En punkt."]), Prose(to_html("*Text.*")))

    assert write_word(said) == write_word(said)


def test_a_block_without_a_shape_is_refused_loudly():
    with pytest.raises(TypeError, match="Signatory"):
        write_block(Signatory("Lova"), docx.Document())


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@settings(max_examples=60)
def test_whatever_is_written_the_file_can_be_opened(text):
    word = opened(Prose(to_html(text)), Points([text]), Lines([text]), title=text or "x")

    assert word.paragraphs


def test_what_would_be_markup_is_text():
    content = write_word(document(Points(["</w:t><w:br/>&amp; ]]> \x00\x1b"])))

    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
    said = docx.Document(BytesIO(content)).paragraphs
    assert "</w:t><w:br/>&amp; ]]> " in [paragraph.text for paragraph in said]
