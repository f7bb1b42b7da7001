"""The PDF of a document: what is seen, and what is read aloud."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from partnerships.documents import (
    AmountTable,
    DocumentRefusedError,
    HeaderField,
    Lines,
    Points,
    Prose,
    Section,
    Signatures,
)
from partnerships.pdf import render_pdf
from tests.partnerships.example_memo import (
    BACKGROUND,
    CONSULTATION,
    DECISION_BASIS,
    EQUALITY,
    FOLLOW_UP,
    GOALS,
    HEADINGS,
    MUNICIPALITY_PAYS,
    MUNICIPALITY_ROWS,
    PARTNER_GIVES,
    PARTNER_ROWS,
    SUMMARY,
    memo,
    picture,
)
from tests.pdf_checks.sight import page_texts, points_of_mark, squeezed
from tests.pdf_checks.structure import lines, marked_text, read

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def test_headings_are_read_in_the_order_of_the_source_below_one_title():
    with pikepdf.open(BytesIO(render_pdf(memo()))) as pdf:
        headings = [(node.tag, node.text) for node in read(pdf).all("H1", "H2", "H3")]

    assert headings == [("H1", HEADINGS[0]), *(("H2", heading) for heading in HEADINGS[1:])]


def test_text_is_read_aloud_in_order_word_for_word():
    rows = [f"{label}{amount}" for label, amount in (*MUNICIPALITY_ROWS, *PARTNER_ROWS)]
    expected = [
        *("Förslag till beslut", "1. Arbetsmarknadsnämnden noterar informationen.", "Ärende"),
        *SUMMARY.strip().split("\n\n"),
        *("Beslutsunderlag", DECISION_BASIS, "Bakgrund"),
        *BACKGROUND.strip().split("\n\n"),
        "Ekonomiska konsekvenser",
        *(MUNICIPALITY_PAYS, *rows[:2], "Totalt från Linköpings kommun per år:1 100 000 kr"),
        *(PARTNER_GIVES, *rows[2:], "Totalt från Linköpings stadsmission per år:980 500 kr"),
        *("Kommunala mål", GOALS, "Jämställdhet", EQUALITY, "Samråd", CONSULTATION),
        *(
            HEADINGS[9],
            FOLLOW_UP,
            HEADINGS[10],
            "MBL-information eller förhandling är inte påkallad.",
        ),
        *("Utbildningskontoret", "Tor Andersson", "Helena Paulsson", "Beslutet skickas till"),
        *("Verksamhetschef, Linköpings Stadsmission", "Ledningsgrupper AMC, AFI"),
    ]

    aloud = lines(render_pdf(memo()))

    body = aloud[aloud.index("Förslag till beslut") :]
    assert [squeezed(line) for line in body if line != "Post\tBelopp"] == [
        squeezed(text) for text in expected
    ]


def test_recipients_are_two_and_whole():
    aloud = lines(render_pdf(memo()))

    assert aloud[-2:] == ["Verksamhetschef, Linköpings Stadsmission", "Ledningsgrupper AMC, AFI"]


def test_amounts_keep_their_no_break_spaces():
    aloud = lines(render_pdf(memo()))

    assert f"Totalt från Linköpings kommun per år:\t1{NBSP}100{NBSP}000{NBSP}kr" in aloud
    assert [line.split("\t")[1] for line in aloud if "\t" in line and f"{NBSP}kr" in line][3:] == [
        f"649{NBSP}500{NBSP}kr",
        f"120{NBSP}000{NBSP}kr",
        f"70{NBSP}000{NBSP}kr",
        f"141{NBSP}000{NBSP}kr",
        f"980{NBSP}500{NBSP}kr",
    ]


def test_amounts_stand_in_tables_with_header_cells_for_rows_and_columns():
    with pikepdf.open(BytesIO(render_pdf(memo()))) as pdf:
        first, second = read(pdf).all("Table")
        scopes = [str(cell.attribute("/Scope")) for cell in first.all("TH")]

        assert [cell.text for cell in first.all("THead")[0].all("TH")] == ["Post", "Belopp"]
        assert scopes == ["/Column", "/Column", "/Row", "/Row", "/Row"]
        assert len(second.all("TR")) == 1 + len(PARTNER_ROWS) + 1


def test_what_is_unknown_is_not_printed_nor_is_its_label():
    aloud = "\n".join(lines(render_pdf(memo())))

    assert "Förvaltning Utbildningskontoret" in aloud
    assert "Datum" not in aloud
    assert "Diarienummer" not in aloud


def test_sections_and_headings_without_content_are_not_printed():
    sections = (
        Section("Tom", (Prose(""), Points(()), Lines(()), AmountTable((), "Post", "Belopp"))),
        Section("Tom underskrift", (Signatures(),)),
        Section("Full", (Prose("Text & <b>"),)),
    )

    aloud = lines(render_pdf(memo(sections=sections)))

    assert aloud[-2:] == ["Full", "Text & <b>"]
    assert not [line for line in aloud if line.startswith("Tom")]


def test_points_may_begin_with_a_word():
    points = Points(("godkänna rapporten", "överlämna den"), lead_word="att")

    aloud = lines(render_pdf(memo(sections=(Section("Förslag", (points,)),))))

    assert aloud[-2:] == ["att godkänna rapporten", "att överlämna den"]


def test_following_pages_carry_municipality_identifier_and_page_number():
    pages = page_texts(render_pdf(memo(running_identifier="Dnr KS 2024-478")))

    assert len(pages) == 3
    assert "1 (3)" in pages[0]
    assert "Dnr KS 2024-478" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert page.startswith("Linköpings kommun")
        assert "Dnr KS 2024-478" in page
        assert f"{number} (3)" in page
    assert all("Utbildningskontoret · Linköpings kommun" in page for page in pages)


def test_running_heads_are_decoration_and_not_read_aloud():
    content = render_pdf(memo(running_identifier="Dnr KS 2024-478"))

    assert "Dnr KS 2024-478" not in "\n".join(lines(content))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "Dnr KS 2024-478" in marked_text(pdf.pages[1])[-1]


def test_draft_is_marked_on_every_page_and_in_the_text_of_the_first():
    content = render_pdf(memo(draft_mark="Utkast"))

    assert lines(content)[1] == "Tjänsteskrivelse Utkast"
    assert all("Utkast" in page for page in page_texts(content))
    assert points_of_mark(content) > points_of_mark(render_pdf(memo())) + 5_000


def test_submitted_document_bears_no_mark():
    assert "Utkast" not in "".join(page_texts(render_pdf(memo())))


def test_logo_stands_for_the_name_and_says_it():
    with pikepdf.open(BytesIO(render_pdf(memo(logo=picture())))) as pdf:
        figures = [str(node.element.Alt) for node in read(pdf).all("Figure")]

    assert figures == ["Linköpings kommun"]


def test_page_in_the_browser_prints_the_same_sections():
    document = memo()
    browser = render_to_string("documents/partials/sections.html", {"document": document})

    assert browser.strip() in render_to_string("documents/document.html", {"document": document})


@pytest.mark.parametrize(
    "colour", ["red", "#fff", "#12345g", "#123456;}@import url(http://x)", "", "#123456\n"]
)
def test_letterhead_colour_that_is_no_colour_is_refused(colour):
    with pytest.raises(DocumentRefusedError, match="#rrggbb"):
        render_pdf(memo(letterhead_colour=colour))


def test_pale_letterhead_colour_leaves_the_text_dark():
    dark, pale = b"0.078431 0.094118 0.109804 rg", b"1 0.866667 0 rg"
    with pikepdf.open(BytesIO(render_pdf(memo(letterhead_colour="#ffdd00")))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()

    assert dark in content
    assert content.count(pale) <= 1  # the rule below the letterhead


@pytest.mark.parametrize(
    "logo",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"\x89PNG\r\n\x1a\nrubbish",
        picture()[:-40],
        picture("1", (20_000, 20_000)),
        picture("RGB", (10, 10), "BMP"),
    ],
    ids=["svg", "gif", "rubbish", "cut", "huge", "bmp"],
)
def test_logo_that_cannot_be_printed_is_refused(logo):
    with pytest.raises(DocumentRefusedError, match="PNG or JPEG"):
        render_pdf(memo(logo=logo))


def test_moments_are_printed_without_their_time_zone():
    stamps = memo(created_at=datetime(2024, 1, 1, 12, tzinfo=UTC))

    assert (stamps.created_stamp, stamps.modified_stamp) == (
        "2024-01-01T12:00:00Z",
        "2019-11-05T08:00:00Z",
    )


def test_header_field_prints_its_lines_that_say_something():
    assert HeaderField("Handläggare", ("A", " ", "B")).printed_lines == ["A", "B"]
