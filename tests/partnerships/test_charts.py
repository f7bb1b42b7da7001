"""Charts: what is drawn is what the table says, and what is not known is not drawn as nothing."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, strategies as st

from partnerships.charts import Chart, Series
from partnerships.documents import ChartBlock, Section
from partnerships.pdf import render_pdf
from tests.partnerships.example_memo import memo
from tests.pdf_checks import verapdf
from tests.pdf_checks.checks import problems

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.none() | st.decimals(-(10**9), 10**9, places=2)


def chart(*values, kind="bars", **options):
    categories = [str(2020 + index) for index in range(len(values))]
    series = [Series("Deltagare", values)]
    return Chart(
        title="Deltagare per år", categories=categories, series=series, kind=kind, **options
    )


def drawn(chart, tag, css=""):
    found = ET.fromstring(chart.svg).iter(SVG + tag)  # noqa: S314  (our own)
    return [element for element in found if css in element.get("class", "").split() or not css]


def heights(chart):
    bars = [bar for bar in drawn(chart, "rect", "chart-mark") if bar.get("height") != "12"]
    return [float(bar.get("height")) for bar in bars]


def test_a_bar_is_as_high_as_its_value():
    low, high = heights(chart(Decimal(10), Decimal(30)))

    assert high == pytest.approx(3 * low, abs=0.2)


def test_an_unknown_value_has_no_bar_but_a_question_mark():
    found = chart(Decimal(10), None, Decimal(30))

    assert len(heights(found)) == 2
    assert [text.text for text in drawn(found, "text") if text.text == "?"] == ["?"]
    assert found.rows[1] == ["2021", "inte känt"]


def test_an_unknown_value_breaks_the_line():
    found = chart(Decimal(1), Decimal(2), None, Decimal(3), kind="line")

    assert len(drawn(found, "polyline")) == 2
    assert len(drawn(found, "circle")) == 3


def test_the_target_is_drawn_where_it_is_known_and_stands_in_the_table():
    found = chart(Decimal(8), Decimal(12), targets=[None, Decimal(10)], unit="personer")

    assert len(drawn(found, "line", "chart-target")) == 2  # one in the legend
    assert found.headings[-1] == "Mål"
    assert found.rows[1] == ["2021", "12\u00a0personer", "10\u00a0personer"]


def test_stacked_bars_carry_their_sum_and_say_when_a_part_is_unknown():
    found = Chart(
        title="Betalt",
        categories=["2022", "2023"],
        series=[Series("IOP", [Decimal(5), Decimal(6)]), Series("Bidrag", [Decimal(7), None])],
        kind="stacked",
    )
    texts = [text.text for text in drawn(found, "text")]

    assert "12" in texts
    assert "≥\u00a06" in texts


def test_values_and_categories_must_go_together():
    with pytest.raises(ValueError, match="each category"):
        Chart(title="", categories=["2020"], series=[Series("a", [])])


def test_hostile_names_are_text():
    found = Chart(
        title='<script>"&',
        categories=["</text><script>"],
        series=[Series("<b>", [Decimal(1)])],
    )

    assert "<script" not in found.svg
    assert any(text.text == "</text><script>" for text in drawn(found, "text"))


@given(values=st.lists(VALUES, max_size=20), kind=st.sampled_from(["line", "bars"]))
def test_every_known_value_has_a_mark_within_the_drawing(values, kind):
    found = chart(*values, kind=kind)
    tag, known = ("circle", "cy") if kind == "line" else ("rect", "y")
    legend = 1 if kind == "bars" else 0
    marks = drawn(found, tag, "chart-mark")

    assert len(marks) - legend == sum(value is not None for value in values)
    assert all(0 <= float(mark.get(known)) <= 300 for mark in marks)
    assert [row[1] for row in found.rows] == [found.words(value) for value in values]


def test_a_chart_in_a_pdf_is_a_figure_with_its_table(tmp_path):
    block = ChartBlock(chart(Decimal(10), None, Decimal(30), targets=[Decimal(9)] * 3))
    content = render_pdf(memo(sections=(Section("Utfall", (block,)),)))

    assert not problems(content)
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")
    file = tmp_path / "chart.pdf"
    file.write_bytes(content)
    assert verapdf.validate([file]) == ""
