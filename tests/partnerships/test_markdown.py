"""Running text: what is printed of it, and what its author is told to change."""

from html.parser import HTMLParser

import pytest
from django.utils.translation import override
from hypothesis import example, given, strategies as st

from partnerships.markdown import (
    ATTRIBUTES,
    CLASSES,
    NBSP,
    TAGS,
    keep_together,
    problems,
    to_html,
)

HOSTILE_PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<script",
        "</script>",
        "<style>@import url(http://x)</style>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>",
        "<iframe srcdoc='<script>'>",
        "<math><mtext><table><mglyph><style><img src=x>",
        "[a](javascript:alert(1))",
        '[a](https://example.org "title")',
        "![a](file:///etc/passwd)",
        "<https://example.org>",
        "<p style='color:red' class=x id=y>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&lt;script&gt;",
        "&#60;script>",
        "| a | b |\n|--:|---|\n| ",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1) ",
        "\n# ",
        "`",
        "**",
        "\x00",
        "\ud800",
    ]
)
HOSTILE_TEXT = st.lists(HOSTILE_PIECES | st.text(max_size=12), max_size=12).map("".join)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_decl(self, decl):
        self.found.append(("!declaration", {}))

    def handle_comment(self, data):
        self.found.append(("!comment", {}))


def test_text_becomes_paragraphs_lists_headings_quotations_and_tables():
    html = to_html(
        "Stycke med *kursiv* och **fet**  \nny rad\n\n# Rubrik\n\n- a\n- b\n\n3. c\n\n> Citat\n\n"
        "| Post | Belopp |\n|---|--:|\n| Hyra | 1 |\n"
    )

    assert "<p>Stycke med <em>kursiv</em> och <strong>fet</strong><br>\nny rad</p>" in html
    assert "<h3>Rubrik</h3>" in html
    assert "<ul>\n<li>a</li>\n<li>b</li>\n</ul>" in html
    assert '<ol start="3">\n<li>c</li>\n</ol>' in html
    assert "<blockquote>\n<p>Citat</p>\n</blockquote>" in html
    assert '<th scope="col">Post</th>\n<th scope="col" class="number">Belopp</th>' in html
    assert '<td>Hyra</td>\n<td class="number">1</td>' in html


def test_code_reference_links_and_underlined_headings_are_plain_text():
    html = to_html("text\n---\n\n    indrag\n\n[ref]: https://example.org\n\n`kod`")

    assert html == (
        "<p>text</p>\n<hr>\n<p>indrag</p>\n<p>[ref]: https://example.org</p>\n<p>`kod`</p>\n"
    )


def test_quotes_stay_as_typed():
    text = "Inom IOP ”Hoppfull framtid” och \"annat\" -- 'så' ... (c)"

    assert to_html(text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("# a\n## b\n### c\n# d", [3, 4, 5, 3]),
        ("### a\n# b", [3, 3]),
        ("# a\n##### b\n###### c\n# d", [3, 4, 5, 3]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", [3, 4, 5, 6, 6, 6]),
        ("# a\n#\n# <b></b>\n## b", [3, 4]),
    ],
)
def test_headings_begin_below_the_section_and_skip_no_level(source, levels):
    html = to_html(source)

    assert [int(tag[1]) for tag, _ in Tags(html).found if tag.startswith("h")] == levels


def test_headings_begin_where_the_caller_says():
    assert to_html("### Rubrik", top_heading=2) == "<h2>Rubrik</h2>\n"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("1 100 000 kr", f"1{NBSP}100{NBSP}000{NBSP}kr"),
        ("27 000/månad 20 %/12", f"27{NBSP}000/månad 20{NBSP}%/12"),
        ("160 tkr och 3 mnkr", f"160{NBSP}tkr och 3{NBSP}mnkr"),
        ("år 2019 100 000 kr", f"år 2019 100{NBSP}000{NBSP}kr"),
        ("2020-01-01 – 2021-12-31", "2020-01-01 – 2021-12-31"),
        ("013-20 60 00, 5 kronblad", "013-20 60 00, 5 kronblad"),
    ],
)
def test_numbers_and_their_units_stay_together(source, printed):
    assert keep_together(source) == printed
    assert to_html(source).replace("&nbsp;", NBSP) == f"<p>{printed}</p>\n"


def test_a_link_is_printed_as_its_text_and_its_address():
    html = to_html(
        "[Riktlinjen](https://example.org/å), <https://example.org>, [Anna](mailto:anna@example.org), "
        "<anna@example.org>, [https://example.org](https://example.org)"
    )

    assert html == (
        "<p>Riktlinjen (https://example.org/å), https://example.org, Anna (anna@example.org), "
        "anna@example.org, https://example.org</p>\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "data:text/html,x",
        "//example.org",
        "/memos/1",
        "#a",
    ],
)
def test_any_other_link_is_refused_and_loses_its_address(address):
    text = f"Se [bilagan]({address}) nu"

    assert to_html(text) == "<p>Se bilagan nu</p>\n"
    [sentence] = problems(text)
    assert address in sentence
    assert "https://" in sentence


def test_a_picture_is_refused_and_leaves_its_text():
    text = "Före ![en *bild*](https://example.org/x.png) efter"

    assert to_html(text) == "<p>Före en bild efter</p>\n"
    assert ["picture" in sentence for sentence in problems(text)] == [True]


def test_what_reads_as_code_is_refused_rather_than_lost_in_silence():
    for text in (
        "Hej <namn>, välkommen",
        "<namn>",
        "a <b>fet</b>",
        "<!-- dold -->",
        "<div>\nx\n</div>",
    ):
        [sentence] = problems(text)
        assert "<" in sentence.split("which")[0]
    assert "<namn>" in problems("Hej <namn>, välkommen")[0]


def test_less_than_is_an_ordinary_character():
    for text in (
        "a < b",
        "färre än <5 år",
        "3 <4 och 5> 4",
        "<- pil",
        "x << y",
        "Tom & <Obs: hej>",
    ):
        assert problems(text) == []
    assert to_html("a < b & c") == "<p>a &lt; b &amp; c</p>\n"


def test_code_is_stripped_with_what_it_holds():
    assert to_html("före <script>alert(1)</script> efter") == "<p>före  efter</p>\n"
    assert to_html("<style>\np { color: red }\n</style>\n\nefter") == "<p>efter</p>\n"
    assert (
        to_html("<SCRIPT>[a](https://x</script> b](https://y.org)") == "<p>b](https://y.org)</p>\n"
    )
    assert (
        to_html("<h1>Rubrik</h1>\n\n<div>text &amp; mer</div>")
        == "<p>Rubrik</p>\n<p>text &amp; mer</p>\n"
    )


def test_several_kinds_of_problem_give_one_sentence_each():
    text = "<b>x</b> <i>y</i> ![a](b) ![c](d) [e](f) [g](h) 漢字 " + "\n\n" + ">" * 20 + " djupt"

    sentences = problems(text)

    assert len(sentences) == 5
    assert "漢, 字" in sentences[4]
    assert all(sentence.endswith(".") for sentence in sentences)


def test_ordinary_text_has_no_problems():
    text = (
        "# Rubrik\n\n”Citat” – 27 000 kr, 20 % … é à ü ł č ş ж العربية\n\n- a\n  - b\n    - c\n\n"
        "| a |\n|---|\n| b |\n\n> cit\n\n[l](https://example.org) <a@example.org> ☐ ✓ €"
    )

    assert problems(text) == []


def test_names_of_code_in_a_problem_are_few_and_short():
    [sentence] = problems(" ".join(f"<tag{i}{'x' * 100}>" for i in range(10)))

    assert sentence.count("<tag") == 3
    assert len(sentence) < 400


@given(HOSTILE_TEXT)
@example("<script>[a</script> b](https://x)")
@example("[a <script> b](https://x) c</script>")
@example("*a <style> b* c</style> **d")
@example("# <script>\n| a |\n|-|\n| </script> |")
def test_whatever_is_written_no_code_and_no_address_survives(text):
    html = to_html(text)

    for tag, attributes in Tags(html).found:
        assert tag in TAGS
        assert attributes.keys() <= ATTRIBUTES.get(tag, set()) | (
            {"class"} if tag in CLASSES else set()
        )
        assert attributes.get("class", "number") == "number"
    assert "\x00" not in html
    html.encode()


@given(HOSTILE_TEXT)
def test_whatever_is_written_its_problems_can_be_told(text):
    for sentence in problems(text):
        sentence.encode()
        assert len(sentence) < 600
