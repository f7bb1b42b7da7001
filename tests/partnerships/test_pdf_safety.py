"""What a document cannot be made to do, whatever is written in it."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pikepdf
import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from partnerships.documents import (
    AmountRow,
    AmountTable,
    DocumentRefusedError,
    Lines,
    Prose,
    Section,
)
from partnerships.pdf import render_pdf
from tests.partnerships.example_memo import (
    memo,
    picture,
    with_text,
)
from tests.pdf_checks.checks import problems
from tests.pdf_checks.sight import page_texts, right_edge, squeezed, words_on_words
from tests.pdf_checks.structure import lines


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def canary(tmp_path):
    """An address and a file that would tell if they were fetched or read."""
    visits = []

    class Visited(BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Visited)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARYINFILE")
    yield f"http://127.0.0.1:{server.server_port}/", secret.as_uri(), visits
    server.shutdown()
    thread.join()
    server.server_close()


REACHING = [
    '<img src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    "<style>@import url({});</style>",
    "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>",
    '<p style="background: url({})">x</p>',
    '<p style="content: url({})">x</p>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<svg><image href="{}" width="9" height="9"/></svg>',
    '<svg><use href="{}#a"/></svg>',
    '<base href="{}"><img src="x">',
    '<iframe src="{}"></iframe>',
    '<meta http-equiv="refresh" content="0;{}">',
]


@pytest.mark.parametrize("html", REACHING)
def test_nothing_is_fetched_even_if_html_came_in(html, canary):
    """Text from people never becomes such HTML; this is what holds if a wall before it falls."""
    web, file, visits = canary
    addresses = [web, file, "http://169.254.169.254/latest/meta-data/", "https://example.org/x"]
    for address in addresses:
        hostile = mark_safe(html.format(address))  # noqa: S308 - the very point
        try:
            content = render_pdf(memo(sections=(Section("Rubrik", (Prose(hostile),)),)))
        except DocumentRefusedError:
            continue
        with pikepdf.open(BytesIO(content)) as pdf:
            assert not pdf.attachments
        assert "CANARYINFILE" not in "".join(page_texts(content))
    assert visits == []


@pytest.mark.parametrize("html", REACHING)
def test_what_people_write_reaches_nothing_and_is_printed(html, canary):
    web, file, visits = canary
    text = f"Före {html.format(web)} {html.format(file)} efter\n\n{html.format(web)}\n\nSlut"

    content = render_pdf(with_text(text))

    assert lines(content)[-1] == "Slut"
    assert problems(content) == []
    assert "CANARYINFILE" not in "".join(page_texts(content))
    assert visits == []


def test_endless_word_wraps_inside_the_page():
    content = render_pdf(with_text("x" * 20_000))

    assert squeezed("".join(page_texts(content))).count("x") >= 20_000
    assert right_edge(content) < 595 - 27 / 25.4 * 72 + 1


@pytest.mark.parametrize("logo", [None, picture()])
def test_long_names_in_the_letterhead_keep_clear_of_each_other(logo):
    content = render_pdf(
        memo(
            document_name="Underlag för förlängning eller avslut av ett partnerskap",
            municipality_name="Kommunalförbundet för de mellersta kommunerna i länet",
            logo=logo,
        )
    )

    assert words_on_words(content) == []


def test_long_word_in_a_narrow_cell_wraps_inside_the_page():
    table = AmountTable(
        (AmountRow("å" * 150, "1 kr"),), "Post", "Belopp", "Totalt" + "t" * 150, "1 kr"
    )

    content = render_pdf(
        memo(sections=(Section("S" * 150, (table, Lines(("m" * 150,)))),), title="T" * 150)
    )

    assert right_edge(content) < 595 - 27 / 25.4 * 72 + 1


@pytest.mark.parametrize(
    "text",
    [
        ">" * 90 + " djupt",
        "".join("  " * i + "- x\n" for i in range(40)),
        "**" * 3_000,
        "[" * 3_000,
    ],
    ids=["quotations", "lists", "stars", "brackets"],
)
def test_strange_text_is_printed_all_the_same(text):
    assert problems(render_pdf(with_text(text))) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p>" * 6_000,
        "x " * 160_000,
        "<div>" * 4_000,
    ],
    ids=["elements", "length", "depth"],
)
def test_document_beyond_measure_is_refused(html):
    with pytest.raises(DocumentRefusedError):
        render_pdf(memo(sections=(Section("Rubrik", (Prose(mark_safe(html)),)),)))  # noqa: S308


def test_documents_can_be_printed_from_several_threads():
    expected = render_pdf(memo())
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(render_pdf(memo()))) for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [expected] * 4
